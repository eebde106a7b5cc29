"""What is known of people for their forecasts: sex and age, measurements of the record, exposure."""

import datetime as dt
from collections.abc import Collection
from functools import cache

from medtrud.domains.record.public import measurements_of
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import age_on
from medtrud.registries.people.public import persons

from ..kinds import models
from ..rules import Model
from ..types import Given
from .exposure import exposed

SEXES = {"male": "M", "female": "F"}


@cache
def plan() -> tuple[Model, ...]:
    """Return the models that make forecasts of a person."""
    return tuple(model for model in models().values() if model.declared.personal)


def gathered(actor: Actor, people: Collection[int], *, on: dt.date) -> dict[int, dict[str, Given]]:
    """Return the values of people by the code of the observation; whom the actor does not see is missing."""
    found = _cards(actor, people, on)
    for person, measured in measurements_of(actor, list(found), on=on).items():
        for code, each in measured.items():
            found[person][code] = Given(
                each.value, each.on, each.title, each.original, each.module, each.source
            )
    for person, met in exposed(actor, list(found), on=on).items():
        found[person] |= met
    for known in found.values():
        _body_mass(known)
    return found


def _cards(actor: Actor, people: Collection[int], on: dt.date) -> dict[int, dict[str, Given]]:
    rows = persons(actor).filter(pk__in=set(people)).values_list("pk", "sex", "birth_date")
    return {
        pk: {
            "sex": Given(
                SEXES[sex], None, "карта работника", "мужской" if sex == "male" else "женский", "people"
            ),
            "age": Given(age_on(born, on), None, "карта работника", f"родился {born:%d.%m.%Y}", "people"),
        }
        for pk, sex, born in rows
        if sex in SEXES and born
    }


def _body_mass(known: dict[str, Given]) -> None:
    weight, height = known.get("weight"), known.get("height_m")
    if weight and height:
        value = weight.value / height.value**2
        words = f"{weight.original}, {height.original}"
        known["bmi"] = Given(value, weight.on, "масса и рост", words, weight.module, weight.source)
