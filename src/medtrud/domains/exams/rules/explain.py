"""A programme in words: for screens of specialists and in plain words for the worker."""

import datetime as dt

from ..types import Explained, Line, Programme, State, Why
from .law import tables_on

STATES = {
    State.DUE: "назначено",
    State.UNKNOWN_EXPOSURE: "уточните условия работы",
    State.ON_INDICATION: "по показаниям",
    State.CREDITED: "учтён прежний результат",
    State.WAIVED: "не проводится",
    State.NOT_DUE: "в этот раз не требуется",
}
BECAUSE = {
    "kind": "не для этого вида осмотра",
    "age": "не для этого возраста",
    "exposure": "таких условий работы нет",
    "interval": "срок ещё не подошёл",
    "commission": "снято врачебной комиссией",
}


def explain(programme: Programme) -> list[Explained]:
    """Return every line with its state and the sentences why, each with its place in the law."""
    return [
        Explained(line.code, line.title, line.state, _state(line), tuple(map(_sentence, line.reasons)))
        for line in programme.lines
    ]


def explain_to_worker(programme: Programme) -> list[Explained]:
    """Return the lines that concern the worker now, as one plain sentence each."""
    return [
        Explained(line.code, line.name, line.state, _state(line), (explain_line(line, programme.on),))
        for line in programme.lines
        if line.state is not State.NOT_DUE
    ]


def explain_line(line: Line, on: dt.date) -> str:
    """Return one line in a plain sentence: «Вас направляют к …, потому что …»."""
    row = tables_on(on)["specialists"].get(line.code)
    return _plain(line, row.values["dative"] if row else None)


def _state(line: Line) -> str:
    text = STATES[line.state]
    if line.credited and line.state in (State.CREDITED, State.WAIVED):
        return f"{text}: {line.credited.on:%d.%m.%Y}, {line.credited.source}"
    return f"{text}: {BECAUSE[line.because]}" if line.because else text


def _sentence(why: Why) -> str:
    note = f" [{why.note}]" if why.note else ""
    return f"{why.text}{note} — {why.ref}"


def _plain(line: Line, dative: str | None) -> str:
    because = "; ".join(dict.fromkeys(map(_cause, line.reasons)))
    match line.state:
        case State.CREDITED | State.WAIVED:
            day = f" от {_day(line.credited.on)}" if line.credited else ""
            return f"{_upper(line.name)}: проходить не нужно — учтён ваш прежний результат{day}."
        case State.ON_INDICATION:
            return f"{_upper(line.name)}: только если врач увидит показания ({because})."
        case _ if dative:
            return f"Вас направляют к {dative}, потому что {because}."
        case _:
            return f"Вам назначено: {_lowered(line.name)}, потому что {because}."


def _cause(why: Why) -> str:
    match why.rule:
        case "base_scope":
            limits = why.text.partition(": ")[2]
            return f"это проходят все{f' {limits}' if limits else ''}"
        case "marker":
            named = f"вещество «{why.substance}»" if why.substance else f"вещества по пункту {why.factor}"
            return f"в вашей работе есть {named}, {MARKERS.get(why.marker, 'опасное для здоровья')}"
        case "annex_row":
            return f"в вашей работе есть {_lowered(why.text)}"
        case rule if rule.startswith("condition"):
            return f"в вашей работе есть {_lowered(why.text)}"
        case _:
            return _lowered(why.text)


MARKERS = {
    "А": "оно может вызывать аллергию",
    "К": "оно может вызывать опухоли",
    "Р": "оно опасно для репродуктивного здоровья",
    "Ф": "пыль, опасная для лёгких",
}


def _lowered(text: str) -> str:
    """Begin with a small letter, but leave abbreviations: ЭКГ, АД."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _day(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
