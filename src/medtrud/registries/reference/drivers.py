"""Files of reference books: CSV, CSV in gzip, pages of the federal service in JSON."""

import csv
import datetime as dt
import gzip
import io
import json
import zlib
from pathlib import Path
from typing import Any

import yaml

from medtrud.kernel.errors import Refused

from .types import Columns, Passport, Table

LARGEST = 200 * 1024 * 1024  # bytes after unpacking
_GZIP = b"\x1f\x8b"
SHIPPED = Path(__file__).parent / "books"


def read_table(content: bytes, name: str) -> Table:
    """Read a book from a file, whatever of the known shapes it has."""
    content = _unpacked(content, name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            f"Файл «{name}» записан не в UTF-8. Сохраните таблицу как CSV UTF-8 и загрузите снова."
        ) from None
    table = _read_pages(text, name) if text.lstrip()[:1] in ("{", "[") else _read_csv(text, name)
    if not table.rows:
        raise Refused(f"В файле «{name}» нет строк. Проверьте, тот ли файл выбран.")
    return table


def _unpacked(content: bytes, name: str) -> bytes:
    if not content.startswith(_GZIP):
        return content
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            plain = packed.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        raise Refused(f"Архив «{name}» повреждён. Скачайте файл заново.") from None
    if len(plain) > LARGEST:
        raise Refused(f"Файл «{name}» после распаковки больше 200 МБ. Загрузите справочник частями.")
    return plain


def _read_csv(text: str, name: str) -> Table:
    head = text.split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ","
    )
    try:
        columns = tuple(column.strip() for column in next(reader, []))
        lines = [line for line in reader if any(line)]
    except csv.Error as error:
        raise Refused(f"Файл «{name}» не читается как CSV: {error}. Сохраните его заново.") from None
    if not columns or not all(columns):
        raise Refused(f"В первой строке файла «{name}» нет названий столбцов. Добавьте их.")
    for number, line in enumerate(lines, 2):
        if len(line) != len(columns):
            raise Refused(
                f"В строке {number} файла «{name}» ячеек {len(line)}, а столбцов {len(columns)}. "
                "Исправьте строку."
            )
    rows = ({column: cell for column, cell in zip(columns, line, strict=True) if cell} for line in lines)
    return Table(columns, tuple(rows))


def _read_pages(text: str, name: str) -> Table:
    """Read what the service answers to «data»: pages of rows, a row being a list of columns with values."""
    try:
        answer = json.loads(text)
        pages = answer if isinstance(answer, list) else [answer]
        cells = [
            {cell["column"]: str(cell["value"]) for cell in row if cell["value"] not in (None, "")}
            for page in pages
            for row in page["list"]
        ]
        columns = tuple(
            dict.fromkeys(cell["column"] for page in pages for row in page["list"] for cell in row)
        )
        total = int(pages[0]["total"])
    except (ValueError, KeyError, TypeError, IndexError):
        raise Refused(
            f"Файл «{name}» не похож на ответ службы справочников: "
            "в нём нет страниц со строками (list, total). Скачайте его заново."
        ) from None
    if total != len(cells):
        raise Refused(
            f"В файле «{name}» строк {len(cells)} из {total}. Скачайте все страницы и сложите в список."
        )
    return Table(columns, tuple(cells))


def read_passport(content: bytes, code: str) -> Passport:
    """Read the passport of a book as the federal service gives it."""
    try:
        raw: dict[str, Any] = json.loads(content)
        keys = {key["type"]: key["field"] for key in raw["keys"]}
        fields = {item["field"]: item.get("alias") or "" for item in raw["fields"]}
        key = keys.get("PRIMARY") or next(iter(fields))
        texts = [item["field"] for item in raw["fields"] if item.get("dataType") == "VARCHAR"]
        title = keys.get("VALUE") or (texts or [key])[0]
        published = dt.datetime.strptime(raw["publishDate"][:10], "%d.%m.%Y").date()  # noqa: DTZ007 - a date
        return Passport(
            code=code,
            title=raw["fullName"],
            columns=Columns(key, key, title, keys.get("FOREIGN", "")),
            oid=raw["oid"],
            version=raw["version"],
            published=published,
            source="ФНСИ",
            aliases=fields,
        )
    except (ValueError, KeyError, TypeError, StopIteration):
        raise Refused(
            "Паспорт справочника не прочитан: нужен ответ службы с полями oid, version, keys, fields."
        ) from None


def shipped() -> list[tuple[Passport, bytes]]:
    """Return the books the product brings with it: the passport and the file."""
    return [(passport, (SHIPPED / passport.file).read_bytes()) for passport in _passports() if passport.file]


def books_shipped() -> list[tuple[Passport, Table]]:
    """Return the books of the product read: for whoever needs them without a database."""
    return [(passport, read_table(content, passport.file)) for passport, content in shipped()]


def announced() -> list[Passport]:
    """Return the books whose passport is known and whose rows an operator loads: the product has none."""
    return [passport for passport in _passports() if not passport.file]


def _passports() -> list[Passport]:
    listed = yaml.safe_load((SHIPPED / "passports.yaml").read_text(encoding="utf8"))
    return [Passport(columns=Columns(**raw.pop("columns")), **raw) for raw in listed]
