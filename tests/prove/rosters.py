"""Kill the import of a roster, or the database under it, at any moment: the district is as before or as after.

Two packages take turns: the one that is in force, and another with a tenth of the learners gone and other addresses. After
each kill all that a roster writes is summed up, without identifiers that a district makes itself, and compared with what the same
packages gave in a district that nobody disturbed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import psycopg

from headway.cli.home import database_urls, start_postgres
from tests.districts import MadeUp
from tests.prove.ledger_school import LedgerSchool
from tests.prove.rosters_take import main

ROUNDS = 50
LEARNERS = 1_500
STATE = """
SELECT md5(string_agg(line, '|' ORDER BY line)) FROM (
    SELECT concat_ws(',', 'record', kind, sourced_id, status, cells::text) AS line FROM school_rosterrecord
        WHERE district_id = %(d)s
    UNION ALL SELECT concat_ws(',', 'school', sourced_id, name, is_active) FROM school_school WHERE district_id = %(d)s
    UNION ALL SELECT concat_ws(',', 'person', sourced_id, given_name, family_name, email, grade, is_active) FROM school_person
        WHERE district_id = %(d)s
    UNION ALL SELECT concat_ws(',', 'section', sourced_id, title, subject, grade, is_active) FROM school_section
        WHERE district_id = %(d)s
    UNION ALL SELECT concat_ws(',', 'role', p.sourced_id, r.name, r.school_id IS NULL) FROM school_role r
        JOIN school_person p ON p.id = r.person_id WHERE r.district_id = %(d)s
    UNION ALL SELECT concat_ws(',', 'seat', s.sourced_id, p.sourced_id, e.role) FROM school_enrolment e
        JOIN school_person p ON p.id = e.person_id JOIN school_section s ON s.id = e.section_id WHERE e.district_id = %(d)s
    UNION ALL SELECT concat_ws(',', 'family', g.sourced_id, l.sourced_id, f.relation) FROM school_guardianship f
        JOIN school_person g ON g.id = f.guardian_id JOIN school_person l ON l.id = f.learner_id WHERE f.district_id = %(d)s
) AS everything
"""
"""All that a roster writes, in one sum; what a district invents itself (identifiers, times) is not in it."""


class Kills:
    """A district that is disturbed, beside one that is not. ``url`` is the owner's address of the database."""

    def __init__(self, folder: Path, url: str, learners: int) -> None:
        self.folder, self.url = folder, url
        self.packages = (folder / "a.zip", folder / "b.zip")
        MadeUp(learners).write(self.packages[0])
        MadeUp(learners - learners // 10, moved=7).write(self.packages[1])
        self.district, calm = self._district(), self._district()
        sums = []
        for path in self.packages:
            self._finish(calm, path)
            sums.append(self.sum_of(calm))
        self._finish(calm, self.packages[0])
        self.sums = {"a again": self.sum_of(calm), "b": sums[1]}
        self._finish(self.district, self.packages[0])
        self._finish(self.district, self.packages[1])
        self.now = self.sum_of(self.district)
        assert sums[0] != sums[1] and self.now == sums[1], "the packages do not give what they should"

    def _district(self) -> str:
        key = str(uuid4())
        with psycopg.connect(self.url) as connection:
            connection.execute("SELECT set_config('headway.district', %s, true)", [key])
            connection.execute(
                "INSERT INTO school_district (id, name, time_zone, created_at) VALUES (%s, %s, 'UTC', now())",
                [key, key],
            )
        return key

    def sum_of(self, district: str) -> str:
        """Everything that a roster has written in a district, in one sum."""
        with psycopg.connect(self.url) as connection:
            connection.execute("SELECT set_config('headway.district', %s, true)", [district])
            row = connection.execute(STATE, {"d": district}).fetchone()
        return str(row[0]) if row else ""

    def _start(self, district: str, path: Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.prove.rosters_take", district, str(path)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def _finish(self, district: str, path: Path) -> None:
        """Undisturbed, in this process."""
        main(district, str(path))

    def round(self, line: int, after: float, kill: Any = None) -> str:
        """Take in the package that is not in force; when it has said so many lines, wait and kill. Returns what is in force
        then. Raises AssertionError for a state that neither package gives."""
        ours = next(name for name, total in self.sums.items() if total == self.now)
        path = self.packages[0] if ours == "b" else self.packages[1]
        with self._start(self.district, path) as child:
            assert child.stdout is not None
            for n, _said in enumerate(child.stdout, start=1):
                if n >= line:
                    break
            time.sleep(after)
            if kill is not None:
                kill()
            child.kill()
        if kill is not None:
            start_postgres(self.folder)
        self._wait_until_idle()
        found = self.sum_of(self.district)
        assert found in self.sums.values(), "the district is between two rosters"
        self.now = found
        return next(name for name, total in self.sums.items() if total == found)

    def _wait_until_idle(self) -> None:
        """Until the server has noticed that nobody is there any more: it may still finish what it was told."""
        asked = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
        for _ in range(600):
            with suppress(psycopg.OperationalError), psycopg.connect(self.url) as connection:
                row = connection.execute(asked).fetchone()
                if row and row[0] == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the broken-off import still holds its lock after a minute")


def run(state: dict[str, object], ends: float) -> Iterator[str]:
    """Rounds until the time or the number is up, on a server of its own."""
    folder = Path(tempfile.mkdtemp(prefix="headway-rosters-"))
    server = start_postgres(folder)
    owner, application = database_urls(server)
    os.environ.update(
        HEADWAY_HOME=str(folder), HEADWAY_MODE="test", HEADWAY_SECRET_KEY="only-for-tests", DATABASE_URL=application,
        DATABASE_OWNER_URL=owner, DJANGO_SETTINGS_MODULE="headway.site.settings",
    )  # fmt: skip
    subprocess.run([sys.executable, "-m", "headway.cli", "migrate"], check=True, capture_output=True)
    machine = LedgerSchool(folder)
    try:
        kills = Kills(folder, owner, LEARNERS)
        done = int(str(state.get("rounds", 0)))
        while done < ROUNDS and time.monotonic() < ends - 45:
            chance = np.random.default_rng(done)
            line, after = int(chance.integers(1, 9)), float(chance.uniform(0, 1.5))
            database = bool(chance.random() < 0.3)
            found = kills.round(line, after, machine.kill_database if database else None)
            done += 1
            state["rounds"] = done
            yield f"round {done} of {ROUNDS}: killed {'the database' if database else 'the import'}; {found} is in force, whole"
        state["complete"] = done >= ROUNDS
    finally:
        with suppress(Exception):
            start_postgres(folder).cleanup()
        shutil.rmtree(folder, ignore_errors=True)
