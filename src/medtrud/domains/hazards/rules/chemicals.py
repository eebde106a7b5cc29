"""Substances: the number of CAS, the passport, and what the tables say before a decision."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

from medtrud.kernel.decision import Decision, Reason
from medtrud.kernel.errors import Refused
from medtrud.kernel.law import Row

from ..types.chemicals import HAZARDS, ChemicalIn, ChemicalReview
from ..types.substances import markers_parse
from .sout_chemistry import folded, listed
from .sout_law import Edition, because, edition_of, named

CAS = re.compile(r"(\d{2,7})\D(\d{2})\D(\d)")
TEN = 10
LONGEST, LARGEST = 300, Decimal(100_000)


def cas_parse(text: str) -> str:
    """Return a CAS number, or refuse one whose check digit is wrong; nothing stays nothing."""
    bare = text.strip()
    if not bare:
        return ""
    found = CAS.fullmatch(bare)
    if found is None:
        raise Refused(f"Номер CAS «{text}» не разобран. Он пишется как 67-64-1.")
    digits = found[1] + found[2]
    total = sum(int(digit) * place for place, digit in enumerate(reversed(digits), 1))
    if total % TEN != int(found[3]):
        raise Refused(f"В номере CAS {bare} не сходится контрольная цифра. Сверьте номер с паспортом.")
    return f"{found[1]}-{found[2]}-{found[3]}"


def chemical_parse(raw: ChemicalIn) -> ChemicalIn:
    """Return the passport checked and cleaned."""
    name = " ".join(raw.name.split())
    if not name:
        raise Refused("У вещества нет названия. Впишите его, как в паспорте безопасности.")
    if len(name) > LONGEST:
        raise Refused(f"Название длиннее {LONGEST} знаков. Оставьте одно название, остальные — в примечание.")
    for limit, title in ((raw.pdk_max, "ПДК максимальная"), (raw.pdk_ss, "ПДК среднесменная")):
        if limit is not None and not 0 < limit < LARGEST:
            raise Refused(f"{title} «{limit}» невозможна. Укажите положительное число, мг/м³.")
    if raw.pdk_max is not None and raw.pdk_ss is not None and raw.pdk_ss > raw.pdk_max:
        raise Refused("ПДК среднесменная больше максимальной. Проверьте, не переставлены ли они.")
    if raw.hazard is not None and raw.hazard not in HAZARDS:
        raise Refused(f"Класса опасности «{raw.hazard}» нет. Укажите 1, 2, 3 или 4.")
    return replace(raw, name=name, cas=cas_parse(raw.cas), letters=markers_parse(raw.letters))


def features_of(name: str, on: dt.date) -> tuple[str, ...]:
    """Return the rows of the methodology of СОУТ the act itself names for a substance."""
    try:
        return listed(edition_of(on), name)
    except Refused:  # a day without a methodology: the register must still open
        return ()


def review(chemical: ChemicalIn, on: dt.date, *, sheet: bool) -> Decision[ChemicalReview]:
    """Что известно о веществе до решения: перечни методики СОУТ и чего не хватает в паспорте."""
    edition = edition_of(on)
    features = listed(edition, chemical.name)
    reasons: list[Reason] = []
    fixed = ""
    for row in _rows_named(edition, chemical.name):
        title = edition.row("sout_ratios", row.values["ratio"]).values["title"]
        printed = row.values["pdk_printed"]
        hint = (
            f"; ПДК в тексте 2014 года: {printed} мг/м³, сверьте с действующими нормативами"
            if printed
            else ""
        )
        reasons.append(because(row, f"Стоит в перечне: {title}{hint}"))
    for code in features:
        ratio = edition.row("sout_ratios", code)
        fixed = ratio.values["fixed"] or fixed
        if ratio.values["fixed"]:
            reasons.append(because(ratio, f"Класс без измерений: {named(fixed)}"))
    return Decision(
        ChemicalReview(features, tuple(_cautions(chemical, features, sheet=sheet)), fixed), tuple(reasons)
    )


def _cautions(chemical: ChemicalIn, features: tuple[str, ...], *, sheet: bool) -> list[str]:
    missing = [
        ("Нет паспорта безопасности: приложите файл.", not sheet),
        ("Не указан номер CAS: по одному названию вещество можно спутать.", not chemical.cas),
        (
            "Не указана ПДК: класс по химическому фактору нельзя будет поставить.",
            chemical.pdk_max is None and chemical.pdk_ss is None,
        ),
        (
            "ПДК указана без источника: назовите санитарные правила.",
            (chemical.pdk_max is not None or chemical.pdk_ss is not None) and not chemical.pdk_basis,
        ),
        ("Не указано обучение безопасной работе: до начала работы его пройти нельзя.", not chemical.training),
        (
            "Канцероген или вещество, опасное для репродуктивного здоровья: рассмотрите замену.",
            bool({"К", "Р"} & set(chemical.letters)) or "chem_carcinogen_repro" in features,
        ),
    ]
    return [text for text, wrong in missing if wrong]


def _rows_named(edition: Edition, name: str) -> list[Row]:
    key = folded(name)
    return [
        row
        for row in edition.rows("sout_substances").values()
        if key in {folded(part) for part in re.split(r";|/", row.values["title"])}
    ]
