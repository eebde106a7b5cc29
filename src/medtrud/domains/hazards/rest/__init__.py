"""Conditions of work for other systems."""

from ninja import Router

from . import chemicals, control, sout, workplaces

router = Router()
for topic in (workplaces, chemicals, sout, control):
    router.add_router("", topic.router)
