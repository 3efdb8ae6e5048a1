"""What a month of school writes around one learner, through the actions that people use: for counts and for benchmarks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from headway.core.path.conferences import Facts, draft
from headway.core.path.goals import WEEK
from headway.core.profile.person import QUESTIONS
from headway.school.curriculum.queries import curriculum_of
from headway.school.environment.record import record_of
from headway.school.mastery.away import record_away
from headway.school.measurement.projects import actions, work
from headway.school.measurement.projects.ledger import scored_of
from headway.school.measurement.projects.queries import whole
from headway.school.measurement.projects.rubrics import rubric_value, rubrics_offered
from headway.school.models import Person, Section
from headway.school.path.conferences.actions import begin, end, prepare, write
from headway.school.path.goals import set_goal
from headway.school.people.clock import day_of
from headway.school.profile.actions import report_self, state_fact, write_note
from headway.school.profile.observing import chips_of, observe

DAY = 86_400.0


@dataclass(frozen=True)
class Around:
    """A learner in a class, a teacher of it, and family."""

    section: Section
    learner: Person
    teacher: Person
    family: Person


def a_month(who: Around, at: float, number: int) -> None:
    """Write one month that ends ``at``: facts, reports, notes, observations, a talk, a project, work away from the screen.
    The caller is in the district; ``number`` tells months apart, and the first one's project goes on."""
    learner, teacher = who.learner, who.teacher
    for kind, by, role in (
        ("interest", learner, "learner"),
        ("strength", who.family, "family"),
        ("need", teacher, "school"),
    ):
        state_fact(learner=learner, by=by, role=role, kind=kind, value=f"Thing {kind} {number}", now=at)
    report_self(learner=learner, answers=dict.fromkeys(QUESTIONS, 1 + number % 4), now=at)
    for n, kind in enumerate(("note", "contest", "annotation")):
        about = "" if kind == "note" else "skill:6.NS.B.2"
        words = f"Words {number}.{n}"
        write_note(learner=learner, by=who.family, role="family", kind=kind, about=about, words=words, now=at)
    chips = chips_of().chips
    for n in range(4):
        observe(learner=learner, by=teacher, chip=chips[n % len(chips)].key, key=uuid4(), now=at + 60.0 * n)
        _away(who, at - 7.0 * DAY * n)
    _talk(who, at, number)
    _project(who, at, number)


def new_goal(who: Around, now: float, *, skills: int = 4) -> None:
    """Let the learner set a goal of six weeks from skills that are under way; an open one ends as changed."""
    record = record_of(who.learner, now)
    views = (*record.outlook.under_way, *record.outlook.resting)[:skills]
    first = record.curriculum.skills[views[0].number]
    set_goal(
        learner=who.learner, by=who.learner, grade=first.grade, domain=first.domain,
        skills=[view.skill for view in views], due=now + 6 * WEEK, now=now,
    )  # fmt: skip


def _talk(who: Around, at: float, number: int) -> None:
    learner = who.learner
    facts = Facts(name=learner.given_name, since=at - 60 * DAY, now=at, views=(), ledger=[], days=10, minutes=100)
    talk = begin(learner=learner, by=who.teacher, packet=draft(facts, curriculum_of(learner.district_id)), now=at)
    for n in range(3):
        write(conference=talk, by=who.teacher, words=f"We agreed on {number}.{n}.", private=False, now=at + 60.0)
    end(conference=talk, by=who.teacher, now=at + 600.0)
    for by, role in ((learner, "learner"), (who.family, "family")):
        prepare(learner=learner, by=by, role=role, well="Division", hard="Words", want="Chess", now=at + 700.0)


def _project(who: Around, at: float, number: int) -> None:
    day = int(at // DAY)
    project = actions.start_project(
        section=who.section, title=f"Project {number}", question="Why?", subjects="Science",
        rubric=min(rubrics_offered()), steps=[actions.Step(f"Step {n}", "A page", day + 7 * n) for n in range(1, 4)],
        peers="checked", by=who.teacher, now=at,
    )  # fmt: skip
    for stone in whole(project, [who.learner]).milestones:
        work.hand_in(milestone=stone, learner=who.learner, group=None, now=at + 60.0, text="Mud and mayflies.")
        work.give_feedback(
            milestone=stone, to=who.learner, group=None, by=who.teacher, role="teacher", strength="Clear.",
            question="How do you know?", now=at + 90.0,
        )  # fmt: skip
    levels = {each.key: 2 for each in rubric_value(project.rubric).criteria}
    work.score(project=project, learners=[who.learner], group=None, levels=levels, by=who.teacher, now=at + 120.0)
    newest = max(scored_of(who.learner.id), key=lambda each: each.standing.score.number)
    work.contest_score(
        learner=who.learner, number=newest.standing.score.number, by=who.family, role="family", words="Look again.",
        now=at + 180.0,
    )  # fmt: skip
    if number > 0:
        actions.close_project(project=project, now=at + 30 * DAY, closed=True)


def _away(who: Around, at: float) -> None:
    district = who.learner.district_id
    record_away(
        learners=[who.learner], skill=curriculum_of(district).skills[0].id, form="paper", minutes=20,
        result="right", day=day_of(district, at), by=who.teacher, role="teacher", key=uuid4(), now=at,
    )  # fmt: skip
