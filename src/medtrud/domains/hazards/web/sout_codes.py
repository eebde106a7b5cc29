"""Confirming the codes of order 29н for cards: all that wait at once, or one card."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import ComboField, FlagField, Request, Section, attempt, done, form_page, needs

from .. import actions
from ..queries import sout_card_of
from ..queries.sout_codes import CodeGroup, cards_waiting, code_groups
from .forms import CODES

MOST = 5000
NAMED = 6


class CodesForm(forms.Form):
    """A code for every factor or substance; one possible code is offered, the person confirms it."""

    def __init__(self, *args: Any, groups: list[CodeGroup], **more: Any) -> None:
        super().__init__(*args, **more)
        self.groups = groups
        for number, group in enumerate(groups):
            self.fields[f"code_{number}"] = ComboField(
                label=f"{group.title}{f': {group.subject}' if group.subject else ''}",
                source=CODES,
                required=False,
                hint=_hint(group),
                initial=group.possible[0].code if group.harmful and len(group.possible) == 1 else "",
            )
        self.fields["all_classes"] = FlagField(
            label="И при классах 1 и 2", required=False, span=2,
            hint="Без отметки коды получают только места, где класс фактора 3.1 и выше",
        )  # fmt: skip
        self.fields["replace"] = FlagField(
            label="Снять факторы разделов I–V, которых в картах нет", required=False, span=2,
            hint="Без отметки прежние факторы рабочих мест остаются",
        )  # fmt: skip
        names = tuple(name for name in self.fields if name.startswith("code_"))
        self.sections = (
            Section("Какой это код приложения к приказу № 29н", names, columns=2),
            Section("Как записать", ("all_classes", "replace")),
        )

    def codes(self) -> dict[str, str]:
        """Return what was chosen."""
        return {group.key: self.cleaned_data[f"code_{number}"] for number, group in enumerate(self.groups)}


def _hint(group: CodeGroup) -> str:
    counts = f"Мест: {len(group.cards)}, из них с вредным классом {len(group.harmful)}."
    if not group.possible:
        return f"{counts} Подходящих кодов не найдено: найдите код по названию или оставьте пустым."
    shown = ", ".join(str(row) for row in group.possible[:NAMED])
    return f"{counts} Возможные коды: {shown}{' и другие' if len(group.possible) > NAMED else ''}."


@needs("hazards.sout_codes_confirm")
def sout_codes_list(request: Request) -> HttpResponse:
    """Ask once for all cards that wait."""
    cards = list(cards_waiting(request.actor, on=today())[:MOST])
    return _confirm(
        request, cards, title="Коды приказа № 29н для карт", back=reverse("hazards:sout_card_list")
    )


@needs("hazards.sout_codes_confirm")
def sout_codes_confirm(request: Request, uid: UUID) -> HttpResponse:
    """Ask for one card."""
    card = sout_card_of(request.actor, uid)
    back = reverse("hazards:sout_card_show", args=[uid])
    return _confirm(
        request, [card], title=f"Коды приказа № 29н, карта № {card.card_number or card.number}", back=back
    )


def _confirm(request: Request, cards: list[Any], *, title: str, back: str) -> HttpResponse:
    groups = code_groups(request.actor, cards, on=today())
    if not groups:
        return done(request, "Карт, которые ждут кодов, нет.", back, tone="info")
    form = CodesForm(request.POST or None, groups=groups)

    def act(facts: dict[str, Any]) -> tuple[int]:
        return (
            actions.sout_codes_confirm(
                request.actor, cards=[card.uid for card in cards], codes=form.codes(), on=today(),
                harmful_only=not facts["all_classes"], replace=facts["replace"],
            ),
        )  # fmt: skip

    if answer := attempt(form, act):
        return done(request, f"Коды подтверждены. Рабочих мест с новыми факторами: {answer[0]}.", back)
    lead = (
        f"Карт: {len(cards)}. В выгрузке СОУТ кодов приказа № 29н нет. Предложены возможные, решаете вы: "
        "пустое поле значит, что осмотра по этому фактору карта не требует."
    )
    return form_page(request, form, title=title, lead=lead, action="Подтвердить", back=back)
