"""Whether a signature was made by the one who was asked for it."""

import datetime as dt

from medtrud.engines.access.public import Account, person_by_snils, place_by_inn, seats_of
from medtrud.engines.signing.models import Certificate
from medtrud.engines.signing.types import Owner, Report
from medtrud.kernel.actor import Role

SEVERAL = "В файле несколько подписей. Приложите файл, в котором только ваша подпись."
OTHER = (
    "Подпись сделана сертификатом другого человека: {name}. Подпишите своим сертификатом; список ваших — "
    "в разделе «Мои сертификаты»."
)
SEAL = (
    "Печать ставят сертификатом организации, а этот выдан так: {name}. Выберите сертификат печати "
    "или сертификат, в котором указан ИНН вашей организации."
)
ENDED = "Сертификат {number} отозван или приостановлен: подпись не принята. Подпишите действующим."


def owner_fault(report: Report, owner: Owner) -> str:
    """Return why a good signature is not the owner's, or nothing.

    A certificate of the register belongs to its account or is a seal of its organisation; one issued
    elsewhere is known by the СНИЛС of the person or the ИНН of the organisation in it.
    """
    if len(report.signers) != 1:
        return SEVERAL
    told = report.signers[0].certificate
    rows = Certificate.objects.unscoped("whose signature it is").filter(sha256=told["sha256"])
    row: Certificate | None = rows.first()
    if row is not None and row.state != "active":
        return ENDED.format(number=row.number)
    if owner.account is None:
        return "" if _of_organization(row, told, owner.organization) else SEAL.format(name=told["owner"])
    return "" if _of_account(row, told, owner.account) else OTHER.format(name=told["owner"])


def houses_of(account: Account, on: dt.date) -> set[int]:
    """Return the organisations an account works for on a day; the cabinet of a worker is no work."""
    seats = seats_of(account, on)
    return {row.organization for row in seats if row.organization is not None and row.role != Role.WORKER}


def _of_account(row: Certificate | None, told: dict[str, str], account: int) -> bool:
    if row is not None and (row.account_id is not None or row.own):
        return row.kind == "person" and row.account_id == account
    person = person_by_snils(told["snils"]) if told.get("snils") else None
    rows = Account.objects.unscoped("whose signature it is").filter(pk=account, person=person)
    return person is not None and rows.exists()


def _of_organization(row: Certificate | None, told: dict[str, str], organization: int | None) -> bool:
    if row is not None and row.own:
        return row.kind == "seal" and row.organization == organization
    inn = told.get("inn_organization") or told.get("inn", "").removeprefix("00")
    return bool(inn) and organization is not None and place_by_inn(inn) == organization
