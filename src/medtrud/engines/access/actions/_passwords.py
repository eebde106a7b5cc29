"""What a password must be; numbers are limits of the operator."""

import datetime as dt

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from medtrud.engines.access.models import Account
from medtrud.engines.access.queries import limit_of
from medtrud.engines.access.types import Rule
from medtrud.kernel.errors import Refused

LONGEST = 1024  # a longer text only burns the processor
TELLING = 4  # a shorter login stands in many a random password
_common: list[CommonPasswordValidator] = []


def password_check(password: str, account: Account, *, on: dt.date) -> None:
    """Refuse a short, widely known or telling password; no rules of composition."""
    length = limit_of(Rule.PASSWORD_LENGTH, on)
    if len(password) < length:
        raise Refused(f"Пароль короче {length} знаков. Возьмите длиннее, лучше фразу из нескольких слов.")
    if len(password) > LONGEST:
        raise Refused(f"Пароль длиннее {LONGEST} знаков. Возьмите короче.")
    folded = password.casefold()
    told = len(account.login) >= TELLING and account.login in folded
    if told or folded in account.login:
        raise Refused("Пароль повторяет имя для входа. Придумайте другой.")
    if not _common:
        _common.append(CommonPasswordValidator())
    try:
        _common[0].validate(password)
    except ValidationError as error:
        raise Refused("Этот пароль есть в списках самых частых. Придумайте другой.") from error
