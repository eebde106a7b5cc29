"""The form of a report's head: who assessed, with what, the commission, the employer's codes."""

import datetime as dt
from typing import Any

from django import forms

from medtrud.engines.ui.public import DayField, NumberField, Section, TextField

from ..types.sout_file import Tree, text_of

EXPERTS, TOOLS, MEMBERS = 3, 8, 3
NAME = ("LastName", "FirstName", "MiddleName")
ASSESSOR = {
    "assessor": "Name", "assessor_inn": "INN", "assessor_ogrn": "OGRN", "registry": "RegistrationNumber",
    "registry_on": "RegistrationDate", "assessor_head": "Director", "assessor_address": "Address",
}  # fmt: skip
EMPLOYER = {
    "employer": "Name", "ogrn": "OGRN", "inn": "INN", "okpo": "OKPO", "okogu": "OKOGU", "okato": "OKATO",
    "legal_address": "DeJureAddress", "post_address": "PostAddress", "director": "Director",
}  # fmt: skip
LABORATORY = {
    "laboratory": "Name",
    "certificate": "CertificateNumber",
    "certificate_on": "CertificateIssueDate",
}
TOOL = {"tool": "Name", "serial": "SerialNumber", "fund": "FundNumber", "verified": "CalibrationExpiryDate"}


class HeadForm(forms.Form):
    """The head of a report."""

    places = NumberField(label="Всего рабочих мест у работодателя", low=0, high=1000000)
    assessed = NumberField(label="Из них оценено", low=0, high=1000000)
    region = TextField(label="Регион", max_length=2, hint="Две цифры, например 35")
    chairman = TextField(label="Председатель комиссии", hint="Фамилия Имя Отчество")
    chairman_post = TextField(label="Его должность")
    assessor = TextField(label="Название", span=2)
    assessor_inn = TextField(label="ИНН", max_length=12)
    assessor_ogrn = TextField(label="ОГРН", max_length=15)
    registry = NumberField(label="Номер в реестре организаций", low=1, high=99999)
    registry_on = DayField(label="Дата внесения в реестр")
    assessor_head = TextField(label="Руководитель")
    assessor_phone = TextField(label="Телефон")
    assessor_email = TextField(label="Электронная почта")
    assessor_address = TextField(label="Адрес", span=2)
    laboratory = TextField(label="Испытательная лаборатория", span=2)
    certificate = TextField(label="Номер аттестата аккредитации", hint="Например RA.RU.21АБ12")
    certificate_on = DayField(label="Дата аттестата")
    employer = TextField(label="Название", span=2)
    inn = TextField(label="ИНН", max_length=12)
    ogrn = TextField(label="ОГРН", max_length=15)
    okpo = TextField(label="ОКПО", max_length=10)
    okogu = TextField(label="ОКОГУ", max_length=7)
    okato = TextField(label="ОКАТО", max_length=11)
    okved = TextField(label="ОКВЭД", max_length=8, hint="Например 24.10")
    email = TextField(label="Электронная почта")
    director = TextField(label="Руководитель")
    legal_address = TextField(label="Юридический адрес", span=2)
    post_address = TextField(label="Почтовый адрес", span=2)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        members = self._rows(MEMBERS, (("member", "Член комиссии"), ("member_post", "Должность")), 0)
        experts = self._rows(
            EXPERTS,
            (("expert", "Эксперт"), ("expert_post", "Должность"), ("expert_number", "№ в реестре")),
            1,
        )
        named = (("tool", "Прибор"), ("serial", "Заводской №"), ("fund", "№ в реестре"))
        tools = self._rows(TOOLS, (*named, ("verified", "Поверка до")), 1)
        self.sections = (
            Section("Отчёт", ("places", "assessed", "region"), columns=3),
            Section("Комиссия", ("chairman", "chairman_post", *members), columns=2),
            Section("Организация, проводившая СОУТ",
                    (*ASSESSOR, "assessor_phone", "assessor_email"), columns=2),
            Section("Эксперты", experts, columns=3),
            Section("Лаборатория", tuple(LABORATORY), columns=2),
            Section("Средства измерений", tools, columns=4),
            Section("Работодатель", (*EMPLOYER, "okved", "email"), columns=2),
        )  # fmt: skip

    def _rows(self, count: int, columns: tuple[tuple[str, str], ...], needed: int) -> tuple[str, ...]:
        names = []
        for number in range(count):
            for name, label in columns:
                field: Any = DayField if name == "verified" else TextField
                must = number < needed and name != "expert_number"
                self.fields[f"{name}_{number}"] = field(label=f"{label} {number + 1}", required=must)
                names.append(f"{name}_{number}")
        return tuple(names)

    def head(self, known: Tree, report: int) -> Tree:
        """Return the head as the exchange file has it; what the form does not ask for stays."""
        given = {name: _text(value) for name, value in self.cleaned_data.items()}
        assessor = {**known.get("AttestationOrganization", {}), **_named(given, ASSESSOR)}
        employer = {**known.get("Enterprise", {}), **_named(given, EMPLOYER)}
        laboratory = {**assessor.get("Laboratory", {}), **_named(given, LABORATORY)}
        laboratory["MeasuringTool"] = list(_tools(given, laboratory.get("MeasuringTool", []), report))
        assessor |= {
            "Phone": [given["assessor_phone"]], "E-mail": [given["assessor_email"]],
            "Workers": {**assessor.get("Workers", {}), "Expert": list(_experts(given, assessor, report))},
            "Laboratory": laboratory,
        }  # fmt: skip
        employer |= {"E-mail": [given["email"]], "OKVED": {"Kod": [given["okved"]]}}
        members = [
            {"Name": _person(given[f"member_{number}"]), "Position": given[f"member_post_{number}"] or "—"}
            for number in range(MEMBERS) if given[f"member_{number}"]
        ]  # fmt: skip
        chairman = {"Name": _person(given["chairman"]), "Position": given["chairman_post"]}
        return {
            **known, "Region": given["region"], "WorkPlacesQuantity": given["places"],
            "WorkPlacesAttested": given["assessed"], "AttestationOrganization": assessor,
            "Enterprise": employer,
            "Committee": {"Chairman": chairman} | ({"Member": members} if members else {}),
        }  # fmt: skip


