"""The exchange file: read as a stream, refused when dangerous, faults named by line, written back."""

import io
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from lxml import etree

from medtrud.domains.hazards.drivers import FileRefused, sout_read, sout_stream, sout_write, xsd_problems
from medtrud.domains.hazards.drivers.sout_form import Kind, form
from medtrud.domains.hazards.rules.sout_place import PlaceReader, head_problems, report_of
from medtrud.domains.hazards.types.sout_file import PLACE_TAGS, Group, Head, PlaceRead, Problem, Tail

SHARED = Path(__file__).parents[6] / "shared" / "schemas" / "fgis_sout"
SKIPPED = f"official schemas not found at {SHARED}: XSD checks skipped"
schemas = pytest.mark.skipif(not SHARED.exists(), reason=SKIPPED)
GROUP = "SimilarWorkPlacesGroup"
TAGS = {kind: tag for tag, kind in PLACE_TAGS.items()}

HEAD = """<Attestation><FileInfo><SchemeVersion>1.0.3</SchemeVersion><DataSource>т</DataSource></FileInfo>
<Date>2025-11-20</Date><WorkPlacesQuantity>1</WorkPlacesQuantity><WorkPlacesAttested>1</WorkPlacesAttested>
<Region>77</Region><Committee><Chairman><Name><LastName>И</LastName><FirstName>И</FirstName></Name>
<Position>директор</Position></Chairman></Committee>
<AttestationOrganization><Name>О</Name><RegistrationNumber>1</RegistrationNumber>
<RegistrationDate>2016-03-01</RegistrationDate><OGRN>1020000000019</OGRN><INN>0012345673</INN><Address>г</Address>
<Phone>1</Phone><E-mail>a@example.org</E-mail><Director>С</Director><Workers><Expert Id="E1"><Name>
<LastName>П</LastName><FirstName>П</FirstName></Name><Position>эксперт</Position></Expert></Workers>
<Laboratory><Name>Л</Name><CertificateNumber>RA.RU.21АБ12</CertificateNumber>
<CertificateIssueDate>2016-04-01</CertificateIssueDate><MeasuringTool Id="T1"><SerialNumber>1</SerialNumber>
<CalibrationExpiryDate>2025-01-01</CalibrationExpiryDate><Name>Шумомер</Name><FundNumber>12345-16</FundNumber>
</MeasuringTool></Laboratory></AttestationOrganization>
<Enterprise><Name>АО</Name><OGRN>1020000000998</OGRN><INN>0098765437</INN><OKPO>12345678</OKPO><OKOGU>4100104</OKOGU>
<OKVED><Kod>24.10</Kod></OKVED><OKATO>45293554000</OKATO><DeJureAddress>г</DeJureAddress><PostAddress>г</PostAddress>
<E-mail>a@example.org</E-mail><Director>И</Director><SubUnits><SubUnit Id="S1"><Name>Цех</Name></SubUnit>
<SubUnit Id="S2" ParentId="S1"><Name>Участок</Name></SubUnit></SubUnits>
"""
PLACE = """<WorkPlaceDeclared>
<Id>{number}</Id><Position>бухгалтер</Position><SubUnit Id="{unit}">Участок</SubUnit>
<Profession>20336</Profession><WorkersQuantity>{workers}</WorkersQuantity><ExpertConclusion>1</ExpertConclusion>
<Snils>987-654-321 83</Snils>{more}</WorkPlaceDeclared>
"""
END = "</Enterprise></Attestation>"


def place(number: str = "1", *, unit: str = "S2", workers: str = "1", more: str = "") -> str:
    return PLACE.format(number=number, unit=unit, workers=workers, more=more)


def read(tmp_path: Path, text: str, name: str = "отчёт.xml") -> list[Any]:
    path = tmp_path / name
    path.write_bytes(text.encode())
    with sout_stream(path) as stream:
        return list(sout_read(stream))


