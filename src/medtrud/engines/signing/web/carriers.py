"""The book of key carriers."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from medtrud.engines.access.public import display_names
from medtrud.engines.signing import actions
from medtrud.engines.signing.models import Carrier
from medtrud.engines.signing.queries import (
    accounts_by_key,
    carrier_moves,
    carriers,
    certificates_on,
    facts_of,
    place_behind,
)
from medtrud.engines.signing.rules import CARRIER_STATES
from medtrud.engines.store.public import find, now
from medtrud.engines.ui.public import (
    Button,
    Column,
    Request,
    Search,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
)
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from .forms import ActForm, CarrierForm, HolderForm, NoteForm
from .tables import state_of

CARD = "signing:carrier_card"
TONES = {"stock": "", "issued": "ok", "due": "warn", "lost": "bad", "destroyed": ""}


def _holders(actor: Actor, keys: set[int | None]) -> dict[int, str]:
    return display_names(actor, accounts_by_key({key for key in keys if key}))


@never_cache
@needs("signing.carrier_list")
def carrier_list(request: Request) -> HttpResponse:
    """Show where the carriers are."""
    return listing(
        request,
        carriers(request.actor).order_by(),
        title="Ключевые носители",
        noun="носитель,носителя,носителей",
        columns=(
            Column(
                "number",
                "Номер",
                lambda row, _: cells.link(row.number, reverse(CARD, args=[row.uid]), note=row.title),
                "number",
                "title",
                "name",
            ),
            Column("holder", "У кого", lambda row, about: cells.muted(about.get(row.account_id, ""))),
            Column(
                "state",
                "Где находится",
                lambda row, _: cells.tag(CARRIER_STATES[row.state], TONES[row.state]),
                role="state",
                width="state",
            ),
        ),
        tabs=tuple(Tab(code, title.capitalize(), Q(state=code)) for code, title in CARRIER_STATES.items()),
        search=Search("Заводской номер", lambda rows, text: rows.filter(number__startswith=text.strip())),
        order="number",
        about=lambda rows: _holders(request.actor, {row.account_id for row in rows}),
        buttons=(Button("Принять на учёт", reverse("signing:carrier_add"), "plus"),),
        empty="Носителей ещё нет. Примите на учёт первый.",
        whole="Все",
    )


@never_cache
@needs("signing.carrier_list")
def carrier_card(request: Request, carrier: UUID) -> HttpResponse:
    """Show one carrier and its book."""
    row = find(Carrier, request.actor, carrier)
    moves = carrier_moves(request.actor, row)
    keys = {row.account_id, *(move.account_id for move in moves), *(move.by for move in moves)}
    names = _holders(request.actor, keys)
    return page(
        request,
        "signing/carrier.html",
        title=f"Носитель {row.number}",
        lead=row.title,
        carrier=row,
        state=CARRIER_STATES[row.state],
        tone=TONES[row.state],
        holder=names.get(row.account_id or 0, ""),
        moves=[
            (
                move,
                CARRIER_STATES[move.state],
                names.get(move.account_id or 0, ""),
                names.get(move.by or 0, ""),
            )
            for move in moves
        ],
        kept=[
            (each, facts_of(each).owner, *state_of(each, now()))
            for each in certificates_on(request.actor, row)
        ],
    )


@never_cache
@needs("signing.carrier_add")
def carrier_add(request: Request) -> HttpResponse:
    """Receive a carrier."""
    form = CarrierForm(request.POST or None)
    if row := attempt(form, lambda facts: actions.carrier_add(request.actor, **facts)):
        return done(request, "Носитель принят на учёт.", CARD, row.uid)
    back = reverse("signing:carrier_list")
    return form_page(request, form, title="Принять носитель на учёт", action="Принять", back=back)


@never_cache
@needs("signing.carrier_issue")
def carrier_issue(request: Request, carrier: UUID) -> HttpResponse:
    """Hand over."""
    row = find(Carrier, request.actor, carrier)
    form = HolderForm(request.POST or None)
    made = attempt(
        form,
        lambda facts: actions.carrier_issue(
            request.actor,
            uid=carrier,
            account=UUID(facts["account"]),
            organization=_house(facts["inn"]),
            note=facts["note"],
        ),
    )
    if made:
        return done(request, "Носитель выдан.", CARD, carrier)
    back = reverse(CARD, args=[carrier])
    return form_page(request, form, title=f"Выдать носитель {row.number}", action="Выдать", back=back)


def _house(inn: str) -> int | None:
    found = place_behind(inn.strip())
    if inn.strip() and found is None:
        raise Refused(
            f"Организации с ИНН {inn.strip()} нет в реестре. Проверьте ИНН или оставьте поле пустым."
        )
    return found


@never_cache
@needs("signing.carrier_return")
def carrier_return(request: Request, carrier: UUID) -> HttpResponse:
    """Take back."""
    row = find(Carrier, request.actor, carrier)
    form = NoteForm(request.POST or None)
    if attempt(form, lambda facts: actions.carrier_return(request.actor, uid=carrier, note=facts["note"])):
        return done(request, "Носитель возвращён на склад.", CARD, carrier)
    back = reverse(CARD, args=[carrier])
    return form_page(request, form, title=f"Вернуть носитель {row.number}", action="Вернуть", back=back)


@never_cache
@needs("signing.carrier_lose")
def carrier_lose(request: Request, carrier: UUID) -> HttpResponse:
    """Write off; the certificates of its keys end at once."""
    row = find(Carrier, request.actor, carrier)
    form = NoteForm(request.POST or None)
    if attempt(form, lambda facts: actions.carrier_lose(request.actor, uid=carrier, note=facts["note"])):
        return done(request, "Утрата записана, сертификаты на носителе отозваны.", CARD, carrier)
    return form_page(
        request,
        form,
        title=f"Записать утрату носителя {row.number}",
        lead="Все сертификаты ключей на этом носителе будут отозваны сразу и навсегда.",
        action="Записать утрату",
        back=reverse(CARD, args=[carrier]),
    )


@never_cache
@needs("signing.carrier_destroy")
def carrier_destroy(request: Request, carrier: UUID) -> HttpResponse:
    """Write off by an act."""
    row = find(Carrier, request.actor, carrier)
    form = ActForm(request.POST or None)
    if attempt(form, lambda facts: actions.carrier_destroy(request.actor, uid=carrier, note=facts["note"])):
        return done(request, "Уничтожение записано.", CARD, carrier)
    return form_page(
        request,
        form,
        title=f"Записать уничтожение носителя {row.number}",
        lead="Сертификаты ключей, которые остались на носителе, будут отозваны. Отменить запись нельзя.",
        action="Записать уничтожение",
        back=reverse(CARD, args=[carrier]),
    )
