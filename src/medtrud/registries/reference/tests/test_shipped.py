import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medtrud.kernel.actor import Actor
from medtrud.registries.reference import public
from medtrud.registries.reference.drivers import shipped
from medtrud.registries.reference.models import Item

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 1)


def found(job: Actor, text: str, limit: int = 20) -> list[str]:
    return [item.code for item in public.code_search(job, "mkb10", text, DAY, limit)]


def test_the_books_of_the_product_load_once_and_answer(job: Actor) -> None:
    loaded = public.books_load(job)
    assert len(loaded) == len(shipped()) == 22
    assert public.books_load(job) == []
    assert public.editions_on(job, ["mkb10", "regions"], DAY)["mkb10"].size == 15038
    assert public.code_get(job, "mkb10", "h83.3", DAY).title == "Шумовые эффекты внутреннего уха"
    assert public.code_get(job, "factors", "4.4", DAY).title.startswith("Шум")
    assert public.code_get(job, "regions", "35", DAY).title == "Вологодская область"
    assert set(public.codes_get(job, "mkb10", ["J45.0", "Z57.0", "нет"], DAY)) == {"J45.0", "Z57.0"}
    assert all(edition.source for edition in public.editions_on(job, ["mkb10", "posts"], DAY).values())

    # as a doctor types it
    assert found(job, "H83") == ["H83", "H83.0", "H83.1", "H83.2", "H83.3", "H83.8", "H83.9"]
    assert found(job, "h83.3") == ["H83.3"]
    assert "H83.3" in found(job, "р83.3")  # the key of H with the Russian layout on
    assert "H83.3" in found(job, "Н83.3")  # the letter that looks like H
    assert found(job, "h", limit=1) == found(job, "Н", limit=1) == ["H00"]
    assert "H83.3" in found(job, "шумов внутр")
    assert found(job, "внутреннего шумовые") == found(job, "шумовые внутреннего")
    assert found(job, "J45", limit=2) == ["J45", "J45.0"]
    assert found(job, "бессмыслица") == []
    assert all("-" not in code for code in found(job, "A0"))
    with CaptureQueriesContext(connection) as queries:
        found(job, "гипертенз")
    assert len(queries) <= 4

    # the hierarchy has one top and no lost rows
    edition = public.edition_on(job, "mkb10", DAY)
    keys = set(Item.objects.unscoped("test").filter(edition=edition).values_list("key", flat=True))
    parents = set(Item.objects.unscoped("test").filter(edition=edition).values_list("parent", flat=True))
    assert len(parents - keys) <= 1
