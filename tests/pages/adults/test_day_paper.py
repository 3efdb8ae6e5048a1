"""Whoever has only the paper knows of each learner and adult where they are, when, with whom, on what and with which task."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from headway.core.environment.instruction.sessions import Seat, Session
from headway.pages.render import plain
from headway.pages.teacher.day_shown import skill_said
from headway.pages.teacher.papers import problem_said
from headway.school.curriculum.queries import curriculum_of
from headway.school.environment.days.values import kept_of
from headway.school.environment.lesson import task_on
from headway.school.models import DayPlan
from headway.school.people.clock import date_of
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in
from tests.pages.adults.planned import hand_made
from tests.pdf_text import text_of

TIMES = ("09:00–09:20", "09:22–09:42", "09:44–10:04")


@pytest.fixture
def school(database: str) -> Iterator[Cast]:
    cast, now = make_cast(), time.time()
    for name in ("Ana", "Ben", "Chi", "Dev"):
        cast.answers(name, "oxooo", now - 60)
    yield cast
    cast.close()


def full(cast: Cast) -> DayPlan:
    """The plan made by hand; in its last round Ana and Chi are with Mr. Bell in the lab, Ben and Dev with each other."""
    row = hand_made(cast)
    with in_district(cast.district.id):
        c = curriculum_of(cast.district.id)
        people = [cast[name].id for name in ("Ana", "Chi", "Ben", "Dev")]
        shared = c.skill_number[row.body["sessions"][0]["skill"]]
        other = next(n for n in c.activity_skill.tolist() if n != shared)
        last = [
            Session(2, "teacher", other, "Mr. Bell", "Lab", (Seat(0, other, 1.0), Seat(1, other, 1.0))),
            Session(2, "partners", shared, "", "Classroom", (Seat(2, shared, 1.0), Seat(3, shared, 1.0))),
        ]
        row.body["sessions"] += kept_of(last, people, [skill.id for skill in c.skills])
        row.save()
    return row


def test_the_paper_answers_for_everybody(school: Cast) -> None:
    row = full(school)
    iso = date_of(row.day).isoformat()
    client, page = signed_in(school["Okafor"]), f"/teach/{school.a.id}/day"
    paper = text_of(client.get(f"{page}/paper?date={iso}").content)
    c = curriculum_of(school.district.id)
    ana, ben, chi, dev = (school[name].short_name for name in ("Ana", "Ben", "Chi", "Dev"))
    own = {place[0]: skill_said(place[1], c) for place in row.body["sessions"][2]["seats"]}
    alone = {name: own[str(school[name].id)] for name in ("Ana", "Ben", "Chi", "Dev")}
    shared, other = (skill_said(row.body["sessions"][n]["skill"], c) for n in (0, 3))

    for said in (
        f"Ms. Okafor {TIMES[0]} With the teacher · Classroom {shared} {ana}, {ben}, {chi} ",
        f"Ms. Okafor {TIMES[1]} no group: free to walk round ",
        f"Mr. Bell {TIMES[0]} no group: free to walk round ",
        f"Mr. Bell {TIMES[2]} With the teacher · Lab {other} {ana}, {chi} ",
    ):
        assert said in paper
    learners = paper[paper.index("Every learner") :]
    device, taught, partner = "On a device", "With the teacher · Ms. Okafor Classroom", "With a partner · {} Classroom"
    for said in (
        f"{ana} {taught} {shared} {device} {alone['Ana']} With the teacher · Mr. Bell Lab {other} ",
        f"{ben} {taught} {shared} {device} {alone['Ben']} {partner.format(dev)} {shared} ",
        f"{chi} {taught} {shared} {device} {alone['Chi']} With the teacher · Mr. Bell Lab {other} ",
        f"{dev} {device} {alone['Dev']} {device} {alone['Dev']} {partner.format(ben)} {shared} ",
    ):
        assert said in learners
    assert f"{TIMES[1]} Where and with whom On what Who {device} their own next step ☐ {ana}: {alone['Ana']} ☐" in paper
    for begin, whose, key in (("09:00 With the teacher", "Ms. Okafor", 0), ("09:44 With the teacher", "Mr. Bell", 3)):
        task = task_on(school.district.id, c, row.body["sessions"][key]["skill"], seed=row.day)
        given = " ".join(f"{problem_said(each)} → {plain(each.answer)}" for each in task.together)
        assert f"{begin} {whose} {skill_said(task.skill, c)} {' '.join(given.split())}" in paper
        assert task.alone is not None
        assert " ".join(problem_said(task.alone).split()) in paper

    wall = client.get(f"{page}/board?date={iso}&by=name").content.decode()
    assert f'<td>With the teacher · Mr. Bell · Lab</td></tr><tr><th scope="row">{ben}</th>' in wall
    assert f"<td>With a partner · {ben} · Classroom</td>" in wall
    assert "09:44–10:04" in wall
