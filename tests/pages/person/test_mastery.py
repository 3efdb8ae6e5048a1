"""Mastery and credit: what counts, a contest and its re-check, credit by a named person, transcript and badge."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from joserfc import jwt
from joserfc.jwk import OKPKey

from headway.cli import main
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
from tests.standards.test_case import item, key, link, node, package

SKILL, DAY = "6.NS.B.2", 86400.0
COURSE = CourseTable("M-1", "Long division", 0.5, (("I divide large numbers", (SKILL,)),))


@pytest.fixture
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


def test_a_record_in_the_words_of_the_standards_that_ship(school: Cast) -> None:
    place = f"/profile/{school['Ana'].id}/standards"
    ana, maria = signed_in(school["Ana"]), signed_in(school["Maria"])
    with CaptureQueriesContext(connection) as queries:
        page = ana.get(f"{place}?grade=6").content.decode()
    assert len(queries) <= 30
    assert '<b>6.NS.B.2</b> <span class="chip leaf">reached</span>' in page and "National Governors" in page
    assert page.count("/evidence/skill/") == page.count("/evidence/skill/6.NS.B.2"), (
        "only what has evidence can be opened"
    )
    assert "<b>6.NS.B.2</b>" in maria.get(f"{place}?of=california&grade=6").content.decode()
    assert ana.get(f"{place}?of=nonsense").status_code == 404
    assert signed_in(school["Ben"]).get(place).status_code == 404


def test_a_record_in_the_words_of_a_state(school: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A framework that the district brings in and chooses, with a pair that a person confirms; and out again."""
    district, place = str(school.district.id), f"/profile/{school['Ana'].id}/standards"
    ana = signed_in(school["Ana"])
    state = package(
        [
            item(1, "Divide large numbers.", humanCodingScheme="S.6.1", educationLevel=["06"]),
            item(2, "Know the state's bird.", humanCodingScheme="S.6.2", educationLevel=["06"]),
            item(3, "Find unit rates.", humanCodingScheme="6.RP.A.2", educationLevel=["06"]),
        ],
        [link(11, "exactMatchOf", key(1), node("x", f"urn:state:CCSS-M:{SKILL}"))],
    )
    file, table = tmp_path / "state.json", tmp_path / "suggested.csv"
    file.write_text(json.dumps(state))
    command = ["import", "case", str(file), "--district", district, "--json"]

    def said(*words: str) -> dict[str, object]:
        capsys.readouterr()
        assert main([*command, *words]) == 0
        found: dict[str, object] = json.loads(capsys.readouterr().out)
        return found

    assert said("--dry-run")["matched"] == 1 and "S.6.1" not in ana.get(place).content.decode()
    assert {said("--choose", "--suggest", str(table))[name] for name in ("new", "items")} == {3}
    assert said()["new"] == 0
    page = ana.get(f"{place}?grade=6").content.decode()
    assert re.findall(r"<b>(\S+)</b> <span class=\"chip (\w*)\">([^<]+)<", page) == [
        ("6.RP.A.2", "", "not in Headway"), ("S.6.1", "leaf", "reached"), ("S.6.2", "", "not in Headway"),
    ]  # fmt: skip
    assert "1 of 3 standards are reached." in page and "National Governors" not in page
    rows = table.read_text().splitlines()
    table.write_text("\n".join(row + "yes" if row.startswith(key(3)) else row for row in rows))
    assert said("--aligned", str(table))["confirmed"] == 1
    assert ("6.RP.A.2", "not begun") in re.findall(
        r"<b>(\S+)</b> <span class=\"chip \">([^<]+)<", ana.get(place).content.decode()
    )
    out = tmp_path / "out.json"
    assert (
        main(["export", "case", str(out), "--framework", state["CFDocument"]["identifier"], "--district", district])
        == 0
    )
    assert [each["humanCodingScheme"] for each in json.loads(out.read_text())["CFItems"]] == [
        "S.6.1",
        "S.6.2",
        "6.RP.A.2",
    ]
    assert main(["export", "case", str(tmp_path / "no.json"), "--framework", "none", "--district", district]) == 1
    assert main(["export", "case", str(tmp_path / "own.json"), "--district", district]) == 0
    assert SKILL in (tmp_path / "own.json").read_text()
