"""What the chairman is asked before he signs: order 29н, пп. 14–16, 32–34, приложение № 2."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from medtrud.kernel.errors import Refused

from ..models import Diagnosis, Exam, ExamLine, Finding
from ..types.results import NewConclusion
from ..types.states import SETTLED_LINES, Decision

WHY = "the rows of the visit the actor has just been shown to see"


@dataclass(frozen=True)
class Check:
    """One thing found before signing: `stop` forbids, `reason` wants words, `note` only tells."""

    code: str
    level: str  # stop | reason | note
    text: str
    basis: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the check as it is kept with the conclusion."""
        return {"code": self.code, "level": self.level, "text": self.text, "basis": self.basis}


def checks_of(exam: Exam, given: NewConclusion) -> list[Check]:
    """Return everything that speaks against the decision, or should be known before it."""
    findings = open_findings(exam)
    return [
        *_lines(exam),
        *_findings(findings, given),
        *_codes(exam, findings, given),
        *_suspicion(exam, given),
    ]


def stop_without_reason(checks: Sequence[Check], reason: str) -> None:
    """Refuse to sign what must not be signed, and what contradicts a hint without a reason."""
    if stops := [check for check in checks if check.level == "stop"]:
        raise Refused(" ".join(check.text for check in stops), basis=stops[0].basis)
    if (asked := [check for check in checks if check.level == "reason"]) and not reason.strip():
        text = " ".join(check.text for check in asked)
        raise Refused(f"{text} Измените решение или напишите обоснование.", basis=asked[0].basis)


def open_findings(exam: Exam) -> list[Finding]:
    """Return the last decision on every possible contraindication of valid diagnoses."""
    rows = Finding.objects.unscoped(WHY).filter(
        exam=exam,
        replaced_by__isnull=True,
        diagnosis__replaced_by__isnull=True,
        diagnosis__withdrawn_reason="",
    )
    return list(rows.select_related("diagnosis").order_by("item", "pk"))


def _lines(exam: Exam) -> list[Check]:
    rows = ExamLine.objects.unscoped(WHY).filter(exam=exam).exclude(state__in=SETTLED_LINES)
    titles = list(rows.order_by("order").values_list("title", flat=True))
    if not titles:
        return []
    text = f"Не выполнено: {', '.join(titles)}. Внесите результаты или отмените строки с причиной."
    return [Check("lines", "stop", text, "приказ № 29н, Порядок, пп. 14, 32")]


def _findings(findings: Sequence[Finding], given: NewConclusion) -> list[Check]:
    found = []
    for finding in findings:
        codes = ", ".join(finding.codes)
        what = f"п. {finding.item} перечня противопоказаний ({finding.diagnosis.code}) для {codes}"
        if finding.decision == Decision.OPEN:
            found.append(Check("finding_open", "stop", f"Решите о {what}: подтвердить или отклонить.", BASIS))
        elif finding.decision == Decision.CONFIRMED and not set(finding.codes) & set(given.contraindicated):
            found.append(
                Check("finding_ignored", "reason", f"Подтверждён {what}, а в заключении его нет.", BASIS)
            )
    return found


def _codes(exam: Exam, findings: Sequence[Finding], given: NewConclusion) -> list[Check]:
    foreign = sorted(set(given.contraindicated) - set(exam.referral.codes))
    if foreign:
        text = f"Факторов {', '.join(foreign)} нет в направлении. Отметьте только его факторы."
        return [Check("codes", "stop", text, "приказ № 29н, Порядок, п. 16")]
    confirmed = {code for f in findings if f.decision == Decision.CONFIRMED for code in f.codes}
    unfounded = sorted(set(given.contraindicated) - confirmed)
    if unfounded:
        text = f"Противопоказание к {', '.join(unfounded)} не следует из подтверждённых пунктов перечня."
        return [Check("unfounded", "reason", text, BASIS)]
    return []


def _suspicion(exam: Exam, given: NewConclusion) -> list[Check]:
    rows = Diagnosis.objects.unscoped(WHY).filter(
        exam=exam, nature="occupational_suspected", replaced_by__isnull=True, withdrawn_reason=""
    )
    if rows.exists() and not given.center:
        text = "Подозревается профессиональное заболевание, а центр профпатологии не отмечен."
        return [Check("suspicion", "reason", text, "приказ № 29н, Порядок, п. 40")]
    return []


BASIS = "приказ № 29н, приложение № 2"
