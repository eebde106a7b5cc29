"""Ways to divide people that this module knows itself: unit, post, sex, age, season."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import age_on
from medtrud.registries.organizations.public import Division, Post
from medtrud.registries.people.public import Person

from ..types.figures import Cut, Groups, Job, Member, Span

AGES = ((0, "до 20 лет"), (20, "20–29"), (30, "30–39"), (40, "40–49"), (50, "50–59"), (60, "60 лет и старше"))
SEXES = {"male": "мужчины", "female": "женщины"}
MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
NO_UNIT = "без подразделения"
WHO = "birth dates and sex of those employed, counted in groups"
_cuts: dict[str, Cut] = {}


def cut_declare(*cuts: Cut) -> None:
    """Take sections of the analysis from modules that know groups: factors, classes of conditions."""
    _cuts.update({cut.code: cut for cut in cuts})


def cuts() -> Sequence[Cut]:
    """Return the sections in the order in which they were declared."""
    return list(_cuts.values())


def _all(jobs: Iterable[Job], key: Callable[[Job], object]) -> list[Member]:
    return [Member(job.person, key(job), job.since, job.until) for job in jobs]


def _units(actor: Actor, jobs: Sequence[Job], span: Span) -> Groups:
    ids = {job.division for job in jobs if job.division}
    rows = Division.objects.visible_to(actor).filter(pk__in=ids).order_by("path", "pk")
    titles: dict[object, str] = {row.pk: row.path for row in rows}
    return Groups(_all(jobs, lambda job: job.division), titles | {None: NO_UNIT})


def _posts(actor: Actor, jobs: Sequence[Job], span: Span) -> Groups:
    ids = {job.post for job in jobs}
    rows = Post.objects.visible_to(actor).filter(pk__in=ids).order_by("title_key", "pk")
    known = dict(rows.values_list("pk", "title"))
    titles: dict[object, str] = {title: title for title in known.values()}
    return Groups(_all(jobs, lambda job: known.get(job.post)), titles)


def _sexes(actor: Actor, jobs: Sequence[Job], span: Span) -> Groups:
    sex = {pk: who[0] for pk, who in people_of(jobs).items()}
    return Groups(_all(jobs, lambda job: sex.get(job.person)), dict(SEXES))


def _ages(actor: Actor, jobs: Sequence[Job], span: Span) -> Groups:
    born = {pk: who[1] for pk, who in people_of(jobs).items()}

    def band(job: Job) -> str:
        age = age_on(born[job.person], span.since)
        youngest = AGES[0][1]  # a long span may begin before somebody was born
        return next((title for floor, title in reversed(AGES) if age >= floor), youngest)

    return Groups(_all(jobs, band), {title: title for _, title in AGES})


def _season(actor: Actor, jobs: Sequence[Job], span: Span) -> Groups:
    members, lengths = [], dict.fromkeys(range(1, 13), 0)
    for month in months_of(span):
        lengths[month.since.month] += month.days
        for job in jobs:
            since, until = max(job.since, month.since), min(job.until, month.until)
            if since < until:
                members.append(Member(job.person, month.since.month, since, until))
    return Groups(members, dict(enumerate(MONTHS, 1)), lengths)


def months_of(span: Span) -> list[Span]:
    """Return the calendar months of a span, cut at its ends."""
    found, since = [], span.since
    while since < span.until:
        following = dt.date(since.year + since.month // 12, since.month % 12 + 1, 1)
        found.append(Span(since, min(following, span.until)))
        since = following
    return found


def people_of(jobs: Iterable[Job]) -> dict[int, tuple[str, dt.date]]:
    """Return sex and birth date of those employed."""
    rows = Person.objects.unscoped(WHO).filter(pk__in={job.person for job in jobs})
    return {pk: (sex, born) for pk, sex, born in rows.values_list("pk", "sex", "birth_date")}


cut_declare(
    Cut("unit", "Подразделения", _units),
    Cut("post", "Профессии", _posts),
    Cut("sex", "Пол", _sexes),
    Cut("age", "Возраст", _ages),
    Cut("season", "Сезон (месяц начала)", _season),
)
