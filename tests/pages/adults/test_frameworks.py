"""The page of standards: brought in after a look, read as a tree, aligned by people, chosen by schools; and what is refused."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headway.school.curriculum.frameworks.queries import chosen_key, frameworks
from headway.school.people.tenancy import in_district
from tests.api.frameworks import SCRIPT, keep, whole
from tests.cast import Cast, make_cast
from tests.cli.test_case_pull import other
from tests.clients import signed_in
from tests.standards.test_case import TOP, item, key, link, node, package

MINE = "00000000-0000-4000-8000-00000000abcd"
SKILL, OTHER = "6.NS.B.2", "6.RP.A.2"


@pytest.fixture(scope="module")
def cast(database: str) -> Iterator[Cast]:
    del database
    found = make_cast()
    yield found
    found.close()


@pytest.fixture(scope="module")
def dana(cast: Cast) -> Client:
    return signed_in(cast["Dana"])


def give(client: Client, body: object) -> str:
    """Hand a package in; the page on which it is looked at."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    file = SimpleUploadedFile("state.json", data, "application/json")
    return client.post("/standards/hand-in", {"file": file, "what": "file"}, follow=True).content.decode()


def take(client: Client, body: object) -> str:
    """Hand a package in and take it."""
    assert "Take it in" in give(client, body)
    return client.post(waiting_at(client), {"what": "take"}, follow=True).content.decode()


def waiting_at(client: Client) -> str:
    """The address of the package that waits."""
    found = re.search(r'href="(/standards/look/[^"]+)"', client.get("/standards").content.decode())
    assert found is not None
    return found[1]


def say(client: Client, word: str, skill: str, number: int = 1, framework: str = TOP, **more: str) -> str:
    sent = {"standard": key(number), "skill": skill, "word": word, **more}
    return client.post(f"/standards/{framework}/say", sent, follow=True).content.decode()


def state(**more: Any) -> dict[str, Any]:
    """Three statements under a heading; the second is 6.NS.B.2 by the package's own word, the third by its code."""
    body = package(
        [
            item(9, "Numbers", humanCodingScheme="S.6"),
            item(1, "Divide large numbers.", humanCodingScheme="S.6.1", educationLevel=["06"]),
            item(2, f"Divide {SCRIPT} well.", humanCodingScheme="S.6.2", educationLevel=["06"]),
            item(3, "Find unit rates.", humanCodingScheme=OTHER, educationLevel=["06"]),
        ],
        [
            link(11, "exactMatchOf", key(2), node("x", f"urn:state:CCSS-M:{SKILL}")),
            link(12, "isChildOf", key(9), node(TOP)),
            *(link(20 + n, "isChildOf", key(n), node(key(9)), sequenceNumber=n) for n in (1, 2, 3)),
        ],
    )
    body["CFDocument"] |= {"publisher": "State Board", "version": "2026", **more}
    return body


def mine(**more: Any) -> dict[str, Any]:
    """The same as a framework of its own: the other tests see none of it."""
    return state(identifier=MINE, title="Ours", **more)


def test_looked_at_taken_in_and_again_without_losing_what_people_said(dana: Client) -> None:
    looked = give(dana, mine())
    assert "It is new here" in looked and "State Board" in looked and "it names none" in looked
    assert MINE not in dana.get("/standards").content.decode(), "nothing is kept before somebody says so"
    assert "4 new, 0 changed" in take(dana, mine())
    page = dana.get("/standards").content.decode()
    assert 'class="num">4<' in page and 'class="num">1<' in page and "2026" in page
    assert f"{SKILL} does not stand for it" in say(dana, "no", SKILL, 2, MINE)
    assert f"{OTHER} stands for it now" in say(dana, "yes", OTHER, 3, MINE)
    less = mine()
    less["CFItems"] = [row for row in less["CFItems"] if row["identifier"] != key(3)]
    less["CFItems"][1]["fullStatement"] = "Divide huge numbers."
    looked = give(dana, less)
    assert "Somebody aligned 1 statement that is gone" in looked
    assert "Divide huge numbers." in looked and "Divide large numbers." in looked
    assert "1 changed, 1 gone" in take(dana, less)
    assert "1 new, 1 changed" in take(dana, mine())
    statement = dana.get(f"/standards/{MINE}/{key(3)}").content.decode()
    assert "Dana Dason confirmed it" in statement, "it counts again, now that the statement is back"
    assert "refused" in dana.get(f"/standards/{MINE}/{key(2)}").content.decode()
    assert "Nothing: every statement is here" in give(dana, mine())
    older = give(dana, mine(lastChangeDateTime="2020-01-01T00:00:00+00:00"))
    assert "older than the one that is here" in older
    aside = waiting_at(dana)
    assert "Laid aside" in dana.post(aside, {"what": "aside"}, follow=True).content.decode()
    assert "not here any more" in dana.post(aside, {"what": "take"}, follow=True).content.decode(), "said twice"


