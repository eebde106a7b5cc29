"""Typst and segno: a template with data becomes a PDF, a text becomes a QR code."""

import datetime as dt
import io
import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from struct import unpack_from
from threading import Lock, local
from typing import Any, Literal
from uuid import UUID

import orjson
import pikepdf
import segno
import typst
from django.template.utils import get_app_template_dirs
from django.utils.safestring import SafeString, mark_safe
from pypdf import PdfReader, PdfWriter

ROOT = Path(__file__).resolve().parents[2]  # typst reads nothing outside the package
FONTS = Path(__file__).resolve().parent / "templates/paper/fonts"
KIT = "/engines/paper/templates/paper/form.typ"
PORTION = 25  # documents laid out at once: memory stays flat however many are printed
PDF = "application/pdf"
LARGE = 50_000  # bytes of data
_MASK = 4  # of a QR code
SPELLED = {"₽": "руб.", "\u2011": "-", "\u202f": "\u00a0", "\r": "", "\ufeff": "", "\u200b": "", "\u00ad": ""}
STRANGE = "□"  # stands for a letter no font has
LAST = 0xFFFE
KEPT = 11  # compilations
Standard = Literal["a-2b", "a-3b", "1.7"]

_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')
_threads = local()
_fonts_lock = Lock()


@dataclass(frozen=True)
class Attachment:
    """A file inside a PDF; `source`: the document itself, else something that belongs to it."""

    name: str
    content: bytes
    mime: str
    about: str
    made_at: dt.datetime
    source: bool = False


class FormError(Exception):
    """The form cannot be printed: its template or its data are wrong; the text is Russian."""


def form_render(
    template: str, data: Any, *, standard: Standard = "a-2b", made_at: dt.datetime | None = None
) -> bytes:
    """Print one document: `template` is "<label>/<name>.typ", `data` a mapping or a frozen dataclass.

    Days become дд.мм.гггг, None becomes an empty line to be filled in by hand.
    """
    return forms_render_many(template, [data], standard=standard, made_at=made_at)


def forms_render_many(
    template: str, items: Iterable[Any], *, standard: Standard = "a-2b", made_at: dt.datetime | None = None
) -> bytes:
    """Print many documents into one file; each begins on its own page and counts its own pages."""
    every = list(items)
    how: dict[str, Any] = {"format": "pdf", "pdf_standards": [standard], "timestamp": made_at}
    if len(every) <= PORTION:
        return _compile(template, every, **how)[0]
    # A structure tree belongs to one file and is lost in joining; the level b of PDF/A asks for none.
    how |= {"pdf_tags": False, "total": len(every)}
    whole = PdfWriter()
    for start in range(0, len(every), PORTION):
        part = io.BytesIO(_compile(template, every[start : start + PORTION], **how)[0])
        if start:
            whole.append(part, import_outline=False)
        else:
            whole.clone_document_from_reader(PdfReader(part))
    out = io.BytesIO()
    whole.write(out)
    return out.getvalue()


def pdf_bind(sheet: bytes, *, pages: bytes | None, attachments: Iterable[Attachment]) -> bytes:
    """Bind a printed sheet behind the pages of another PDF and put files inside: one PDF/A-3.

    The sheet is printed as "a-3b" and gives the file its standard; the pages lose their structure tree,
    which level b does not ask for. `pages` None: the original is no PDF, only the sheet carries it inside.
    """
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet)) as whole, ExitStack() as held:
        if pages is not None and (source := _opened(pages, held)) is not None:
            for place, page in enumerate(source.pages):
                whole.pages.insert(place, page)
        for page in whole.pages:
            if "/StructParents" in page.obj:
                del page.obj["/StructParents"]
        for each in attachments:
            _attach(whole, each)
        # The pages are packed already and the version of the format does not change: nothing is read again.
        whole.save(out, deterministic_id=True, compress_streams=False, fix_metadata_version=False)
    return out.getvalue()


def _opened(pages: bytes, held: ExitStack) -> pikepdf.Pdf | None:
    """Open a foreign PDF; one that is broken or locked lies inside as it is and shows no pages."""
    try:
        return held.enter_context(pikepdf.open(io.BytesIO(pages)))
    except pikepdf.PdfError:
        return None


def _attach(whole: pikepdf.Pdf, file: Attachment) -> None:
    made = f"D:{file.made_at:%Y%m%d%H%M%S}Z"
    packed = {} if file.mime == PDF else {"Filter": pikepdf.Name.FlateDecode}
    stored = pikepdf.Stream(
        whole,
        zlib.compress(file.content) if packed else file.content,
        Type=pikepdf.Name.EmbeddedFile,
        Subtype=pikepdf.Name(f"/{file.mime}"),
        Params=pikepdf.Dictionary(Size=len(file.content), ModDate=made),
        **packed,
    )
    kept = whole.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F=file.name,
            UF=file.name,
            Desc=file.about,
            AFRelationship=pikepdf.Name("/Source" if file.source else "/Supplement"),
            EF=pikepdf.Dictionary(F=stored, UF=stored),
        )
    )
    root = whole.Root
    for name, empty in (("/AF", pikepdf.Array()), ("/Names", pikepdf.Dictionary())):
        if name not in root:
            root[name] = empty
    root.AF.append(kept)
    if "/EmbeddedFiles" not in root.Names:
        root.Names.EmbeddedFiles = pikepdf.Dictionary(Names=pikepdf.Array())
    root.Names.EmbeddedFiles.Names.append(file.name)
    root.Names.EmbeddedFiles.Names.append(kept)


