"""The school of the ledger proof: its servers as processes that can be killed, and learners that keep what was acknowledged."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from headway.cli.child import STOP_SECONDS
from headway.cli.home import APP_ROLE, database_urls, start_postgres
from tests.running import free_port

LEARNERS = 12


class Learner(threading.Thread):
    """Answers one problem after another; what fails is sent again under its key, as the page's outbox does."""

    def __init__(self, token: str, port: int) -> None:
        super().__init__(daemon=True)
        self.token, self.port = token, port
        self.acknowledged: dict[str, dict[str, Any]] = {}
        self.failures: list[str] = []
        self.enough = threading.Event()

    def run(self) -> None:
        body: dict[str, Any] = {"id": str(uuid.uuid4()), "kind": "start"}
        turn = 0
        while not self.enough.is_set():
            answer = self.post(body)
            if answer is None:
                time.sleep(0.05)
                continue
            if answer["outcome"] in ("right", "wrong", "shown", "started"):  # the others promise to write nothing
                self.acknowledged[body["id"]] = answer
            turn += 1
            open_now = answer["activity"]
            body = {
                "id": str(uuid.uuid4()),
                "activity": open_now["id"],
                "step": open_now["step"],
                "answer": "-987654",
                "shown": turn % 2 == 0,
            }

    def post(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Send once; None when the answer did not come whole."""
        headers = {"authorization": f"Bearer {self.token}", "content-type": "application/json"}
        with suppress(OSError, http.client.HTTPException, ValueError):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                connection.request("POST", "/api/responses", json.dumps(body), headers)
                response = connection.getresponse()
                payload = json.loads(response.read())
            finally:
                connection.close()
            if response.status in (200, 201):
                return dict(payload)
            if response.status != 503:
                self.failures.append(f"{response.status}: {payload}")
                self.enough.set()
        return None


class LedgerSchool:
    """PostgreSQL and the web server as they run in production, on this machine."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.port = free_port()
        self.web: subprocess.Popen[bytes] | None = None
        self.acknowledged: dict[str, dict[str, dict[str, Any]]] = {}

    def start(self) -> None:
        """Start the database, fill it, start the web server."""
        server = start_postgres(self.directory)
        owner, application = database_urls(server)
        self.environment = {
            **os.environ,
            "HEADWAY_HOME": str(self.directory),
            "HEADWAY_MODE": "test",
            "HEADWAY_SECRET_KEY": "only-for-tests",
            "HEADWAY_RATE": "100000",
            "DATABASE_URL": application,
            "DATABASE_OWNER_URL": owner,
            "DJANGO_SETTINGS_MODULE": "headway.site.settings",
        }
        made = subprocess.run(
            [sys.executable, "-m", "tests.prove.ledger_fill", str(LEARNERS)],
            env=self.environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        self.tokens: dict[str, str] = json.loads(made.stdout)
        self.start_web()

    def start_web(self) -> None:
        """Start granian and wait until it answers."""
        self.web = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "asgi", "--port", str(self.port), "--workers", "2",
             "--no-ws", "--workers-kill-timeout", str(STOP_SECONDS), "--log-level", "error", "headway.site.asgi:application"],
            env=self.environment, start_new_session=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.1)
        raise AssertionError("the web server did not start again")

    def round(self, victim: str, *, after: float) -> int:
        """Let learners work, kill, start again, let them finish; check the log. Returns how many were acknowledged."""
        learners = {key: Learner(token, self.port) for key, token in self.tokens.items()}
        for learner in learners.values():
            learner.start()
        time.sleep(after)
        if victim in ("web", "both"):
            self.kill_web()
        if victim in ("database", "both"):
            self.kill_database()
            start_postgres(self.directory)
        if victim in ("web", "both"):
            self.start_web()
        self.wait_for_news(learners)
        for learner in learners.values():
            learner.enough.set()
        for learner in learners.values():
            learner.join(60)
            assert not learner.is_alive(), "a learner still waits for an answer"
            assert not learner.failures, learner.failures
        for key, learner in learners.items():
            self.acknowledged.setdefault(key, {}).update(learner.acknowledged)
        return self.check_log()

    def wait_for_news(self, learners: dict[str, Learner]) -> None:
        """Wait until everybody has been answered after the kill."""
        before = {key: len(learner.acknowledged) for key, learner in learners.items()}
        for _ in range(600):
            if all(len(each.acknowledged) > before[key] for key, each in learners.items()):
                return
            time.sleep(0.1)
        silent = [key for key, each in learners.items() if len(each.acknowledged) <= before[key]]
        raise AssertionError(f"no answer for a minute after the kill: {silent}")

    def kill_web(self) -> None:
        """SIGKILL the server and its workers."""
        assert self.web is not None
        os.killpg(self.web.pid, signal.SIGKILL)
        self.web.wait()

    def kill_database(self) -> None:
        """SIGKILL the postmaster and every backend, and wait until they are gone."""
        number = int((self.directory / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])
        master = psutil.Process(number)
        family = [*master.children(recursive=True), master]
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(family, timeout=5)

    def check_log(self) -> int:
        """Every acknowledged response is in the log once, as acknowledged."""
        import psycopg

        logged: dict[str, list[dict[str, Any]]] = {}
        with psycopg.connect(start_postgres(self.directory).get_uri("headway")) as connection:
            for event, outcome in connection.execute("SELECT event::text, outcome FROM school_evidence"):
                logged.setdefault(event, []).append(outcome)
        total = 0
        for acknowledged in self.acknowledged.values():
            for event, answer in acknowledged.items():
                total += 1
                found = logged.get(event, [])
                assert len(found) == 1, f"{event}: {len(found)} rows for an acknowledged response"
                assert found[0]["activity"] == answer["activity"]["id"], f"{event} is not what was acknowledged"
                assert found[0]["correct"] == answer["correct"], f"{event} is not what was acknowledged"
        return total

    def check_profiles(self) -> None:
        """Replay the log in a process of its own: it must give the stored profiles and decisions."""
        result = subprocess.run(
            [sys.executable, "-m", "tests.prove.ledger_replay"],
            env=self.environment, check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert result.returncode == 0, result.stdout + result.stderr

    def stop(self) -> None:
        """Stop everything."""
        if self.web is not None and self.web.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.web.pid, signal.SIGTERM)
            self.web.wait(15)
        with suppress(Exception):
            start_postgres(self.directory).cleanup()


assert APP_ROLE  # the web server connects as this role, which cannot bypass row-level security
