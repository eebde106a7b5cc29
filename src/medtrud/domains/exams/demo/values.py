"""What is typed into the forms: normal distributions about the bounds, moved by what the patient has."""

from collections.abc import Callable
from typing import Any

from .patients import Patient

Field = dict[str, Any]
OwnValue = Callable[[Patient, Field], Any]
GRAVE = {"psychotic", "commission", "drugs", "injections", "register", "pathogens", "pregnancy", "stroke"} | {
    "angina", "decompression", "alcohol", "atypia", "consciousness", "contact", "thinking", "signs",
}  # fmt: skip
SELDOM = 0.02


def values_of(patient: Patient, fields: list[Field]) -> dict[str, Any]:
    """Return the values of a form."""
    values = {}
    for field in fields:
        own = OWN.get(field["code"])
        value = own(patient, field) if own else BY_KIND[field["kind"]](patient, field)
        if value not in (None, ""):
            values[field["code"]] = value
    return values


def _bounded(value: float, field: Field) -> float:
    low, high = field["least"], field["most"]
    value = max(value, low if low is not None else 0.0)
    value = min(value, high) if high is not None else value
    small = max(abs(value), abs(field["high"] or 0))
    return round(value, 3 if small < 0.1 else 2 if small < 2 else 1 if small < 20 else 0)


def _number(patient: Patient, field: Field) -> float | None:
    low, high, draw = field["low"], field["high"], patient.random.gauss
    if low is not None and high is not None:
        value = draw((low + high) / 2, (high - low) / 5.2)
    elif high is not None:
        value = draw(high * 0.62, high * 0.16)
    elif low is not None:
        value = draw(low * 1.12, low * 0.05)
    elif field["required"]:
        value = draw(1 + patient.age / 30, 0.5)
    else:
        return None
    return _bounded(value, field)


def _choice(patient: Patient, field: Field) -> str:
    normal = field["norm"] or field["choices"][0]
    others = [choice for choice in field["choices"] if choice != normal]
    if field["required"] or field["code"] in GRAVE or not others or patient.random.random() > SELDOM:
        return str(normal)
    return str(others[0])


def _pressure(patient: Patient, field: Field) -> str:
    return f"{patient.systolic}/{patient.diastolic}"


def _text(patient: Patient, field: Field) -> str:
    return str(field["norm"])


BY_KIND: dict[str, Callable[[Patient, Field], Any]] = {
    "number": _number,
    "choice": _choice,
    "pressure": _pressure,
    "text": _text,
}


def _of(trait: str, value: str) -> Callable[[Patient, Field], Any]:
    """The value of a choice for those who have the trait."""

    def told(patient: Patient, field: Field) -> Any:
        if patient.has(trait) and value in field["choices"]:
            return value
        return BY_KIND[field["kind"]](patient, field)

    return told


def _height(patient: Patient, field: Field) -> float:
    return round(patient.random.gauss(177 if patient.sex == "male" else 165, 6))


def _weight(patient: Patient, field: Field) -> float:
    tall = 1.77 if patient.sex == "male" else 1.65
    return round((23.0 + patient.age / 16 + abs(patient.random.gauss(0, 2.5))) * tall * tall)


def _waist(patient: Patient, field: Field) -> float:
    return round(patient.random.gauss(70 + patient.age / 2.6 + 8 * (patient.sex == "male"), 5))


def _smoking(patient: Patient, field: Field) -> str:
    """The questionnaire and the therapist hear the same."""
    if patient.has("smokes"):
        return "да"
    return "бросил" if patient.age % 4 == 0 else "нет"


def _kin(patient: Patient, field: Field) -> str:
    near, far = field["choices"][-1], field["choices"][1]
    return str(near if patient.has("kin_near") else far if patient.has("kin_far") else field["choices"][0])


def _later(trait: str, mean: Callable[[Patient], float], spread: float, digits: int = 1) -> OwnValue:
    """A measure of those who have the trait, by the patient's second chance."""

    def told(patient: Patient, field: Field) -> float | None:
        if trait and not patient.has(trait) and not field["required"]:
            return None
        value = max(patient.habits.gauss(mean(patient), spread), float(field["least"] or 0))
        return round(value, digits)

    return told


