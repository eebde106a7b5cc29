"""Where a person mends what a check found: by the place in the document."""

STEPS = (
    (
        "recordTarget/patientRole/providerOrganization",
        "Исправьте реквизиты организации: «Организация», «Реквизиты».",
    ),
    ("recordTarget", "Исправьте карту работника: «Работники», карта, «Изменить»."),
    ("author", "Исправьте сотрудника: «Организация», «Сотрудники», и его должность в настройке обмена."),
    (
        "legalAuthenticator",
        "Исправьте сотрудника: «Организация», «Сотрудники», и его должность в настройке обмена.",
    ),
    ("documentationOf", "Исправьте состав врачебной комиссии и должности её членов."),
    ("custodian", "Исправьте реквизиты организации и её OID в настройке обмена."),
    ("structuredBody", "Исправьте заключение новой версией: осмотр, «Заключение»."),
    ("participant", "Исправьте сведения о плательщике в программе, которая составила документ."),
)
OTHER = "Составьте документ заново; если ошибка повторится, передайте её разработчику с номером правила."


def step_for(path: str) -> str:
    """Return what to do about a fault at a place."""
    return next((step for place, step in STEPS if place in _plain(path)), OTHER)


def _plain(path: str) -> str:
    return "/".join(step.partition("[")[0] for step in path.split("/"))
