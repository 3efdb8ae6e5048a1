"""A two-site district of 400 learners, 100 pilots with a planted .25 SD and 100 without any effect, through the product's doors.

Each pilot is drafted, promised, started, practised and looked at as a leader would. Planted effects have to be found as often as
the page promised (95 % binomial interval about the share found), and at most 9 of 100 pilots without one may find it.
Figures stay in ``build/prove/trials.json``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import numpy as np
from scipy.stats import binomtest

RUNS, EACH, PLANTED, MOST_ALARMS = 100, 20, 0.25, 9


def run(state: dict[str, Any], ends: float) -> Iterator[str]:
    """Go on until all pilots are done or the time is over."""
    from headway.cli.database import migrate
    from headway.cli.home import database_urls, start_postgres
    from headway.cli.school import close_connections
    from tests import conftest

    server = start_postgres(conftest.DIRECTORY)
    try:
        database_urls(server)
        migrate()
        runs = state.setdefault("runs", [])
        from tests.school.evidence.trial import make_trial

        trial = make_trial(seed=7)
        stretch = state.setdefault("stretch", _stretch(trial))
        while len(runs) < 2 * RUNS and time.monotonic() < ends:
            runs.append(_one(trial, len(runs), stretch))
            yield f"{len(runs)} of {2 * RUNS} pilots"
        if len(runs) >= 2 * RUNS:
            yield from _judged(state, runs)
    finally:
        close_connections()
        server.cleanup()


def _judged(state: dict[str, Any], runs: list[dict[str, Any]]) -> Iterator[str]:
    planted = [each for each in runs if each["planted"]]
    found = sum(each["found"] for each in planted)
    alarms = sum(each["found"] for each in runs if not each["planted"])
    low, high = binomtest(found, len(planted)).proportion_ci(0.95)
    promised = float(np.mean([each["promised"] for each in planted]))
    state |= {"found": found, "alarms": alarms, "promised": promised, "interval": [float(low), float(high)],
              "g": float(np.mean([each["g"] for each in planted])),
              "covered": sum(each["low"] <= each["true"] <= each["high"] for each in runs)}  # fmt: skip
    yield (f"found {found} of {len(planted)} (promised {100 * promised:.1f}, interval {100 * low:.1f} to {100 * high:.1f}), "
           f"{alarms} alarms of {len(runs) - len(planted)}, mean g {state['g']:.3f}")  # fmt: skip
    assert low <= promised <= high, "the page promises what is not so"
    assert alarms <= MOST_ALARMS, "pilots without an effect find one"
    state["complete"] = True


def _stretch(trial: Any) -> float:
    """By how much an outcome moves for a logit of true ability: what is planted is meant in deviations of the outcome, and
    abilities from a few answers are stretched outwards. The same answers by chance with and without a gain."""
    from headway.core.evidence.pilots.shown import abilities
    from tests.school.evidence.trial import items_of

    rng, hard = np.random.default_rng(99), np.array([hard for _item, hard, _skill in items_of(trial)])
    people, gain = len(trial.ability), 0.3
    learner, moved = np.repeat(np.arange(people), EACH), []
    for _ in range(40):
        given, luck = rng.choice(hard, size=people * EACH), rng.random(people * EACH)
        theta = [
            abilities(
                learner,
                given,
                (luck < 1.0 / (1.0 + np.exp(given - trial.ability[learner] - more))).astype(float),
                people,
            )[0]
            for more in (0.0, gain)
        ]
        moved.append(float((theta[1] - theta[0]).mean()) / gain)
    return float(np.mean(moved))


def _one(trial: Any, number: int, stretch: float) -> dict[str, Any]:
    """A pilot of its own, taken back when it has been read; every second one without an effect."""
    from headway.school.evidence.pilots.actions import save_draft, start
    from headway.school.evidence.pilots.cohort import promise
    from headway.school.evidence.pilots.looks import look
    from headway.school.models import Pilot, PilotSeat
    from headway.school.people.tenancy import in_district
    from tests.school.evidence.trial import DAY, NEW, START, practise

    rng, planted = np.random.default_rng(10_000 + number), number % 2 == 0
    with in_district(trial.district) as unit:
        practise(trial, START - 56 * DAY, START, each=2 * EACH, rng=rng)
        draft = trial.draft(worth=PLANTED, subgroups=())
        promised = promise(draft, district=trial.district, now=START)
        # Its id is the seed of the dealing.
        key = UUID(int=int(rng.integers(2**62)))
        Pilot.objects.create(id=key, district_id=trial.district, question="-", by=trial.leader, at=START)
        row = save_draft(by=trial.leader, draft=draft, now=START, pilot=key)
        frozen = start(pilot=row.id, by=trial.leader, now=START, reason="A proof.")
        seats = list(PilotSeat.objects.filter(pilot=row))
        sd = float(np.std([seat.pretest for seat in seats if seat.pretest is not None]))
        gain = PLANTED * sd / stretch if planted else 0.0
        shift = {seat.learner_id: gain for seat in seats if seat.arm == NEW.name}
        practise(trial, frozen.ends - 28 * DAY, frozen.ends, each=EACH, rng=rng, shift=shift)
        result = look(pilot=row.id, by=trial.leader, now=frozen.ends + 1.0).body["results"][0]
        unit.roll_back()
    return {
        "planted": planted, "found": bool(result["significant"] and result["g"] > 0) if planted else result["significant"],
        "promised": promised.chance, "smallest": promised.smallest, "g": result["g"], "low": result["g_low"],
        "high": result["g_high"], "true": PLANTED if planted else 0.0,
    }  # fmt: skip
