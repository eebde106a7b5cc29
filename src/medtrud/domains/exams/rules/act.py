"""What the final act counts and how: п. 46 of the order."""

import datetime as dt
from dataclasses import dataclass

from medtrud.domains.hazards.types import annex_on
from medtrud.kernel.errors import Refused

from .deadlines import deadline_day
from .law import tables_on

BASIS = "приказ № 29н, Порядок, п. 46"


@dataclass(frozen=True, slots=True)
class ActLaw:
    """The reading of п. 46 in force on a day."""

    harmful_codes: tuple[str, ...]
    harmful_classes: tuple[str, ...]
    public_health_codes: tuple[str, ...]
    adult_age: int
    coverage_decimals: int


def act_law(day: dt.date) -> ActLaw:
    """Return how the items are counted on the day; outside the act there is nothing to count by."""
    row = tables_on(day)["final_act"].get("items")
    if row is None:
        raise Refused(
            f"На {day:%d.%m.%Y} порядок заключительного акта не действует. Проверьте дату.", basis=BASIS
        )
    values = row.values
    sections = set(values["harmful_sections"])
    return ActLaw(
        harmful_codes=tuple(code for code in annex_on(day) if code.split(".")[0] in sections),
        harmful_classes=values["harmful_classes"],
        public_health_codes=values["public_health_codes"],
        adult_age=values["adult_age"],
        coverage_decimals=values["coverage_decimals"],
    )


def due_soon_days(day: dt.date) -> int:
    """Return how many days before its end an examination begins to be called due."""
    return int(tables_on(day)["reminders"]["exam_due"].values["days"])


def act_due_on(last: dt.date) -> dt.date:
    """Не позднее чем через 30 дней после завершения осмотров составляется акт (п. 45)."""
    return deadline_day("final_act", last, lambda _: True)
