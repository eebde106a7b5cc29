"""Small pieces of HTML for cells of worklists and for template tags: escaped, marked, one look everywhere."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from ..types import Chip

NBSP = "\u00a0"
THIN = "\u202f"
DASH = format_html('<span class="muted">{}</span>', "—")
FULL = 9999
MARKS = {"ok": "circle-check", "warn": "alert-triangle", "bad": "alert-circle", "info": "clock"}


def icon(name: str, *, title: str = "") -> SafeString:
    """Draw a symbol of the sprite; with a title it is read aloud, without it is decoration."""
    label = format_html('role="img" aria-label="{}"', title) if title else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"></use></svg>', label, static("ui/vendor/icons.svg"), name
    )


def tag(text: object, tone: str = "") -> SafeString:
    """Mark a state: text, mark and colour; tones: ok, warn, bad, info or none."""
    if not text:
        return DASH
    mark = icon(MARKS[tone]) if tone in MARKS else SafeString('<i class="dot"></i>')
    return format_html('<span class="tag {}">{}{}</span>', tone, mark, text)


def chip(code: object, name: str = "", tone: str = "") -> SafeString:
    """Show a code whose words open on hover, focus and touch."""
    if not name:
        return format_html('<span class="chip {}">{}</span>', tone, code)
    return format_html(
        '<button type="button" class="chip {}" data-hint="{}" aria-label="{} {}">{}</button>',
        tone,
        name,
        code,
        name,
        code,
    )


def chips(items: Sequence[Chip], *, shown: int = 3) -> SafeString:
    """Show the first codes; the rest opens as one list."""
    if not items:
        return DASH
    first = format_html_join("", "{}", ((chip(item.code, item.name, item.tone),) for item in items[:shown]))
    rest = items[shown:]
    if not rest:
        return format_html('<span class="chips">{}</span>', first)
    words = "; ".join(f"{item.code} {item.name}".strip() for item in rest)
    more = format_html(
        '<button type="button" class="chip" data-hint="{}" aria-label="Ещё {}: {}">+{}</button>',
        words,
        len(rest),
        words,
        len(rest),
    )
    return format_html('<span class="chips">{}{}</span>', first, more)


def link(text: object, url: str, *, note: object = "") -> SafeString:
    """Open a row: the first link of a row is what Enter and a click on the row follow."""
    small = format_html(" <small>{}</small>", note) if note else ""
    return format_html('<a class="who" href="{}">{}</a>{}', url, text, small)


def muted(text: object) -> SafeString:
    """Show something of second rank."""
    return format_html('<span class="muted">{}</span>', text) if text not in ("", None) else DASH


def day(on: dt.date | None) -> str:
    """Write a date: 26.01.2026."""
    return f"{on:%d.%m.%Y}" if on else DASH


def moment(at: dt.datetime | None) -> SafeString | str:
    """Write a moment: 26.01.2026 13:30, the time softer than the day."""
    if at is None:
        return DASH
    local = localtime(at) if at.tzinfo else at
    return format_html('{} <span class="muted">{}</span>', f"{local:%d.%m.%Y}", f"{local:%H:%M}")


def number(value: float | Decimal | None, digits: int | None = None) -> str:
    """Write a number the Russian way: 10 000 with a thin space, 36,6 with a comma."""
    if value is None:
        return DASH
    rest = "f" if isinstance(value, Decimal) else ""  # 2E+1 is no number to a reader
    text = f"{value:,.{digits}f}" if digits is not None else f"{value:,{rest}}"
    whole, _, part = text.partition(".")
    spaced = whole.replace(",", THIN if abs(float(value)) > FULL else "")
    return f"{spaced},{part}" if part else spaced


def plural(count: int, forms: str) -> str:
    """Choose the Russian form of a noun: 3 and "осмотр,осмотра,осмотров" make "осмотра"."""
    one, few, many = (form.strip() for form in forms.split(","))
    tens, units = abs(int(count)) % 100, abs(int(count)) % 10
    if 11 <= tens <= 14:  # noqa: PLR2004 - Russian grammar
        return many
    return {1: one, 2: few, 3: few, 4: few}.get(units, many)


def counted(count: int, forms: str) -> str:
    """Write a number with its noun: 10 000 осмотров."""
    return f"{number(count)}{NBSP}{plural(count, forms)}"


def joined(parts: Iterable[object]) -> SafeString:
    """Put several cells side by side."""
    return format_html('<span class="chips">{}</span>', format_html_join("", "{}", ((p,) for p in parts)))