def form_preview(template: str, data: Any) -> list[str]:
    """Return the pages of the same document as SVG texts, for a look before printing."""
    return [page.decode() for page in _compile(template, [data], format="svg")]


def _compile(template: str, items: list[Any], *, total: int = 0, **how: Any) -> list[bytes]:
    plain = [_plain(item) for item in items]
    if not plain:
        raise FormError("Нечего печатать: не выбрано ни одного документа. Отметьте хотя бы один и повторите.")
    source = (
        f'#import "{KIT}": render\n#import "{_find(template)}": form\n'
        f"#render(form, json(bytes(sys.inputs.data)), total: {total or len(plain)})\n"
    )
    data = orjson.dumps(plain)
    # The structure tree of a list of thousands weighs ten times the list itself.
    how.setdefault("pdf_tags", len(data) <= LARGE)
    try:
        made = _compiler().compile(source.encode(), sys_inputs={"data": data.decode()}, **how)
    except typst.TypstError as error:
        raise FormError(f"Печатная форма «{template}» не построена: {_cause(error)}") from error
    if len(data) > LARGE:
        _forget()
    return made if isinstance(made, list) else [made or b""]


def _forget() -> None:
    """Typst keeps what its last ten compilations laid out; empty ones push a large one out."""
    for _ in range(KEPT):
        _compiler().compile(b"")


@lru_cache(maxsize=64)
def qr_svg(text: str) -> str:
    """Return a QR code as SVG text, for a screen and for a form alike; it survives 15 % of damage.

    Any of the eight masks is read by any reader. The one that looks best is not searched for: that is four
    fifths of the work, and in a text as random as our addresses all of them look alike.
    """
    out = io.BytesIO()
    segno.make(text, error="m", micro=False, mask=_MASK).save(out, kind="svg", xmldecl=False, border=2)
    return out.getvalue().decode()


def qr_drawing(text: str) -> SafeString:
    """Return a QR code for a page: without a size of its own it fills the place it is given."""
    drawn = _SIZE.sub(r'viewBox="0 0 \1 \2"', qr_svg(text), count=1)
    return mark_safe(drawn)  # noqa: S308 - our own drawing, the text is only dots in it


def _compiler() -> typst.Compiler:
    """One compiler per thread; the fonts are read once for all of them."""
    if not hasattr(_threads, "compiler"):
        with _fonts_lock:
            fonts = _fonts()
        _threads.compiler = typst.Compiler(root=ROOT, font_paths=fonts)
    compiler: typst.Compiler = _threads.compiler
    return compiler


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def _find(template: str) -> str:
    for folder in get_app_template_dirs("templates"):
        path = Path(folder, template)
        if path.is_file() and path.resolve().is_relative_to(ROOT):
            return f"/{path.resolve().relative_to(ROOT).as_posix()}"
    raise FormError(f"Шаблона «{template}» нет ни в одном модуле. Проверьте его имя.")


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_plain(inner) for inner in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str):
        return _printable(value)
    if value is None or isinstance(value, int | float | bool):
        return value
    raise FormError(
        f"В данных печатной формы есть значение вида {type(value).__name__}: его нельзя напечатать."
    )


def _printable(text: str) -> str:
    """Return the text in letters the embedded fonts have: PDF/A refuses a document with an empty glyph.

    What has a Russian spelling gets it, anything else becomes a visible sign.
    """
    strange = set(text) - _letters()
    if not strange:
        return text
    composed = unicodedata.normalize("NFC", text)
    signs = {sign: SPELLED.get(sign, STRANGE) for sign in set(composed) - _letters()}
    return "".join(signs.get(sign, sign) for sign in composed)


@cache
def _letters() -> frozenset[str]:
    """Return the letters every embedded font has."""
    return frozenset.intersection(*(_font_letters(path) for path in FONTS.glob("*.ttf"))) | frozenset("\n\t")


def _font_letters(path: Path) -> frozenset[str]:
    """Read the character map (cmap, format 4) of a TrueType font."""
    font = path.read_bytes()
    count = unpack_from(">H", font, 4)[0]
    tables = {font[12 + 16 * n : 16 + 16 * n]: unpack_from(">I", font, 20 + 16 * n)[0] for n in range(count)}
    start = tables[b"cmap"]
    maps = (
        unpack_from(">HHI", font, start + 4 + 8 * n) for n in range(unpack_from(">H", font, start + 2)[0])
    )
    place = next(start + at for platform, encoding, at in maps if (platform, encoding) == (3, 1))
    segments = unpack_from(">H", font, place + 6)[0] // 2
    ends = unpack_from(f">{segments}H", font, place + 14)
    starts = unpack_from(f">{segments}H", font, place + 16 + 2 * segments)
    deltas = unpack_from(f">{segments}H", font, place + 16 + 4 * segments)
    offsets = place + 16 + 6 * segments
    found = set()
    for n in range(segments):
        (shift,) = unpack_from(">H", font, offsets + 2 * n)
        for code in range(starts[n], min(ends[n], LAST) + 1):
            where = offsets + 2 * n + shift + 2 * (code - starts[n])
            glyph = unpack_from(">H", font, where)[0] if shift else code
            if glyph and (glyph + deltas[n]) & 0xFFFF:
                found.add(chr(code))
    return frozenset(found)


def _cause(error: typst.TypstError) -> str:
    """Typst answers in English; the commonest cause is told in Russian, the rest as it is."""
    missing = "dictionary does not contain key"
    if missing in error.message:
        return f"в данных нет поля {error.message.split(missing, 1)[1].strip()}."
    return f"{error.message} {' '.join(error.hints)}".strip()