def said(pieces: list[Any]) -> list[Problem]:
    report = report_of(pieces[0])
    assert report is not None
    reader = PlaceReader(report)
    for piece in pieces:
        if isinstance(piece, PlaceRead):
            reader.card(piece)
    return [problem for piece in pieces for problem in piece.problems]


def test_pieces_come_in_their_order_with_lines_and_no_problems(tmp_path: Path) -> None:
    pieces = read(tmp_path, HEAD + place() + END)
    assert [type(piece) for piece in pieces] == [Head, PlaceRead, Tail]
    assert not [each for piece in pieces for each in piece.problems]
    assert pieces[1].number == "1"
    assert pieces[1].line == HEAD.count("\n") + 1
    reader = PlaceReader(report_of(pieces[0]))  # type: ignore[arg-type]
    assert reader.card(pieces[1]).unit_path == ("Цех", "Участок")


@pytest.mark.parametrize(
    ("broken", "line", "text"),
    [
        (place(more="<Extra/>"), 3, "Неизвестный элемент «Extra»."),
        (place(workers="два"), 2, "Значение «два» не подходит: ожидается целое число."),
        (place(workers="-2"), 2, "Значение «-2» не подходит: отрицательным оно не бывает."),
        (place(number=""), 0, "Номер рабочего места пуст. Укажите его."),
        (place(unit="S9"), 0, "Подразделения «S9», на которое ссылается место, в файле нет."),
        (place().replace("<Position>бухгалтер</Position>", ""), 0, "Нет обязательного элемента «Position»."),
        (place().replace('<SubUnit Id="S2">', '<SubUnit Id="S2" Kind="1">'), 1, "Лишний атрибут «Kind»."),
        (place().replace("20336", "2033"), 2, "Значение «2033» не подходит: запись не той формы."),
        (
            place().replace("<Id>1</Id><Position>бухгалтер</Position>", "<Position>б</Position><Id>1</Id>"),
            1,
            "Элемент «Id» стоит не на своём месте: он идёт раньше предыдущего.",
        ),
        (place() + place(), 4, "Рабочее место № 1 уже встретилось в строке 17. Оставьте одно."),
    ],
)
def test_a_fault_is_named_by_its_line_in_russian(tmp_path: Path, broken: str, line: int, text: str) -> None:
    problems = said(read(tmp_path, HEAD + broken + END))
    assert text in [problem.text for problem in problems]
    found = next(problem for problem in problems if problem.text == text)
    assert found.line == HEAD.count("\n") + 1 + line


def test_lines_beyond_65_535_are_still_named(tmp_path: Path) -> None:
    pieces = read(tmp_path, HEAD + "\n" * 70_000 + place(workers="x") + END)
    assert said(pieces)[0].line > 70_000


def test_control_digits_of_the_employer_are_checked(tmp_path: Path) -> None:
    pieces = read(tmp_path, HEAD.replace("0098765437", "0098765438") + place() + END)
    assert "не сходится контрольное число" in head_problems(pieces[0])[0].text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('<!DOCTYPE a [<!ENTITY x "y">]>' + HEAD + END, "DOCTYPE"),
        ("<Other/>", "корнем Attestation"),
        ('<Attestation xmlns="urn:x"/>', "без пространства имён"),
        (HEAD, "обрезан"),
        ("", "пуст"),
        ("not xml", "не читается как XML"),
    ],
)
def test_a_file_that_is_no_report_is_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(FileRefused, match=why):
        read(tmp_path, text)


def test_another_encoding_than_declared_is_named_as_the_cause(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes((HEAD + place() + END).encode("cp1251"))
    with pytest.raises(FileRefused, match="не той кодировки") as refused, sout_stream(path) as stream:
        list(sout_read(stream))
    assert refused.value.line > 0


def test_an_entity_after_a_long_comment_is_refused_too(tmp_path: Path) -> None:
    text = f'<!--{"x" * 70_000}--><!DOCTYPE a [<!ENTITY x "y">]>' + HEAD + place() + END
    with pytest.raises(FileRefused, match="DOCTYPE"):
        read(tmp_path, text)


def packed(tmp_path: Path, **files: bytes) -> Path:
    path = tmp_path / "отчёт.suot"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name.replace("_", "."), content)
    return path


