"""Our own certification authority from the command line."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand

from medtrud.engines.signing.public import (
    anchor_add,
    authority_open,
    carrier_add,
    carriers,
    certificate_hold,
    certificate_issue,
    certificate_release,
    certificate_revoke,
    certificates,
    facts_of,
    lists_issue,
    lists_latest,
    tokens,
)
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refusal, Refused

REFUSED = 2
WORDS = ("open", "issue", "list", "hold", "release", "revoke", "crl", "trust", "carriers")
STATES = {"active": "действует", "hold": "приостановлен", "revoked": "отозван"}


class Command(BaseCommand):
    """Open the authority, issue, suspend, release and revoke certificates, write lists."""

    help = "Удостоверяющий центр: open, issue, list, hold, release, revoke, crl, trust, carriers"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the words."""
        parser.add_argument("what", choices=WORDS, metavar="|".join(WORDS))
        parser.add_argument("number", nargs="?", default="", help="номер сертификата или последние его знаки")
        parser.add_argument("--name", default="Удостоверяющий центр", help="название центра")
        parser.add_argument("--organization", default="", help="организация, название в сертификате")
        parser.add_argument("--surname", default="", help="фамилия владельца")
        parser.add_argument("--given-name", default="", help="имя и отчество владельца")
        parser.add_argument("--ogrn", default="", help="ОГРН, для печати организации")
        parser.add_argument(
            "--kind", choices=("person", "seal"), default="person", help="сотрудник или печать"
        )
        parser.add_argument("--algorithm", choices=("gost256", "gost512", "ec"), default="gost256")
        parser.add_argument("--days", type=int, default=365, help="срок, дней")
        parser.add_argument("--reason", default="superseded", help="причина отзыва, например key_compromise")
        parser.add_argument("--file", type=Path, help="файл сертификата центра, которому доверять")
        parser.add_argument("--module", type=Path, help="модуль PKCS#11: какие носители подключены")
        parser.add_argument("--out", type=Path, help="папка, куда записать сертификаты или списки")

    def handle(self, *args: object, **options: Any) -> None:
        """Do one thing; a refusal is told in words."""
        actor = Actor.job("medtrud ca")
        try:
            self.stdout.write(getattr(self, f"_{options['what']}")(actor, options))
        except Refusal as refusal:
            self.stderr.write(str(refusal))
            sys.exit(REFUSED)

    def _open(self, actor: Actor, given: dict[str, Any]) -> str:
        row = authority_open(
            actor,
            algorithm=given["algorithm"],
            name=given["name"],
            organization=given["organization"] or given["name"],
        )
        return f"Центр создан, сертификат {row.number}"

    def _issue(self, actor: Actor, given: dict[str, Any]) -> str:
        names = {part: given[part] for part in ("surname", "given_name", "organization", "ogrn")}
        row = certificate_issue(
            actor, kind=given["kind"], names=names, days=given["days"], algorithm=given["algorithm"]
        )
        if given["out"]:
            given["out"].mkdir(parents=True, exist_ok=True)
            (given["out"] / f"{row.number}.cer").write_bytes(facts_of(row).der)
        return f"Выпущен сертификат {row.number}, до {row.until:%d.%m.%Y}"

    def _list(self, actor: Actor, given: dict[str, Any]) -> str:
        lines = (
            f"{row.number}  {STATES[row.state]:<13}  до {row.until:%d.%m.%Y}  {facts_of(row).owner}"
            for row in certificates(actor)
        )
        return "\n".join(lines) or "Сертификатов нет. Создайте центр: medtrud ca open"

    def _hold(self, actor: Actor, given: dict[str, Any]) -> str:
        return f"Приостановлен {certificate_hold(actor, uid=self._found(actor, given)).number}"

    def _release(self, actor: Actor, given: dict[str, Any]) -> str:
        return f"Возобновлён {certificate_release(actor, uid=self._found(actor, given)).number}"

    def _revoke(self, actor: Actor, given: dict[str, Any]) -> str:
        row = certificate_revoke(actor, uid=self._found(actor, given), reason=given["reason"])
        return f"Отозван {row.number}"

    def _crl(self, actor: Actor, given: dict[str, Any]) -> str:
        rows = lists_issue(actor)
        if given["out"]:
            given["out"].mkdir(parents=True, exist_ok=True)
            for row in lists_latest(actor):
                (given["out"] / f"{row.issuer_id}-{row.number}.crl").write_bytes(bytes(row.content))
        return f"Выпущено списков отзыва: {len(rows)}"

    def _trust(self, actor: Actor, given: dict[str, Any]) -> str:
        if given["file"] is None or not given["file"].is_file():
            raise Refused("Назовите файл сертификата центра: --file ФАЙЛ.")
        rows = anchor_add(actor, content=given["file"].read_bytes())
        return "\n".join(f"Загружен {row.number}: {facts_of(row).owner}" for row in rows)

    def _carriers(self, actor: Actor, given: dict[str, Any]) -> str:
        """Take the carriers that are plugged in into the book as they name themselves."""
        if given["module"] is None:
            raise Refused("Назовите модуль PKCS#11 программы носителя: --module ФАЙЛ.")
        lines = []
        for each in tokens(given["module"]):
            known = carriers(actor).filter(number=each.serial).exists()
            if not known:
                carrier_add(actor, number=each.serial, title=each.model or each.label, maker=each.maker)
            lines.append(
                f"{each.serial}  {each.model}, {each.maker}: {'уже на учёте' if known else 'принят'}"
            )
        return "\n".join(lines) or "Носителей нет. Вставьте носитель и повторите."

    def _found(self, actor: Actor, given: dict[str, Any]) -> UUID:
        number = given["number"].upper()
        rows = list(certificates(actor).filter(number__endswith=number)[:2]) if number else []
        if len(rows) != 1:
            raise Refused("Назовите номер сертификата, так чтобы подошёл один: medtrud ca list.")
        found: UUID = rows[0].uid
        return found
