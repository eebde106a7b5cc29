"""Invented data for every printed form: nobody here exists."""

import datetime as dt
from typing import Any

from medtrud.domains.exams.types.act import (
    ActDisease,
    ActMeasure,
    ActPerson,
    ActSuspicion,
    Count,
    FinalActForm,
)
from medtrud.domains.exams.types.paper import (
    ConclusionForm,
    ContingentForm,
    ContingentRow,
    ExtractForm,
    ExtractLine,
    Factor,
    FurtherExamForm,
    FurtherExamNotice,
    Party,
    ReferralForm,
    RegisterForm,
    RegisterRow,
    RollForm,
    RollRow,
    RouteForm,
    RouteStep,
    Signer,
    Subject,
)
from medtrud.engines.paper.public import qr_svg

DAY = dt.date(2026, 3, 2)
BASIS = "Основание: приказ Минздрава России от 28.01.2021 № 29н, Порядок, "
PLANT = Party(
    name="АО «Северный машиностроительный завод»",
    address="162600, Вологодская обл., г. Череповец, ул. Заводская, д. 1",
    ogrn="1023500000009",
    phone="+7 8202 00-00-01",
    email="ot@severmash.example",
    ownership="частная",
    okved="28.41 Производство металлообрабатывающего оборудования",
)
CLINIC = Party(
    name="ООО «Клиника промышленной медицины»",
    address="162602, Вологодская обл., г. Череповец, пр. Победы, д. 10",
    ogrn="1153500000007",
    phone="+7 8202 00-00-02",
    email="osmotr@clinic.example",
    licence="№ Л041-00000-35/00000001 от 12.05.2021",
)
TURNER = Subject("Кузнецов Пётр Ильич", dt.date(1980, 1, 5), "мужской")
ENGINEER = Signer("Специалист по охране труда", "Щукина Ю. Э.")
DIRECTOR = Signer("Генеральный директор", "Воронцов А. Д.")
CHAIRMAN = Signer("Председатель врачебной комиссии, врач-профпатолог", "Белов И. С.")
FACTORS = (
    Factor("1.3", "Альдегиды алифатические и ароматические: формальдегид"),
    Factor("4.4", "Шум"),
    Factor("6", "Работы на высоте"),
)
QR = qr_svg("https://medtrud.example/exams/visit/5f0c6c1e")

