"""What every printed form of exams promises."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, get_type_hints

import pytest
from pypdf import PdfReader

from medtrud.domains.exams.types.act import FinalActForm
from medtrud.domains.exams.types.paper import (
    ConclusionForm,
    ContingentForm,
    FurtherExamNotice,
    ReferralForm,
    RegisterForm,
    RollForm,
)
from medtrud.engines.paper.public import form_render, forms_render_many

from .samples import ACT, CONCLUSION, FORMS, REFERRAL

FOR_EMPLOYER = (
    ReferralForm, ContingentForm, RollForm, ConclusionForm, FurtherExamNotice, RegisterForm, FinalActForm,
)  # fmt: skip


def text_of(pdf: bytes) -> str:
    """Letters and digits only: line ends, hyphens and the order of spaces are the printer's business."""
    return letters("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def letters(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def values(data: Any) -> Iterator[str]:
    if is_dataclass(data) and not isinstance(data, type):
        for field in fields(data):
            if field.name != "qr":
                yield from values(getattr(data, field.name))
    elif isinstance(data, tuple):
        for inner in data:
            yield from values(inner)
    elif isinstance(data, dt.date):
        yield f"{data:%d.%m.%Y}"
    elif not isinstance(data, bool) and data is not None:
        yield str(data)


@pytest.mark.parametrize("name", FORMS)
def test_every_value_of_the_data_stands_in_the_document(name: str) -> None:
    text = text_of(form_render(f"exams/{name}.typ", FORMS[name]))
    # The kind stands in another case, the head of a form drops what the addressee does not need.
    skipped = {letters(value) for value in ("периодический", "Периодический")}
    wanted = {letters(value) for value in values(FORMS[name])} - skipped
    missing = {value for value in wanted if value not in text}
    assert missing <= {letters(value) for value in UNPRINTED.get(name, ())}


# Data of the shared shape `Party` that a form leaves out on purpose.
UNPRINTED: dict[str, set[str]] = {
    "referral": {"№ Л041-00000-35/00000001 от 12.05.2021"},
    "route": {"№ Л041-00000-35/00000001 от 12.05.2021", *(factor.name for factor in REFERRAL.factors)},
    "roll": {
        "162602, Вологодская обл., г. Череповец, пр. Победы, д. 10",
        "1153500000007",
        "+7 8202 00-00-02",
        "osmotr@clinic.example",
        "№ Л041-00000-35/00000001 от 12.05.2021",
    },
    "extract": {factor.name for factor in REFERRAL.factors},
    "final_act": {
        "162600, Вологодская обл., г. Череповец, ул. Заводская, д. 1",
        "1023500000009",
        "+7 8202 00-00-01",
        "ot@severmash.example",
        "частная",
        "28.41 Производство металлообрабатывающего оборудования",
    },
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_an_archive_file_with_numbered_pages(name: str) -> None:
    reader = PdfReader(io.BytesIO(form_render(f"exams/{name}.typ", FORMS[name])))
    metadata = reader.xmp_metadata
    assert metadata
    assert (metadata.pdfaid_part, metadata.pdfaid_conformance) == ("2", "B")
    count = len(reader.pages)
    for number, page in enumerate(reader.pages, start=1):
        assert letters(f"стр. {number} из {count}") in letters(page.extract_text())


@pytest.mark.parametrize("name", FORMS)
def test_a_form_without_optional_parts_is_printed_too(name: str) -> None:
    """Empty texts and empty lists leave lines for the pen; nothing of Python or typst shows through."""
    data = FORMS[name]
    bare = {
        field.name: empty
        for field in fields(data)
        if isinstance(value := getattr(data, field.name), str | tuple)
        and (empty := "" if isinstance(value, str) else ()) != value
    }
    text = text_of(form_render(f"exams/{name}.typ", replace(data, **bare)))
    assert "none" not in text


def test_nothing_an_employer_receives_has_a_place_for_a_diagnosis() -> None:
    """Item 23 of the final act names persons by the order, items 24-26 name diseases without persons."""
    words = ("diagnos", "icd", "disease", "result", "finding", "complaint")
    for form in FOR_EMPLOYER:
        shapes = [form, *shapes_of(form)]
        for shape in shapes:
            suspect = [name for name in get_type_hints(shape) if any(word in name for word in words)]
            with_person = {"name", "person"} & set(get_type_hints(shape)) and "count" not in get_type_hints(
                shape
            )
            assert not (suspect and with_person), f"{shape.__name__}: {suspect}"


def shapes_of(form: type) -> Iterator[type]:
    for hint in get_type_hints(form).values():
        inner = hint.__args__[0] if hasattr(hint, "__args__") else hint
        if isinstance(inner, type) and is_dataclass(inner):
            yield inner
            yield from shapes_of(inner)


def test_found_contraindications_are_ticked_and_named_and_absent_ones_are_not() -> None:
    found = text_of(form_render("exams/conclusion.typ", CONCLUSION))
    clean = text_of(form_render("exams/conclusion.typ", replace(CONCLUSION, found=False, found_for=())))
    assert "противопоказаны" in found
    assert "противопоказаныпункт" not in clean


def test_the_act_names_all_28_items_in_order() -> None:
    pages = PdfReader(io.BytesIO(form_render("exams/final_act.typ", ACT))).pages
    text = "\n".join(page.extract_text() for page in pages)
    places = [text.find(f"\n{number}.") for number in range(1, 29)]
    assert -1 not in places
    assert places == sorted(places)


def test_a_long_list_repeats_its_head_and_loses_nobody() -> None:
    rows = tuple(replace(FORMS["roll"].rows[0], name=f"Работник Номер{n:04}") for n in range(300))
    pages = PdfReader(io.BytesIO(form_render("exams/roll.typ", replace(FORMS["roll"], rows=rows)))).pages
    assert all("Фамилия" in page.extract_text() for page in pages[:-1])
    text = "".join(letters(page.extract_text()) for page in pages)
    assert [n for n in range(300) if f"номер{n:04}" not in text] == []


def test_referrals_of_a_shop_go_into_one_file() -> None:
    shop = [replace(REFERRAL, number=str(n)) for n in range(5)]
    pages = PdfReader(io.BytesIO(forms_render_many("exams/referral.typ", shop))).pages
    assert [f"НАПРАВЛЕНИЕ №\u00a0{n} " in page.extract_text() for n, page in enumerate(pages)] == [True] * 5
