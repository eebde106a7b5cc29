"""What access cleans up after itself."""

import datetime as dt

from django.utils import timezone

from medtrud.engines.background.public import every
from medtrud.engines.journal.public import titles_declare

from .actions import AnswerRows, SessionRows


@every("03:40")
def old_rows_drop(at: dt.datetime) -> None:
    """Drop sessions and stored answers that ran out."""
    on = timezone.localdate(at)
    SessionRows.clear(now=at, on=on)
    AnswerRows.clear(now=at, on=on)


titles_declare(
    {
        "access.account_admit": "Завести учётную запись с рабочим местом",
        "access.account_block": "Заблокировать учётную запись",
        "access.account_close": "Закрыть учётную запись",
        "access.account_issue": "Завести учётную запись",
        "access.account_list": "Смотреть учётные записи",
        "access.account_me": "Видеть свою учётную запись и права",
        "access.account_open": "Открыть учётную запись",
        "access.account_unblock": "Снять блокировку учётной записи",
        "access.limit_reset": "Вернуть порог, с которым поставлен продукт",
        "access.limit_set": "Менять пороги входа и доступа",
        "access.password_change": "Сменить свой пароль",
        "access.password_reset": "Выдать пароль на один вход",
        "access.recovery_renew": "Получить новые запасные коды",
        "access.seat_choose": "Сменить рабочее место",
        "access.seat_give": "Выдать рабочее место",
        "access.seat_take": "Забрать рабочее место",
        "access.seats_take": "Рабочие места закончены: человек уволен",
        "access.session_end": "Завершить сеанс",
        "access.sessions_end_others": "Завершить другие сеансы",
        "access.sign_in": "Вход",
        "access.sign_in_proved": "Вход по сертификату",
        "access.sign_in_second": "Второй шаг входа",
        "access.sign_out": "Выход",
        "access.token_give": "Выдать ключ программного доступа",
        "access.token_list": "Видеть свои ключи программного доступа",
        "access.token_revoke": "Отозвать ключ программного доступа",
        "access.totp_begin": "Начать подключение второго фактора",
        "access.totp_confirm": "Подключить второй фактор",
        "access.totp_remove": "Отключить второй фактор",
        "access.totp_reset": "Сбросить второй фактор",
        "background.delivery_list": "Смотреть остановленные сообщения между модулями",
        "background.delivery_repeat": "Повторить остановленное сообщение",
        "background.job_cancel": "Отменить свою долгую работу",
        "background.job_file": "Скачать файл своей долгой работы",
        "background.job_list": "Видеть свои долгие работы",
        "background.job_repeat": "Повторить свою долгую работу",
        "background.job_show": "Следить за своей долгой работой",
    }
)
