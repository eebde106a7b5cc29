"""What a file really is, whatever its name says."""

import zipfile
from pathlib import Path

from medtrud.kernel.errors import Refused

EXCEL = {"zip": {".xlsx", ".xlsm", ".xlsb", ".ods"}, "ole": {".xls", ".xla"}}
SAVE = "Откройте его в табличном редакторе, сохраните в формате .xlsx и загрузите снова."
HEAD = 4096
# first bytes -> what a person calls such a file
FOREIGN = {
    b"%PDF": "документ PDF",
    b"{\\rtf": "текстовый документ RTF",
    b"\x89PNG": "картинка",
    b"\xff\xd8\xff": "картинка",
    b"GIF8": "картинка",
    b"Rar!": "архив RAR",
    b"7z\xbc\xaf": "архив 7-Zip",
    b"\x1f\x8b": "сжатый архив",
    b"MZ": "программа",
    b"\x7fELF": "программа",
    b"MOXCEL": "табличный документ 1С (.mxl)",
}


def kind_of(path: Path, name: str) -> str:
    """Return zip, ole or text; refuse what cannot be a table."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if head.startswith(b"PK"):
        return _zip(path, name)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "ole"
    for start, what in FOREIGN.items():
        if head.startswith(start):
            raise Refused(f"«{name}» — {what}, а не таблица. Нужен файл .xlsx, .xls, .ods или .csv.")
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<html", b"<!doctype", b"<table", b"<head", b"<style")):
        raise Refused(f"«{name}» внутри — веб-страница, хотя назван таблицей. {SAVE}")
    if text.startswith(b"<"):
        raise Refused(f"«{name}» внутри — документ XML, а не таблица. {SAVE}")
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(f"«{name}» — не таблица. Нужен файл .xlsx, .xls, .ods или .csv.")
    return "text"


def _zip(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            inside = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise Refused(
            f"Файл «{name}» оборван или повреждён. Скачайте или сохраните его ещё раз и загрузите снова."
        ) from error
    if {"xl/workbook.xml", "xl/workbook.bin"} & inside or {"content.xml", "mimetype"} <= inside:
        return "zip"
    if "word/document.xml" in inside:
        raise Refused(
            f"«{name}» — документ Word, а не таблица. Скопируйте таблицу из него в Excel "
            "и сохраните в формате .xlsx."
        )
    raise Refused(f"«{name}» — архив, а не таблица. Распакуйте его и загрузите файл .xlsx из него.")
