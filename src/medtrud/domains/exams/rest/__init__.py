"""Examinations for other systems: the whole way from the named list to the final act."""

from ninja import Router

from . import acts, campaigns, conclusions, exams, findings, programme, referrals, results, spread, visits

router = Router()
for topic in (programme, campaigns, referrals, visits, exams, spread, results, findings, conclusions, acts):
    router.add_router("", topic.router)