def _experts(given: dict[str, str], assessor: Tree, report: int) -> Any:
    known = assessor.get("Workers", {}).get("Expert", [])
    for number in range(EXPERTS):
        if not given[f"expert_{number}"]:
            continue
        row: Tree = {"@Id": known[number]["@Id"] if number < len(known) else f"E{report}-{number + 1}"}
        if given[f"expert_number_{number}"]:
            row["RegistrationNumber"] = given[f"expert_number_{number}"]
        yield row | {"Name": _person(given[f"expert_{number}"]), "Position": given[f"expert_post_{number}"]}
    yield from known[EXPERTS:]


def _tools(given: dict[str, str], known: list[Tree], report: int) -> Any:
    for number in range(TOOLS):
        if given[f"tool_{number}"]:
            old = known[number] if number < len(known) else {"@Id": f"T{report}-{number + 1}"}
            yield old | {tag: given[f"{name}_{number}"] for name, tag in TOOL.items()}
    yield from known[TOOLS:]


def head_initial(head: Tree) -> dict[str, Any]:
    """Return what the form begins with."""
    assessor, employer = head.get("AttestationOrganization", {}), head.get("Enterprise", {})
    laboratory, committee = assessor.get("Laboratory", {}), head.get("Committee", {})
    chairman = committee.get("Chairman", {})
    found: dict[str, Any] = {
        "places": head.get("WorkPlacesQuantity"), "assessed": head.get("WorkPlacesAttested"),
        "region": text_of(head.get("Region")), "chairman": _full(chairman.get("Name", {})),
        "chairman_post": text_of(chairman.get("Position")), "email": _first(employer, "E-mail"),
        "assessor_phone": _first(assessor, "Phone"), "assessor_email": _first(assessor, "E-mail"),
        "okved": text_of((employer.get("OKVED", {}).get("Kod") or [""])[0]),
    }  # fmt: skip
    for names, tree in ((ASSESSOR, assessor), (EMPLOYER, employer), (LABORATORY, laboratory)):
        found |= {name: text_of(tree.get(tag)) for name, tag in names.items()}
    for number, each in enumerate(committee.get("Member", [])[:MEMBERS]):
        found |= {f"member_{number}": _full(each.get("Name", {})),
                  f"member_post_{number}": text_of(each.get("Position"))}  # fmt: skip
    for number, each in enumerate(assessor.get("Workers", {}).get("Expert", [])[:EXPERTS]):
        found |= {f"expert_{number}": _full(each.get("Name", {})),
                  f"expert_post_{number}": text_of(each.get("Position")),
                  f"expert_number_{number}": each.get("RegistrationNumber", "")}  # fmt: skip
    for number, each in enumerate(laboratory.get("MeasuringTool", [])[:TOOLS]):
        found |= {f"{name}_{number}": text_of(each.get(tag)) for name, tag in TOOL.items()}
    return found


def _named(given: dict[str, str], names: dict[str, str]) -> Tree:
    return {tag: given[name] for name, tag in names.items()}


def _first(tree: Tree, tag: str) -> str:
    return text_of((tree.get(tag) or [""])[0])


def _person(text: str) -> Tree:
    words = dict(zip(NAME, text.split(maxsplit=2), strict=False))
    return {"FirstName": "—", **words}


def _full(name: Tree) -> str:
    return " ".join(text_of(name.get(part)) for part in NAME if name.get(part))


def _text(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    return "" if value is None else " ".join(str(value).split())
