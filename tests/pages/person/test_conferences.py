"""A conference: who waits, both sides, steps that change the plan, what the family reads, what only the staff reads."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headway.school.evidence.queries import replay_district
from headway.school.models import Conference, ConferenceLine, Goal, GoalEnd, PlanRow, Preparation
from headway.school.path.actions import wish
from headway.school.path.conferences.queries import last_held, talks_of, waiting_of
from headway.school.path.queries import plans_of
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in

SKILL = "6.NS.B.2"


@pytest.fixture(scope="module")
def school(database: str) -> Iterator[Cast]:
    """Ana and Ben have practised; Ben's last answers were wrong."""
    cast, now = make_cast(), time.time()
    cast.answers("Ana", "oxooooooo", now - 60)
    with in_district(cast.district.id):
        wish(learner=cast["Ben"], by=cast["Okafor"], effect="pin-skill", skill=SKILL, reason="first", now=now - 900)
    cast.answers("Ben", "xxx" * 4, now - 60)
    with in_district(cast.district.id):
        PlanRow.objects.filter(learner=cast["Ben"]).update(ends=now - 50)
    yield cast
    cast.close()


def begin(cast: Cast, name: str, who: str = "Okafor") -> tuple[Client, str]:
    client = signed_in(cast[who])
    return client, client.post(f"/profile/{cast[name].id}/packet").headers["Location"]


def text(client: Client, page: str) -> str:
    return client.get(page, follow=True).content.decode()


def test_a_packet_opens_its_evidence_and_is_typeset(school: Cast) -> None:
    client = signed_in(school["Okafor"])
    page = text(client, f"/profile/{school['Ben'].id}/packet")
    assert "first answers were not right" in page and "One worry" in page
    links = re.findall(r'href="(/profile/[^"]+/evidence/skill/[^"]+)"', page)
    assert links and all(client.get(link).status_code == 200 for link in links)
    ben = signed_in(school["Ben"])
    ben.post(f"/profile/{school['Ben'].id}/talks", dict.fromkeys(("well", "hard", "want"), "W " * 300))
    for language in ("en", "es"):
        paper = client.get(f"/profile/{school['Ben'].id}/packet.pdf?language={language}")
        assert paper.content.startswith(b"%PDF") and paper.headers["Content-Language"] == language
        assert len(re.findall(rb"/Type\s*/Page\b", paper.content)) == 1, "one sheet, however much they bring"


def test_both_sides_steps_that_change_the_plan_and_what_each_reads(school: Cast) -> None:
    ana = school["Ana"]
    signed_in(ana).post(f"/profile/{ana.id}/talks", {"well": "Division", "hard": "", "want": "Fractions"})
    client, talk = begin(school, "Ana")
    page = text(client, talk)
    assert "Division" in page and "Agree on this" in page
    client.post(talk, {"do": "goal", "goal": re.findall(r'name="goal" value="([^"]+)"', page)[0], "weeks": "3"})
    client.post(talk, {"do": "time", "time": "14"})
    skill = re.findall(r'<option value="(\d[^"]+)"', page)[0]
    client.post(talk, {"do": "pin", "pin": skill})
    client.post(talk, {"do": "note", "words": "She shows Ben how she does it"})
    client.post(talk, {"do": "private", "words": "Ask the counselor"})
    with in_district(school.district.id):
        plan = plans_of([ana.id], time.time() + 1, 0.0)[ana.id]
        assert plan.daily_goal == 14 and skill in plan.pin_skills
        goal = Goal.objects.get(learner=ana, end=None)
        assert goal.by == school["Okafor"] and goal.due - goal.at == pytest.approx(21 * 86400.0)
    school.answer("Ana", True, time.time() + 5)
    client.post(talk, {"do": "end"})
    for who, page in (("Ana", "/talks"), ("Maria", f"/profile/{ana.id}/talks")):
        read = text(signed_in(school[who]), page)
        assert "She shows Ben how" in read and "Problems planned for a day: 14" in read
        assert "Ask the counselor" not in read
    assert "Ask the counselor" in text(signed_in(school["Ines"]), talk)
    assert "Agreed in a conference" in text(signed_in(school["Maria"]), f"/family/{ana.id}")
    assert replay_district(school.district.id).identical


