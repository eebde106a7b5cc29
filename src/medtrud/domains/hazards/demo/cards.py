"""An invented report of conditions for the machine works: an exchange file, one class of it planted wrong."""

import datetime as dt
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Workplace, organization_of, workplaces

from ..actions import sout_acquaint_many, sout_import
from ..drivers import sout_write
from ..queries import exposure_at, sout_cards
from ..queries.sout_readers import unread
from ..types import Exposure, harmful_classes
from ..types.sout_file import Tree

__all__ = ["assessed"]
WRONG, WRONG_LEVEL = "Слесарь-ремонтник", "88.4"  # stated 3.1, follows 3.2
USED = {"MeasuringTool": [{"@Id": "T1"}], "WorkerForMeasurement": [{"@Id": "E1"}]}
ACTS = ["СанПиН 1.2.3685-21"]
NOISE = {"2": "72.4", "3.1": "83.2", "3.2": "88.6", "3.3": "97.1"}
VIBRATION = {"2": "120.0", "3.1": "128.1", "3.2": "130.9", "3.3": "134.2"}
DUST = {"2": "1.4", "3.1": "3.1", "3.2": "6.4", "3.3": "14.5"}  # ПДК 2 мг/м³
OIL = {"2": "2.1", "3.1": "11.0", "3.2": "32.0", "3.3": "66.0"}  # ПДК 5 мг/м³
BENDS = {"2": "80", "3.1": "160", "3.2": "340", "3.3": "340"}
AHEAD = dt.timedelta(days=5)  # the report is approved after the staff list came in
READING = dt.timedelta(days=14)
LEFT = 40  # one worker of so many has not read his card
GIVEN = {"3.1": ("PayIncrease",), "3.2": ("PayIncrease", "CompensatoryLeave"),
         "3.3": ("PayIncrease", "CompensatoryLeave", "HalfDay", "Milk")}  # fmt: skip
GUARANTEES = ("PayIncrease", "CompensatoryLeave", "HalfDay", "Milk", "DieteticTherapy", "EarlyRetirement",
              "MedicalInspection")  # fmt: skip


def assessed(engineer: Actor, listed_on: dt.date, folder: Path | None) -> str:
    """Write the file and take it in once; say what came of it."""
    employer = organization_of(engineer)
    if sout_cards(engineer).exists():
        return ""
    places = list(workplaces(engineer, employer=employer.pk).filter(number=""))
    names = Counter((place.division_id, place.title_key) for place in places)
    single = [place for place in places if names[place.division_id, place.title_key] == 1]
    conditions = exposure_at(engineer, [place.pk for place in single], on=today())
    approved_on = listed_on + AHEAD
    head = _head(employer.name, employer.inn, employer.ogrn, approved_on, single)
    text = "".join(sout_write(head, _places(single, conditions, approved_on)))
    path = (folder or _aside()) / "machine_works_sout.xml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf8")
    outcome = sout_import(engineer, path=str(path), employer=None, on=today())
    if folder is None:
        path.unlink()
    _read_by_most(engineer, employer.pk, approved_on)
    return (
        f"отчёт СОУТ {path.name}: карт {outcome.counts['new']}, "
        f"класс расходится с измерениями: {outcome.counts['differs']}"
    )


def _read_by_most(engineer: Actor, employer: int, approved_on: dt.date) -> None:
    """Let nearly everybody read his card in time: who is left is what the desk shows."""
    day = min(approved_on + READING, today())
    jobs = unread(engineer, employer=employer, on=day).order_by("pk").values_list("uid", flat=True)
    chosen = [uid for number, uid in enumerate(jobs) if number % LEFT]
    if chosen:
        sout_acquaint_many(engineer, employments=chosen, on=day)


def _places(
    places: Sequence[Workplace], conditions: dict[int, Exposure], approved_on: dt.date
) -> Iterator[tuple[str, Tree]]:
    numbered = list(enumerate(places, 1))
    harmful = harmful_classes()
    quiet = [
        each
        for each in numbered
        if _class(conditions, each[1]) not in harmful and not _codes(conditions, each[1])
    ]
    for number, place in quiet:
        yield "WorkPlaceDeclared", _common(number, place) | {"ExpertConclusion": f"№ {number}"}
    for number, place in numbered:
        if (number, place) not in quiet:
            yield "WorkPlaceAttested", _attested(number, place, conditions, approved_on)


