"""Programmes for 100 000 workers with reasons against a loop that only unions the same sets.

What the loop does not union - the center and the contraindications - is counted when looked at,
and has its own line below.
"""

import datetime as dt
import gc
import random
import time
from itertools import starmap

import pytest

from medtrud.domains.exams.public import programme
from medtrud.domains.exams.types import Earlier, FactorFacts, Facts, Service
from medtrud.domains.hazards.types import annex_on
from medtrud.kernel.dates import age_on

pytestmark = pytest.mark.bench

DAY = dt.date(2026, 3, 1)
WORKERS, POSTS, LIMIT, ROUNDS = 100_000, 2_000, 3, 5


def population(posts, earlier=0.0, seed=29):
    """Workers on so many different workplaces, of all ages, two thirds with a dated service."""
    chance = random.Random(seed)
    codes = [row.code for row in annex_on(DAY).values() if row.assignable]
    places = [
        tuple(FactorFacts(code) for code in chance.sample(codes, chance.randint(1, 6))) for _ in range(posts)
    ]
    found = []
    for _ in range(WORKERS):
        since = DAY - dt.timedelta(days=chance.randrange(60, 12_000))
        results = tuple(
            Earlier(name, DAY - dt.timedelta(days=chance.randrange(700)), "диспансеризация")
            for name in chance.sample(
                ["общий анализ крови", "флюорография", "Визометрия", "врач-терапевт"], 2
            )
        )
        found.append(
            Facts(
                sex=chance.choice(("male", "female")),
                birth_date=DAY - dt.timedelta(days=chance.randrange(17 * 365, 70 * 365)),
                factors=chance.choice(places),
                kind="periodic",
                sout_class="3.1" if chance.random() < 0.66 else "",
                service=(Service(since, None, "3.1"),) if chance.random() < 0.66 else (),
                earlier=results if chance.random() < earlier else (),
            )
        )
    return found


def sets_of(workers):
    """For every worker: the frozen sets of the scope for all and of his factors, as the bare loop gets them."""
    rows, kept = {}, {}

    def row(facts, factor, rule):
        key = (rule, factor.code if rule == "annex" else "", facts.sex, age_on(facts.birth_date, DAY))
        if key not in rows:
            outcome = programme(Facts(facts.sex, facts.birth_date, (factor,)), DAY).outcome
            of_all = rule == "base"
            both = tuple(
                frozenset(x.code for x in lines if any((w.rule == "base_scope") == of_all for w in x.reasons))
                for lines in (outcome.specialists, outcome.tests)
            )
            rows[key] = kept.setdefault(both, both)
        return rows[key]

    def sets(facts):
        own = [row(facts, factor, "annex") for factor in facts.factors]
        return tuple(zip(row(facts, facts.factors[0], "base"), *own, strict=True))

    return [sets(facts) for facts in workers]


def bare(sets):
    return [(frozenset().union(*specialists), frozenset().union(*tests)) for specialists, tests in sets]


def seconds(work, rounds=ROUNDS):
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        gc.disable()
        begin = time.process_time()
        kept = work()
        best = min(best, time.process_time() - begin)
        gc.enable()
        del kept
    return best


def test_programmes_with_reasons_cost_at_most_three_bare_unions():
    workers = population(POSTS)
    sets = sets_of(workers)
    others = (population(POSTS, seed=seed) for seed in range(ROUNDS))  # nothing of them is remembered yet
    cold = min(seconds(lambda p=p: [programme(facts, DAY) for facts in p], rounds=1) for p in others)
    warm = seconds(lambda: [programme(facts, DAY) for facts in workers])
    union = seconds(lambda: bare(sets))
    reused = population(POSTS, earlier=0.3)
    personal = seconds(lambda: [programme(facts, DAY) for facts in reused], rounds=1)
    looked = seconds(lambda: [_looked(programme(facts, DAY).outcome) for facts in workers], rounds=1)
    strange = population(WORKERS)[: WORKERS // 20]
    alone = seconds(lambda: [programme(facts, DAY) for facts in strange], rounds=1) * 20
    print(f"\nbare union of sets, 100 000 workers      {union:6.2f} s")
    for name, price in (
        (f"programmes with reasons, {POSTS} workplaces", warm),
        ("the same, first time", cold),
        ("the same, 30 % with earlier results", personal),
        ("the same, center and contraindications", looked),
        ("every workplace unlike any other", alone),
    ):
        print(f"{name:41}{price:6.2f} s   x{price / union:.1f}")
    assert cold / union <= LIMIT
    assert all(starmap(_explained, zip(workers[:200], sets, strict=False)))


def _looked(outcome):
    return outcome, outcome.center, outcome.contraindications


def _explained(facts, sets):
    outcome = programme(facts, DAY).outcome
    specialists, tests = bare([sets])[0]
    assert specialists <= {line.code for line in outcome.specialists}
    assert tests <= {line.code for line in outcome.tests}
    return all(line.reasons for line in outcome.lines)
