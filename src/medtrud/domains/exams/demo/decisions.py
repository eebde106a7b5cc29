"""What doctors diagnose and what the chairman decides, from what the patient has."""

from dataclasses import dataclass
from typing import Any

from .patients import Patient


@dataclass(frozen=True)
class Ill:
    """A trait in the words of ICD-10: who finds it, how it counts."""

    trait: str
    doctor: str
    code: str
    detail: str = ""
    chronic: bool = True
    first: float = 0.4  # how often it is found for the first time
    nature: str = "somatic"


ILLS = (
    Ill("hypertension_severe", "врач-терапевт", "I11.9", "III стадия, риск очень высокий", first=0.2),
    Ill("hypertension", "врач-терапевт", "I10", "I–II стадия"),
    Ill("diabetes", "врач-терапевт", "E11.9", "компенсация", first=0.5),
    Ill("lungs", "врач-терапевт", "J44.8", "I степень", first=0.6),
    Ill("epilepsy", "врач-невролог", "G40.9", "редкие приступы", first=0.1),
    Ill("back", "врач-невролог", "M54.5", "вне обострения", first=0.3),
    Ill("noise_disease", "врач-оториноларинголог", "H83.3", "", first=1.0, nature="occupational_suspected"),
    Ill("hearing", "врач-оториноларинголог", "H90.3", "I–II степень", first=0.5),
    Ill("myopia", "врач-офтальмолог", "H52.1", "слабой степени", first=0.1),
    Ill("veins", "врач-хирург", "I83.9", "", first=0.4),
    Ill("skin", "врач-дерматовенеролог", "L23.9", "ремиссия", first=0.5),
    Ill("myoma", "врач-акушер-гинеколог", "D25.9", "малых размеров", first=0.4),
    Ill("teeth", "врач-стоматолог", "K02.1", "", chronic=False, first=0.9),
)
INSTEAD = {"hypertension_severe": "hypertension", "noise_disease": "hearing"}
GRAVE = {"I11.9", "G40.9", "J44.8"}
DOUBTFUL = {"H90.3": 0.2, "I10": 0.03, "M54.5": 0.06, "E11.9": 0.15, "H83.3": 0.4}
REJECTED = "Степень и частота обострений не достигают указанных в перечне."


def diagnoses_of(patient: Patient, doctor: str) -> list[dict[str, Any]]:
    """Return what this doctor writes down."""
    hidden = {INSTEAD[trait] for trait in patient.traits if trait in INSTEAD}
    return [
        {
            "code": ill.code,
            "detail": ill.detail,
            "chronic": ill.chronic,
            "first_time": patient.random.random() < ill.first,
            "nature": ill.nature,
        }
        for ill in ILLS
        if ill.doctor == doctor and patient.has(ill.trait) and ill.trait not in hidden
    ]


def decided(patient: Patient, finding: dict[str, Any]) -> dict[str, str]:
    """Return the decision on a possible contraindication."""
    likely = 0.8 if finding["diagnosis"] in GRAVE else DOUBTFUL.get(finding["diagnosis"], 0.02)
    if patient.random.random() < likely:
        return {"decision": "confirmed", "reason": ""}
    return {"decision": "rejected", "reason": REJECTED}


def concluded(patient: Patient, diagnoses: list[dict[str, Any]], barred: set[str]) -> dict[str, Any]:
    """Return the conclusion."""
    chronic = any(diagnosis["chronic"] for diagnosis in diagnoses)
    suspected = any(diagnosis["nature"] == "occupational_suspected" for diagnosis in diagnoses)
    chance = patient.random.random
    return {
        "health_group": "IIIа" if chronic or barred else "II" if patient.age > 42 or diagnoses else "I",
        "contraindicated": sorted(barred),
        "center": suspected or (bool(barred) and chance() < 0.4),
        "outpatient": chronic and chance() < 0.5,
        "inpatient": bool(barred) and chance() < 0.1,
        "sanatorium": chance() < 0.06,
        "dispensary": chronic and chance() < 0.8,
        "advice": _advice(diagnoses),
        "override_reason": "Решение комиссии по совокупности данных." if barred else "",
    }


ADVICE = {
    "I": "Контроль давления, меньше соли, наблюдение терапевта.",
    "E": "Диета, контроль глюкозы, наблюдение эндокринолога.",
    "J": "Отказ от курения, средства защиты органов дыхания.",
    "H8": "Средства защиты слуха, обследование в центре профпатологии.",
    "H9": "Средства защиты слуха, аудиометрия раз в год.",
    "H5": "Очки, гимнастика для глаз.",
    "M": "Лечебная физкультура, щадящий режим подъёма тяжестей.",
    "K": "Санация полости рта.",
    "L": "Защитные перчатки и кремы, наблюдение дерматолога.",
}


def _advice(diagnoses: list[dict[str, Any]]) -> str:
    said = [text for code, text in ADVICE.items() if any(d["code"].startswith(code) for d in diagnoses)]
    return " ".join(said) or "Здоровый образ жизни, осмотр в установленный срок."
