"""Conditions of work for other systems."""

from ninja import Router

from . import chemicals, sout, workplaces

router = Router()
for topic in (workplaces, chemicals, sout):
    router.add_router("", topic.router)