def test_whole_or_not_at_all(cast: Cast, dana: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """An import that breaks in the middle leaves the old version and what waits."""
    from headway.school.curriculum.frameworks import actions

    with in_district(cast.district.id):
        keep(cast["Dana"], state())
        before = frameworks()
    give(dana, whole())
    waiting = waiting_at(dana)

    def breaks(*_: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(actions, "_match", breaks)
        with pytest.raises(RuntimeError):
            dana.post(waiting, {"what": "take"})
    with in_district(cast.district.id):
        assert frameworks() == before
    assert "Take it in" in dana.get(waiting).content.decode()


def test_people_say_which_skill_stands_for_a_statement(cast: Cast, dana: Client) -> None:
    with in_district(cast.district.id):
        keep(cast["Dana"], state())
    say(dana, "back", SKILL)
    page = dana.get(f"/standards/{TOP}/{key(1)}").content.decode()
    assert "None yet" in page and "These may" in page and SKILL in page and "shares the words Divide, numbers" in page
    assert SCRIPT not in page and SCRIPT not in dana.get(f"/standards/{TOP}").content.decode()
    assert "&lt;script&gt;" in dana.get(f"/standards/{TOP}/{key(2)}").content.decode()
    assert "There is no skill with the code nonsense" in say(dana, "yes", "nonsense")
    assert "1 skill" in say(dana, "yes", SKILL) + dana.get(f"/standards/{TOP}?q=large").content.decode()
    say(dana, "yes", SKILL)
    assert "is as it was" in say(dana, "back", SKILL)
    left = dana.get(f"/standards/{TOP}/align").content.decode()
    assert "Numbers" not in re.sub(r"<title>.*?</title>", "", left), "headings are left out"
    say(dana, "no", SKILL, 1, place="0")
    page = dana.get(f"/standards/{TOP}/{key(1)}").content.decode()
    assert "Dana Dason refused it" in page
    assert dana.get(f"/standards/{TOP}/{uuid.uuid4()}").status_code == 404
    assert dana.post(f"/standards/{TOP}/say", {"standard": key(1), "skill": SKILL, "word": "maybe"}).status_code == 404


def test_a_school_reads_in_a_framework_of_its_own(cast: Cast, dana: Client) -> None:
    with in_district(cast.district.id):
        keep(cast["Dana"], state())
    ana, place = signed_in(cast["Ana"]), f"/profile/{cast['Ana'].id}/standards?grade=6"
    pike, here = signed_in(cast["Pike"]), str(cast.school.id)

    def key_of(name: str) -> str:
        with in_district(cast.district.id):
            return chosen_key(cast[name].id)

    assert key_of("Ana") == "own"
    dana.post("/standards/choose", {"key": "california"})
    assert key_of("Ana") == "california"
    assert pike.post("/standards/choose", {"key": TOP, "school": here}, follow=True).status_code == 200
    assert key_of("Ana") == TOP and "S.6.1" in ana.get(place).content.decode()
    assert pike.post("/standards/choose", {"key": TOP}).status_code == 404, "not the whole district's"
    assert pike.post("/standards/choose", {"key": "nonsense", "school": here}).status_code == 404
    assert dana.post("/standards/choose", {"key": TOP, "school": "nonsense"}).status_code == 404
    sent = {"framework": TOP, "what": "withdraw"}
    assert pike.post("/standards/change", sent).status_code == 404
    assert "Withdrawn" in dana.post("/standards/change", sent, follow=True).content.decode()
    assert key_of("Ana") == "california" and ana.get(f"{place}&of={TOP}").status_code == 404
    assert "It is withdrawn" in dana.get(f"/standards/{TOP}").content.decode()
    dana.post("/standards/change", {"framework": TOP, "what": "back"})
    assert key_of("Ana") == TOP
    pike.post("/standards/choose", {"key": "", "school": here})
    dana.post("/standards/choose", {"key": ""})
    assert key_of("Ana") == "own"


def test_opened_to_everybody_only_when_somebody_says_that_it_may_be(cast: Cast, dana: Client) -> None:
    with in_district(cast.district.id):
        keep(cast["Dana"], state())
    sent = {"framework": TOP, "what": "open"}
    assert "Say first" in dana.post("/standards/change", sent, follow=True).content.decode()
    assert "open to everybody" in dana.post("/standards/change", {**sent, "may": "1"}, follow=True).content.decode()
    dana.post("/standards/change", {"framework": TOP, "what": "close"})
    assert "open to everybody<" not in dana.get("/standards").content.decode()
    page = dana.post("/standards/change", {"what": "own"}, follow=True).content.decode()
    assert "480 of them" in page and "Maple Valley: skills" in page


def test_who_sees_and_changes_what(cast: Cast, dana: Client) -> None:
    """Another district's frameworks are not there; teachers have no such page; a school's leader reads and does not change."""
    with in_district(cast.district.id):
        keep(cast["Dana"], state())
    give(dana, state())
    waiting = waiting_at(dana)
    other = make_cast(curriculum=False)
    stranger = signed_in(other["Dana"])
    assert "Mathematics" not in stranger.get("/standards").content.decode()
    for path in (f"/standards/{TOP}", f"/standards/{TOP}/{key(1)}", f"/standards/{TOP}/align"):
        assert stranger.get(path).status_code == 404
        assert signed_in(cast["Okafor"]).get(path).status_code == 404
    assert "not here any more" in stranger.post(waiting, {"what": "take"}, follow=True).content.decode()
    assert (
        stranger.post(f"/standards/{TOP}/say", {"standard": key(1), "skill": SKILL, "word": "yes"}).status_code == 404
    )
    pike = signed_in(cast["Pike"])
    page = pike.get("/standards").content.decode()
    assert "Mathematics" in page and "Bring one in" not in page and "Withdraw it" not in page
    assert pike.get(f"/standards/{TOP}/{key(1)}").status_code == 200
    assert pike.post(f"/standards/{TOP}/say", {"standard": key(1), "skill": SKILL, "word": "yes"}).status_code == 404
    assert pike.post("/standards/hand-in", {"what": "file"}).status_code == 404 and pike.get(waiting).status_code == 404
    other.close()


def big(statements: int) -> dict[str, Any]:
    """Ten headings with the rest below them; two statements point at each other, one at itself, and a chain goes deep."""
    items = [item(n, f"Statement {n}.", humanCodingScheme=f"B.{n}") for n in range(1, statements + 1)]
    links = [link(20_000 + n, "isChildOf", key(n), node(key(n % 10 + 1))) for n in range(11, statements - 500)]
    chain = range(statements - 500, statements - 5)
    links += [link(20_000 + n, "isChildOf", key(n), node(key(n + 1))) for n in chain]
    links += [link(40_001, "isChildOf", key(statements), node(key(statements - 1)))]
    links += [link(40_002, "isChildOf", key(statements - 1), node(key(statements)))]
    links += [link(40_003, "isChildOf", key(statements - 2), node(key(statements - 2)))]
    return package(items, links)


def test_a_large_framework_is_read_in_parts_and_its_circles_end(cast: Cast, dana: Client) -> None:
    with in_district(cast.district.id):
        keep(cast["Dana"], big(1200))
    for path in ("", "?q=statement+11", f"?at={key(3)}", f"?at={key(1100)}", f"/{key(800)}", "/align"):
        with CaptureQueriesContext(connection) as queries:
            answer = dana.get(f"/standards/{TOP}{path}")
        assert answer.status_code == 200 and len(queries) <= 24, (path, len(queries))
        assert len(answer.content) < 400_000, (path, len(answer.content))
    page = dana.get(f"/standards/{TOP}?q=B.1199").content.decode()
    assert "1 statement<" in page and "B.1199" in page
    assert "No statement has all" in dana.get(f"/standards/{TOP}?q=%25").content.decode()
    assert dana.get(f"/standards/{TOP}?at=nonsense").status_code == 404
    assert dana.get(f"/standards/{TOP}/align?from=99999999999").status_code == 200


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "JSON"), (b"PK\x03\x04nonsense", "JSON"), (b"[" * 200_000, "deep"), (b'{"CFDocument": {}}', "CFDocument"),
        (b'{"CFDocument":{"identifier":"' + TOP.encode() + b'"},"CFItems":' + b"[" + b"1," * 200_001 + b"1]}", "200,000"),
        (b" " * 30_000_001, "30 MB"),
    ],
)  # fmt: skip
def test_what_is_no_package_is_refused_on_the_page(dana: Client, data: bytes, said: str) -> None:
    page = give(dana, data)
    assert said in page and 'role="alert"' in page and "Take it in" not in page
    assert dana.post("/standards/hand-in", {"what": "file"}).status_code == 422


