"""The page of programs: registered once, shown once, closed for good; for people with a part in the whole district."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator

import pytest

from headway.school.models import ApiProgram
from headway.school.people.programs import grant_token
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in, visitor


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    found = make_cast(curriculum=False)
    yield found
    found.close()


def test_a_program_is_registered_and_closed(cast: Cast) -> None:
    dana = signed_in(cast["Dana"])
    assert "No program yet" in dana.get("/programs").content.decode()
    page = dana.post("/programs/register", {"name": "Grades & co", "may": ["roster", "grades"]}).content.decode()
    client, secret = (
        re.findall(r"<code>(hwc\.[^<]+)</code>", page)[0],
        re.findall(r"secret</span> <code>([^<]+)</code>", page)[0],
    )
    found = grant_token(client=client, secret=html.unescape(secret), wanted=(), now=time.time())
    assert {each.rsplit("/", 1)[1].partition(".")[0] for each in found.scopes} == {
        "roster", "roster-core", "roster-demographics", "gradebook", "gradebook-core", "assessment",
    }  # fmt: skip
    assert not any("create" in each or "delete" in each for each in found.scopes)
    again = dana.get("/programs").content.decode()
    assert secret not in again and "Grades &amp; co" in again and "Write results" in again
    with in_district(cast.district.id):
        (row,) = ApiProgram.objects.all()
        assert secret.encode() not in bytes(row.digest)
    closed = dana.post("/programs/change", {"program": str(row.id), "what": "close"}, follow=True).content.decode()
    assert "The program is closed." in closed and "No program yet" in closed
    assert dana.post("/programs/change", {"program": str(row.id), "what": "take"}).status_code == 404


@pytest.mark.parametrize(
    ("form", "said"), [({"name": " ", "may": "roster"}, "a name"), ({"name": "x", "may": "root"}, "at least one")]
)
def test_what_cannot_be_registered_is_said(cast: Cast, form: dict[str, str], said: str) -> None:
    answer = signed_in(cast["Dana"]).post("/programs/register", form)
    assert answer.status_code == 422 and said in answer.content.decode()


def test_nobody_else_comes_in(cast: Cast) -> None:
    for name in ("Ana", "Maria", "Okafor", "Pat"):
        who = signed_in(cast[name]) if name in cast.people else visitor()
        assert who.get("/programs").status_code in (302, 404), name
        assert who.post("/programs/register", {"name": "x", "may": "roster"}).status_code in (302, 404), name
    with in_district(cast.district.id):
        assert not ApiProgram.objects.exists()
