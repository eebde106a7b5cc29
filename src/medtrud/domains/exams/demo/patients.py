"""Invented health: traits of a patient by age, sex and what he meets at work."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random

NOISE, DUST, LIFTING, VIBRATION = "4.4", "3.", "5.1", "4.3"
WORN, WORN_AGE = "Громов Николай Петрович", 50  # the long life of hazards/demo


@dataclass
class Patient:
    """A patient with what the doctors will find; the same seed gives the same patient."""

    random: Random
    sex: str
    age: int
    codes: tuple[str, ...]
    service: float  # years in these conditions
    systolic: int = 0
    diastolic: int = 0
    hearing: float = 0.0  # dB at 4 kHz above the expected
    lungs: float = 100.0  # per cent of the expected volume
    sugar: float = 5.0
    traits: set[str] = field(default_factory=set)
    habits: Random = field(default_factory=Random)  # a chance of its own for what came to the forms later
    waist: float = 0.0

    def has(self, trait: str) -> bool:
        """Tell whether the doctors will find it."""
        return trait in self.traits


def patient_of(
    seed: str, *, sex: str, born: dt.date, on: dt.date, codes: tuple[str, ...], months: int
) -> Patient:
    """Invent a patient."""
    patient = Patient(Random(seed), sex, (on - born).days // 365, codes, months / 12)
    patient.habits = Random(f"{seed} habits")
    for invent in (_pressure, _hearing, _lungs, _sugar, _others, _habits):
        invent(patient)
    if seed == WORN:
        _worn(patient)
    return patient


def _worn(patient: Patient) -> None:
    """Twenty-seven years of noise, vibration and dust: a little worse every year, not yet ill."""
    patient.hearing = 24.5 - 1.8 * max(0.0, WORN_AGE - patient.age)
    patient.lungs = 88.0 + 1.7 * max(0.0, WORN_AGE - patient.age)
    patient.traits -= {"hearing", "noise_disease", "lungs", "epilepsy"}


def _pressure(patient: Patient) -> None:
    draw = patient.random.gauss
    ill = patient.random.random() < max(0.0, (patient.age - 28) / 95)
    patient.systolic = round(draw(148, 9) if ill else min(draw(114 + patient.age / 5, 8), 138))
    patient.diastolic = round(min(draw(93, 5) if ill else min(draw(75, 5), 88), patient.systolic - 25))
    if ill:
        patient.traits.add("hypertension")
        if patient.random.random() < 0.03:
            patient.systolic, patient.diastolic = round(draw(184, 5)), round(draw(112, 4))
            patient.traits.add("hypertension_severe")


def _hearing(patient: Patient) -> None:
    draw = patient.random.gauss
    age = max(0, patient.age - 40) * 0.45
    noise = min(patient.service, 30) * 0.75 if NOISE in patient.codes else 0.0
    patient.hearing = max(0.0, draw(6 + age + noise * patient.random.random(), 4))
    if patient.hearing > 25:
        patient.traits.add("hearing")
        if noise > 7 and patient.hearing > 28:
            patient.traits.add("noise_disease")


def _lungs(patient: Patient) -> None:
    dust = any(code.startswith(DUST) for code in patient.codes)
    loss = min(patient.service, 30) * 0.6 * patient.random.random() if dust else 0.0
    patient.lungs = patient.random.gauss(101 - max(0, patient.age - 45) * 0.2 - loss, 7)
    if patient.lungs < 76 and (dust or patient.age > 50):
        patient.traits.add("lungs")
    elif patient.lungs < 80:
        patient.lungs = 81.0


def _sugar(patient: Patient) -> None:
    if patient.random.random() < max(0.0, (patient.age - 35) / 550):
        patient.traits.add("diabetes")
        patient.sugar = patient.random.gauss(7.9, 0.8)
    else:
        patient.sugar = min(patient.random.gauss(5.0, 0.4), 6.0)


def _others(patient: Patient) -> None:
    chance = patient.random.random
    heavy = LIFTING in patient.codes or any(code.startswith(VIBRATION) for code in patient.codes)
    likely = {
        "back": 0.05 + 0.1 * heavy + max(0, patient.age - 40) / 300,
        "myopia": 0.14,
        "veins": 0.03 + max(0, patient.age - 45) / 500,
        "skin": 0.025,
        "teeth": 0.2,
        "myoma": 0.05 if patient.age > 35 else 0.0,
        "epilepsy": 0.002,
    }
    patient.traits |= {trait for trait, chances in likely.items() if chance() < chances}


def _habits(patient: Patient) -> None:
    chance = patient.habits.random
    ill = patient.has("diabetes")
    likely = {
        "smokes": 0.42 if patient.sex == "male" else 0.14,
        "idle": 0.3 + max(0, patient.age - 40) / 200,
        "no_greens": 0.38,
        "pills": 0.6 if patient.has("hypertension") else 0.01,
        "sugar_once": 1.0 if ill else 0.05,
        "kin_near": 0.3 if ill else 0.12,
        "kin_far": 0.12,
        "panel": 0.3,  # whose blood the laboratory looks at more widely
        "probes": 0.25,  # who is asked for the probes of biological age
    }
    patient.traits |= {trait for trait, chances in likely.items() if chance() < chances}
