"""In the middle of a lesson: groups with a task each, on the page and on paper, and the log of visits."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.school.environment.actions import log_visit
from headway.school.models import PlanRow, Visit
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in

MOST = 20
"""Queries of a page, session, roles and access log included."""


@pytest.fixture(scope="module")
def school(database: str) -> Iterator[Cast]:
    """Ana and Ben get nowhere on the same step, Chi gets on, Dev has done nothing yet."""
    cast, now = make_cast(), time.time()
    for name in ("Ana", "Ben"):
        with in_district(cast.district.id):  # whatever chance would choose
            PlanRow.objects.create(
                district=cast.district,
                learner=cast[name],
                source="pin",
                effect="pin-skill",
                value="5.NF.A.1",
                starts=0.0,
            )
        cast.begin(name, now - 300)
        cast.answers(name, "xxxxxxxxx", now - 60, every=20.0)
    cast.answers("Chi", "o", now - 60)
    yield cast
    cast.close()


def test_the_groups_of_the_moment_have_a_task_each(school: Cast) -> None:
    client, page = signed_in(school["Okafor"]), f"/teach/{school.a.id}/regroup"
    client.get(page)
    with in_district(school.district.id), CaptureQueriesContext(connection) as queries:
        shown = client.get(page).content.decode()
    assert len(queries) <= MOST
    assert f"{school['Ana'].short_name}, {school['Ben'].short_name}" in shown
    assert "This step does not go yet" in shown
    assert "Alone, before they go back" in shown
    assert "They go on by themselves" in shown
    assert "No answers in the last 20 minutes" in shown
    assert client.get(f"{page}/paper").content.startswith(b"%PDF")
    assert "nothing to group by" in signed_in(school["Lee"]).get(f"/teach/{school.b.id}/regroup").content.decode()
    for name in ("Lee", "Ana", "Maria"):
        assert signed_in(school[name]).get(page).status_code == 404


def test_a_visit_is_logged_and_one_tap_says_what_was_done(school: Cast) -> None:
    page = f"/teach/{school.a.id}/visits"
    client = signed_in(school["Okafor"])
    assert "Nobody was visited yet" in client.get(page).content.decode()
    with in_district(school.district.id):
        visit = log_visit(learner=school["Ana"], adult=school["Okafor"], code="stuck", now=time.time())
    shown = client.get(page).content.decode()
    assert "was stuck" in shown
    assert "There are not enough moments on both sides yet" in shown
    assert "This cannot show that a visit helped or harmed" in shown
    pike = signed_in(school["Pike"])
    assert "worked an example together" not in pike.get(page).content.decode()  # whoever came says what they did
    pike.post(f"{page}/deed", {"did": f"example:{visit.id}"})
    client.post(f"{page}/deed", {"did": f"sang:{visit.id}"})
    for wrong in ("example", "example:x", "example:²", f"example:{'9' * 30}"):
        assert client.post(f"{page}/deed", {"did": wrong}).status_code == 404
    with in_district(school.district.id):
        assert Visit.objects.get().did == ""
    client.post(f"{page}/deed", {"did": f"example:{visit.id}"})
    with in_district(school.district.id):
        assert Visit.objects.get().did == "example"