def _class(conditions: dict[int, Exposure], place: Workplace) -> str:
    known = conditions.get(place.pk)
    found = known.sout_class if known else ""
    return found if found in NOISE else "2"


def _codes(conditions: dict[int, Exposure], place: Workplace) -> list[str]:
    known = conditions.get(place.pk)
    return [factor.code for factor in known.factors] if known else []


def _common(number: int, place: Workplace) -> Tree:
    return {
        "Id": str(number),
        "Position": place.title,
        "SubUnit": {"@Id": f"S{place.division_id or 0}", "": place.division.path if place.division else ""},
        "Profession": "Отсутствует",
        "WorkersQuantity": "2",
        "Snils": ["отсутствует"],
    }


def _attested(number: int, place: Workplace, conditions: dict[int, Exposure], approved_on: dt.date) -> Tree:
    stated, codes = _class(conditions, place), _codes(conditions, place)
    measured = (approved_on - dt.timedelta(days=20)).isoformat()
    return _common(number, place) | {
        "SOUTCardNumber": str(number),
        "SheetDate": measured,
        "ETKS_EKS_Issue": "ЕТКС",
        "WomansQuantity": "0",
        "TeenagersQuantity": "0",
        "InvalidsQuantity": "0",
        "RawMaterials": "по технологии участка",
        "Equipment": "по паспорту рабочего места",
        "WorkingConditions": stated,
        "Compensations": {tag: _given(tag, stated) for tag in GUARANTEES},
        "Factors": [_factors(place, stated, codes, measured)],
    }  # fmt: skip


def _given(tag: str, stated: str) -> Tree:
    bit = tag in GIVEN.get(stated, ()) or (tag == "MedicalInspection" and stated != "2")
    return {
        "ActualAvailability": str(int(bit)),
        "NeedToEstablish": str(int(bit)),
        "Reason": "ТК РФ" if bit else "отсутствует",
    }


def _factors(place: Workplace, stated: str, codes: list[str], measured: str) -> Tree:
    """Let one factor decide, by what the works meets there."""
    kinds: tuple[tuple[str, str, Callable[[str, str, str], Tree], dict[str, str]], ...] = (
        ("4.4", "Noise", _noise, NOISE),
        ("4.3.1", "LocalVibration", _vibration, VIBRATION),
        ("3.1", "Aerosol", _dust, DUST),
        ("1.", "ChemicalFactors", _oil, OIL),
    )
    for code, tag, make, levels in kinds:
        if any(each.startswith(code) for each in codes) and stated in levels:
            level = WRONG_LEVEL if place.title == WRONG and tag == "Noise" else levels[stated]
            return {tag: make(level, stated, measured)}
    if stated in ("3.1", "3.2"):
        return {"LabourSeverity": _bends(BENDS[stated], stated, measured)}
    return {"Noise": _noise(NOISE[stated], stated, measured)}


def _spot(measured: str, **values: str) -> Tree:
    return {
        "Name": "у оборудования",
        "Date": measured,
        "Duration": "0.8",
        "FactorSource": "оборудование",
        **USED,
    } | values


def _value(text: str, unit: str) -> Tree:
    return {"@Unit": unit, "": text}


def _noise(level: str, stated: str, measured: str) -> Tree:
    return {
        "Value": _value(level, "дБА"), "Uncertainty": _value("1.2", "дБА"), "NormValue": _value("80", "дБА"),
        "WorkingConditions": stated, "NormativeAct": ACTS,
        "MeasuringPlace": [_spot(measured, TimeBehavior="1", Value=level)],
    }  # fmt: skip


