"""Simple, unqualified, qualified: judged by the list of accredited issuers, or said to be unknown."""

import datetime as dt

import pytest

from medtrud.domains.documents import actions
from medtrud.domains.documents.models import Document, Version
from medtrud.domains.documents.public import (
    document_create,
    document_register,
    requests_sign,
    requests_waiting,
)
from medtrud.domains.documents.public import signature_request as ask
from medtrud.domains.documents.queries.strength import Lists, version_strengths
from medtrud.domains.documents.types import DocumentIn, Flow
from medtrud.domains.documents.types.accounting import AccountingRule, accounting_rules
from medtrud.domains.documents.types.strength import ISSUERS, Issuers, Judged, SignatureKind, judged, weakest
from medtrud.engines.signing.public import authority_open, certificate_issue
from medtrud.engines.store.public import today
from medtrud.kernel.errors import Refused
from medtrud.registries.reference.public import (
    book_add,
    book_describe,
    edition_approve,
    edition_compare,
    edition_load,
)
from medtrud.registries.reference.types import Columns

from .houses import JOB, House, text

NAME = "Удостоверяющий центр"
KEY, ON = "0a1b2c", dt.date(2026, 3, 2)
LIST = Issuers("1", {KEY: ("АО «Центр»", dt.date(2025, 1, 1), dt.date(2026, 3, 1))})
OPEN = Issuers("2", {KEY: ("АО «Центр»", None, None)})


@pytest.mark.parametrize(
    ("issuer", "known", "good", "own", "kind", "why"),
    [
        (KEY, OPEN, True, False, SignatureKind.QUALIFIED, "аккредитован, издание 2"),
        (KEY, LIST, True, False, SignatureKind.UNQUALIFIED, "не аккредитован"),
        ("ff", OPEN, True, False, SignatureKind.UNQUALIFIED, "нет в списке"),
        ("", OPEN, True, False, SignatureKind.UNQUALIFIED, "нет в списке"),
        (KEY, None, True, False, SignatureKind.UNKNOWN, "не загружен"),
        (KEY, OPEN, True, True, SignatureKind.UNQUALIFIED, "собственным центром"),
        (KEY, OPEN, False, False, SignatureKind.BAD, "не подтвердила"),
    ],
)
def test_the_kind_of_a_signature(
    issuer: str,
    known: Issuers | None,
    good: int,
    own: int,
    kind: SignatureKind,
    why: str,
) -> None:
    found = judged(issuer, ON, known, good=bool(good), own=bool(own))
    assert found.kind is kind
    assert why in found.why


def test_the_last_day_of_accreditation_counts_and_several_are_as_strong_as_the_weakest() -> None:
    last = judged(KEY, dt.date(2026, 3, 1), LIST, good=True, own=False)
    assert last.kind is SignatureKind.QUALIFIED
    assert weakest([last, Judged(SignatureKind.UNKNOWN)]).kind is SignatureKind.UNKNOWN
    assert weakest([]).kind is SignatureKind.NONE


def loaded(version: str, since: dt.date, key: str = "0A1B2C") -> None:
    content = (
        f"Идентификатор ключа;Удостоверяющий центр;ОГРН;Аккредитован с;Аккредитован по\n{key};Центр;;;\n"
    )
    row = edition_load(
        JOB, book="accredited_issuers", version=version, content=content.encode(), name="a.csv"
    )
    edition_compare(JOB, edition=row.uid)
    edition_approve(JOB, edition=row.uid, since=since)


@pytest.mark.django_db
def test_the_list_in_force_on_the_day_of_signing_is_asked() -> None:
    assert Lists([KEY]).on(ON) is None  # no book
    book_add(JOB, code=ISSUERS, title="Аккредитованные удостоверяющие центры")
    book_describe(JOB, book=ISSUERS, columns=Columns("Идентификатор ключа", "Идентификатор ключа", NAME))
    assert Lists([KEY]).on(ON) is None  # no edition
    loaded("1", dt.date(2025, 1, 1), "ffff")
    loaded("2", ON)
    lists = Lists([KEY])
    later, earlier, first = (lists.on(day) for day in (ON, ON - dt.timedelta(days=1), dt.date(2020, 1, 1)))
    assert later is not None
    assert later.rows[KEY][0] == "Центр"
    assert first is not None
    assert earlier is first
    assert first.rows == {}


@pytest.fixture
def act(clinic: House) -> Document:
    """An act signed with a certificate of the own authority."""
    authority_open(JOB, algorithm="gost256", name="Испытательный центр", organization="Медтруд")
    names = {"surname": "Волков", "given_name": "Пётр Ильич"}
    house = clinic.organization.pk
    certificate_issue(JOB, kind="person", names=names, account=clinic.actor.account, organization=house)
    facts = DocumentIn(kind="services_act", title="Осмотры", on=ON, flow=Flow.OUTGOING, party_name="АО")
    row = document_create(clinic.actor, document=facts, content=text("акт"))
    document_register(clinic.actor, document=row.uid, on=today())
    return row


@pytest.mark.django_db
def test_the_register_the_card_and_rest_tell_the_kind(clinic: House, act: Document) -> None:
    page = "/documents/accounting/"
    assert "нет, нужна усиленная неквалифицированная" in clinic.client.get(page).content.decode()
    ask(clinic.actor, document=act.uid, signers=[clinic.actor.account or 0])
    requests_sign(clinic.actor, requests=[one.uid for one in requests_waiting(clinic.actor)])
    for address in (page, f"/documents/{act.uid}/"):
        assert "силенная неквалифицированная" in clinic.client.get(address).content.decode()
    whole = clinic.client.get(f"/api/v1/documents/{act.uid}").json()
    (told,) = whole["versions"][0]["signatures"]
    assert (told["kind"], "собственным центром" in told["why"]) == ("unqualified", True)


@pytest.mark.django_db
def test_a_kind_that_asks_for_a_qualified_signature_is_not_handed_over_without_it(
    clinic: House, act: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(clinic.actor, document=act.uid, signers=[clinic.actor.account or 0])
    requests_sign(clinic.actor, requests=[one.uid for one in requests_waiting(clinic.actor)])
    plain = accounting_rules(ON)["services_act"]
    strict = AccountingRule(SignatureKind.QUALIFIED, plain.working_days, plain.basis, plain.caution)
    rules = {"services_act": strict}
    monkeypatch.setattr("medtrud.domains.documents.actions.accounting.accounting_rules", lambda _: rules)
    with pytest.raises(Refused, match="неквалифицированная: сертификат выдан собственным центром"):
        actions.document_hand(clinic.actor, document=act.uid, fact_on=ON, handed_on=today())
    version = Version.objects.unscoped("test").get(document=act)
    assert [one.kind for one in version_strengths([version])[version.uid]] == [SignatureKind.UNQUALIFIED]
