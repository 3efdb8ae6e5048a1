"""Maple's project under way: whole, on its own days, and nothing that the loop reads."""

from __future__ import annotations

from datetime import date, timedelta

from headway.cli.projects import play_project, read_project
from headway.school.evidence.queries import replay_district
from headway.school.models import Evidence, Project, RubricScore
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.maple import CARMEN, MINA, OKAFOR, make_maple

LAST = date(2026, 11, 20)


def test_the_project_of_the_demo_is_whole(database: str) -> None:
    maple = make_maple()
    dates = [LAST - timedelta(days=ago) for ago in range(27, -1, -1) if (LAST - timedelta(days=ago)).weekday() < 5]
    row = read_project()
    assert play_project((), district=maple.district) == 0, "nothing on the first day of school"
    lists = ("work", "marks", "feedback", "peers_said", "scores", "seen", "away", "own_away")
    assert play_project(dates, district=maple.district) == sum(len(row[key]) for key in lists)
    with in_district(maple.district):
        project = Project.objects.get()
        assert RubricScore.objects.filter(project=project, whose="group").count() == 3
        assert not Evidence.objects.exists(), "no answer of anybody"
    assert replay_district(maple.district).identical
    mina, teacher = signed_in(maple.person(MINA)), signed_in(maple.person(OKAFOR))
    assert row["title"] in mina.get("/projects").content.decode()
    board = teacher.get(f"/teach/project/{project.id}").content.decode()
    assert "Why mayflies and not something else?" in board, "a classmate’s feedback waits"
    assert "Learners wrote this down" in teacher.get(f"/teach/{maple.section()}/away").content.decode()
    family = signed_in(maple.person(CARMEN)).get(f"/profile/{maple.id_of(MINA)}").content.decode()
    for words in ("showed Leo how to read the scale", "nivel 3 de 4"):
        assert words in family