def test_a_package_holds_exactly_one_xml(tmp_path: Path) -> None:
    one, two = (HEAD + place() + END).encode(), b"<a/>"
    with sout_stream(packed(tmp_path, отчёт_xml=one)) as stream:
        assert len(list(sout_read(stream))) == 3
    for files in ({"a_xml": one, "b_xml": two}, {"a_txt": one}):
        with pytest.raises(FileRefused, match="ровно один"), sout_stream(packed(tmp_path, **files)):
            pass


def test_a_bomb_is_refused_by_its_ratio_and_by_its_size(tmp_path: Path) -> None:
    path = packed(tmp_path, a_xml=b"<Attestation>" + b" " * 20_000_000)
    with pytest.raises(FileRefused, match="бомба"), sout_stream(path):
        pass
    small = packed(tmp_path, a_xml=(HEAD + place() * 50 + END).encode())
    with pytest.raises(FileRefused, match="больше"), sout_stream(small, limit=1000):
        pass
    with pytest.raises(FileRefused, match="больше"), sout_stream(_bare(tmp_path), limit=4000) as stream:
        list(sout_read(stream))


def _bare(tmp_path: Path) -> Path:
    path = tmp_path / "a.xml"
    path.write_text(HEAD + place() * 50 + END)
    return path


def test_memory_holds_one_workplace_at_a_time(tmp_path: Path) -> None:
    numbers = [place(str(number)) for number in range(300)]
    path = tmp_path / "a.xml"
    path.write_text(HEAD + "".join(numbers) + END)
    with sout_stream(path) as stream:
        for piece in sout_read(stream):
            assert not isinstance(piece, Head) or "WorkPlaceDeclared" not in piece.tree["Enterprise"]
            assert not isinstance(piece, Tail | Group) or not piece.problems


def canonical(text: bytes) -> bytes:
    tree = etree.fromstring(text, etree.XMLParser(remove_blank_text=True))
    return etree.tostring(tree, method="c14n")


@schemas
@pytest.mark.parametrize("name", ["sample_sout.suot", "sample_sout.xml"])
def test_the_sample_is_read_and_written_back_equal(name: str) -> None:
    with sout_stream(SHARED / name) as stream:
        pieces: list[Any] = list(sout_read(stream))
    assert not said(pieces)
    places = [(TAGS[piece.kind], piece.tree) for piece in pieces if isinstance(piece, PlaceRead)]
    written = "".join(sout_write(pieces[0].tree, places)).encode()
    assert canonical(written) == canonical((SHARED / "sample_sout.xml").read_bytes())


def invented(kind: Kind, random: Random, depth: int = 0) -> Any:  # noqa: C901 - a small generator
    """Make a tree of a kind, full at random."""
    tree: dict[str, Any] = {}
    for name, (simple, needed) in kind.attributes.items():
        if needed or random.random() < 0.5:
            tree[f"@{name}"] = text_of_kind(simple.name, random)
    if not kind.parts and kind.body is None:
        return tree
    if not kind.parts:
        text = text_of_kind(kind.body.name, random) if kind.body else ""
        return tree | {"": text} if tree else text
    alternatives = {name for names in kind.choices for name in names if name != random.choice(names)}
    chosen = {random.choice(names) for names in kind.choices}
    for name, part in kind.parts.items():
        if name in alternatives | chosen:
            if name in chosen:
                tree[name] = invented(part.kind, random, depth + 1)
            continue
        most = min(part.high or part.low + 1, part.low + 1)
        count = random.randint(part.low, most) if depth < 5 else part.low
        if count:
            made = [invented(part.kind, random, depth + 1) for _ in range(count)]
            tree[name] = made if part.many else made[0]
    return tree


