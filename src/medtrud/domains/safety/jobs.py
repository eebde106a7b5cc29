"""What the journal calls the actions of this module."""

from medtrud.engines.journal.public import titles_declare

titles_declare(
    {
        "safety.audit_add": "Записана проверка",
        "safety.incident_add": "Зарегистрировано происшествие",
        "safety.incident_change": "Исправлено происшествие",
        "safety.incident_close": "Закрыто происшествие",
        "safety.investigation_open": "Начато расследование",
        "safety.leave_link": "Происшествие связано с листком",
        "safety.measure_add": "Запланировано мероприятие",
        "safety.measure_cancel": "Снято мероприятие",
        "safety.measure_change": "Исправлено мероприятие",
        "safety.measure_done": "Выполнено мероприятие",
        "safety.measure_start": "Начато мероприятие",
        "safety.member_add": "Дополнена комиссия расследования",
        "safety.reading_add": "Записан замер мероприятия",
    }
)
