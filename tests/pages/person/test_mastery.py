"""Mastery and credit: what counts, a contest and its re-check, credit by a named person, transcript and badge."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from joserfc import jwt
from joserfc.jwk import OKPKey

from headway.core.curriculum.catalogue import catalogue_id
from headway.core.mastery.credit import further
from headway.school.curriculum.queries import curriculum_of
from headway.school.evidence.queries import replay_district
from headway.school.mastery.credit.courses import load_courses
from headway.school.mastery.credit.standing import standings_of
from headway.school.models import Credit, Evidence, MasteryContest, MasteryEntry, MasteryRecheck, PlanRow
from headway.school.path.actions import wish
from headway.school.path.rechecks import settle
from headway.school.people.tenancy import in_district
from headway.standards.courses import CourseTable
from tests.cast import Cast, make_cast
from tests.clients import signed_in

SKILL, DAY = "6.NS.B.2", 86400.0
COURSE = CourseTable("M-1", "Long division", 0.5, (("I divide large numbers", (SKILL,)),))


@pytest.fixture(scope="module")
def school(database: str) -> Iterator[Cast]:
    """Ana has reached long division ten days ago, and it was still there; harder problems among them."""
    cast, now = make_cast(), time.time()
    with in_district(cast.district.id):
        load_courses(district=cast.district.id, rows=[COURSE])
        wish(
            learner=cast["Ana"], by=cast["Okafor"], effect="pin-skill", skill=SKILL, reason="first", now=now - 11 * DAY
        )
    practise(cast, "Ana", now - 10 * DAY, until="reached")
    practise(cast, "Ana", now - 4 * DAY, until="confirmed")
    yield cast
    cast.close()


def practise(cast: Cast, name: str, at: float, *, until: str) -> None:
    """Answer right, problems of the skill only, until the ledger says so and a harder one was among them."""
    with in_district(cast.district.id):
        curriculum = curriculum_of(cast.district.id)
    activities = [a.id for a in curriculum.activities if a.skill == SKILL]
    for n in range(24):
        activity = f"gen:{activities[n % len(activities)]}:{int(at) % 100000 + n}"
        cast.begin(name, at + 60 * n, activity)
        cast.answer(name, True, at + 60 * n + 30)
        with in_district(cast.district.id):
            kinds = set(MasteryEntry.objects.filter(learner=cast[name], skill=SKILL).values_list("kind", flat=True))
            harder = Evidence.objects.filter(learner=cast[name], item__in=further(curriculum, SKILL)).exists()
        if until in kinds and harder:
            return
    raise AssertionError(f"not {until} after 24 right answers")


def state(cast: Cast, name: str = "Ana") -> str:
    with in_district(cast.district.id):
        found = standings_of([cast[name].id], curriculum_of(cast.district.id), [SKILL])
    return found[cast[name].id][SKILL].state


def test_what_counts_is_said_in_one_sentence_to_each_of_three(school: Cast) -> None:
    assert state(school) == "counts"
    for who in ("Ana", "Maria", "Okafor"):
        found = signed_in(school[who]).get(f"/profile/{school['Ana'].id}/mastery").content.decode()
        assert "it was still there in a later check, and it held in a harder problem" in found
        assert "1 of 1 skill counts" in found
        assert ("% is needed" in found) == (who == "Okafor"), "percentages of a child are for the school"
    assert signed_in(school["Lee"]).get(f"/profile/{school['Ana'].id}/mastery").status_code == 404
    assert signed_in(school["Ana"]).get("/mastery").status_code == 200


def test_credit_is_granted_by_name_once_and_verifies_without_a_network(school: Cast) -> None:
    principal, ana = signed_in(school["Pike"]), school["Ana"].id
    assert "1 learner is ready" in principal.get("/credit").content.decode()
    for _ in range(2):
        principal.post("/credit", {"do": f"grant:{ana}", "course": "M-1"})
    assert "has been granted already" in principal.get("/credit").content.decode()
    mine = signed_in(school["Ana"]).get("/mastery").content.decode()
    assert "Granted by Pike Pison" in mine
    link = re.findall(r'href="(/profile/[^"]+\.jwt)"', mine)[0]
    token = signed_in(school["Maria"]).get(link).content.decode()
    verify(token)
    paper = signed_in(school["Maria"]).get(f"/profile/{ana}/transcript.pdf")
    assert paper.content.startswith(b"%PDF")
    assert signed_in(school["Stone"]).get(link).status_code == 404
    with in_district(school.district.id):
        credit = Credit.objects.get(learner=ana)
        assert (credit.by, credit.amount, credit.shown["skills"][0][0]) == (school["Pike"], 0.5, SKILL)
    principal.post("/credit", {"do": f"back:{ana}:{credit.id}", "words": "A mistake of ours"})
    assert "A mistake of ours" in signed_in(school["Maria"]).get(f"/profile/{ana}/mastery").content.decode()
    assert signed_in(school["Maria"]).get(link).status_code == 404


def verify(token: str) -> None:
    """Nothing but the badge itself and an independent library."""
    head = token.split(".")[0]
    header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    with pytest.warns(UserWarning, match="EdDSA is deprecated"):
        claims = jwt.decode(token, OKPKey.import_key(header["jwk"]), algorithms=["EdDSA"]).claims
    assert claims["credentialSubject"]["identifier"][0]["identityHash"] == "Ana Diaz"
    assert claims["issuer"]["name"] == "Maple Valley"
    assert "it held in a harder problem" in claims["evidence"][0]["narrative"]


def test_nobody_else_grants_and_nothing_that_does_not_count(school: Cast) -> None:
    ben = school["Ben"].id
    for who in ("Ana", "Maria", "Okafor"):
        assert signed_in(school[who]).post("/credit", {"do": f"grant:{ben}", "course": "M-1"}).status_code == 404
    principal = signed_in(school["Pike"])
    principal.post("/credit", {"do": f"grant:{ben}", "course": "M-1"})
    assert "Not every skill of this course counts yet." in principal.get("/credit").content.decode()
    principal.post("/credit", {"do": f"grant:{ben}", "course": "M-9"})
    assert "Choose a course from the list." in principal.get("/credit").content.decode()
    assert principal.post("/credit", {"do": f"back:{ben}:nonsense"}).status_code == 404
    assert principal.post("/credit", {"do": f"nonsense:{ben}"}).status_code == 404


def test_a_contest_brings_a_recheck_the_ledger_shows_both_and_replay_gives_it_again(school: Cast) -> None:
    ana, mother = school["Ana"], signed_in(school["Maria"])
    page = f"/profile/{ana.id}/mastery"
    mother.post(page, {"skill": SKILL, "says": "cannot", "words": "She asked her brother"})
    assert "Written down." in mother.get(page).content.decode()
    mother.post(page, {"skill": SKILL, "says": "cannot", "words": "Again"})
    assert "being looked at again already" in mother.get(page).content.decode()
    assert state(school) == "contested"
    at = time.time() + 60
    with in_district(school.district.id):
        others = [a.id for a in curriculum_of(school.district.id).activities if a.skill != SKILL][:24]
    for n, other in enumerate(others):  # what was given lately waits: these come between
        school.begin("Ana", at - 30 + n, f"gen:{other}:7")
    school.begin("Ana", at)
    with in_district(school.district.id):
        contest = MasteryContest.objects.get(learner=ana)
    given = []
    for n in range(len(contest.activities)):
        given.append(catalogue_id(school.open["Ana"].activity))
        school.answer("Ana", n > 0, at + 60 * n)
        for _ in range(0 if n else 2):
            school.answer("Ana", False, at + 60 * n + 20)
    assert sorted(given) == sorted(contest.activities), "the path brought the problems of the re-check first"
    found = mother.get(page).content.decode()
    assert "Maria Diaz doubts that" in found and "She asked her brother" in found
    assert "2 of 3 problems of" in found
    with in_district(school.district.id):
        outcome = MasteryRecheck.objects.get(contest=contest)
        assert (outcome.right, outcome.of, len(outcome.evidence)) == (2, 3, 3)
        assert all((row.ends or 0) <= at + 600 for row in PlanRow.objects.filter(id__in=contest.rows))
        assert settle(learner=ana, now=time.time()) == 0
    assert replay_district(school.district.id).identical


def test_a_contest_without_words_or_of_nothing_is_refused(school: Cast) -> None:
    client = signed_in(school["Ben"])
    page = f"/profile/{school['Ben'].id}/mastery"
    client.post(page, {"skill": SKILL, "says": "can", "words": " "})
    assert "what is wrong?" in client.get(page).content.decode()
    client.post(page, {"skill": "none", "says": "can", "words": "I can"})
    assert "Choose a skill from the list." in client.get(page).content.decode()


def test_the_pages_take_a_fixed_number_of_queries(school: Cast) -> None:
    for who, page, most in (("Ana", "/mastery", 32), ("Pike", "/credit", 26)):
        client = signed_in(school[who])
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        assert len(queries) <= most, "\n".join(query["sql"][:120] for query in queries)