def _vibration(level: str, stated: str, measured: str) -> Tree:
    axes = {f"Value{axis}": _value(level, "дБ") for axis in "XYZ"}
    plain = {f"Value{axis}": level for axis in "XYZ"}
    return axes | {
        "NormValue": _value("126", "дБ"), "WorkingConditions": stated, "NormativeAct": ACTS,
        "MeasuringPlace": [_spot(measured, TimeBehavior="0", **plain)],
    }  # fmt: skip


def _agent(code: str, name: str, stated: str, **more: object) -> Tree:
    return {"Kod": {"@Name": name, "": code}, "WorkingConditions": stated, "NormativeAct": ACTS, **more}


def _dust(level: str, stated: str, measured: str) -> Tree:
    agent = _agent(
        "1132", "Пыль абразивная", stated, ConcentrationAvg=_value(level, "мг/м³"), NormValue=_value("2",
        "мг/м³"),
        MeasuringPlace=[_spot(measured, ConcentrationAvg=level)],
    )  # fmt: skip
    return {"WorkingConditions": stated, "ChemicalAgent": [agent]}


def _oil(level: str, stated: str, measured: str) -> Tree:
    agent = _agent(
        "1197", "Масла минеральные нефтяные", stated, ConcentrationMax=_value(level, "мг/м³"),
        NormValueMax=_value("5", "мг/м³"), MeasuringPlace=[_spot(measured, ConcentrationMax=level)],
    )  # fmt: skip
    return {"WorkingConditions": stated, "ChemicalAgent": [agent]}


def _bends(count: str, stated: str, measured: str) -> Tree:
    bending = {"Value": count, "NormValue": "100", "WorkingConditions": stated, "NormativeAct": ACTS, **USED}
    return {"WorkingConditions": stated, "Date": measured, "BodyBending": bending}


def _head(name: str, inn: str, ogrn: str, approved_on: dt.date, places: Sequence[Workplace]) -> Tree:
    units = {place.division_id: place.division.path for place in places if place.division}
    person = {"LastName": "Шестаков", "FirstName": "Леонид", "MiddleName": "Викторович"}
    ends = (approved_on + dt.timedelta(days=300)).isoformat()
    laboratory = {
        "Name": "Испытательная лаборатория «Замер»", "CertificateNumber": "RA.RU.21АБ12",
        "CertificateIssueDate": "2016-04-01",
        "MeasuringTool": [{"@Id": "T1", "SerialNumber": "А-117", "CalibrationExpiryDate": ends,
        "Name": "Шумомер",
                           "FundNumber": "12345-16"}],
    }  # fmt: skip
    return {
        "FileInfo": {"SchemeVersion": "1.0.3", "DataSource": "выдуманный отчёт"},
        "Date": approved_on.isoformat(),
        "WorkPlacesQuantity": str(len(places)), "WorkPlacesAttested": str(len(places)), "Region": "35",
        "Committee": {"Chairman": {"Name": person, "Position": "главный инженер"}},
        "AttestationOrganization": {
            "Name": "ООО «Северная оценка»", "RegistrationNumber": "512", "RegistrationDate": "2016-03-01",
            "OGRN": "1020000000019", "INN": "0012345673", "Address": "г. Вологда",
            "Phone": ["8 800 000-00-00"],
            "E-mail": ["ocenka@example.org"], "Director": "Уваров П. С.", "Laboratory": laboratory,
            "Workers": {"Expert": [{"@Id": "E1", "RegistrationNumber": "4821",
            "Name": person | {"LastName": "Юдин"},
                                    "Position": "эксперт"}]},
        },
        "Enterprise": {
            "Name": name, "OGRN": ogrn, "INN": inn, "OKPO": "00000010", "OKOGU": "4100104",
            "OKVED": {"Kod": ["28.41"]},
            "OKATO": "19401000000", "DeJureAddress": "г. Вологда", "PostAddress": "г. Вологда",
            "E-mail": ["vsz@example.org"], "Director": "Соколов А. И.",
            "SubUnits": [{"SubUnit": [{"@Id": f"S{pk}", "Name": path} for pk, path in units.items()]}],
        },
    }  # fmt: skip


def _aside() -> Path:
    """Return where a file nobody wants to keep may lie."""
    return Path(tempfile.gettempdir())
