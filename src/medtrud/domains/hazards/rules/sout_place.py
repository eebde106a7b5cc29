"""The exchange file read as a report and cards; what the schema does not check is checked here."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from medtrud.kernel.identifiers import inn_parse, ogrn_parse, okpo_parse, snils_controls

from ..types.sout_card import ABOUT, NONE, CardIn, LineIn, ReportIn
from ..types.sout_file import ASSESSED, WARNING, Head, PlaceRead, Problem, Tree, text_of
from .sout_levels import FACTOR_NAMES as NAMES
from .sout_levels import FACTOR_TAGS, levels_of

KNOWN = frozenset(
    {"SOUTCardNumber", "SheetDate", "Id", "Position", "Profession", "WorkersQuantity", "WomansQuantity",
     "TeenagersQuantity", "InvalidsQuantity", "WorkingConditions", "WorkingConditionsPPE", "Snils",
     "Compensations", "Factors", *ABOUT}
)  # fmt: skip
DIGITS = 10
SNILS = 11


def report_of(head: Head) -> ReportIn | None:
    """Read the report; None when it has no day of approval."""
    tree = head.tree
    assessor, employer = tree.get("AttestationOrganization", {}), tree.get("Enterprise", {})
    laboratories = [assessor.get("Laboratory", {}), *tree.get("Laboratory", [])]
    try:
        approved_on = dt.date.fromisoformat(str(tree.get("Date", "")).strip())
    except ValueError:
        return None
    return ReportIn(
        approved_on=approved_on,
        number=str(tree.get("ExpertConclusion", "") or tree.get("Contract", ""))[:100],
        assessor=text_of(assessor.get("Name"))[:500],
        assessor_inn=str(assessor.get("INN", ""))[:12],
        assessor_number=str(assessor.get("RegistrationNumber", ""))[:20],
        laboratory="; ".join(filter(None, (text_of(each.get("Name")) for each in laboratories)))[:500],
        places_total=_count(tree.get("WorkPlacesQuantity")),
        places_assessed=_count(tree.get("WorkPlacesAttested")),
        instruments=[tool for each in laboratories for tool in _instruments(each)],
        head=tree,
        employer_inn=str(employer.get("INN", "")).strip(),
        employer_name=text_of(employer.get("Name")),
    )


def _instruments(laboratory: Tree) -> Iterator[dict[str, Any]]:
    for tool in laboratory.get("MeasuringTool", []):
        yield {
            "id": tool.get("@Id", ""),
            "name": tool.get("Name", ""),
            "serial": tool.get("SerialNumber", ""),
            "fund": tool.get("FundNumber", ""),
            "verified_until": str(tool.get("CalibrationExpiryDate", "")).strip(),
        }


def head_problems(head: Head) -> list[Problem]:
    """Check what the schema does not: control digits of the employer and of the assessing organisation."""
    found = []
    for title, tree in (
        ("Работодатель", head.tree.get("Enterprise", {})),
        ("Организация, проводившая СОУТ", head.tree.get("AttestationOrganization", {})),
    ):
        for tag, parse in (("INN", inn_parse), ("OGRN", ogrn_parse), ("OKPO", okpo_parse)):
            text = str(tree.get(tag, "")).strip()
            if text and not (tag == "OGRN" and len(text) != 13):  # noqa: PLR2004 - of an entrepreneur
                try:
                    parse(text)
                except ValueError as error:
                    found.append(Problem(0, f"{title} / {tag}", str(error), WARNING))
    return found


class PlaceReader:
    """Reads the workplaces of one report."""

    def __init__(self, report: ReportIn) -> None:
        """Lay out what references of workplaces point to."""
        self.units = dict(_units(report.head.get("Enterprise", {})))
        self.tools = {tool["id"]: tool["verified_until"] for tool in report.instruments}
        workers = report.head.get("AttestationOrganization", {}).get("Workers", {})
        self.people = {each.get("@Id") for group in ("Expert", "Worker") for each in workers.get(group, ())}
        self.alike: dict[str, int] = {}
        self.groups = 0
        self.seen: dict[str, int] = {}

    def group(self, numbers: Sequence[str]) -> None:
        """Remember workplaces that are alike."""
        self.groups += 1
        for number in numbers:
            self.alike[number.strip()] = self.groups

    def card(self, place: PlaceRead) -> CardIn:
        """Read one workplace; what is wrong is added to its problems."""
        tree = place.tree
        profession = tree.get("Profession", "")
        unit = tree.get("SubUnit", "")
        card = CardIn(
            number=place.number[:50],
            position=str(tree.get("Position", "")).strip()[:500],
            kind=place.kind,
            card_number=str(tree.get("SOUTCardNumber", "")).strip()[:50],
            profession=_bare(text_of(profession))[:20],
            profession_name=(profession.get("@Name", "") if isinstance(profession, dict) else "")[:500],
            unit=_bare(text_of(unit))[:500],
            unit_path=self._path(unit),
            alike=self.alike.get(place.number),
            workers=_count(tree.get("WorkersQuantity")) or 0,
            women=_count(tree.get("WomansQuantity")),
            teenagers=_count(tree.get("TeenagersQuantity")),
            disabled=_count(tree.get("InvalidsQuantity")),
            sheet_on=_day(tree.get("SheetDate")),
            stated=str(tree.get("WorkingConditions", "")).strip(),
            stated_ppe=str(tree.get("WorkingConditionsPPE", "")).strip(),
            guarantees=tree.get("Compensations", {}),
            recommendations=tuple(_recommended(tree.get("Recommendations", {}))),
            about={tag: tree[tag] for tag in ABOUT if tag in tree},
            snils=tuple(tree.get("Snils", ())),
            rest={tag: value for tag, value in tree.items() if tag not in KNOWN},
            lines=_lines(tree.get("Factors", ())),
            row=place.line,
        )
        self._check(place, card)
        return card

    def _path(self, unit: Any) -> tuple[str, ...]:
        ref = unit.get("@Id", "") if isinstance(unit, dict) else ""
        return self.units.get(ref) or ((_bare(text_of(unit)),) if _bare(text_of(unit)) else ())

    def _check(self, place: PlaceRead, card: CardIn) -> None:
        found = place.problems
        if not card.number:
            found.append(_said(place, "Номер рабочего места пуст. Укажите его."))
        elif card.number in self.seen:
            first = self.seen[card.number]
            text = f"Рабочее место № {card.number} уже встретилось в строке {first}. Оставьте одно."
            found.append(_said(place, text))
        else:
            self.seen[card.number] = place.line
        if not card.position:
            found.append(_said(place, "Должность не названа. Укажите её."))
        unit = place.tree.get("SubUnit")
        ref = unit.get("@Id") if isinstance(unit, dict) else ""
        if ref and ref not in self.units:
            found.append(_said(place, f"Подразделения «{ref}», на которое ссылается место, в файле нет."))
        for text in card.snils:
            digits = "".join(filter(str.isdigit, text))
            if len(digits) == SNILS and not snils_controls(digits):
                found.append(
                    _said(
                        place,
                        f"В СНИЛС …{digits[-4:]} не сходится контрольное число. Сверьте номер.",
                        WARNING,
                    )
                )
        self._used(place, card)

    def _used(self, place: PlaceRead, card: CardIn) -> None:
        """Check instruments and measuring people; find the last day of measurement."""
        last = ""
        for line in card.lines:
            for _, tree in line.detail:
                for node, day in _nodes(tree, ""):
                    last = max(last, day)
                    for used in node.get("MeasuringTool", ()):
                        self._tool(place, line, used, day)
                    for used in node.get("WorkerForMeasurement", ()):
                        if _ref(used) not in self.people:
                            who = f"измерявшего «{_ref(used)}»"
                            found = f"{NAMES[line.factor]}: {who} нет среди работников организации."
                            place.problems.append(_said(place, found))
        card.measured_on = _day(last)

    def _tool(self, place: PlaceRead, line: LineIn, used: Any, day: str) -> None:
        until = self.tools.get(_ref(used))
        if until is None:
            text = f"{NAMES[line.factor]}: средства измерений «{_ref(used)}» в списке лаборатории нет."
            place.problems.append(_said(place, text))
        elif day and until and until < day:
            text = (
                f"{NAMES[line.factor]}: измерено {_shown(day)} прибором «{_ref(used)}», поверка "
                "которого кончилась "
                f"{_shown(until)}. Запросите у лаборатории свидетельство о поверке."
            )
            place.problems.append(_said(place, text, WARNING))


def packed(value: Any) -> str:
    """Return a value as JSON without blanks; what JSON does not know is written as text."""
    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


def digest_of(card: CardIn, approved_on: dt.date, act: str) -> str:
    """Return a short hash of all a card says: an equal card changes nothing."""
    facts = (
        card.number, card.position, card.kind, card.card_number, card.profession, card.profession_name,
        card.unit, card.alike, card.workers, card.women, card.teenagers, card.disabled, str(card.sheet_on),
        card.stated, card.stated_ppe, card.guarantees, card.about, card.snils, card.rest,
        str(approved_on), act,
        [(line.factor, line.stated, line.stated_ppe, line.levels) for line in card.lines],
    )  # fmt: skip
    found = hashlib.blake2b(packed(facts).encode(), digest_size=16)
    for line in card.lines:
        line.packed = packed(line.detail)
        found.update(line.packed.encode())
    return found.hexdigest()


def _lines(groups: Sequence[Any]) -> list[LineIn]:
    """Join the parts of each factor: «Factors» may repeat and each may hold any of them."""
    lines: dict[str, LineIn] = {}
    for index, group in enumerate(groups):
        if not isinstance(group, dict):
            continue
        for tag, tree in group.items():
            factor = FACTOR_TAGS.get(tag)
            if factor is None or not isinstance(tree, dict):
                continue
            line = lines.get(factor)
            stated, ppe = str(tree.get("WorkingConditions", "")), str(tree.get("WorkingConditionsPPE", ""))
            if line is None:
                line = lines[factor] = LineIn(factor, stated, ppe)
            else:
                line.stated, line.stated_ppe = max(line.stated, stated), max(line.stated_ppe, ppe)
            line.detail.append((index, tree))
            line.levels += tuple(levels_of(tag, tree))
    return list(lines.values())


def _units(employer: Tree) -> Iterator[tuple[str, tuple[str, ...]]]:
    known = {
        each.get("@Id", ""): each for group in employer.get("SubUnits", ()) if isinstance(group, dict)
        for each in group.get("SubUnit", ())
    }  # fmt: skip
    for ref, unit in known.items():
        path: list[str] = []
        step, met = unit, set[str]()
        while step is not None and step.get("@Id", "") not in met:
            met.add(step.get("@Id", ""))
            if name := _bare(text_of(step.get("Name"))):
                path.insert(0, name)
            step = known.get(step.get("@ParentId", ""))
        yield ref, tuple(path)


def _nodes(tree: Tree, day: str) -> Iterator[tuple[Tree, str]]:
    """Yield the elements of a factor with the day of their measurement."""
    day = str(tree.get("Date") or tree.get("DateTime") or day)[:10]
    if "MeasuringTool" in tree or "WorkerForMeasurement" in tree:
        yield tree, day
    for tag, value in tree.items():
        if tag in ("Protocol", "MeasuringTool", "WorkerForMeasurement") or type(value) is str:
            continue
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, dict):
                yield from _nodes(each, day)


def _recommended(tree: Tree) -> Iterator[str]:
    for each in tree.get("WorkingConditionsImprovement", {}).get("Arrangement", ()):
        yield f"{each.get('Name', '')}. {each.get('Purpose', '')}".strip(" .")
    for tag, title in (("OperatingMode", "режим труда и отдыха"), ("StaffRecruitment", "подбор работников")):
        if text := text_of(tree.get(tag)):
            yield f"{title}: {text}"


def _said(place: PlaceRead, text: str, level: str = "error") -> Problem:
    return Problem(place.line, f"рабочее место № {place.number or '?'}", text, level)


def _ref(used: Any) -> str:
    return str(used.get("@Id", "")) if isinstance(used, dict) else ""


def _bare(text: str) -> str:
    return "" if text.strip().casefold() in NONE else " ".join(text.split())


def _count(value: Any) -> int | None:
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < DIGITS else None


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value or "").strip()[:10])
    except ValueError:
        return None


def _shown(day: str) -> str:
    return ".".join(reversed(day.split("-")))


def place_tree(card: Mapping[str, Any], rest: Tree, snils: Sequence[str], lines: Sequence[Any]) -> Tree:
    """Write a card back as the element of the exchange file; the writer puts children in order."""
    tree: Tree = {"Id": card["number"], "Position": card["position"], "WorkersQuantity": str(card["workers"])}
    tree |= {tag: str(card[name]) for tag, name in COUNTS if card[name] is not None}
    tree |= dict(card["about"]) | dict(rest)
    if card["kind"] == ASSESSED:
        tree |= {"SOUTCardNumber": card["card_number"] or card["number"], "Compensations": card["guarantees"]}
        tree |= {"SheetDate": card["sheet_on"].isoformat()} if card["sheet_on"] else {}
        tree["Factors"] = _factor_groups(lines)
    if card["kind"] != "similar":
        code = card["profession"] or "Отсутствует"
        name = card["profession_name"]
        tree["Profession"] = {"@Name": name, "": code} if name else code
    for tag, text in (("WorkingConditions", card["stated"]), ("WorkingConditionsPPE", card["stated_ppe"])):
        if text:
            tree[tag] = text
    if card["unit"]:
        tree.setdefault("SubUnit", card["unit"])
    tree["Snils"] = list(snils) or ["отсутствует"]
    return tree


COUNTS = (("WomansQuantity", "women"), ("TeenagersQuantity", "teenagers"), ("InvalidsQuantity", "disabled"))
TAGS = {factor: tag for tag, factor in FACTOR_TAGS.items()}


def _factor_groups(lines: Sequence[Any]) -> list[Tree]:
    groups: dict[int, Tree] = {}
    for line in lines:
        for index, tree in line.detail:
            groups.setdefault(index, {})[TAGS[line.factor]] = tree
    return [groups[index] for index in sorted(groups)] or [{}]