def test_a_step_that_is_taken_back_leaves_the_plan_and_stays_on_record(school: Cast) -> None:
    client, talk = begin(school, "Ben")
    page = text(client, talk)
    choices = re.findall(r'value="choice:(\d)"', page)
    assert len(choices) >= 2
    for n in choices:
        client.post(talk, {"do": f"choice:{n}"})
    client.post(talk, {"do": f"choice:{choices[0]}"})
    assert "That is written down already." in text(client, talk)
    with in_district(school.district.id):
        lines = list(ConferenceLine.objects.filter(conference__learner=school["Ben"]))
        assert len(lines) == len(choices)
        before = plans_of([school["Ben"].id], time.time() + 1, 0.0)[school["Ben"].id]
    for line in lines:
        client.post(talk, {"do": f"back:{line.id}"})
        client.post(talk, {"do": f"back:{line.id}"})
    with in_district(school.district.id):
        after = plans_of([school["Ben"].id], time.time() + 1, 0.0)[school["Ben"].id]
        assert before.pin_skills and not after.pin_skills and after.daily_goal != before.daily_goal
        assert ConferenceLine.objects.filter(kind="back", conference__learner=school["Ben"]).count() == len(lines)
        assert not PlanRow.objects.filter(learner=school["Ben"], source="pin", ends=None).exists()
        assert GoalEnd.objects.filter(goal__learner=school["Ben"], kind="dropped").exists()
    assert "Nothing yet." in text(client, talk)
    client.post(talk, {"do": "end"})
    client.post(talk, {"do": "note", "words": "Too late"})
    assert "This talk is over." in text(client, talk)


def test_who_has_waited_longest_stands_first_and_two_taps_begin_one_talk(school: Cast) -> None:
    client, talk = begin(school, "Chi")
    assert begin(school, "Chi")[1] == talk
    assert "has begun and is not ended" in text(client, "/conferences")
    client.post(talk, {"do": "end"})
    names = re.findall(r"<b>(\w+) ", text(client, "/conferences").split('class="waiting"')[1])
    assert names[-1] == "Chi" and "Dev" in names and "Eva" not in names
    with in_district(school.district.id):
        assert Conference.objects.filter(learner=school["Chi"]).count() == 1
        chi = school["Chi"].id
        assert last_held(talks_of(chi, private=True)) == waiting_of([chi], open_since=0.0)[chi].last_at > 0.0
    later = begin(school, "Chi")[1]
    assert later != talk, "a talk that is over is not gone on with"


def test_a_learner_who_never_practised_and_words_that_are_none(school: Cast) -> None:
    dev = school["Dev"]
    client, talk = begin(school, "Dev")
    assert "There is too little practice" in text(client, f"/profile/{dev.id}/packet")
    for form in (
        {"do": "time", "time": "0"},
        {"do": "time", "time": "x"},
        {"do": "pin", "pin": "none"},
        {"do": "goal"},
    ):
        assert client.post(talk, form).status_code == 302
    for form in ({"do": "note", "words": " "}, {"do": "back:99999"}):
        assert client.post(talk, form).status_code == 302
    for form in ({"do": "choice:9"}, {"do": "nonsense"}, {}):
        assert client.post(talk, form).status_code == 404
    with in_district(school.district.id):
        assert not ConferenceLine.objects.filter(conference__learner=dev).exists()
    signed_in(dev).post(f"/profile/{dev.id}/talks", {"well": " ", "hard": "", "want": ""})
    with in_district(school.district.id):
        assert not Preparation.objects.filter(learner=dev).exists()


def test_others_do_not_get_in(school: Cast) -> None:
    ana = school["Ana"].id
    talk = begin(school, "Ana")[1]
    for who in ("Ana", "Maria", "Ben", "Lee", "Stone"):
        client = signed_in(school[who])
        for page in (f"/profile/{ana}/packet", f"/profile/{ana}/packet.pdf", talk):
            assert client.get(page).status_code == 404, (who, page)
        assert client.post(talk, {"do": "note", "words": "Mine"}).status_code == 404
    assert signed_in(school["Ben"]).get(f"/profile/{ana}/talks").status_code == 404
    assert signed_in(school["Maria"]).get("/conferences").status_code == 404
    signed_in(school["Okafor"]).post(f"/profile/{ana}/talks", {"well": "I am the teacher"})
    with in_district(school.district.id):
        assert not Preparation.objects.filter(by=school["Okafor"]).exists(), "the school's side is the packet"


def test_the_pages_take_a_fixed_number_of_queries(school: Cast) -> None:
    ben = school["Ben"].id
    client, talk = begin(school, "Ben")
    for who, page, most in (
        (client, "/conferences", 16),
        (client, f"/profile/{ben}/packet", 34),
        (client, talk, 34),
        (signed_in(school["Ben"]), "/talks", 16),
    ):
        who.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert who.get(page).status_code == 200
        assert len(queries) <= most, page + "\n" + "\n".join(query["sql"][:120] for query in queries)
