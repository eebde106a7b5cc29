"""What the journal calls the actions of this module."""

from medtrud.engines.journal.public import titles_declare

titles_declare(
    {
        "record.entries_add_many": "Внесены записи в карты списком",
        "record.entry_add": "Внесена запись в карту",
        "record.entry_open": "Открыта запись карты",
    }
)
