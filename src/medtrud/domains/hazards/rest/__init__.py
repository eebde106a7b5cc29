"""Conditions of work for other systems."""

from ninja import Router

from . import chemicals, workplaces

router = Router()
for topic in (workplaces, chemicals):
    router.add_router("", topic.router)
