"""The analysis against a set of ten people counted by hand: docs/worked/absences.md shows the arithmetic."""

import datetime as dt

import pytest
from scipy.stats import chi2

from medtrud.domains.absences.public import absence_add, absence_cancel, analysis, medical_set
from medtrud.domains.absences.rules.figures import screened
from medtrud.domains.absences.rules.intervals import days_limits, poisson_limits, ratio_limits
from medtrud.domains.absences.types import NewMedical
from medtrud.domains.absences.types.figures import Analysis, Figures, Section
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import division_open, employment_close, employments_of

from .conftest import JOB, Plant

YEAR = (dt.date(2025, 1, 1), dt.date(2026, 1, 1))


def d(text: str) -> dt.date:
    day, month, year = text.split(".")
    return dt.date(int(year), int(month), int(day))


class Control(Plant):
    """The ten people of the worked document."""

    def __init__(self) -> None:
        super().__init__("Контрольный завод")
        units = [division_open(self.hr, employer=self.row.pk, title=title) for title in ("А", "Б")]
        a, b = (unit.uid for unit in units)
        self.a = [self.hire(division=a) for _ in range(6)]
        self.b = [self.hire(division=b, sex="female") for _ in range(3)]
        self.b.append(self.hire(division=b, since=d("2.7.2025")))
        leaving = employments_of(self.hr, person=self.a[5]).get()
        employment_close(self.hr, employment=leaving.uid, until=d("2.7.2025"))
        self.leaves()

    def leaves(self) -> None:
        add = self.add
        add(self.a[0], "10.2.2025", "20.2.2025", reason="01")
        add(self.a[0], "20.12.2024", "1.1.2025", reason="01")
        add(self.a[0], "1.1.2025", "6.1.2025", reason="01")
        add(self.a[1], "3.3.2025", "17.3.2025", reason="02")
        add(self.a[2], "1.4.2025", "1.5.2025", reason="04")
        add(self.a[2], "1.5.2025", "11.5.2025", reason="04")
        add(self.b[0], "5.6.2025", "10.6.2025", reason="01")
        add(self.b[0], "7.7.2025", "14.7.2025", reason="01")
        add(self.b[1], "1.9.2025", "8.9.2025", reason="09")
        add(self.b[2], "1.9.2024", "19.1.2025", reason="05")
        absence_add(self.hr, absence=self.away(self.a[3], d("20.12.2025")))
        absence_add(self.hr, absence=self.away(self.a[4], d("1.7.2025"), d("15.7.2025"), kind="vacation"))
        wrong = absence_add(self.hr, absence=self.away(self.a[1], d("1.8.2025"), d("9.8.2025")))
        absence_cancel(self.hr, absence=wrong.uid, why="ошибка")

    def add(self, person: int, since: str, until: str, reason: str) -> None:
        absence_add(self.hr, absence=self.away(person, d(since), d(until), reason=reason))

    def report(self, actor: Actor = JOB) -> Analysis:
        return analysis(actor, employer=self.row.pk, since=YEAR[0], until=YEAR[1])


@pytest.fixture
def control(db: None) -> Control:
    return Control()


def row(report: Analysis, section: str, title: str) -> Figures:
    return next(row for row in report.sections[section].rows if row.title.startswith(title))


def test_the_totals_are_those_counted_by_hand(control: Control) -> None:
    report = control.report()
    total = report.total
    assert total.workers == pytest.approx(9.0)  # 3285 person-days / 365
    assert (total.cases, total.days, total.persons) == (7, 100, 5)
    assert total.cases_rate == pytest.approx(77.7778, abs=1e-4)
    assert total.days_rate == pytest.approx(1111.1111, abs=1e-4)
    assert total.mean == pytest.approx(14.2857, abs=1e-4)
    assert total.cases_limits == pytest.approx((31.2707, 160.2513), abs=1e-3)
    assert (report.maternity.cases, report.maternity.days) == (1, 140)
    assert report.unfinished == 1
    assert report.work_related == 1


def test_health_index_and_scale_are_those_counted_by_hand(control: Control) -> None:
    report = control.report()
    assert (report.year_round, report.ill) == (8, 4)
    assert report.health_index == pytest.approx(50)
    assert report.level is not None
    assert (report.level.by_cases, report.level.by_days) == ("ниже среднего", "выше среднего")
    assert report.level.worse == "выше среднего"


