"""What stands under the problem besides the answer: the working, an example that fades, and at the end what moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from headway.core.coaching.examples import Example, example_of
from headway.core.coaching.render import to_latex
from headway.core.profile.profile import Profile
from headway.core.profile.views import SkillView
from headway.pages.learner.bench import bench_of, working_id
from headway.pages.render import mathml, render
from headway.school.coaching.judging import About, topic_of
from headway.school.coaching.queries import WrongAnswer, last_working_of, working_of
from headway.school.curriculum.queries import curriculum_of
from headway.school.loop.queries import Line
from headway.school.people.models import Person

LONGEST = 3 * 60 * 60.0
"""Seconds after which a working does not belong to the answer any more."""
FULL, FADED = ("new", "starting", "stuck"), ("learning",)
"""Where a skill stands, for a whole example and for one whose last line is the learner's; later there is none."""


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """A line of a worked example with what it did."""

    html: SafeString
    says: SafeString


@dataclass(frozen=True, slots=True)
class Shown:
    """A worked example; ``last`` is the line that is left to the learner, empty in a whole one."""

    lines: tuple[ExampleLine, ...]
    last: SafeString


def beside_of(
    learner: Person,
    profile: Profile,
    activity: str,
    step: int,
    skills: Iterable[SkillView],
    *,
    turn: Line | None,
    over: bool,
) -> dict[str, Any]:
    """The context of the working: ``bench``, ``example``, and once the problem is over ``moved``. ``turn`` is the answer that
    was just given: a wrong one is followed back to the line where it began. ``skills`` are all that the learner has touched."""
    view = _view(learner, skills, activity)
    about = About(learner.district_id, activity, step)
    topic = topic_of(about)
    if topic.spec is None or topic.spec.kind in ("choice", "choices", "text"):
        return {"bench": None, "moved": _moved(learner, view, turn if over else None)}
    wrong = None if turn is None or turn.correct or turn.shown else WrongAnswer(turn.answer, turn.now)
    if turn is not None and over:
        since = turn.now - LONGEST
        reply = last_working_of(learner=learner.id, activity=activity, step=step, since=since, wrong=wrong)
        found = bench_of(about, reply.working, reply) if reply is not None else None
        return {"bench": found, "moved": _moved(learner, view, turn)}
    working = working_id(learner.id, activity, step, profile.current.since)
    bench = bench_of(about, working, working_of(learner=learner.id, working=working, wrong=wrong))
    example = _example(about) if view is None or view.status in (*FULL, *FADED) else None
    faded = view is not None and view.status in FADED
    return {"bench": bench, "example": _shown(example, faded=faded) if example is not None else None}


@lru_cache(maxsize=4096)
def _example(about: About) -> Example | None:
    """The example of a step: the same for everybody, and it takes some looking for."""
    return example_of(topic_of(about).task)


def _shown(example: Example, *, faded: bool) -> Shown:
    start = ExampleLine(mathml(to_latex(example.start)), SafeString(""))
    lines = [ExampleLine(mathml(to_latex(tree)), render(did)) for tree, did in example.lines]
    last = lines.pop().html if faded and len(lines) > 1 else SafeString("")
    return Shown((start, *lines), last)


def _view(learner: Person, skills: Iterable[SkillView], activity: str) -> SkillView | None:
    info = curriculum_of(learner.district_id).activity(activity)
    return next((view for view in skills if view.skill == info.skill), None) if info is not None else None


def _moved(learner: Person, view: SkillView | None, turn: Line | None) -> str:
    """One line on what this problem moved, in counts that the learner can check."""
    if turn is None or view is None:
        return ""
    curriculum = curriculum_of(learner.district_id)
    skill = _(curriculum.skills[view.number].title)
    if view.skill in turn.receipt.reached:
        return _("What moved: “{skill}” is solid now.").format(skill=skill)
    right, tried = sum(view.recent), len(view.recent)
    alone = turn.correct and turn.attempt == 1 and not turn.hints
    if alone and tried < 2:
        return _("What moved: “{skill}” has begun, and your first one was right.").format(skill=skill)
    if alone:
        says = _("What moved: “{skill}” went forward. {right} of your last {tried} first tries were right.")
        return says.format(skill=skill, right=right, tried=tried)
    if turn.correct:
        return _("What moved: “{skill}” is growing. It counts as solid when it comes on the first try.").format(
            skill=skill
        )
    return _("What moved: “{skill}” stays in practice. You will meet it again.").format(skill=skill)
