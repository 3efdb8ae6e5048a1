"""The board over HTTP: what it says, what it fetches, what a teacher does on it."""

from __future__ import annotations

import re
import time
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headway.school.environment.actions import ask_for_help
from headway.school.models import GoodWord, HelpRequest, Profile, Visit
from headway.school.people.tenancy import in_district
from tests.cast import Cast
from tests.clients import signed_in

MOST_QUERIES = {"board": 22, "now": 22, "learner": 34, "classes": 14, "schools": 14, "family": 26, "problems": 12}
"""Statements of one page, session and savepoints included. A page that needs more has lost its shape."""


def words(client: Client, path: str) -> str:
    """The page without its markup."""
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_the_board_says_who_needs_somebody_and_why(maple: Cast) -> None:
    page = words(signed_in(maple["Okafor"]), f"/teach/{maple.a.id}")
    assert "Who needs me now AA Ana D. stuck" in page.replace("AD Ana", "AA Ana")
    assert "4 wrong answers in a row, now on" in page
    assert "Ben B. found and fixed their own slip 2 times." in page
    assert page.index("Ana D.") < page.index("Chi C.")
    assert "No answers yet 1" in page
    assert "Eva" not in page


def test_a_record_that_cannot_be_read_is_said_and_hides_nobody_else(maple: Cast) -> None:
    chi = maple["Chi"]
    with in_district(maple.district.id):
        kept = bytes(Profile.objects.get(learner=chi).state)
        Profile.objects.filter(learner=chi).update(state=kept[:40])
    try:
        page = words(signed_in(maple["Okafor"]), f"/teach/{maple.a.id}")
    finally:
        with in_district(maple.district.id):
            Profile.objects.filter(learner=chi).update(state=kept)
    assert "Chi C.: the record cannot be read" in page
    assert "“headway replay” names what is damaged" in page
    assert "Who needs me now" in page
    assert "4 wrong answers in a row, now on" in page
    assert "cannot be read" not in words(signed_in(maple["Okafor"]), f"/teach/{maple.a.id}")


def test_only_what_changed_is_sent_again(maple: Cast) -> None:
    client = signed_in(maple["Okafor"])
    path = f"/teach/{maple.a.id}/now"
    parts = client.get(path).json()["parts"]
    assert set(parts) == {"counters", "needs", "praise", "table"}
    have = {name: part["version"] for name, part in parts.items()}
    assert set(client.get(path, have).json()["parts"]) <= {"needs", "counters"}
    assert "csrf" not in str(parts)


def test_on_my_way_is_told_to_the_learner_and_been_there_ends_it(maple: Cast) -> None:
    client, dev = signed_in(maple["Okafor"]), maple["Dev"]
    with in_district(maple.district.id):
        asked = ask_for_help(learner=dev, activity="", now=time.time() - 60)
    path = f"/teach/{maple.a.id}/act"
    response = client.post(path, {"do": f"coming:asked:{dev.id}"}, headers={"Accept": "application/json"})
    assert response.json() == {"said": "Dev can see that you are on your way."}
    assert "Okafor Okson is on the way." in words(client, f"/teach/{maple.a.id}")
    assert client.post(path, {"do": f"visited:asked:{dev.id}"}).status_code == 302
    with in_district(maple.district.id):
        assert HelpRequest.objects.get(id=asked.id).answered_by_id == maple["Okafor"].id
        assert Visit.objects.filter(learner=dev, adult=maple["Okafor"], reason_code="asked").exists()
    assert "is on the way" not in words(client, f"/teach/{maple.a.id}")


def test_nonsense_is_no_action(maple: Cast) -> None:
    client = signed_in(maple["Okafor"])
    for do in ("", "x", "coming:asked", f"eaten:asked:{maple['Ana'].id}", f"visited:tea:{maple['Ana'].id}",
               f"visited:asked:{maple['Eva'].id}"):  # fmt: skip
        assert client.post(f"/teach/{maple.a.id}/act", {"do": do}).status_code == 404, do


def test_a_page_asks_the_database_a_fixed_number_of_times(maple: Cast) -> None:
    paths = {
        "board": ("Okafor", f"/teach/{maple.a.id}"),
        "now": ("Okafor", f"/teach/{maple.a.id}/now"),
        "learner": ("Okafor", f"/teach/{maple.a.id}/learner/{maple['Ana'].id}"),
        "classes": ("Pike", "/teach"),
        "schools": ("Pike", "/lead"),
        "family": ("Maria", f"/family/{maple['Ana'].id}"),
        "problems": ("Okafor", "/problems"),
    }
    counts = {}
    for page, (name, path) in paths.items():
        client = signed_in(maple[name])
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts[page] = len(queries)
    assert {page: n for page, n in counts.items() if n > MOST_QUERIES[page]} == {}, counts


def test_a_good_word_reaches_the_learner_and_the_board_knows(maple: Cast) -> None:
    client, ben = signed_in(maple["Okafor"]), maple["Ben"]
    path, do = f"/teach/{maple.a.id}", f"word:corrected:{ben.id}"
    assert "Say it to Ben B." in client.get(path).content.decode()
    for _ in range(2):
        response = client.post(f"{path}/act", {"do": do}, headers={"Accept": "application/json"})
        assert response.json() == {"said": "Ben will see it on the practice page."}
    with in_district(maple.district.id):
        assert GoodWord.objects.filter(learner=ben).count() == 1
    assert "slip 2 times. said" in words(client, path)
    practice = words(signed_in(maple["Ben"]), "/practice")
    assert "Okafor Okson: You found and fixed your own slip 2 times today." in practice
    assert "slip 2 times. seen" in words(client, path)


def test_only_what_the_board_offers_can_be_said(maple: Cast) -> None:
    client = signed_in(maple["Okafor"])
    for do in (
        f"word:corrected:{maple['Dev'].id}",
        f"word:hello:{maple['Ben'].id}",
        f"word:corrected:{maple['Eva'].id}",
    ):
        assert client.post(f"/teach/{maple.a.id}/act", {"do": do}).status_code == 404, do
    with in_district(maple.district.id):
        assert not GoodWord.objects.filter(learner=maple["Dev"]).exists()