ids = iter(range(10**9))
SAMPLES = {
    "text": "текст & <знаки>", "number": "1.5", "whole": "3", "day": "2025-01-31",
    "moment": "2025-01-31T10:00:00",
    "OGRN": "1020000000019", "INN": "0012345673", "KPP": "770101001", "OKPO": "12345678", "OKOGU": "4100104",
    "OKVEDKod": "24.10", "OKATO": "45293554000", "Snils": "Отсутствует", "ref": "E1",
    "Duration": "0.5",
    "CertificateNumber": "RA.RU.21АБ12", "MeasuringToolFundNumber": "12345-16", "ProfessionKod": "20336",
    "DurationMinutes": "120", "DurationSeconds": "60", "RegionKod": "35", "WorkingConditions": "3.1",
    "Version": "1.0.3",
    "WorkCategoryKod": "IIа", "LaserDangerType": "III", "Sign": "более", "AgentKod": "631",
    "NoiseOctaveKod": "15",
    "InfrasoundOctaveKod": "3", "UltrasoundOctaveKod": "41", "LocalVibrationOctaveKod": "9",
    "RFFieldHeightValues": "1",
    "OverallVibrationOctaveKod": "-1", "UltravioletHeightValues": "1", "ExpertRegistrationNumber": "12",
}  # fmt: skip


def text_of_kind(name: str, random: Random) -> str:
    return f"Z{next(ids)}" if name == "id" else SAMPLES.get(name, "1")


@schemas
@pytest.mark.parametrize("seed", range(12))
def test_whatever_our_form_allows_the_official_schema_allows(seed: int, tmp_path: Path) -> None:
    random = Random(seed)  # noqa: S311 - a sample, no secret
    head = invented(form(), random)
    expert = {"@Id": "E1", "Name": {"LastName": "П", "FirstName": "П"}, "Position": "эксперт"}
    head["AttestationOrganization"]["Workers"] = {"Expert": [expert]}
    places = [(tag, tree) for tag in (*PLACE_TAGS, GROUP) for tree in head["Enterprise"].pop(tag, [])]
    order = list(form().parts["Enterprise"].kind.parts)
    places.sort(key=lambda each: order.index(each[0]))
    path = tmp_path / "a.xml"
    path.write_text("".join(sout_write(head, places)))
    with sout_stream(path) as stream:
        assert not xsd_problems(stream, SHARED / "Sout_1.0.3.xsd")
    with sout_stream(path) as stream:
        pieces = list(sout_read(stream))
    assert not [each for piece in pieces for each in piece.problems]
    back = [(TAGS[piece.kind], piece.tree) for piece in pieces if isinstance(piece, PlaceRead)]
    assert back == [each for each in places if each[0] != GROUP]


@schemas
def test_our_form_and_the_official_schema_name_the_same_faults(tmp_path: Path) -> None:
    good = (SHARED / "sample_sout.xml").read_text()
    for before, after in (
        ("<Noise>", "<Nose>"),
        ("<INN>0098765437", "<INN>98"),
        ("<Date>2025-11-20", "<Date>вчера"),
    ):
        path = tmp_path / "a.xml"
        path.write_text(
            good.replace(before, after).replace("</Noise>", "</Noise>" if after != "<Nose>" else "</Nose>")
        )
        with sout_stream(path) as stream:
            official = {problem.line for problem in xsd_problems(stream, SHARED / "Sout_1.0.3.xsd")}
        with sout_stream(path) as stream:
            ours = {problem.line for piece in sout_read(stream) for problem in piece.problems}
        assert official <= ours, (before, official, ours)


def test_without_schemas_the_reason_is_said() -> None:
    assert "official schemas not found" in SKIPPED


def test_a_missing_schema_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="не читается"):
        xsd_problems(io.BytesIO(b""), tmp_path / "no.xsd")  # type: ignore[arg-type]