def _protein(patient: Patient, field: Field) -> float | None:
    if not patient.has("panel"):
        return None
    return round(max(0.2, patient.habits.lognormvariate(0.4 + 0.3 * patient.has("smokes"), 0.7)), 1)


def _threshold(patient: Patient, field: Field) -> float:
    hertz = int(field["code"][1:])
    share = {500: 0.25, 1000: 0.35, 2000: 0.6, 4000: 1.0}.get(hertz, 0.8)
    return 5 * round(max(-5.0, 5 + patient.hearing * share + patient.random.gauss(0, 3)) / 5)


def _whisper(patient: Patient, field: Field) -> float:
    return 6 if patient.hearing < 28 else 5 if patient.hearing < 34 else 3


def _volume(patient: Patient, field: Field) -> float:
    return round(patient.lungs + patient.random.gauss(0, 1.5))


def _ratio(patient: Patient, field: Field) -> float:
    return round(patient.random.gauss(63 if patient.has("lungs") else 79, 3))


def _sight(patient: Patient, field: Field) -> float:
    if patient.has("myopia") and "corr" not in field["code"]:
        return round(patient.random.choice([0.2, 0.3, 0.4, 0.6, 0.7]), 1)
    return 1.0 if patient.random.random() < 0.85 else 0.9


def _eye(patient: Patient, field: Field) -> Any:
    """Tell sight from pressure and from the visual field: their forms name both eyes alike."""
    if field["kind"] != "number":
        return BY_KIND[field["kind"]](patient, field)
    return _number(patient, field) if field["unit"] else _sight(patient, field)


OWN: dict[str, Callable[[Patient, Field], Any]] = {
    "height": _height,
    "weight": _weight,
    "waist": _waist,
    "fvc": _volume,
    "fev1": _volume,
    "ratio": _ratio,
    "od": _eye,
    "os": _eye,
    "vis_od": _sight,
    "vis_os": _sight,
    "corr_od": _sight,
    "corr_os": _sight,
    "whisper_right": _whisper,
    "whisper_left": _whisper,
    "glucose": lambda patient, field: round(patient.sugar, 1),
    "cholesterol": lambda patient, field: round(patient.random.gauss(4.1 + patient.age / 55, 0.8), 1),
    "dose": lambda patient, field: 0.05,
    "grip_right": lambda patient, field: round(patient.random.gauss(46 if patient.sex == "male" else 29, 5)),
    "grip_left": lambda patient, field: round(patient.random.gauss(43 if patient.sex == "male" else 27, 5)),
    "smoking": _smoking,
    "diabetes": _of("diabetes", "есть"),
    "activity": _of("idle", "низкая"),
    "greens": _of("no_greens", "не каждый день"),
    "pills": _of("pills", "да"),
    "sugar_once": _of("sugar_once", "да"),
    "family_diabetes": _kin,
    "self_rating": _later("probes", lambda patient: 4 + patient.age / 7, 3, 0),
    "hip": _later("", lambda patient: 99 + 3 * (patient.sex == "female"), 4, 0),
    "breath_hold": _later("probes", lambda patient: 66 - patient.age / 2.2, 9, 0),
    "balance": _later("probes", lambda patient: 46 - patient.age / 1.9, 8, 0),
    "mcv": _later("", lambda patient: 89, 3.5),
    "rdw": _later("", lambda patient: 12.6 + patient.age / 90, 0.5),
    "hdl": _later("", lambda patient: 1.24 + 0.24 * (patient.sex == "female"), 0.24, 2),
    "albumin": _later("panel", lambda patient: 46.5 - patient.age / 30, 2.2),
    "creatinine": _later("panel", lambda patient: 70 + 15 * (patient.sex == "male"), 9, 0),
    "crp": _protein,
    "alp": _later("panel", lambda patient: 66 + patient.age / 5, 14, 0),
    "spine": _of("back", "болезненный, ограничен"),
    "back": _of("back", "есть"),
    "veins": _of("veins", "варикоз"),
    "skin": _of("skin", "высыпания"),
    "teeth": _of("teeth", "нуждаются в санации"),
    "uterus": _of("myoma", "увеличена"),
} | {f"{ear}{hertz}": _threshold for ear in "rl" for hertz in (500, 1000, 2000, 3000, 4000, 6000, 8000)}
