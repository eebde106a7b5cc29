"""Files as people really send them, from upload to undo."""

import io
import zipfile
from collections.abc import Callable

import pytest

from medtrud.engines.background.public import run_pending
from medtrud.engines.exchange.public import (
    Import,
    import_check,
    import_commit,
    import_of,
    import_undo,
    import_upload,
    imports,
    limit_set,
    origin_of,
    problem_text,
    problems,
)
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Forbidden, NotFound, Refused

from .conftest import PERMISSIONS, Shelf, xlsx

Take = Callable[..., Import]
HEAD = ["Имя", "Цвет"]
MANIFEST = """<?xml version="1.0"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/"
 manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""
GOOD = xlsx([HEAD, ["мяч", "красный"], ["куб", "синий"]])


def texts(actor: Actor, row: Import) -> list[str]:
    return [f"{p.number}: {problem_text(row, p)}" for p in problems(actor, row).order_by("number")]


def committed(actor: Actor, row: Import) -> Import:
    import_commit(actor, uid=row.uid)
    run_pending()
    return import_of(actor, row.uid)


def test_a_good_file_is_recognised_checked_and_committed(take: Take, keeper: Actor, shelf: Shelf) -> None:
    row = take(GOOD)
    assert (row.state, row.counts["new"], shelf.things) == ("checked", 2, {})
    row = committed(keeper, row)
    assert (row.state, row.counts["new"]) == ("committed", 2)
    assert shelf.things == {"мяч": "красный", "куб": "синий"}


def test_the_same_file_twice_changes_nothing(take: Take, keeper: Actor) -> None:
    first = committed(keeper, take(GOOD))
    assert take(GOOD).pk == first.pk
    again = take(GOOD, again=True)
    assert (again.pk != first.pk, again.state, again.counts["unchanged"]) == (True, "checked", 2)
    with pytest.raises(Refused, match="записывать нечего"):
        import_commit(keeper, uid=again.uid)


def test_bad_rows_stay_out_and_good_ones_are_taken(take: Take, keeper: Actor, shelf: Shelf) -> None:
    row = take(xlsx([HEAD, ["мяч", "красный"], ["", "синий"], ["мяч", "белый"], ["куб", ""]]))
    assert texts(keeper, row) == [
        "3: Не указано имя. Впишите его.",
        "4: «мяч» уже есть в строке 2. Уберите повтор.",
        "5: Цвет не указан, записан как есть. Проверьте.",
    ]
    assert (row.counts["bad"], row.counts["warned"]) == (2, 1)
    assert (committed(keeper, row).state, set(shelf.things)) == ("committed", {"мяч", "куб"})


def test_a_record_knows_the_file_the_sheet_and_the_row_it_came_from(take: Take, keeper: Actor) -> None:
    committed(keeper, take(xlsx([["Перечень"], [], HEAD, ["мяч", "красный"]], names=["Склад"])))
    [origin] = origin_of("shelf.Thing", 4)
    assert str(origin) == "файл «список.xlsx», лист «Склад», строка 4"
    assert origin_of("shelf.Thing", 5) == []


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"%PDF-1.7 ...", "список.pdf", "документ PDF"),
        (b"\x89PNG\r\n", "список.xlsx", "картинка"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "список.xls", "веб-страница"),
        (b'<?xml version="1.0"?><Workbook/>', "список.xls", "документ XML"),
        (b"PK\x03\x04 broken", "список.xlsx", "оборван или повреждён"),
        (GOOD[: len(GOOD) // 2], "список.xlsx", "оборван или повреждён"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "список.xls", "повреждён"),
        (b"\x00\x01\x02\x03 binary", "список.csv", "не таблица"),
        (xlsx([]), "список.xlsx", "нет ни одной заполненной строки"),
        (xlsx([HEAD]), "список.xlsx", "нет ни одной строки"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(take: Take, content: bytes, name: str, says: str) -> None:
    row = take(content, name)
    assert (row.state, says in row.message) == ("failed", True), row.message
    assert "загруз" in row.message or "Нужен файл" in row.message


def test_an_empty_file_is_refused_at_once(take: Take) -> None:
    with pytest.raises(Refused, match="пуст"):
        take(b"")


def test_a_header_line_named_by_the_person_is_believed(take: Take, keeper: Actor) -> None:
    row = take(xlsx([["а", "б"], ["Имя", "Цвет"], ["мяч", "красный"]]))
    import_check(keeper, uid=row.uid, header_row=1)
    run_pending()
    row = import_of(keeper, row.uid)
    assert (row.state, row.header_row, row.headers) == ("mapping", 1, ["а", "б"])


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return stream.getvalue()


def test_a_word_document_and_an_archive_are_called_by_their_names(take: Take) -> None:
    assert "документ Word" in take(archive("word/document.xml"), "список.docx").message
    assert "Распакуйте" in take(archive("список.xlsx"), "список.zip").message


def test_a_file_bigger_than_the_operator_allows_is_refused(take: Take, keeper: Actor) -> None:
    limit_set(Actor.job("test"), code="megabytes", value=1, since=today())
    with pytest.raises(Refused, match="больше 1"):
        take(b"x" * (1024 * 1024 + 1), "список.csv")
    assert imports(keeper).count() == 0


def test_a_list_longer_than_the_operator_allows_is_refused(take: Take) -> None:
    limit_set(Actor.job("test"), code="rows", value=2, since=today())
    row = take(GOOD)
    assert (row.state, "Разделите список" in row.message) == ("failed", True)


def test_unknown_columns_are_asked_and_the_answer_is_remembered(take: Take, keeper: Actor) -> None:
    odd = [["Штуковина", "Колер"], ["мяч", "красный"]]
    row = take(xlsx(odd))
    assert (row.state, row.headers) == ("mapping", ["Штуковина", "Колер"])
    assert row.message == "Не узнаны обязательные столбцы: «Имя», «Цвет». Укажите их ниже."
    import_check(keeper, uid=row.uid, columns={0: "name", 1: "colour"})
    run_pending()
    assert import_of(keeper, row.uid).state == "checked"
    assert take(xlsx([*odd, ["куб", "синий"]])).state == "checked"


def test_one_thing_cannot_be_two_columns(take: Take, keeper: Actor) -> None:
    row = take(GOOD)
    with pytest.raises(Refused, match="для двух столбцов"):
        import_check(keeper, uid=row.uid, columns={0: "name", 1: "name"})


def test_columns_left_out_on_purpose_are_missed(take: Take, keeper: Actor) -> None:
    row = take(GOOD)
    import_check(keeper, uid=row.uid, columns={0: "name"})
    run_pending()
    row = import_of(keeper, row.uid)
    assert (row.state, row.message) == ("mapping", "Не узнаны обязательные столбцы: «Цвет». Укажите их ниже.")


def test_of_several_sheets_the_one_with_the_list_is_taken(take: Take) -> None:
    row = take(xlsx([["Пояснения"], ["ничего"]], [HEAD, ["мяч", "красный"]], names=["О файле", "Вещи"]))
    assert (row.state, row.sheet) == ("checked", "Вещи")


def test_between_two_lists_the_person_chooses(take: Take, keeper: Actor) -> None:
    row = take(xlsx([HEAD, ["мяч", "красный"]], [HEAD, ["куб", "синий"]], names=["Один", "Два"]))
    assert (row.state, "Выберите" in row.message) == ("mapping", True)
    import_check(keeper, uid=row.uid, sheet="Два")
    run_pending()
    row = import_of(keeper, row.uid)
    assert (row.state, row.sheet, row.counts["new"]) == ("checked", "Два", 1)


def test_a_merged_cell_counts_for_all_its_rows(take: Take, keeper: Actor, shelf: Shelf) -> None:
    row = take(xlsx([HEAD, ["мяч", ""], ["куб", ""]], merge=[(1, 1, 2, 1, "красный")]))
    committed(keeper, row)
    assert shelf.things == {"мяч": "красный", "куб": "красный"}


def test_columns_that_do_not_begin_at_the_left_are_found(take: Take, keeper: Actor, shelf: Shelf) -> None:
    row = take(xlsx([[], ["", "", "Имя", "Цвет"], ["", "", "мяч", "красный"]]))
    committed(keeper, row)
    assert shelf.things == {"мяч": "красный"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "cp866"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_text_table_is_read_in_any_usual_encoding(
    take: Take, keeper: Actor, shelf: Shelf, encoding: str, mark: str
) -> None:
    lines = [["Имя", "Цвет"], ["мяч", "красный"], ["большой куб", "синий"]]
    row = take("\n".join(mark.join(line) for line in lines).encode(encoding), "список.csv")
    committed(keeper, row)
    assert shelf.things == {"мяч": "красный", "большой куб": "синий"}


def ods(rows: list[list[str]]) -> bytes:
    """Write the least that is an .ods file."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    body = f'<office:spreadsheet><table:table table:name="Лист1">{cells}</table:table></office:spreadsheet>'
    content = f"<office:document-content {spaces}><office:body>{body}</office:body></office:document-content>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
        made.writestr("META-INF/manifest.xml", MANIFEST)
    return stream.getvalue()