REFERRAL = ReferralForm(
    number="15",
    issued_on=DAY,
    kind="периодический",
    basis=BASIS + "п. 25",
    employer=PLANT,
    clinic=CLINIC,
    person=TURNER,
    division="Механосборочный цех № 3",
    post="Токарь 5 разряда",
    factors=FACTORS,
    policies=("ОМС 3500000000000001",),
    signer=ENGINEER,
    come="16.03.2026 в 8:30, корпус 2",
    bring=("паспорт", "СНИЛС", "полис ОМС", "решение психиатрической комиссии, если оно требуется"),
    qr=QR,
    qr_hint="Предъявите код в регистратуре",
)
ROUTE = RouteForm(
    number="15",
    on=dt.date(2026, 3, 16),
    kind="Периодический",
    clinic=CLINIC,
    employer_name=PLANT.name,
    person=TURNER,
    post="Токарь 5 разряда",
    factors=FACTORS,
    steps=(
        RouteStep("Общий анализ крови", "Исследования", "104", "8:30"),
        RouteStep("Клинический анализ мочи", "Исследования", "104", "8:35"),
        RouteStep("Флюорография лёгких", "Исследования", "", "", "зачтено: 12.09.2025, диспансеризация"),
        RouteStep("Тональная пороговая аудиометрия", "Исследования", "212", "9:10"),
        RouteStep("Врач-терапевт", "Врачи-специалисты", "201", "9:40"),
        RouteStep("Врач-оториноларинголог", "Врачи-специалисты", "214", "10:00"),
        RouteStep("Врач-невролог", "Врачи-специалисты", "203", "10:20"),
    ),
    prepare=("не есть 8 часов: анализ крови сдаётся натощак", "14 часов не находиться в шуме"),
    qr=QR,
    qr_hint="Код осмотра",
)
CONTINGENT = ContingentForm(
    heading="Список работников, подлежащих периодическим осмотрам",
    number="1",
    on=DAY,
    basis=BASIS + "п. 21",
    employer=PLANT,
    rows=(
        ContingentRow("Механосборочный цех № 3", "Токарь", FACTORS, "шум 3.1; химический 2", "12"),
        ContingentRow(
            "Литейный цех",
            "Обрубщик",
            (
                Factor("3.1", "Аэрозоли преимущественно фиброгенного действия"),
                Factor("4.3.1", "Локальная вибрация"),
            ),
            "АПФД 3.2; вибрация 3.1",
            "12",
        ),
    ),
    approver=DIRECTOR,
    author=ENGINEER,
)
ROLL = RollForm(
    number="2",
    on=DAY,
    basis=BASIS + "пп. 23, 24",
    employer=PLANT,
    clinic=CLINIC,
    period="2026 год",
    rows=(
        RollRow(TURNER.name, "Токарь", "12 лет 1 месяц", "Механосборочный цех № 3", FACTORS),
        RollRow("Сидорова Анна Львовна", "Крановщик", "4 года", "Литейный цех", (FACTORS[1],)),
    ),
    approver=DIRECTOR,
    author=ENGINEER,
)
CONCLUSION = ConclusionForm(
    number="481",
    issued_on=dt.date(2026, 3, 18),
    kind="периодический",
    basis=BASIS + "пп. 16, 33",
    clinic=CLINIC,
    employer_name=PLANT.name,
    person=TURNER,
    division="Механосборочный цех № 3",
    post="Токарь 5 разряда",
    factors=FACTORS,
    found=True,
    found_for=(FACTORS[2],),
    health_group="IIIа",
    chairman=CHAIRMAN,
    copy_for="Экземпляр работодателя",
    version=2,
    replaces="от 17.03.2026, версия 1",
    next_due=dt.date(2027, 3, 18),
    signature="Документ подписан электронной подписью. Сертификат 00A1, Белов И. С., до 01.02.2027",
)
EXTRACT = ExtractForm(
    number="481",
    issued_on=dt.date(2026, 3, 18),
    kind="периодический",
    basis=BASIS + "п. 36",
    clinic=CLINIC,
    employer_name=PLANT.name,
    person=TURNER,
    post="Токарь 5 разряда",
    factors=FACTORS,
    doctors=(
        ExtractLine(dt.date(2026, 3, 16), "Врач-терапевт", "Артериальная гипертензия", "Орлова М. А."),
        ExtractLine(dt.date(2026, 3, 16), "Врач-оториноларинголог", "Здоров", "Ким Д. В."),
    ),
    results=(
        ExtractLine(
            dt.date(2026, 3, 16), "Артериальное давление", "158/96 мм рт. ст.", norm="до 139/89", outside=True
        ),
        ExtractLine(dt.date(2026, 3, 16), "Аудиометрия, 4000 Гц", "20 дБ", norm="до 25 дБ"),
    ),
    diagnoses=("I10 Эссенциальная (первичная) гипертензия",),
    conclusion="Выявлены медицинские противопоказания к работе: 6 Работы на высоте.",
    health_group="IIIа",
    recommendations=("консультация кардиолога", "диспансерное наблюдение у терапевта"),
    chairman=CHAIRMAN,
)
FURTHER = FurtherExamForm(
    number="12",
    issued_on=dt.date(2026, 3, 17),
    kind="периодический",
    basis=BASIS + "п. 32",
    clinic=CLINIC,
    employer_name=PLANT.name,
    person=TURNER,
    post="Токарь 5 разряда",
    reason="Затруднена оценка результатов осмотра.",
    examinations=("суточное мониторирование артериального давления", "консультация кардиолога"),
    consequence="До завершения обследования осмотр считается непройденным.",
    chairman=CHAIRMAN,
)
NOTICE = FurtherExamNotice(
    number="12",
    issued_on=dt.date(2026, 3, 17),
    kind="периодический",
    basis=BASIS + "п. 32",
    clinic=CLINIC,
    employer_name=PLANT.name,
    person=TURNER,
    post="Токарь 5 разряда",
    chairman=CHAIRMAN,
)
REGISTER = RegisterForm(
    employer=PLANT,
    period="с 01.03.2026 по 31.03.2026",
    basis=BASIS + "п. 25",
    rows=(
        RegisterRow(
            "15", DAY, TURNER.name, TURNER.birth_date, "Цех № 3, токарь", "периодический", CLINIC.name
        ),
        RegisterRow(
            "16",
            DAY,
            "Сидорова Анна Львовна",
            dt.date(1991, 7, 9),
            "Литейный цех, крановщик",
            "периодический",
            CLINIC.name,
            "03.03.2026",
        ),
    ),
    keeper=ENGINEER,
)
ACT = FinalActForm(
    number="7",
    version=2,
    replaces="версию 1 от 20.04.2026",
    basis=BASIS + "пп. 45-47",
    period="март - апрель 2026 года",
    clinic=CLINIC,
    on=dt.date(2026, 4, 27),
    employer=PLANT,
    staff=Count(640, 212, 3, 9),
    harmful=401,
    public_health=Count(12, 11, 0, 1),
    subject=Count(4, 1, 0, 1),
    examined=Count(2, 1, 0, 0),
    coverage="50,0",
    examined_list=(
        ActPerson(
            TURNER.name, "муж.", TURNER.birth_date, "Механосборочный цех № 3", "выявлены противопоказания: 6"
        ),
        ActPerson(
            "Сидорова Анна Львовна",
            "жен.",
            dt.date(1991, 7, 9),
            "Литейный цех",
            "противопоказания не выявлены",
        ),
    ),
    unfinished=Count(1, 0),
    unfinished_list=(
        ActPerson("Громов Лев Яковлевич", "муж.", dt.date(1975, 2, 28), "Цех № 1", "нет аудиометрии"),
    ),
    absent=Count(1, 0),
    absent_list=(ActPerson("Юдин Степан Ефимович", "муж.", dt.date(1969, 11, 30), "Склад", "не явился"),),
    fit=1,
    unfit=1,
    additional=17,
    center=18,
    outpatient=19,
    inpatient=20,
    sanatorium=21,
    dispensary=22,
    suspicions=(
        ActSuspicion(
            "Орехов Фёдор Ильич", "муж.", dt.date(1966, 6, 6), "Литейный цех", "Обрубщик", (FACTORS[1],)
        ),
    ),
    chronic=(ActDisease("IX", "Болезни системы кровообращения", 3),),
    occupational=(),
    infectious=(),
    fulfilled=(ActMeasure("Заменить противошумные наушники", "выполнено 12.01.2026"),),
    recommended=(
        ActMeasure("Направить четырёх работников в центр профпатологии"),
        ActMeasure("Снизить шум на участке 2"),
    ),
    chairman=CHAIRMAN,
)
FORMS: dict[str, Any] = {
    "referral": REFERRAL,
    "route": ROUTE,
    "contingent": CONTINGENT,
    "roll": ROLL,
    "conclusion": CONCLUSION,
    "extract": EXTRACT,
    "further_exam": FURTHER,
    "further_exam_notice": NOTICE,
    "register": REGISTER,
    "final_act": ACT,
}
