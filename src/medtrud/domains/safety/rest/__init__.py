"""Safety for other systems."""

from ninja import Router

from . import measures, nutrition, ppe

router = Router()
for topic in (measures, ppe, nutrition):
    router.add_router("", topic.router)
