"""Workplaces as the tables of laboratories name them."""

from collections import defaultdict

from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import workplaces


class PlacesNamed:
    """Workplaces of an employer by number and by title; a title met twice names nothing."""

    def __init__(self, actor: Actor, employer: int, *, closed: bool) -> None:
        rows = workplaces(actor, employer=employer, closed=closed)
        self.numbers: dict[str, int] = {}
        self.titles: dict[str, list[int]] = defaultdict(list)
        for pk, number, title in rows.values_list("pk", "number", "title_key"):
            self.titles[title].append(pk)
            if number:
                self.numbers[number] = pk

    def find(self, text: str) -> int:
        """Return the workplace a cell means."""
        if text in self.numbers:
            return self.numbers[text]
        if not text:
            raise Refused("Рабочее место не указано. Впишите его номер или название.")
        found = self.titles.get(sort_key(text), [])
        if len(found) == 1:
            return found[0]
        why = "таких несколько, укажите номер" if found else "такого рабочего места нет"
        raise Refused(f"Рабочее место «{text}»: {why}. Сверьте номер со списком рабочих мест.")
