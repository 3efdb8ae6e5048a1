"""``headway demo``: a whole school on this machine, in one command."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from headway.cli.build import DAYS, build_school
from headway.cli.child import start_child, stop_child
from headway.cli.command import Command, Refused, Result
from headway.cli.engine import DATABASE, Engine, only_one, remove_database_files, start_engine
from headway.cli.home import home, secret_key
from headway.cli.maple import DISTRICT, DOORS, read_maple
from headway.cli.web import port_is_free, port_number, start_web, wait_until_ready

HOST = "127.0.0.1"
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--port", type=port_number, default=8000, help="where to listen (default: 8000)")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument("--fresh", action="store_true", help="a school on its first day: people, but no history")
    parser.add_argument("--reset", action="store_true", help="delete the demo school of this home and make it anew")
    parser.add_argument("--yes", action="store_true", help="do not ask before --reset deletes")
    parser.add_argument("--live", action="store_true", help="let Ms. Okafor's section practise while you look")
    parser.add_argument("--days", type=_days, default=DAYS, help=f"school days of history (default: {DAYS})")


def _days(value: str) -> int:
    days = int(value)
    if not 1 <= days <= 200:
        raise argparse.ArgumentTypeError("a history has 1 to 200 school days; --fresh makes none")
    return days


def run(arguments: argparse.Namespace) -> Result | None:
    """Start everything, say where it is, and stay until told to stop."""
    began = time.monotonic()
    folder = home()
    with _stop_signals(), only_one(folder) as note:
        port_is_free(HOST, arguments.port)
        if arguments.reset:
            _reset(folder, sure=arguments.yes)
        engine = start_engine(folder)
        try:
            facts, made = _school(engine, folder, arguments)
            url = note["url"] = f"http://{HOST}:{arguments.port}"
            web = start_web(HOST, arguments.port, 1, folder / "web.log")
            children = [web]
            try:
                if not made:
                    _migrate()  # while the server warms up: nobody knows its address yet
                wait_until_ready(web, HOST, arguments.port, "/sign-in", folder / "web.log")
                if arguments.live:
                    children.append(start_child("headway.cli.live", log=folder / "live.log"))
                _welcome(url, facts, time.monotonic() - began, arguments)
                _stay(web)
            finally:
                with _deaf():
                    for child in reversed(children):
                        stop_child(child)
        finally:
            with _deaf():
                engine.close()
    print("Stopped. Everything is saved; `headway demo` opens the same school again.", file=sys.stderr)
    return None


def _reset(folder: Path, *, sure: bool) -> None:
    """Delete the school, after asking whoever sits there."""
    if not (folder / "postgres").exists():
        return
    if not sure:
        if not sys.stdin.isatty():
            raise Refused(f"--reset deletes the demo school in {folder}: add --yes to say that you mean it.")
        print(f"This deletes the demo school in {folder} with everything in it. Delete it? [y/N] ", end="", flush=True)
        if input().strip().lower() not in ("y", "yes"):
            raise Refused("nothing was deleted.")
    remove_database_files(folder)


def _school(engine: Engine, folder: Path, arguments: argparse.Namespace) -> tuple[dict[str, Any], bool]:
    """Find the school of this home, or make it; return the facts about it, and whether it was made just now."""
    os.environ["HEADWAY_MODE"] = "demo"
    os.environ["HEADWAY_HOME"] = str(folder)
    os.environ["HEADWAY_SECRET_KEY"] = secret_key(folder)
    facts: dict[str, Any] | None
    if DATABASE in engine.names():
        facts = engine.facts(DATABASE)
        if facts is None:
            raise Refused(
                f"the database in {folder} holds something else than a demo school. Name another folder with HEADWAY_HOME."
            )
        if arguments.fresh and facts["responses"]:
            raise Refused(
                "the school of this home has a history. Add --reset to delete it and begin on the first day, "
                "or leave --fresh away."
            )
        _use(engine.urls())
        return facts, False
    return build_school(engine, days=0 if arguments.fresh else arguments.days, use=_use), True


def _use(urls: tuple[str, str]) -> None:
    os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"] = urls


def _migrate() -> None:
    from django.db import connections

    from headway.cli.database import migrate

    migrate()
    connections.close_all()


def sign_in_links(url: str) -> dict[str, dict[str, str]]:
    """Role -> name and one-click address of the cast's member who holds it. Needs Django to be set up."""
    from headway.cli.maple import person_id
    from headway.school.people.models import Person
    from headway.school.people.sign_in import demo_link_token

    people = {person.sourced_id: person for person in read_maple().roster.people}
    links = {}
    for role, key in DOORS:
        who = people[key]
        token = demo_link_token(Person(id=person_id(key), district_id=DISTRICT))
        links[role] = {"name": f"{who.given_name} {who.family_name}", "url": f"{url}/demo/sign-in/{token}"}
    return links