def test_an_ods_file_is_read(take: Take, keeper: Actor, shelf: Shelf) -> None:
    committed(keeper, take(ods([HEAD, ["мяч", "красный"]]), "список.ods"))
    assert shelf.things == {"мяч": "красный"}


def test_formulas_without_saved_values_are_told(take: Take) -> None:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx([HEAD, ["мяч", "=A2"]]))) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace(b"<f>A2</f><v>0</v>", b"<f>A2</f>")
            new.writestr(name, text)
    row = take(stream.getvalue())
    assert (row.state, "стоят формулы без сохранённых значений" in row.message) == ("failed", True), (
        row.message
    )


def test_an_archive_that_swells_is_refused(take: Take) -> None:
    limit_set(Actor.job("test"), code="unpacked", value=1, since=today())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b" " * 2 * 1024 * 1024)
    row = take(stream.getvalue())
    assert (row.state, "после распаковки занял бы 2 МБ" in row.message) == ("failed", True)


def test_an_xlsx_named_xls_is_read_all_the_same(take: Take) -> None:
    assert take(GOOD, "список.xls").state == "checked"


def test_what_the_target_refuses_leaves_nothing_and_says_why(take: Take, keeper: Actor, shelf: Shelf) -> None:
    row = take(GOOD)
    shelf.fails = "Склад закрыт. Откройте его."
    row = committed(keeper, row)
    assert (row.state, row.message) == ("checked", "Склад закрыт. Откройте его.")
    assert origin_of("shelf.Thing", 2) == []


