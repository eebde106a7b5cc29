"""Referrals: their register, one referral, issuing one and many, applicants, printing (E4)."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from medtrud.engines.background.public import job_start
from medtrud.engines.messages.public import site_address
from medtrud.engines.paper.public import qr_drawing
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Banner,
    Bulk,
    Button,
    Column,
    Days,
    Request,
    Search,
    Select,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
)
from medtrud.kernel.errors import NotFound
from medtrud.registries.organizations.public import employment_of, organization_of, workplaces
from medtrud.registries.people.public import name_of, names_of, persons_search
from medtrud.registries.people.types import PersonRow

from ..actions import referral as actions
from ..actions.note import referral_print as take_out
from ..models import Referral
from ..queries.employer_papers import referral_forms
from ..queries.rows import campaigns, referral_of, referrals
from ..types.states import ExamKindCode, ExamState, ReferralState
from .answers import pdf
from .campaigns import clinic_choices
from .faces import about, chips_of
from .referral_forms import ApplicantForm, CancelForm, ReferralForm

NOUN = "направление,направления,направлений"
WAITS = Q(state=ReferralState.ISSUED, handed_on__isnull=True)


@needs("exams.referral_list")
def referral_list(request: Request) -> HttpResponse:
    """Show the register of issued referrals."""
    actor = request.actor
    return listing(
        request,
        referrals(actor),
        template="exams/referral_list.html",
        title="Направления",
        noun=NOUN,
        columns=(
            Column("number", "№", lambda row, _: f"{row.number}/{row.year}", "number", width="number"),
            Column("worker", "Работник", _link, "person__name_rank", "title", "name"),
            Column("issued", "Выдано", lambda row, _: cells.day(row.issued_on), "issued_on", "aside", "date"),
            Column("kind", "Вид осмотра", lambda row, _: ExamKindCode(row.kind).title_ru),
            Column("post", "Должность", lambda row, _: row.post, role="wide"),
            Column("clinic", "Медицинская организация", lambda row, _: row.clinic),
            Column("handed", "Вручено", lambda row, _: cells.day(row.handed_on), "handed_on", width="date"),
            Column("state", "Состояние", _state, role="state", width="state"),
        ),
        tabs=(
            Tab("wait", "Не вручены", WAITS),
            Tab("handed", "Вручены", Q(handed_on__isnull=False) & ~Q(state=ReferralState.CANCELLED)),
            Tab("used", "Исполнены", Q(state=ReferralState.USED)),
            Tab("cancelled", "Отозваны", Q(state=ReferralState.CANCELLED)),
        ),
        filters=(
            Select("kind", "Все виды", [(kind.value, kind.title_ru) for kind in ExamKindCode]),
            Select(
                "campaign",
                "Все кампании",
                [(row.number, f"{row.title} № {row.number}") for row in campaigns(actor)],
                "roll_entry__campaign__number",
            ),
            Days("issued", "Выдано", "issued_on"),
        ),
        search=Search("ФИО, СНИЛС или № направления", lambda rows, text: _found(request, rows, text)),
        order="-number",
        about=lambda rows: names_of(actor, [row.person_id for row in rows]),
        name=str,
        bulk=(
            Bulk("Отметить вручёнными", reverse("exams:referrals_hand"), "writing-sign"),
            Bulk("Напечатать", reverse("exams:referrals_print"), "printer"),
        ),
        buttons=(
            Button("Поступающий на работу", reverse("exams:applicant_refer"), "user-plus", "KeyN"),
            Button("К допуску", reverse("exams:admission_list"), "shield-check"),
        ),
        empty="Направлений ещё нет. Выдайте их из кампании или одному работнику с его страницы.",
    )


def _found(request: Request, rows: Any, text: str) -> Any:
    bare = text.removeprefix("№").strip()
    if bare.isdecimal() and len(bare) < 8:  # noqa: PLR2004 - a number, not a СНИЛС
        return rows.filter(number=int(bare))
    return rows.filter(person__in=persons_search(request.actor, text))


def _link(row: Referral, names: Any) -> object:
    name = names.get(row.person_id)
    return cells.link(
        name.full if name else "Карта закрыта",
        reverse("exams:referral", args=[row.uid]),
        note=f"{name.birth_date:%d.%m.%Y}" if name else "",
    )


def _state(row: Referral, _: object) -> object:
    state = ReferralState(row.state)
    if state == ReferralState.ISSUED and row.handed_on is None:
        return cells.tag("Ждёт вручения", "warn")
    return cells.tag(state.title_ru, state.tone)


@needs("exams.referral")
def referral(request: Request, uid: UUID) -> HttpResponse:
    """Show one referral with its programme and what to do with it."""
    row = referral_of(request.actor, uid)
    person = name_of(request.actor, row.person_id)
    work = f"{row.post}, {row.division}" if row.division else row.post
    content = row.programme.content
    return page(
        request,
        "exams/referral.html",
        title=f"Направление {row}",
        banner=Banner(
            person.full,
            about(person, row.issued_on),
            (("Работа", work), ("Медицинская организация", str(row.clinic))),
            chips_of(row.codes, row.issued_on),
        ),
        referral=row,
        state=ReferralState(row.state),
        exam_state=ExamState(row.exam.state),
        kind=ExamKindCode(row.kind),
        issued=row.state == ReferralState.ISSUED,
        specialists=[line for line in content["specialists"] if line["state"] == "due"],
        tests=[line for line in content["tests"] if line["state"] == "due"],
        qr=qr_drawing(f"{site_address()}/exams/r/{row.uid}/"),
    )


@needs("exams.referral_issue")
def referral_issue(request: Request, uid: UUID) -> HttpResponse:
    """Send one worker to a clinic outside a campaign."""
    actor, job = request.actor, employment_of(request.actor, uid)
    person = name_of(actor, job.person_id)
    form = ReferralForm(
        request.POST or None, initial={"kind": ExamKindCode.PERIODIC}, clinics=clinic_choices(actor)
    )

    def act(facts: dict[str, Any]) -> Referral:
        return actions.referral_issue(
            actor,
            employment=uid,
            clinic=UUID(facts["clinic"]),
            kind=ExamKindCode(facts["kind"]),
            basis=facts["basis"],
            on=today(),
        )

    if row := attempt(form, act):
        return done(request, f"Направление {row} выдано.", "exams:referral", row.uid)
    back = reverse("exams:programme", args=[uid])
    title = f"Направление: {person.full}"
    return form_page(request, form, title=title, lead=str(job.post), action="Выдать направление", back=back)


@needs("exams.applicant_refer")
def applicant_refer(request: Request) -> HttpResponse:
    """Send somebody who is not hired yet."""
    actor = request.actor
    employer = organization_of(actor)
    places = [
        (str(p.uid), f"{p} — {p.division}" if p.division else str(p))
        for p in workplaces(actor, employer=employer.pk)
    ]
    form = ApplicantForm(request.POST or None, clinics=clinic_choices(actor), places=places)

    def act(facts: dict[str, Any]) -> Referral:
        return actions.applicant_refer(
            actor,
            person=PersonRow(**{name: facts[name] for name in ApplicantForm.WHO}),
            workplace=UUID(facts["workplace"]),
            clinic=UUID(facts["clinic"]),
            confirmed=facts["confirmed"],
            on=today(),
        )

    if row := attempt(form, act):
        return done(request, f"Направление {row} выдано.", "exams:referral", row.uid)
    back = reverse("exams:referral_list")
    return form_page(request, form, title="Предварительный осмотр", action="Выдать направление", back=back)


@require_POST
@needs("exams.referrals_issue")
def referrals_issue(request: Request, uid: UUID) -> HttpResponse:
    """Begin to issue the referrals of a campaign, or of the marked rows of its list."""
    row = job_start(
        request.actor,
        job="exams.referrals_issue",
        title="Выдача направлений",
        link=reverse("exams:referral_list"),
        campaign=uid,
        entries=uids_of(request),
        on=today(),
    )
    return done(request, "Направления выдаются.", "background:job_show", row.uid, tone="info")


@require_POST
@needs("exams.referrals_hand")
def referrals_hand(request: Request) -> HttpResponse:
    """Note that the marked referrals were handed over today."""
    count = actions.referrals_hand(request.actor, referrals=uids_of(request), on=today())
    return done(request, f"Вручено: {cells.counted(count, NOUN)}.", "exams:referral_list")


@require_POST
@needs("exams.referral_hand")
def referral_hand(request: Request, uid: UUID) -> HttpResponse:
    """Note that one referral was handed over today."""
    actions.referral_hand(request.actor, referral=uid, on=today())
    return done(request, "Вручение записано.", "exams:referral", uid)


@needs("exams.referral_cancel")
def referral_cancel(request: Request, uid: UUID) -> HttpResponse:
    """Take a referral back with a reason."""
    row = referral_of(request.actor, uid)
    form = CancelForm(request.POST or None)
    if attempt(form, lambda facts: actions.referral_cancel(request.actor, referral=uid, **facts)):
        return done(request, f"Направление {row} отозвано.", "exams:referral", uid)
    back = reverse("exams:referral", args=[uid])
    name = name_of(request.actor, row.person_id).full
    return form_page(
        request, form, title=f"Отозвать направление {row}", lead=name, action="Отозвать", back=back
    )


@needs("exams.referral_print")
def referral_print(request: Request, uid: UUID) -> HttpResponse:
    """Print one referral."""
    row = take_out(request.actor, referral=uid)
    [form] = referral_forms(request.actor, [row])
    return pdf("referral", form, f"Направление {row.number}.pdf")


@require_POST
@needs("exams.referrals_print")
def referrals_print(request: Request, uid: UUID | None = None) -> HttpResponse:
    """Begin one file with the marked referrals, or with all of a campaign."""
    return _printed(request, "exams.referrals_print", "Печать направлений", uid)


@require_POST
@needs("exams.register_print")
def register_print(request: Request) -> HttpResponse:
    """Begin the register of all referrals, or of the marked ones."""
    return _printed(request, "exams.register_print", "Журнал выданных направлений", None)


def _printed(request: Request, code: str, title: str, campaign: UUID | None) -> HttpResponse:
    row = job_start(
        request.actor,
        job=code,
        title=title,
        link=reverse("exams:referral_list"),
        referrals=uids_of(request),
        campaign=campaign,
        on=today(),
    )
    return done(request, "Файл готовится.", "background:job_show", row.uid, tone="info")


def uids_of(request: Request) -> list[UUID]:
    """Read the marks of a list."""
    try:
        return [UUID(mark) for mark in request.POST.getlist("id")]
    except ValueError as error:
        raise NotFound("Отмеченные строки не найдены. Обновите страницу и отметьте их снова.") from error


urlpatterns = [
    path("referrals/", referral_list, name="referral_list"),
    path("referrals/applicant/", applicant_refer, name="applicant_refer"),
    path("referrals/hand/", referrals_hand, name="referrals_hand"),
    path("referrals/print/", referrals_print, name="referrals_print"),
    path("referrals/register/", register_print, name="register_print"),
    path("referrals/<uuid:uid>/", referral, name="referral"),
    path("referrals/<uuid:uid>/hand/", referral_hand, name="referral_hand"),
    path("referrals/<uuid:uid>/cancel/", referral_cancel, name="referral_cancel"),
    path("referrals/<uuid:uid>/print/", referral_print, name="referral_print"),
    path("campaigns/<uuid:uid>/referrals/", referrals_issue, name="referrals_issue"),
    path("campaigns/<uuid:uid>/referrals/print/", referrals_print, name="campaign_referrals_print"),
    path("employments/<uuid:uid>/refer/", referral_issue, name="referral_issue"),
]
