"""The map and the story: where one stands, walking to a skill, growth over time, and who sees it."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.core.path.away import Away
from headway.core.text import T
from headway.school.evidence.queries import replay_district
from headway.school.models import MasteryEntry, PlanRow
from headway.school.path.away import did_it
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    """Ana has practised for a while, Ben has not."""
    found, now = make_cast(), time.time()
    found.answers("Ana", "oxooooooooooooooooooooooo", now - 60)
    with in_district(found.district.id):
        task = Away("draw", "", T("Draw how you solved your last problem, so that it makes sense without words."))
        did_it(learner=found["Ana"], offered=[task], key="draw", words="<b>a house</b>", now=now - 30)
    yield found
    found.close()


def test_a_learner_walks_the_map(cast: Cast) -> None:
    client = signed_in(cast["Ana"])
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/my-path").content.decode()
    assert len(queries) <= 14, "\n".join(query["sql"][:120] for query in queries)
    assert "You are here" in page and 'aria-label="Grades"' in page
    keys = re.findall(r'class="stone" href="\?at=([^"#]+)#spot"', page)
    assert len(keys) == len(set(keys)) > 5
    spot = client.get(f"/my-path?at={keys[-1]}").content.decode()
    assert "It builds on" in spot or "It opens the way to" in spot
    ready = re.search(r'<li class="(?:ready|later)">\s*<a class="stone" href="\?at=([^"#]+)#spot"', page)
    assert ready
    told = client.post("/my-path/walk", {"skill": ready[1]}, follow=True).content.decode()
    assert "For the rest of today your path leans that way" in told
    with in_district(cast.district.id):
        assert PlanRow.objects.get(learner=cast["Ana"], effect="choose-skill").value == ready[1]
    assert "your path leans this way" in client.get("/my-path").content.decode()
    assert replay_district(cast.district.id).identical


def test_who_first_comes_by_a_link_to_a_skill_finds_the_skill(cast: Cast) -> None:
    client = signed_in(cast["Dev"])
    assert "Your path begins with your first problem" in client.get("/my-path").content.decode()
    page = client.get("/my-path?at=6.NS.A.1").content.decode()
    assert 'id="spot"' in page and "Walk here today" in page


def test_what_is_not_on_the_map_cannot_be_walked_to(cast: Cast) -> None:
    client = signed_in(cast["Ana"])
    for skill in ("", "nonsense", "x" * 3000):
        page = client.post("/my-path/walk", {"skill": skill}, follow=True).content.decode()
        assert "Choose one of the skills on your map" in page
    assert client.get("/my-path?at=nonsense&grade=99").status_code == 200
    assert "Choose one of the skills" in signed_in(cast["Ben"]).post("/my-path/walk", {}, follow=True).content.decode()
    assert "Your path begins with your first problem" in signed_in(cast["Ben"]).get("/my-path").content.decode()


def test_the_story_is_the_same_for_learner_family_and_school(cast: Cast) -> None:
    client = signed_in(cast["Ana"])
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/my-story").content.decode()
    assert len(queries) <= 16, "\n".join(query["sql"][:120] for query in queries)
    assert "problems tried" in page and "became solid" in page
    assert "&lt;b&gt;a house&lt;/b&gt;" in page
    url = f"/profile/{cast['Ana'].id}/story"
    for who in ("Maria", "Okafor"):
        seen = signed_in(cast[who]).get(url).content.decode()
        assert "Ana’s story so far" in seen and "became solid" in seen
    assert signed_in(cast["Stone"]).get(url).status_code == 404
    assert client.get(url)["Location"] == "/my-story"
    assert "The story begins with the first problem" in signed_in(cast["Ben"]).get("/my-story").content.decode()


def test_the_picture_of_a_story_has_its_marks_in_their_places_in_every_language(cast: Cast) -> None:
    now = time.time()
    cast.answers("Eva", "o", now - 20 * 86_400.0)
    cast.answers("Eva", "o", now - 60)
    client = signed_in(cast["Eva"])
    english = re.findall(r' (y[12]?)="([^"]*)"', client.get("/my-story").content.decode())
    client.post("/language", {"language": "es", "next": "/my-story"})
    spanish = client.get("/my-story").content.decode()
    assert "Mi historia hasta ahora" in spanish and re.findall(r' (y[12]?)="([^"]*)"', spanish) == english
    assert len(english) > 6 and all(0.0 <= float(at) <= 206.0 for _name, at in english)


def test_a_long_story_counts_what_became_solid_long_ago(cast: Cast) -> None:
    now = time.time()
    cast.answers("Chi", "o", now - 60)
    line = {
        "district": cast.district, "learner": cast["Chi"], "probability": 0.9, "threshold": 0.8, "evidence_count": 9,
        "model": "gaussian-2",
    }  # fmt: skip
    kinds = [("6.NS.B.2", "reached"), *[("6.NS.B.3", "confirmed")] * 420]
    with in_district(cast.district.id):
        MasteryEntry.objects.bulk_create(
            MasteryEntry(**line, skill=skill, kind=kind, response=uuid.uuid4(), at=now - 9000.0 + n)
            for n, (skill, kind) in enumerate(kinds)
        )
    assert "2 skills solid now" in signed_in(cast["Chi"]).get("/my-story").content.decode()
