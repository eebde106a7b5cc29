"""Template tags of every screen; built in, so no {% load %} is needed."""

import datetime as dt
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..types import Banner, Progress, Step
from . import cells

register = template.Library()

register.simple_tag(cells.icon, name="icon")
register.simple_tag(cells.chip, name="chip")
register.filter("chips", cells.chips)
register.filter("day", cells.day)
register.filter("moment", cells.moment)
register.filter("thin", cells.number)
register.filter("ru", cells.plural)
register.filter("counted", cells.counted)


@register.simple_block_tag(name="tag")
def tag(content: str, tone: str = "") -> SafeString:
    """{% tag "ok" %}Годен{% endtag %}: a state as text, mark and colour."""
    return cells.tag(content, tone)


@register.simple_block_tag(name="note")
def note(content: str, tone: str = "info", title: str = "") -> SafeString:
    """{% note "bad" title="Диаграмма не загрузилась" %}...{% endnote %}: a message inside a page."""
    head = format_html("<h2>{}</h2>", title) if title else ""
    role = SafeString(' role="alert"') if tone == "bad" else ""
    mark = cells.icon(cells.MARKS.get(tone, "info-circle") if tone != "info" else "info-circle")
    return format_html('<div class="note {}"{}>{}<div>{}{}</div></div>', tone, role, mark, head, content)


@register.simple_block_tag(name="blank")
def blank(content: str, title: str, icon: str = "inbox") -> SafeString:
    """{% blank "Список не загружен" icon="users" %}why, what to do{% endblank %}: nothing to show."""
    return format_html('<div class="blank">{}<h2>{}</h2>{}</div>', cells.icon(icon), title, content)


@register.simple_block_tag(name="card")
def card(content: str, title: str = "", more: str = "") -> SafeString:
    """{% card "Прошлые осмотры" %}...{% endcard %}: a part of a page with its heading."""
    head = format_html("<header><h2>{}</h2></header>", title) if title else ""
    return format_html('<section class="card {}">{}<div class="body">{}</div></section>', more, head, content)


@register.inclusion_tag("ui/banner.html")
def banner(worker: Banner) -> dict[str, Any]:
    """Show whom the page is about."""
    return {"worker": worker}


@register.inclusion_tag("ui/stat.html")
def stat(title: str, value: object, note: str = "", tone: str = "", url: str = "") -> dict[str, Any]:
    """{% stat "Подлежат осмотру" 10000 note="+2,1 % к 2025 г." url=... %}: one figure of a desk."""
    shown = cells.number(value) if isinstance(value, int | float) else value
    return {
        "title": title,
        "value": shown,
        "note": note,
        "tone": tone,
        "url": url,
        "mark": cells.MARKS.get(tone),
    }


@register.inclusion_tag("ui/chart.html")
def chart(title: str, url: str) -> dict[str, Any]:
    """{% chart "План и факт" url %}: a chart asks the address for a Chart; its table is a button away."""
    return {"title": title, "url": url}


@register.inclusion_tag("ui/facts.html")
def facts(pairs: Any) -> dict[str, Any]:
    """{% facts pairs %}: label and value, (("Номер", "15"), ...)."""
    return {"pairs": pairs}


@register.inclusion_tag("ui/steps.html")
def steps(titles: Any, current: int) -> dict[str, Any]:
    """{% steps titles 2 %}: where in a wizard the person is; titles are words or Step."""
    rows = [item if isinstance(item, Step) else Step(str(item)) for item in titles]
    return {
        "rows": [(n, row, "done" if n < current else "") for n, row in enumerate(rows, 1)],
        "current": current,
    }


@register.inclusion_tag("ui/progress.html")
def progress(job: Progress) -> dict[str, Any]:
    """{% progress job %}: how far a long job is; it asks again while it runs."""
    return {"job": job, "percent": round(100 * job.done / job.total) if job.total else None}


@register.inclusion_tag("ui/feed.html")
def feed(events: Any, empty: str = "Событий пока нет.") -> dict[str, Any]:
    """{% feed events %}: rows of a timeline."""
    return {"events": events, "empty": empty}


@register.filter
def years(born: dt.date, on: dt.date) -> int:
    """{{ born|years:on }}: full years of age."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@register.filter
def control(field: BoundField) -> SafeString:
    """Draw the input of a field in our look, tied to its message."""
    own = field.field.widget.attrs.get("class", "")
    attrs: dict[str, str | bool] = {
        "class": f"input {own}".strip(),
        "aria-describedby": f"m-{field.html_name}",
    }
    if field.errors:
        attrs["aria-invalid"] = "true"
    if field.field.required:
        attrs["aria-required"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def kind(field: BoundField) -> str:
    """Name the look of a field: segments, combo, flag, checks, select, text."""
    inner = field.field
    if getattr(inner, "segmented", False):
        return "segments"
    if getattr(inner, "source", ""):
        return "combo"
    names = {"CheckboxInput": "flag", "CheckboxSelectMultiple": "checks", "Select": "select"}
    return names.get(type(inner.widget).__name__, "text")
