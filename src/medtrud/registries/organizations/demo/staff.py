"""The staff of an invented clinic: who they are, what they are accredited for, how they sign in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Doctor:
    """A member of staff; specialties are codes of the federal book."""

    login: str
    name: str
    sex: str
    born: str
    position: str
    department: str
    specialties: tuple[str, ...]
    until: str = "2031-01-01"


DEPARTMENTS = {
    "Регистратура и доврачебный кабинет": ("1", "2"),
    "Отделение профилактических осмотров": ("11", "12", "14", "15", "16", "17", "18"),
    "Диагностическое отделение": ("21", "22", "24"),
    "Клинико-диагностическая лаборатория": ("31",),
}
FRONT, EXAMS, DIAGNOSTICS, LABORATORY = DEPARTMENTS
STAFF = (
    Doctor(
        "clinic", "Тихомирова Ольга Павловна", "female", "1988-04-12", "медицинский регистратор", FRONT, ()
    ),
    Doctor(
        "nurse",
        "Ершова Нина Сергеевна",
        "female",
        "1979-09-03",
        "фельдшер доврачебного кабинета",
        FRONT,
        ("5", "219"),
    ),
    Doctor(
        "commission", "Воронина Елена Викторовна", "female", "1971-02-18", "врач-профпатолог", EXAMS, ("124",)
    ),
    Doctor("therapist", "Соболев Андрей Ильич", "male", "1976-11-30", "врач-терапевт", EXAMS, ("27",)),
    Doctor("neurologist", "Чернова Ирина Олеговна", "female", "1983-06-21", "врач-невролог", EXAMS, ("14",)),
    Doctor(
        "psychiatrist", "Давыдов Пётр Андреевич", "male", "1969-01-15", "врач-психиатр", EXAMS, ("23", "97")
    ),
    Doctor(
        "gynaecologist", "Белова Анна Юрьевна", "female", "1981-08-08", "врач-акушер-гинеколог", EXAMS, ("8",)
    ),
    Doctor("ent", "Крылов Денис Петрович", "male", "1985-03-27", "врач-оториноларинголог", EXAMS, ("19",)),
    Doctor(
        "ophthalmologist", "Зимина Вера Борисовна", "female", "1974-12-02", "врач-офтальмолог", EXAMS, ("20",)
    ),
    Doctor(
        "dermatologist",
        "Осипов Роман Игоревич",
        "male",
        "1980-05-19",
        "врач-дерматовенеролог",
        EXAMS,
        ("10",),
    ),
    Doctor(
        "surgeon",
        "Макаров Степан Львович",
        "male",
        "1972-10-11",
        "врач-хирург, уролог, эндоскопист",
        EXAMS,
        ("30", "145", "36"),
    ),
    Doctor(
        "dentist", "Юдина Софья Кирилловна", "female", "1990-07-07", "врач-стоматолог", EXAMS, ("3", "171")
    ),
    Doctor(
        "infectionist", "Серова Лидия Фёдоровна", "female", "1968-03-03", "врач-инфекционист", EXAMS, ("32",)
    ),
    Doctor(
        "functional",
        "Голубев Максим Юрьевич",
        "male",
        "1984-09-25",
        "врач функциональной и ультразвуковой диагностики",
        DIAGNOSTICS,
        ("35", "33", "256"),
    ),
    Doctor(
        "radiologist",
        "Агеева Полина Романовна",
        "female",
        "1987-01-29",
        "врач-рентгенолог",
        DIAGNOSTICS,
        ("24",),
    ),
    Doctor(
        "laboratory",
        "Куликова Раиса Николаевна",
        "female",
        "1966-06-06",
        "врач клинической лабораторной диагностики",
        LABORATORY,
        ("13",),
    ),
    Doctor(
        "expired",
        "Шаров Виталий Денисович",
        "male",
        "1958-08-14",
        "врач-оториноларинголог (срок аккредитации истёк)",
        EXAMS,
        ("19",),
        "2026-01-15",
    ),
)
CHAIR = "commission"
MEMBERS = ("commission", "therapist", "neurologist", "ent")
