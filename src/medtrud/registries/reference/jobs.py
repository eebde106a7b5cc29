"""What the journal calls the actions of this module."""

from medtrud.engines.journal.public import titles_declare

titles_declare(
    {
        "reference.books_load": "Загружены справочники продукта",
        "reference.book_add": "Добавлен справочник",
        "reference.book_describe": "Изменены столбцы справочника",
        "reference.edition_approve": "Утверждено издание справочника",
        "reference.edition_compare": "Сверено издание справочника",
        "reference.edition_load": "Загружено издание справочника",
        "reference.edition_retire": "Отозвано издание справочника",
    }
)
