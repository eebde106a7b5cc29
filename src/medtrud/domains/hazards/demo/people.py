"""Invented people: common names, СНИЛС numbers from a range that is not issued."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

MEN = (
    "Александр Алексей Анатолий Андрей Антон Борис Вадим Валерий Василий Виктор Виталий Владимир "
    "Вячеслав Геннадий Григорий Денис Дмитрий Евгений Иван Игорь Илья Кирилл Константин Леонид Максим "
    "Михаил Никита Николай Олег Павел Пётр Роман Сергей Станислав Степан Фёдор Юрий Ярослав "
).split()
WOMEN = (
    "Александра Алёна Анастасия Анна Валентина Вера Виктория Галина Дарья Евгения Екатерина Елена "
    "Зинаида Зоя Инна Ирина Ксения Лариса Лидия Любовь Людмила Марина Мария Надежда Наталья Нина Оксана "
    "Ольга Полина Раиса Светлана Софья Тамара Татьяна Юлия "
).split()
FATHERS = (
    "Александров Алексеев Анатольев Андреев Борисов Валерьев Васильев Викторов Владимиров Геннадьев "
    "Дмитриев Евгеньев Иванов Игорев Константинов Леонидов Михайлов Николаев Олегов Павлов Петров "
    "Романов Сергеев Степанов Фёдоров Юрьев "
).split()
SURNAMES = (
    "Абрамов Агеев Андреев Антонов Артемьев Баранов Белов Белозёров Беляев Богданов Борисов Быков "
    "Виноградов Воробьёв Воронин Голубев Горшков Громов Давыдов Данилов Дементьев Емельянов Ершов Жуков "
    "Зайцев Захаров Зимин Калинин Карпов Киселёв Ковалёв Козлов Комаров Корнилов Королёв Крылов "
    "Кудряшов Кузнецов Куликов Лаврентьев Лебедев Макаров Малышев Медведев Мельников Миронов Морозов "
    "Назаров Никитин Новиков Орлов Осипов Павлов Панов Петухов Поляков Попов Прохоров Романов Рыбаков "
    "Савельев Самойлов Семёнов Серов Смирнов Соболев Соколов Соловьёв Сорокин Степанов Суворов Сухарев "
    "Тарасов Тихомиров Трофимов Уваров Федотов Филатов Фомин Фролов Харитонов Цветков Чернов Чистяков "
    "Шаров Шестаков Щербаков Юдин Яковлев "
).split()
UNISSUED = 900_300_000  # СНИЛС above 900-000-000 are not given to people
FIRST_DAY = dt.date(1956, 3, 1)


@dataclass(frozen=True)
class Invented:
    """One invented person."""

    last: str
    first: str
    middle: str
    sex: str
    born: dt.date
    snils: str

    @property
    def full(self) -> str:
        """Return the name in one string."""
        return f"{self.last} {self.first} {self.middle}"


def snils_of(number: int) -> str:
    """Return the number with its control digits."""
    digits = f"{number:09d}"
    control = (
        sum(int(digit) * weight for digit, weight in zip(digits, range(9, 0, -1), strict=True)) % 101 % 100
    )
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]} {control:02d}"


def invented(random: Random, *, women: float, start: int, today: dt.date) -> Iterator[Invented]:
    """Yield people without end; the share of women is given, ages are 17 to 70 with the middle in front."""
    number = UNISSUED + start
    while True:
        number += 1
        woman = random.random() < women
        surname = random.choice(SURNAMES)
        years = int(random.triangular(17, 70, 42))
        born = today - dt.timedelta(days=years * 365 + years // 4 + random.randrange(1, 360))
        father = random.choice(FATHERS)
        yield Invented(
            last=surname + "а" if woman else surname,
            first=random.choice(WOMEN if woman else MEN),
            middle=father + ("на" if woman else "ич"),
            sex="female" if woman else "male",
            born=born,
            snils=snils_of(number),
        )
