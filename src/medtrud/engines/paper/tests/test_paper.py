"""What a printed form promises."""

import datetime as dt
import io
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from medtrud.engines.paper.public import FormError, form_preview, form_render, forms_render_many, qr_svg


@dataclass(frozen=True)
class Sample:
    title: str = "Образец № 7"
    subtitle: str = "вторая строка"
    basis: str = "Основание: проверка"
    organization: str = "ООО «Ёлочка»"
    address: str = "г. Череповец, ул. Мира, д. 1"
    position: str = "Директор"
    name: str = "Щукина Ю. Э."
    recipient: str | None = "Кузнецов Пётр Ильич"
    day: dt.date | None = dt.date(2026, 3, 1)
    rows: tuple[tuple[str, ...], ...] = (("1", "Направление", "3"),)
    agreed: bool = True
    qr: str = ""


def read(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def printed(sample: Sample) -> str:
    return " ".join(read(form_render("paper/sample.typ", sample)))


def test_everything_given_is_read_back_from_the_file() -> None:
    text = printed(Sample())
    for word in ("ООО «Ёлочка»", "Щукина Ю. Э.", "01.03.2026", "Кузнецов Пётр Ильич", "УТВЕРЖДАЮ", "М.П."):
        assert word in text


def test_it_is_an_archive_format_with_its_own_fonts_and_language() -> None:
    pdf = form_render("paper/sample.typ", Sample())
    reader = PdfReader(io.BytesIO(pdf))
    metadata = reader.xmp_metadata
    assert metadata
    assert (metadata.pdfaid_part, metadata.pdfaid_conformance) == ("2", "B")
    assert str(reader.root_object["/Lang"]).startswith("ru")
    assert reader.metadata
    assert reader.metadata.title == "Образец № 7"
    page: Any = reader.pages[0]
    fonts = [str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()]
    assert fonts
    assert all(re.fullmatch(r"/[A-Z]{6}\+LiberationSerif.*", font) for font in fonts), "embedded, and ours"


def test_data_are_never_read_as_a_template() -> None:
    evil = '#panic("x") *жирно* $x^2$ `код` @метка \\ "; #let a = 1 // <script>'
    assert evil in printed(replace(Sample(), recipient=evil))


def test_an_unknown_value_leaves_an_empty_line() -> None:
    text = printed(replace(Sample(), recipient=None, day=None))
    assert "Получатель" in text
    assert "None" not in text
    assert "none" not in text


def test_many_documents_make_one_file_and_each_counts_its_own_pages() -> None:
    long = replace(Sample(), title="Длинный", rows=tuple((str(n), "строка перечня", "1") for n in range(130)))
    pages = read(forms_render_many("paper/sample.typ", [Sample(), long, replace(Sample(), title="Третий")]))
    marks = [page[page.index("стр. ") :].split("М.П.")[0][:12].strip() for page in pages]
    assert marks == ["стр. 1 из 1", "стр. 1 из 3", "стр. 2 из 3", "стр. 3 из 3", "стр. 1 из 1"]
    assert all("Наименование" in page for page in pages[1:3]), "the head of a table stands on every page"


def test_a_hundred_documents_are_joined_into_one_archive_file() -> None:
    pdf = forms_render_many("paper/sample.typ", [replace(Sample(), title=f"Лист {n}") for n in range(100)])
    reader = PdfReader(io.BytesIO(pdf))
    assert [f"Лист {n} " in page for n, page in enumerate(read(pdf))] == [True] * 100
    assert reader.metadata
    assert reader.metadata.title == "Лист 0 и ещё 99"
    assert reader.xmp_metadata
    assert reader.xmp_metadata.pdfaid_part == "2"
    assert {"/OutputIntents", "/Metadata", "/Lang"} <= set(reader.root_object)
    assert "/ID" in reader.trailer


def test_a_missing_field_is_named() -> None:
    with pytest.raises(FormError, match=r"paper/sample\.typ.*нет поля.*recipient"):
        form_render(
            "paper/sample.typ", {key: value for key, value in asdict(Sample()).items() if key != "recipient"}
        )


def test_a_missing_template_nothing_to_print_and_an_unprintable_value_are_refused() -> None:
    with pytest.raises(FormError, match=r"Шаблона «paper/none\.typ» нет"):
        form_render("paper/none.typ", {})
    with pytest.raises(FormError, match="Нечего печатать"):
        forms_render_many("paper/sample.typ", [])
    with pytest.raises(FormError, match="значение вида object"):
        form_render("paper/sample.typ", {"title": object()})


def test_a_template_outside_the_package_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "x.typ").write_text("")
    with pytest.raises(FormError):
        form_render(str(tmp_path / "x.typ"), {})


def test_a_qr_code_stands_in_the_form_and_depends_on_its_text() -> None:
    first, second = qr_svg("https://medtrud.example/exams/r/1"), qr_svg("https://medtrud.example/exams/r/2")
    assert first.startswith("<svg")
    assert first != second
    assert len(form_render("paper/sample.typ", replace(Sample(), qr=first))) > len(
        form_render("paper/sample.typ", Sample())
    )


def test_the_same_data_give_the_same_file_when_the_moment_is_given() -> None:
    moment = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    first, second = (form_render("paper/sample.typ", Sample(), made_at=moment) for _ in range(2))
    assert first == second
    assert b"2026-03-01T12:00:00" in first


def test_a_preview_shows_the_same_pages() -> None:
    long = replace(Sample(), rows=tuple((str(n), "строка", "1") for n in range(130)))
    pages = form_preview("paper/sample.typ", long)
    assert len(pages) == len(read(form_render("paper/sample.typ", long)))
    assert all(page.startswith("<svg") for page in pages)


def test_any_letter_of_the_world_is_printed_or_stands_as_a_sign() -> None:
    strange = "100 ₽, жид\u2011кость \u202f«\u200bЁлка\u0301» е\u0308 中文 😀 \ud800 \x00 ẞ ⁰ عربي"
    text = printed(replace(Sample(), organization=strange, rows=(("😀", strange, "₽"),)))
    assert "100 руб., жид-кость" in text
    assert "□" in text
    every = "".join(chr(code) for code in range(0x20, 0x3000))
    assert form_render("paper/sample.typ", replace(Sample(), recipient=every))


def test_a_text_of_ordinary_letters_is_printed_as_it_is() -> None:
    text = "Съешь ещё этих мягких французских булок, да выпей чаю № 5 — «≥ 80 дБА», м/с², α·β"
    assert text in printed(replace(Sample(), organization=text))
