"""One entry of the menu leads to every page that joins the district to other systems, and says how each stands."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest

from headway.school.exchange.tools import register
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in, visitor

PAGES = ("/roster", "/sign-on", "/lti", "/lti/tools", "/record-store", "/programs", "/standards")
HERE = re.compile(r'<a href="([^"]+)" aria-current="page">')


@pytest.fixture(scope="module")
def cast(database: str) -> Iterator[Cast]:
    found = make_cast()
    yield found
    found.close()


def test_each_is_there_with_its_state(cast: Cast) -> None:
    dana = signed_in(cast["Dana"])
    page = dana.get("/connections").content.decode()
    assert all(f'<a href="{each}">' in page for each in PAGES)
    assert page.count("No program yet") == 1 and "No roster has come in yet." in page
    for name in ("Grades & co", "B", "C", "D", "E", "F"):
        dana.post("/programs/register", {"name": name, "may": ["roster"]})
    form = register.Form("Number lines", "https://x.example/in", "https://x.example/go", keys_url="https://x.example/k")
    with in_district(cast.district.id):
        register.add_tool(by=cast["Dana"], form=form, base="https://here.example/", now=time.time(), agreed=False)
    page = dana.get("/connections").content.decode()
    assert "Grades &amp; co, B, C, D and 2 more" in page and "No program yet" not in page
    assert "Number lines waits for your yes." in page and "No tool yet" in page


def test_it_is_the_place_in_the_menu_for_all_of_them(cast: Cast) -> None:
    dana = signed_in(cast["Dana"])
    for path in ("/connections", *PAGES):
        page = dana.get(path).content.decode()
        assert set(HERE.findall(page)) == {"/connections"}, path
        assert path == "/connections" or 'class="back" href="/connections"' in page


def test_it_is_for_people_with_a_part_in_the_whole_district(cast: Cast) -> None:
    pike = signed_in(cast["Pike"])
    assert pike.get("/connections").status_code == 404
    page = pike.get("/standards").content.decode()
    assert set(HERE.findall(page)) == {"/standards"} and "/connections" not in page
    assert signed_in(cast["Okafor"]).get("/connections").status_code == 404
    assert visitor().get("/connections").status_code == 302
