"""The door of journal."""

from .actions import (
    anchor_set,
    chain_verify,
    line_export,
    record,
    record_refusal,
    refusal_facts,
    suspicion_close,
    suspicions_find,
    watch_change,
)
from .queries import (
    histories_of,
    history_of,
    journal_reached,
    journal_touched,
    lines,
    suspicions,
    title_of,
    titles_declare,
    verify,
    watches,
)

__all__ = [
    "anchor_set",
    "chain_verify",
    "histories_of",
    "history_of",
    "journal_reached",
    "journal_touched",
    "line_export",
    "lines",
    "record",
    "record_refusal",
    "refusal_facts",
    "suspicion_close",
    "suspicions",
    "suspicions_find",
    "title_of",
    "titles_declare",
    "verify",
    "watch_change",
    "watches",
]
