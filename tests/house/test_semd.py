"""`medtrud semd` as people and programs meet it."""

import json
from pathlib import Path

import pytest

from medtrud.project import semd

OFFICIAL = Path(__file__).parents[3] / "shared" / "schemas" / "semd"
SAMPLE = OFFICIAL / "sample_194.xml"
official = pytest.mark.skipif(
    not OFFICIAL.exists(),
    reason=f"official schemas not found at {OFFICIAL}: XSD and schematron checks skipped",
)


@official
def test_the_command_loads_schemas_and_answers_with_line_rule_cause_and_step(
    tmp_path, monkeypatch, capfdbinary
):
    monkeypatch.setattr(semd, "SEMD_SCHEMAS", tmp_path / "schemas")
    assert semd.run(["schemas"]) == 3
    assert semd.run(["validate", str(SAMPLE)]) == 3
    assert "нет схемы" in capfdbinary.readouterr().out.decode()
    assert semd.run(["load", str(OFFICIAL / "194")]) == 0
    assert semd.run(["schemas"]) == 0
    assert semd.run(["validate", str(SAMPLE)]) == 0
    path = tmp_path / "semd.xml"
    path.write_text(
        SAMPLE.read_text(encoding="utf8").replace("987-654-321 83", "987-654-321 84"), encoding="utf8"
    )
    capfdbinary.readouterr()
    assert semd.run(["validate", str(path), "--json"]) == 2
    answer = json.loads(capfdbinary.readouterr().out)
    (error,) = answer["errors"]
    assert (error["layer"], error["rule"], error["line"]) == ("own", "own:snils", 17)
    assert error["path"] == "/ClinicalDocument/recordTarget/patientRole/id[2]"
    assert "контрольное число" in error["text"]
    assert "карту работника" in error["step"]


@pytest.mark.parametrize(
    "words", [["validate"], ["validate", "/"], ["validate", "absent.xml"], ["nonsense"], ["load", "absent"]]
)
def test_a_command_that_cannot_be_done_says_why_and_ends_with_two(words, capfd):
    assert semd.run(words) == 2
    assert capfd.readouterr().err.strip()
    assert semd.run([*words, "--json"]) == 2
    assert json.loads(capfd.readouterr().out)["error"]


def test_help_is_told(capfd):
    assert semd.run([]) == 0
    assert "MEDTRUD_SEMD_SCHEMAS" in capfd.readouterr().out