def test_a_day_before_the_scale_has_no_level(control: Control) -> None:
    report = analysis(JOB, employer=control.row.pk, since=dt.date(29, 8, 20), until=dt.date(30, 8, 20))
    assert report.level is None


def test_units_and_reasons_are_those_counted_by_hand(control: Control) -> None:
    report = control.report()
    a, b = row(report, "unit", "А"), row(report, "unit", "Б")
    assert (a.cases, a.days, round(a.workers, 4)) == (4, 81, 5.4986)
    assert (b.cases, b.days, round(b.workers, 4)) == (3, 19, 3.5014)
    assert a.cases_rate == pytest.approx(72.7454, abs=1e-3)
    reasons = {each.title[:2]: (each.cases, each.days) for each in report.sections["reason"].rows}
    assert reasons == {"01": (4, 39), "02": (1, 14), "04": (1, 40), "09": (1, 7)}
    assert (row(report, "sex", "женщины").cases, row(report, "sex", "мужчины").cases) == (3, 4)
    january = row(report, "season", "январь")
    assert (january.cases, january.days, january.workers) == (1, 17, 9.0)


def test_classes_of_diagnoses_are_for_those_who_treat(control: Control) -> None:
    doctor = control.clinic(*control.a, *control.b)
    leave = absence_add(doctor, absence=control.away(control.a[4], d("1.11.2025"), d("11.11.2025")))
    medical_set(doctor, absence=leave.uid, medical=NewMedical(diagnosis="J20.9"))
    classes = control.report(doctor).sections["icd"].rows
    assert [(each.title[:2], each.cases, each.days) for each in classes] == [("X ", 1, 10), ("ди", 7, 100)]
    assert "icd" not in control.report(control.hr).sections


def test_the_employer_sees_no_row_of_one_to_four_cases(control: Control) -> None:
    report = control.report(control.hr)
    assert report.total.cases == 7
    assert all(each.hidden and not each.days for each in report.sections["unit"].rows)
    assert all(each.hidden for each in report.sections["reason"].rows)


def test_one_hidden_row_takes_the_smallest_shown_one_with_it() -> None:
    rows = [Figures(n, str(n), 10, cases, cases * 9, cases) for n, cases in enumerate((9, 0, 3, 6))]
    shown = screened(Section("unit", "", rows), apart=True).rows
    assert [each.hidden for each in shown] == [False, False, True, True]
    alone = screened(Section("factor", "", rows), apart=False).rows
    assert [each.hidden for each in alone] == [False, False, True, False]


@pytest.mark.parametrize("count", [0, 1, 7, 30, 400])
def test_limits_of_a_count_are_the_quantiles_of_chi_square(count: int) -> None:
    low, high = poisson_limits(count)
    assert low == pytest.approx(chi2.ppf(0.025, 2 * count) / 2 if count else 0)
    assert high == pytest.approx(chi2.ppf(0.975, 2 * count + 2) / 2)


def test_limits_of_days_are_the_same_every_time_and_hold_the_rate() -> None:
    people = [(0, 365)] * 700 + [(10, 365)] * 200 + [(40, 180)] * 100
    limits = days_limits(people, 365)
    assert limits == days_limits(reversed(people), 365)
    assert limits is not None
    rate = sum(ill for ill, _ in people) / (sum(days for _, days in people) / 365) * 100
    assert limits[0] < rate < limits[1]
    assert rate - limits[0] < rate * 0.2
    assert days_limits([(0, 365)] * 9, 365) is None


def test_a_ratio_of_equal_rates_leaves_one_inside_its_limits() -> None:
    limits = ratio_limits(20, 100, 20, 100)
    assert limits is not None
    assert limits[0] < 1 < limits[1]
    assert limits[0] == pytest.approx(1 / limits[1])
    assert ratio_limits(0, 100, 20, 100) is None


def test_a_period_that_ends_before_it_begins_is_refused(control: Control) -> None:
    with pytest.raises(Refused, match="раньше первого"):
        analysis(JOB, employer=control.row.pk, since=YEAR[1], until=YEAR[0])
