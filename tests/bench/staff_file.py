"""Write an invented staff list: python -m tests.bench.staff_file PATH ROWS."""

import datetime as dt
import random
import sys

import xlsxwriter

HEAD = (
    "№ п/п", "Фамилия", "Имя", "Отчество", "Дата рождения", "Пол", "СНИЛС", "Табельный номер", "Подразделение",
    "Должность", "Дата приёма", "Вредные факторы", "Класс условий труда", "Телефон",
)  # fmt: skip
FIRST = (("Иван", "Пётр", "Алексей", "Сергей", "Дмитрий"), ("Анна", "Мария", "Ольга", "Елена", "Наталья"))
MIDDLE = (("Иванович", "Петрович", "Сергеевич"), ("Ивановна", "Петровна", "Сергеевна"))
POSTS = (
    "Токарь",
    "Слесарь",
    "Сварщик",
    "Лаборант",
    "Водитель",
    "Инженер",
    "Оператор",
    "Маляр",
    "Кузнец",
    "Уборщик",
)
SETS = (
    "4.4",
    "4.4; 4.8",
    "1.3 (формальдегид); 4.4",
    "5.1",
    "18.1; 5.1",
    "",
    "3.1.1; 4.4",
    "1.6",
    "4.2.1",
    "6.1",
)
BEGINNINGS = (
    "Ба",
    "Ве",
    "Го",
    "Да",
    "Жу",
    "Зо",
    "Ка",
    "Ла",
    "Ми",
    "Но",
    "Пе",
    "Ру",
    "Са",
    "Ти",
    "Фо",
    "Ха",
    "Ча",
    "Шу",
    "Ще",
    "Яр",
)
ENDINGS = (
    "нов",
    "рин",
    "лев",
    "кин",
    "тов",
    "сов",
    "дов",
    "мов",
    "гин",
    "бов",
    "зин",
    "шин",
    "цов",
    "пов",
    "вин",
    "фин",
)


def snils(number: int) -> str:
    body = f"{number + 100_000_000:09d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, range(9, 0, -1), strict=True))
    return f"{body[:3]}-{body[3:6]}-{body[6:]} {total % 101 % 100:02d}"


def write(path: str, count: int) -> None:
    dice = random.Random(29)
    middle = [a.lower() for a in BEGINNINGS]
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("Список")
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        page.write_row(0, 0, HEAD)
        for number in range(1, count + 1):
            woman = number % 3 == 0
            parts = (BEGINNINGS[number % 20], middle[number // 20 % 20], ENDINGS[number // 400 % 16])
            born = dt.date(1958, 1, 1) + dt.timedelta(days=number * 7919 % 16001)  # no two full namesakes
            grown = born + dt.timedelta(days=6700)
            hired = grown + dt.timedelta(days=dice.randrange((dt.date(2026, 1, 1) - grown).days))
            post = dice.randrange(10)
            page.write(number, 0, number)
            page.write_row(number, 1, (
                "".join(parts) + ("а" if woman else ""), dice.choice(FIRST[woman]), dice.choice(MIDDLE[woman]),
            ))  # fmt: skip
            page.write_datetime(number, 4, born, day)
            page.write_row(number, 5, (
                "ж" if woman else "м", snils(number), str(number), f"Цех {number % 90 + 1} / Участок {number % 7 + 1}", POSTS[post],
            ))  # fmt: skip
            page.write_datetime(number, 10, hired, day)
            page.write_row(number, 11, (SETS[post], "3.1" if SETS[post] else "2", f"+7 900 {number:07d}"))


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]))
