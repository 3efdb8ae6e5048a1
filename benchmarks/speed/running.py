"""The page of a running pilot with 10,000 learners: four weeks of it behind them, and four weeks of practice before it.

``python -m benchmarks running`` prints the median of wall-clock and CPU milliseconds of the page, over Django, and of what the
database does for it. Bar: 500 ms.
"""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np
from benchmarks.speed.board import timed
from benchmarks.speed.school import fresh_school

LEARNERS, CLASSES, WEEKS, EACH = 10_000, 400, 4, 20
BAR = 500.0
"""Milliseconds of the page, wall clock."""
CHOSEN = """
    INSERT INTO school_decision (district_id, learner_id, after, activity, skill, reason, reason_code, alternatives, propensity,
      predicted, model, policy, curriculum, seed, overrides, at)
    SELECT district_id, learner_id, event, item, 's', '{}', 'fits', '[]', 0.5, 0.7, 'm', 'p', curriculum, '1',
      CASE WHEN id %% 20 = 0 THEN '["arm x gave way to tier y"]'::jsonb ELSE '[]'::jsonb END, now
    FROM school_evidence WHERE district_id = %s ORDER BY id
"""


def run() -> dict[str, Any]:
    """Print and return the figures."""
    figures: dict[str, Any] = {"bar_ms": BAR}
    with fresh_school():
        import django

        django.setup()
        from django.db import connection, connections
        from django.test import Client
        from django.test.utils import CaptureQueriesContext
        from tests.school.evidence.trial import DAY, make_trial, practise

        from headway.school.evidence.pilots.actions import save_draft, start
        from headway.school.people.sign_in import demo_link_token
        from headway.school.people.tenancy import in_district

        now, rng = time.time(), np.random.default_rng(0)
        trial = make_trial(learners=LEARNERS, classes=CLASSES, sites=14)
        begin = now - WEEKS * 7 * DAY
        for week in range(-WEEKS, WEEKS):
            practise(trial, begin + week * 7 * DAY, begin + (week + 1) * 7 * DAY, each=EACH, rng=rng)
        with in_district(trial.district), connection.cursor() as cursor:
            cursor.execute(CHOSEN, [trial.district])
            row = save_draft(by=trial.leader, draft=trial.draft(), now=begin)
            start(pilot=row.id, by=trial.leader, now=begin, reason="To be timed.")
        vacuum()
        client = Client(SERVER_NAME="localhost")
        client.get(f"/demo/sign-in/{demo_link_token(trial.leader)}")

        def load() -> object:
            answer = client.get(f"/pilots/{row.id}")
            assert answer.status_code == 200
            return answer

        figures["page"] = timed(load, 7)
        with CaptureQueriesContext(connection) as queries:
            load()
        slow = sorted(queries, key=lambda each: -float(each["time"]))
        figures["queries"] = len(queries)
        figures["database_ms"] = round(1000.0 * sum(float(each["time"]) for each in slow))
        figures["slowest"] = [(each["time"], each["sql"][:90]) for each in slow[:4]]
        for each in connections.all(initialized_only=True):
            each.close()
            each.close_pool()  # type: ignore[attr-defined]
    print(json.dumps(figures, indent=2))
    return figures


def vacuum() -> None:
    """What the database does by itself after a while."""
    import os

    import psycopg

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    run()