def _welcome(url: str, facts: dict[str, Any], seconds: float, arguments: argparse.Namespace) -> None:
    """Say where everything is: one line of JSON, or words; and open a browser where there is one."""
    links = sign_in_links(url)
    if arguments.json:
        print(
            json.dumps({"url": url, "seconds": round(seconds, 1), "links": links, **facts}, sort_keys=True), flush=True
        )
    else:
        rows = "\n".join(f"  {role:<16} {who['name']:<20} {who['url']}" for role, who in links.items())
        print(
            f"\nMaple Middle School is open at {url} (after {seconds:.0f} s). Ctrl-C closes it.\n{_history(facts)}\n\n"
            f"Sign in with one click as\n{rows}\n",
            flush=True,
        )
    if not arguments.no_browser and _has_display():
        with contextlib.suppress(webbrowser.Error):
            webbrowser.open(f"{url}/sign-in")


def _history(facts: dict[str, Any]) -> str:
    if not facts["responses"]:
        return f"{facts['learners']} learners on their first day. All of them are invented."
    return (
        f"{facts['learners']} learners and {facts['responses']:,} answers on {facts['days']} school days, "
        f"{facts['first_day']} to {facts['last_day']}. All of them are invented and simulated."
    )


def _has_display() -> bool:
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _stay(web: subprocess.Popen[bytes]) -> None:
    """Wait for Ctrl-C or SIGTERM, which end a demo well. Raises Refused when the server ends by itself."""
    for number in STOPS:
        # Again: a library of tables that was used while the school was made takes Ctrl-C for itself.
        signal.signal(number, signal.getsignal(number))
    try:
        while web.poll() is None:
            time.sleep(0.2)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return
    raise Refused(f"the web server ended by itself (code {web.returncode}). Its log is {home() / 'web.log'}.")


@contextmanager
def _stop_signals() -> Iterator[None]:
    """SIGTERM and a closed terminal stop a demo as Ctrl-C does, which works in the background too (a shell starts what
    runs there deaf to it)."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _deaf() -> Iterator[None]:
    """Finish stopping, whatever is pressed meanwhile: it takes seconds, and half-stopped is worse."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


COMMAND = Command(
    help=(
        "Start Maple Middle School on this machine and print sign-in links. The first start makes eight weeks of\n"
        "history with simulated learners who go through the real loop; later starts open the same school. The data\n"
        "are in HEADWAY_HOME (default: .headway here). --json prints one object when the school is open; the command\n"
        "then stays until Ctrl-C."
    ),
    example="headway demo --port 8001 --no-browser",
    configure=configure,
    run=run,
    keys={
        "url": "where the school is open",
        "seconds": "how long it took from the start of the command",
        "links": "role -> name and one-click sign-in url",
        "learners": "number of learners",
        "days": "school days in the history, 0 with --fresh",
        "responses": "answers in the history, all simulated",
        "first_day": "date of the first school day (empty with --fresh)",
        "last_day": "date of the last school day (empty with --fresh)",
        "seed": "what the history was made from; the same seed and day give the same history",
        "made_at": "when the school was made, in seconds since 1970",
    },
)
