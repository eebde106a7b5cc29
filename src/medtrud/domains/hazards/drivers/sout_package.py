"""The package of the exchange file: `.suot` is a ZIP with one XML; a bare XML is taken too."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

MEGABYTE = 1024 * 1024
LIMIT = 2048 * MEGABYTE  # unpacked
RATIO, RATIO_FROM = 300, 8 * MEGABYTE  # a report with 20 000 workplaces packs about 60 times
HEAD = 65_536


class FileRefused(ValueError):  # noqa: N818 - it is a sentence for a person
    """The file as a whole cannot be read; the text says why and what to do, the line where."""

    def __init__(self, text: str, line: int = 0) -> None:
        super().__init__(text)
        self.line = line


class Counted:
    """A stream that refuses to give more than the limit."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self.stream, self.limit, self.taken = stream, limit, 0

    def read(self, size: int = -1) -> bytes:
        """Read a portion."""
        piece = self.stream.read(size)
        self.taken += len(piece)
        if self.taken > self.limit:
            raise FileRefused(
                f"В распакованном виде файл больше {self.limit // MEGABYTE} МБ. Разделите отчёт на части."
            )
        return piece


@contextmanager
def sout_stream(path: str | Path, *, limit: int = LIMIT) -> Iterator[Counted]:
    """Open the XML of a file, packed or not."""
    file = Path(path)
    with file.open("rb") as raw:
        packed = raw.read(4) == b"PK\x03\x04"
        raw.seek(0)
        if not packed:
            _no_dtd(raw.read(HEAD))
            raw.seek(0)
            yield Counted(raw, limit)
            return
        try:
            with zipfile.ZipFile(raw) as package:
                opened = _member(package, limit)
                with opened() as inside:
                    _no_dtd(inside.read(HEAD))
                with opened() as inside:
                    yield Counted(inside, limit)
        except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
            raise FileRefused(
                "Архив .suot повреждён и не распаковывается. "
                "Получите файл у организации, проводившей СОУТ, заново."
            ) from error


def _member(package: zipfile.ZipFile, limit: int) -> Callable[[], IO[bytes]]:
    inside = [each for each in package.infolist() if not each.is_dir()]
    if len(inside) != 1 or not inside[0].filename.casefold().endswith(".xml"):
        names = ", ".join(each.filename[:60] for each in inside[:3]) or "ничего"
        raise FileRefused(
            f"В архиве .suot должен лежать ровно один файл XML, а лежит {len(inside)}: {names}. "
            "Положите в архив только отчёт."
        )
    only = inside[0]
    if only.flag_bits & 1:
        raise FileRefused("Архив .suot закрыт паролем. Снимите пароль и загрузите файл снова.")
    if only.file_size > limit:
        raise FileRefused(
            f"В распакованном виде отчёт больше {limit // MEGABYTE} МБ. Разделите отчёт на части."
        )
    if only.file_size > RATIO_FROM and only.file_size > RATIO * max(only.compress_size, 1):
        raise FileRefused(
            f"Файл в архиве сжат более чем в {RATIO} раз: так выглядит архивная бомба. "
            "Распакуйте отчёт и загрузите XML без архива."
        )
    return lambda: package.open(only)


def _no_dtd(head: bytes) -> None:
    """Refuse a declaration of the type of the document: it carries entities and outside references."""
    bare = head.replace(b"\0", b"")
    before, found, _ = bare.partition(b"<!DOCTYPE")
    if found and b"<Attestation" not in before:
        raise FileRefused(
            "В файле объявлен тип документа (DOCTYPE) с сущностями. Отчёты СОУТ его не содержат; "
            "файл не читается из осторожности. Выгрузите отчёт заново."
        )
