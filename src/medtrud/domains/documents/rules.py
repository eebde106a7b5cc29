"""Numbers, days and size of documents: pure."""

import datetime as dt
import re
from collections.abc import Callable

from medtrud.kernel.dates import add_working_days
from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key

from .types import Kind
from .types.storage import Term

QUOTES = str.maketrans(dict.fromkeys("«»„“”", " "))  # the server takes them for letters of a word
PARTS = ("{number}", "{year}", "{index}")


def due_to_register(received: dt.datetime, working: Callable[[dt.date], bool], closes: dt.time) -> dt.date:
    """Return the last day to register what came in: its own day, or the next working one.

    D3 of the requirements: «день в день»; what came on a day off or after the office has closed is registered
    on the next working day. The moment is local; midnight means that the hour is not known.
    """
    day = received.date()
    in_time = working(day) and received.time() <= closes
    return day if in_time else add_working_days(day, 1, working)


def words_key(text: str) -> str:
    """Return the words of a text as they are kept and asked for: without quotation marks."""
    return sort_key(text.translate(QUOTES))


def index_of(pattern: str, *, number: int, year: int, index: str) -> str:
    """Return a registration number by the scheme of the house: «{index}-{number}/{year}»."""
    return pattern.format(number=number, year=year, index=index)


def term_read(said: str, basis: str, note: str = "") -> Term:
    """Read a term as the list writes it: «Постоянно», «5 лет», «50 лет ЭПК»; the rest is refused."""
    words = said.strip().casefold()
    if words.startswith("постоянно"):
        return Term(forever=True, years=None, basis=basis)
    if found := re.fullmatch(r"(\d{1,3}) (?:год|года|лет)(?: эпк)?", words):
        return Term(forever=False, years=int(found[1]), basis=basis)
    more = f" Примечание: {note}" if note else ""
    raise Refused(
        f"Срок в перечне — «{said or 'нет данных'}»: одним числом он не назван.{more} "
        "Решите по обстоятельствам, очистите статью и впишите срок с основанием."
    )


def pattern_check(pattern: str) -> str:
    """Refuse a scheme that would give two documents one number, or that names an unknown part."""
    text = pattern.strip()
    if "{number}" not in text:
        raise Refused(
            "В схеме номера нет части {number}: у документов были бы одинаковые номера. Добавьте её."
        )
    bare = text
    for part in PARTS:
        bare = bare.replace(part, "")
    if "{" in bare or "}" in bare:
        raise Refused(f"В схеме номера «{text}» неизвестная часть. Бывают {', '.join(PARTS)}.")
    return text


def requisites_missing(kind: Kind, *, person: bool, party: bool, received: bool) -> list[str]:
    """Return which requisites of the kind are not given; the product knows three of them by name."""
    given = {"работник": person, "корреспондент": party, "адресат": party, "дата поступления": received}
    return [name for name in kind.requisites if given.get(name) is False]
