"""My goals: wish, choose, see what changes on the path and why, put aside; replay gives it all again."""

from __future__ import annotations

import re
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.core.path.goals import WEEK
from headway.core.path.plan import wanted_by
from headway.school.evidence.queries import replay_district
from headway.school.models import Decision, Goal, GoalEnd, PlanRow
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in


def choose(cast: Cast, name: str, *, weeks: str = "6", offer: str = "") -> str:
    client = signed_in(cast[name])
    page = client.get("/goals?choose=1").content.decode()
    key = offer or re.findall(r'name="offer" value="([^"]+)"', page)[0]
    client.post("/goals", {"do": "set", "offer": key, "weeks": weeks, "why": "for my team"})
    return client.get("/goals").content.decode()


def test_a_learner_wishes_chooses_and_sees_what_changes() -> None:
    cast = make_cast()
    now = time.time()
    cast.answers("Ana", "oxooooooo", now - 60)
    page = choose(cast, "Ana")
    assert "Your goal is set. From your next problem on, your path leans this way" in page
    assert "for my team" in page and "Now" in page
    assert "At this pace" in page and "With 20 more minutes on each school day" in page
    with in_district(cast.district.id):
        goal = Goal.objects.get(learner=cast["Ana"])
        rows = list(PlanRow.objects.filter(id__in=goal.rows).order_by("starts"))
        assert list(dict.fromkeys(wanted_by(row.value)[0] for row in rows)) == goal.skills
        assert {(row.source, row.effect) for row in rows} == {("policy", "prefer-skill")}
        assert all(
            max(row.ends or 0.0 for row in rows if wanted_by(row.value)[0] == skill) == goal.due
            for skill in goal.skills
        )
        assert goal.forecast["early"] <= goal.forecast["late"]
    later = time.time() + 5
    cast.answers("Ana", "oooo", later + 35, every=10)
    with in_district(cast.district.id):
        made = list(Decision.objects.filter(learner=cast["Ana"]).order_by("-id")[:4])
        assert any(each.reason_code == "goal" for each in made)
        assert len({each.skill for each in made}) > 1, "other skills still come in between"
    page = choose(cast, "Ana", weeks="10")
    with in_district(cast.district.id):
        assert GoalEnd.objects.get(goal=goal).kind == "changed"
        assert not PlanRow.objects.filter(id__in=goal.rows, ends__gt=time.time() + 60).exists()
    cast.answer("Ana", False, later + 300)
    assert replay_district(cast.district.id).identical
    cast.close()


def test_a_wish_names_what_the_career_asks_for(maple: Cast) -> None:
    client = signed_in(maple["Ben"])
    client.post("/goals", {"do": "wish", "career": "nurse"})
    page = client.get("/goals").content.decode()
    assert "Cares for people." in page and "Ratios and proportions. Calm." in page
    assert "Needed for: Nurse" in page
    client.post("/goals", {"do": "wish", "own": ""})
    assert "Write a few words first." in client.get("/goals").content.decode()
    client.post("/goals", {"do": "wish", "career": "pirate"})
    assert "Choose a career from the list." in client.get("/goals").content.decode()


def test_what_is_not_on_the_page_cannot_be_set(maple: Cast) -> None:
    client = signed_in(maple["Chi"])
    for form in ({"offer": "7|Alchemy", "weeks": "6"}, {"offer": "6|Fractions", "weeks": "99"}):
        client.post("/goals", {"do": "set", **form})
    with in_district(maple.district.id):
        assert not Goal.objects.filter(learner=maple["Chi"]).exists()
    assert client.post("/goals", {"do": "nonsense"}).status_code == 404


def test_a_goal_is_put_aside_and_the_path_is_free() -> None:
    cast = make_cast()
    cast.answers("Chi", "ooo", time.time() - 60)
    choose(cast, "Chi")
    client = signed_in(cast["Chi"])
    client.post("/goals", {"do": "drop"})
    page = client.get("/goals").content.decode()
    assert "This goal is over." in page and "put aside" in page and "Choose a goal" in page
    with in_district(cast.district.id):
        goal = Goal.objects.get(learner=cast["Chi"])
        assert all((row.ends or 0.0) <= time.time() + 1 for row in PlanRow.objects.filter(id__in=goal.rows))
        assert goal.due > time.time() + 5 * WEEK
    cast.close()


def test_without_practice_or_curriculum_there_is_a_way_on(maple: Cast) -> None:
    assert "Goals begin with your first problems" in signed_in(maple["Dev"]).get("/goals").content.decode()
    bare = make_cast(curriculum=False)
    assert "has not set up practice yet" in signed_in(bare["Ana"]).get("/goals").content.decode()
    bare.close()


def test_goals_are_the_learners_own_page(maple: Cast) -> None:
    assert signed_in(maple["Okafor"]).get("/goals").status_code == 403
    assert signed_in(maple["Maria"]).get("/goals").status_code == 403


def test_the_page_takes_a_fixed_number_of_queries(maple: Cast) -> None:
    client = signed_in(maple["Ana"])
    client.get("/goals")
    with CaptureQueriesContext(connection) as queries:
        client.get("/goals")
    assert len(queries) <= 34, "\n".join(query["sql"][:120] for query in queries)
