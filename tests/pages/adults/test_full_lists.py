"""Pages that list what a district has gathered ask the database as often for much as for little: three of each, then eight."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.core.curriculum.outside import Outside
from headway.school.exchange.tools import book
from headway.school.exchange.tools.choosing import place
from headway.school.exchange.tools.models import LtiColumn
from headway.school.exchange.tools.register import Form, add_tool
from headway.school.exchange.tools.visiting import subject_of
from headway.school.exchange.xapi.taking import trust
from headway.school.path.outside.actions import add, give
from headway.school.people.access import viewer_of
from headway.school.people.tenancy import in_district
from headway.standards.lti import words
from headway.standards.lti.content import Item
from tests.api.frameworks import keep
from tests.api.xapi.test_evidence import read, system, told
from tests.cast import Cast, make_cast
from tests.clients import signed_in
from tests.standards.test_case import item, package

HERE = "https://headway.example"
SKILL = "6.RP.A.1"
MORE = 5
PAGES = {
    "tools": ("Dana", "/lti/tools", 20),
    "record store": ("Dana", "/record-store", 20),
    "frameworks": ("Dana", "/standards", 24),
    "links": ("Okafor", "/links", 20),
    "tools of a class": ("Okafor", "/teach/{section}/tools", 20),
    "links of a class": ("Okafor", "/teach/{section}/links", 20),
    "my path": ("Ana", "/my-path", 20),
    "profile": ("Okafor", "/profile/{ana}", 34),
    "mastery": ("Okafor", "/profile/{ana}/mastery", 34),
}
"""Who opens it, where, and the most statements that it may take with three of each, session and savepoints included."""
SIGNS = {
    "tools": ("Tool {n}",),
    "record store": ("https://lab.example/{n}", "nobody {n}"),
    "frameworks": ("State {n}",),
    "links": ("Page {n}",),
    "tools of a class": ("Thing {n}",),
    "links of a class": ("Page {n}",),
    "my path": ("Page {n}",),
    "profile": ("Equivalent ratios in recipes",),
    "mastery": ("Equivalent ratios in recipes",),
}
"""What stands on the page of the newest of each, so that it is known to be there."""


@pytest.fixture(scope="module")
def cast(database: str) -> Iterator[Cast]:
    found = make_cast()
    with in_district(found.district.id):
        found["Ana"].email = "ana@example.org"
        found["Ana"].save()
    found.answers("Ana", "oxo", time.time() - 600)
    yield found
    found.close()


def gather(cast: Cast, numbers: range) -> None:
    """Of each thing one more for each number: tools, what stands before a class, links, results, frameworks, systems."""
    with in_district(cast.district.id):
        for n in numbers:
            _tool(cast, n)
            _link(cast, n)
            _framework(cast, n)
    for n in numbers:
        _system(cast, n)


def _tool(cast: Cast, n: int) -> None:
    """A tool with a thing in a class, and a score for it."""
    okafor, now = cast["Okafor"], time.time()
    form = Form(f"Tool {n}", f"{HERE}/login", f"{HERE}/launch", keys_url=f"{HERE}/keys", scopes=words.OFFERED)
    tool = add_tool(by=cast["Dana"], form=form, base=HERE, now=now)
    thing = Item(title=f"Thing {n}", url=f"{HERE}/{n}", maximum=10.0)
    row = place(tool=tool, section=cast.a, item=thing, title="", skill=SKILL, by=okafor, now=now)
    score = {
        "userId": subject_of(tool, cast["Ana"].id), "scoreGiven": 9, "scoreMaximum": 10, "activityProgress": "Completed",
        "gradingProgress": "FullyGraded", "timestamp": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    assert book.take_score(tool, cast.a.id, LtiColumn.objects.get(placement=row).id, score, now=now)


def _link(cast: Cast, n: int) -> None:
    """A page on the list of a class."""
    by, now = viewer_of(cast["Okafor"]), time.time()
    what = Outside("link", f"Page {n}", f"https://pages.example/{n}", "try", 5, (SKILL,), seen=20_000)
    assert give(by=by, activity=add(by=by, what=what, now=now), section=cast.a.id, now=now) == 1


def _framework(cast: Cast, n: int) -> None:
    """A framework of one statement."""
    body = package([item(1, "Divide.")], [])
    body["CFDocument"] |= {"identifier": str(uuid.UUID(int=n + 1)), "title": f"State {n}"}
    keep(cast["Dana"], body)


def _system(cast: Cast, n: int) -> None:
    """A trusted system that told a result of Ana, and one of somebody whom nobody knows."""
    store, key = system(cast)
    with in_district(cast.district.id):
        trust(credential=key, by=cast["Dana"], now=time.time())
    home = "https://elsewhere.example/"
    who: list[dict[str, Any]] = [
        {"mbox": "mailto:ana@example.org"},
        {"account": {"homePage": home, "name": f"nobody {n}"}},
    ]
    sent = [told(each, activity=f"https://lab.example/{n}") for each in who]
    assert store.ask("POST", "statements", sent).status_code == 200


def counted(cast: Cast, name: str) -> tuple[int, str]:
    """How often a page asks the database, and the page."""
    who, address, _most = PAGES[name]
    where = {"section": cast.a.id, "ana": cast["Ana"].id}
    client = signed_in(cast[who])
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address.format(**where))
    assert answer.status_code == 200, name
    return len(asked), answer.content.decode()


def test_a_list_takes_a_fixed_number_of_queries(cast: Cast) -> None:
    gather(cast, range(3))
    read(cast)
    few = {name: counted(cast, name)[0] for name in PAGES}
    assert all(few[name] <= most for name, (_who, _address, most) in PAGES.items()), few
    gather(cast, range(3, 3 + MORE))
    read(cast)
    for name in PAGES:
        many, page = counted(cast, name)
        assert many == few[name], (name, few[name], many)
        assert all(sign.format(n=MORE + 2) in page for sign in SIGNS[name]), name