def test_an_import_can_be_undone_until_something_depends_on_it(
    take: Take, keeper: Actor, shelf: Shelf
) -> None:
    row = committed(keeper, take(GOOD))
    shelf.used = True
    import_undo(keeper, uid=row.uid)
    run_pending()
    row = import_of(keeper, row.uid)
    assert (row.state, row.message) == ("committed", "Вещи уже используются. Сначала верните их.")
    shelf.used = False
    import_undo(keeper, uid=row.uid)
    run_pending()
    assert (import_of(keeper, row.uid).state, shelf.things) == ("undone", {})
    assert take(GOOD).state == "checked"


def test_a_committed_file_is_not_checked_again(take: Take, keeper: Actor) -> None:
    row = committed(keeper, take(GOOD))
    with pytest.raises(Refused, match="сейчас: загружен"):
        import_check(keeper, uid=row.uid)


def test_an_answer_outside_the_choices_is_refused(take: Take) -> None:
    with pytest.raises(Refused, match="выберите значение из списка"):
        take(GOOD, options={"side": "up"})


def test_another_organisation_sees_nothing_of_the_file(take: Take, keeper: Actor) -> None:
    row = take(GOOD)
    other = Actor(role=Role.EMPLOYER, organization=78, permissions=keeper.permissions)
    worker = Actor(role=Role.WORKER, account=5, organization=77, permissions=keeper.permissions)
    for actor in (other, worker):
        assert imports(actor).count() == 0
        with pytest.raises(NotFound):
            import_of(actor, row.uid)


def test_a_seat_without_the_target_may_not_import_it(shelf: Shelf) -> None:
    clerk = Actor(role=Role.EMPLOYER, organization=77, permissions=PERMISSIONS)
    with pytest.raises(Forbidden):
        import_upload(clerk, target="shelf", stream=io.BytesIO(GOOD), name="список.xlsx")


def test_names_and_numbers_in_reasons_are_sealed(take: Take, keeper: Actor) -> None:
    row = take(xlsx([HEAD, ["мяч", "красный"], ["мяч", "синий"]]))
    [problem] = problems(keeper, row)
    assert "мяч".encode() not in bytes(problem.text)
    assert "мяч".encode() not in bytes(row.sample)
    assert "мяч" in problem_text(row, problem)
