"""The screen of the chairman: everything about one visit, the decision, its checks, the signature."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.urls import path
from django.views.decorators.http import require_POST

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    ChoiceField,
    FlagField,
    Request,
    TextField,
    attempt,
    done,
    needs,
    page,
)
from medtrud.kernel.errors import Refused
from medtrud.registries.people.public import name_of
from medtrud.registries.people.types import PersonName

from ..actions import conclusion as actions
from ..actions.diagnosis import finding_decide as decide
from ..models import Exam
from ..queries.case import case_of
from ..queries.checks import checks_of
from ..queries.commission import next_visit
from ..queries.rows import exam_of
from ..rules.decisions import health_groups, needs_on
from ..types.case import Case
from ..types.results import NewConclusion
from ..types.states import Decision, ExamState
from .faces import banner_of

INVALID = 422


class DecisionForm(forms.Form):
    """What the chairman decides; the choices come from the visit and from the books of the day."""

    advice = TextField(label="Рекомендации работнику", rows=3, required=False)
    override_reason = TextField(label="Обоснование расхождения с подсказкой", rows=2, required=False)
    change_reason = TextField(label="Почему выдаётся новая версия", rows=2, required=False)

    def __init__(self, case: Case, visit: Exam, data: QueryDict | None = None, **more: Any) -> None:
        """Offer the groups, the factors of the referral and the needs."""
        super().__init__(data, **more)
        on = today()
        groups = [(code, code) for code in health_groups(on)]
        self.fields["health_group"] = ChoiceField(label="Группа здоровья", choices=groups)
        self.fields["contraindicated"] = forms.MultipleChoiceField(
            label="Противопоказано",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(code, f"{code} {name}") for code, name in case.codes],
        )
        self.needs = needs_on(on)
        for need in self.needs:
            self.fields[need.code] = FlagField(label=need.title)
        if visit.state != ExamState.CONCLUDED:
            del self.fields["change_reason"]

    @property
    def need_fields(self) -> list[forms.BoundField]:
        """Return the needs, bound."""
        return [self[need.code] for need in self.needs]


@needs("exams.conclusion_open")
def conclusion(request: Request, uid: UUID) -> HttpResponse:
    """Show one visit to the chairman; a POST signs and goes to the next."""
    if request.method == "POST":
        return _sign(request, uid)
    visit = actions.conclusion_open(request.actor, exam=uid)
    case, person = _case(request, visit)
    return _screen(request, visit, case, person, DecisionForm(case, visit, initial=_proposed(case)))


@require_POST
@needs("exams.finding_decide")
def finding_decide(request: Request, uid: UUID, finding: UUID) -> HttpResponse:
    """Decide about one question; what was filled in stays as it was."""
    told = ""
    try:
        reason = request.POST.get(f"reason-{finding}", "")
        decide(
            request.actor, finding=finding, decision=Decision(request.POST.get("decision", "")), reason=reason
        )
    except (Refused, ValueError) as refusal:
        told = str(refusal)
    visit = exam_of(request.actor, uid)
    case, person = _case(request, visit)
    form = DecisionForm(case, visit, initial=_kept(request.POST, case))
    return _screen(request, visit, case, person, form, told=told, status=INVALID if told else 200)


@require_POST
@needs("exams.conclusion_give")
def conclusion_checks(request: Request, uid: UUID) -> HttpResponse:
    """Say what speaks against the decision as it stands on the screen."""
    visit = exam_of(request.actor, uid)
    given = _given(request.POST)
    return page(request, "exams/conclusion_checks.html", checks=checks_of(visit, given))


def _sign(request: Request, uid: UUID) -> HttpResponse:
    visit = exam_of(request.actor, uid)
    case, person = _case(request, visit)
    form = DecisionForm(case, visit, request.POST)
    given = attempt(
        form,
        lambda facts: actions.conclusion_give(
            request.actor, exam=uid, given=NewConclusion(**_clean(facts)), on=today()
        ),
    )
    if given is None:
        return _screen(request, visit, case, person, form, status=INVALID)
    following = next_visit(request.actor, visit)
    text = f"Заключение {given} подписано."
    if following is None or "stay" in request.POST:
        return done(
            request, f"{text} Больше никто не ждёт." if following is None else text, "exams:conclusion", uid
        )
    return done(request, f"{text} Следующий.", "exams:conclusion", following.uid)


def _screen(
    request: Request,
    visit: Exam,
    case: Case,
    person: PersonName,
    form: DecisionForm,
    *,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = _given(request.POST) if form.is_bound else _proposed_given(dict(form.initial))
    may = request.actor.may
    return page(
        request,
        "exams/conclusion.html",
        fragment="case",
        status=status,
        title=person.full,
        visit=visit,
        state=ExamState(visit.state),
        banner=banner_of(visit, person, today()),
        case=case,
        form=form,
        faults=_faults(form, told),
        groups=health_groups(today()).items(),
        checks=checks_of(visit, shown),
        following=next_visit(request.actor, visit),
        may_sign=may("exams.conclusion_give") and visit.state in (ExamState.READY, ExamState.CONCLUDED),
        may_note=may("exams.further_exam_note_issue") and visit.state in (ExamState.STARTED, ExamState.READY),
        current=next((version for version in case.versions if version.current), None),
    )


def _faults(form: DecisionForm, told: str) -> list[dict[str, str]]:
    found = [{"text": told, "field": ""}] if told else []
    if form.is_bound:
        for name, errors in form.errors.items():
            found += [{"text": str(error), "field": "" if name == "__all__" else name} for error in errors]
    return found


def _case(request: Request, visit: Exam) -> tuple[Case, PersonName]:
    person = name_of(request.actor, visit.person_id)
    return case_of(request.actor, visit, person, on=today()), person


def _proposed(case: Case) -> dict[str, Any]:
    """Fill the form from the conclusion in force, or from what is decided and what the rules say."""
    if case.given is not None:
        needed = dict.fromkeys(case.given.needs, True)
        return {
            "contraindicated": list(case.given.contraindicated),
            "health_group": case.given.health_group,
            "advice": case.given.advice,
            **needed,
        }
    return {
        "contraindicated": list(case.confirmed),
        "center": case.suspected or case.center.due,
        "health_group": "" if case.diagnoses else "I",
    }


def _kept(post: QueryDict, case: Case) -> dict[str, Any]:
    """Keep what was typed; the codes of decided questions follow the decisions."""
    asked = {code for d in case.diagnoses for f in d.findings for code, _ in f.codes}
    marked = [code for code in post.getlist("contraindicated") if code not in asked]
    return {**post.dict(), "contraindicated": [*marked, *case.confirmed]}


def _clean(facts: dict[str, Any]) -> dict[str, Any]:
    return {**facts, "contraindicated": tuple(facts.get("contraindicated", ()))}


def _given(post: QueryDict) -> NewConclusion:
    """Read the decision as it stands on the screen, finished or not."""
    facts: dict[str, Any] = {need.code: post.get(need.code) == "on" for need in needs_on(today())}
    facts |= {name: post.get(name, "") for name in ("health_group", "advice", "override_reason")}
    return NewConclusion(contraindicated=tuple(post.getlist("contraindicated")), **facts)


def _proposed_given(initial: dict[str, Any]) -> NewConclusion:
    codes = tuple(initial.get("contraindicated", ()))
    facts: dict[str, Any] = {need.code: bool(initial.get(need.code)) for need in needs_on(today())}
    return NewConclusion(str(initial.get("health_group", "")), codes, **facts)


urlpatterns = [
    path("conclusions/<uuid:uid>/", conclusion, name="conclusion"),
    path("conclusions/<uuid:uid>/checks/", conclusion_checks, name="conclusion_checks"),
    path("conclusions/<uuid:uid>/findings/<uuid:finding>/", finding_decide, name="finding_decide"),
]