@pytest.mark.parametrize("sign", ["\x00", "\ud800"])
def test_signs_that_cannot_be_kept_are_left_out_with_the_word_that_holds_them(dana: Client, sign: str) -> None:
    package = mine()
    package["CFItems"][0] |= {"educationLevel": sign, f"more{sign}": 1}
    look = give(dana, package)
    assert "more\ufffd" in look and "It is not written as CASE asks" in look
    assert "is here." in take(dana, package)


@pytest.mark.parametrize(
    ("address", "body", "more", "status"),
    [
        ("https://[::1", None, {}, 422),
        ("", {"CFDocuments": [{"identifier": TOP, "title": "Half \ud800 and \x00"}]}, {}, 200),
        ("", {"CFDocuments": [{"identifier": TOP}] * 100}, {"X-Total-Count": "9" * 5000}, 200),
        ("", {"CFDocuments": [{"identifier": TOP}] * 100}, {"X-Total-Count": "\xb2"}, 200),
    ],
)
def test_a_service_with_odd_answers_is_listed(
    dana: Client, address: str, body: Any, more: dict[str, str], status: int
) -> None:
    with other(lambda *_: (200, more, json.dumps(body).encode())) as base:
        answer = dana.post("/standards/hand-in", {"what": "pull", "address": address or base})
    assert answer.status_code == status
