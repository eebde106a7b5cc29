"""The act over ten thousand conclusions, beside one bare aggregate over the same rows."""

import datetime as dt
import time

import pytest
from django.db import connection

from medtrud.domains.exams.actions.conclusion import conclusion_give
from medtrud.domains.exams.actions.diagnosis import finding_decide
from medtrud.domains.exams.models import Conclusion, Diagnosis
from medtrud.domains.exams.public import act_numbers
from medtrud.domains.exams.queries.checks import open_findings
from medtrud.domains.exams.tests.conftest import BOOK
from medtrud.domains.exams.tests.world import DAY, JOB, NOISE, World
from medtrud.domains.exams.types.results import NewConclusion, NewDiagnosis
from medtrud.domains.exams.types.states import Decision
from medtrud.registries.reference.public import book_add, edition_approve, edition_compare, edition_load

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

PEOPLE, BASE, GOAL = 10_000, 1_000_000, 5
AS_OF = dt.date(2026, 3, 31)
SELF = f"{BASE} + g"
COPIES = {  # table: what differs in a copy, in SQL; g is the number of the copy
    "people_person": {"sex": "CASE WHEN g %% 3 = 0 THEN 'female' ELSE 'male' END"},
    "organizations_employment": {"person_id": SELF, "personnel_number": "g::text"},
    "exams_rollentry": {"person_id": SELF, "employment_id": SELF},
    "exams_referral": {"person_id": SELF, "employment_id": SELF, "roll_entry_id": SELF, "number": SELF},
    "exams_exam": {
        "person_id": SELF,
        "employment_id": SELF,
        "roll_entry_id": SELF,
        "referral_id": SELF,
        "barred": "g %% 10 = 0",
    },
    "exams_conclusion": {
        "person_id": SELF,
        "employment_id": SELF,
        "exam_id": SELF,
        "number": SELF,
        "contraindicated": "CASE WHEN g %% 10 = 0 THEN ARRAY['4.4'] ELSE ARRAY[]::varchar[] END",
    },
    "exams_conclusionmedical": {
        "person_id": SELF,
        "exam_id": SELF,
        "conclusion_id": SELF,
        "center": "g %% 7 = 0",
        "dispensary": "g %% 4 = 0",
    },
    "exams_diagnosis": {"person_id": SELF, "exam_id": SELF, "line_id": "NULL"},
}
BARE = """
SELECT count(*), count(*) FILTER (WHERE p.sex = 'female'), count(*) FILTER (WHERE p.birth_date > %s),
    count(*) FILTER (WHERE e.barred), count(*) FILTER (WHERE m.further_exam), count(*) FILTER (WHERE m.center),
    count(*) FILTER (WHERE m.outpatient), count(*) FILTER (WHERE m.inpatient),
    count(*) FILTER (WHERE m.sanatorium), count(*) FILTER (WHERE m.dispensary), count(d.id),
    count(*) FILTER (WHERE d.first_time AND d.chronic AND d.nature = 'somatic')
FROM exams_conclusion c
JOIN exams_conclusionmedical m ON m.conclusion_id = c.id
JOIN exams_exam e ON e.id = c.exam_id
JOIN exams_rollentry r ON r.id = e.roll_entry_id AND r.removed_on IS NULL
JOIN people_person p ON p.id = c.person_id
LEFT JOIN exams_diagnosis d ON d.exam_id = e.id AND d.withdrawn_reason = ''
WHERE c.campaign_id = %s AND c.current
"""


def one_campaign():
    """One whole visit through the actions, then its rows ten thousand times."""
    book_add(JOB, code="mkb10", title="МКБ-10")
    edition = edition_load(JOB, book="mkb10", version="2.24", content=BOOK.encode(), name="mkb10.csv")
    edition_compare(JOB, edition=edition.uid)
    edition_approve(JOB, edition=edition.uid, since=dt.date(2020, 1, 1))
    world = World()
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    campaign = world.campaign()
    exam = world.start(turner)
    world.fill(exam, NewDiagnosis("J45.0", first_time=True, chronic=True))
    for finding in open_findings(exam):
        finding_decide(world.chair, finding=finding.uid, decision=Decision.REJECTED, reason="лёгкая")
    conclusion_give(world.chair, exam=exam.uid, given=NewConclusion("II"), on=DAY)
    rows = {
        "people_person": turner.person_id,
        "organizations_employment": turner.pk,
        "exams_rollentry": exam.roll_entry_id,
        "exams_referral": exam.referral_id,
        "exams_exam": exam.pk,
        "exams_conclusion": Conclusion.objects.unscoped("bench").get(exam=exam).pk,
        "exams_conclusionmedical": Conclusion.objects.unscoped("bench").get(exam=exam).medical.pk,
        "exams_diagnosis": Diagnosis.objects.unscoped("bench").get(exam=exam).pk,
    }
    with connection.cursor() as cursor:
        for table, key in rows.items():
            multiply(cursor, table, key, COPIES[table])
        cursor.execute("ANALYZE")
    return campaign


def multiply(cursor, table, key, changes):
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    changes = {"id": SELF, "uid": "gen_random_uuid()", **changes}
    names = [name for (name,) in cursor.fetchall()]
    values = ", ".join(changes.get(name, f'"{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    cursor.execute(
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table}, generate_series(1, %s) g WHERE id = %s",
        [PEOPLE, key],
    )


def best(func, times=5):
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        func()
        found.append(time.perf_counter() - begun)
    return min(found)


def test_the_act_over_ten_thousand_conclusions():
    campaign = one_campaign()

    def bare():
        with connection.cursor() as cursor:
            cursor.execute(BARE, [dt.date(2008, 3, 31), campaign.pk])
            return cursor.fetchone()

    numbers, counted = act_numbers(campaign, as_of=AS_OF), bare()
    assert counted[0] == PEOPLE + 1 == numbers.counts[8].total
    assert (counted[1], counted[3]) == (numbers.counts[8].women, numbers.counts[16].total)
    assert (counted[5], counted[9]) == (numbers.counts[18].total, numbers.counts[22].total)
    assert counted[11] == numbers.counts[24].total
    ours, theirs = best(lambda: act_numbers(campaign, as_of=AS_OF)), best(bare)
    print(f"\nакт по {PEOPLE:,} заключениям {ours * 1000:.0f} мс, один запрос {theirs * 1000:.0f} мс", end="")
    print(f", отношение {ours / theirs:.1f} (не больше {GOAL})")
    assert ours / theirs <= GOAL
