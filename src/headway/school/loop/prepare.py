"""The work before the transaction: find the problem, check the answer. Costs no lock and no database time when warm."""

from __future__ import annotations

from dataclasses import dataclass

from headway.core.coaching.checking import Verdict, check
from headway.core.coaching.suspects import alleged, suspects_of
from headway.core.curriculum.problems import AnswerSpec, Problem, Step, WrongAnswer
from headway.core.events import Response, Start
from headway.core.text import NOTHING, T, Text
from headway.school.curriculum.queries import UnknownProblem, problem_of
from headway.school.loop.values import Receipt, Submission, checked
from headway.school.people.refusal import NO_SUCH, UnknownActivity

COUNTED = frozenset({"right", "wrong", "shown"})
"""Outcomes that are evidence. The others (a form, a unit, something unreadable) ask the learner to look again."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A submission with its checked event; ``receipt`` is set when nothing has to be written at all."""

    submission: Submission
    event: Response | Start
    outcome: str
    message: Text
    receipt: Receipt | None = None


def prepare(submission: Submission) -> Prepared:
    """Check a submission. Raises Malformed or UnknownActivity."""
    s = checked(submission)
    if s.kind == "start":
        if s.activity.startswith("gen:"):
            _problem_of(s)  # one that cannot be made must not be opened
        start = Start(str(s.event), str(s.learner), s.at, s.activity, s.simulated)
        return Prepared(s, start, "started", T("Here is your next problem."))
    problem = _problem_of(s)
    if s.step >= len(problem.steps):
        raise UnknownActivity(NO_SUCH)
    step = problem.steps[s.step]
    verdict = SHOWN if s.shown else check(step.answer, s.answer)
    outcome = "shown" if s.shown else verdict.outcome
    # Not against every mal-rule: that takes milliseconds, and every other learner of this process waits.
    suspects = suspects_of(step, s.answer, deep=False) if outcome == "wrong" else ()
    response = Response(
        id=str(s.event),
        learner=str(s.learner),
        activity=s.activity,
        step=s.step,
        item=step.item,
        skills=step.skills,
        answer=s.answer,
        correct=verdict.correct,
        at=s.at,
        hints=s.hints,
        shown=s.shown,
        seconds=s.seconds,
        misconception=(misconception_of(step, s.answer) or alleged(suspects)) if outcome == "wrong" else "",
        simulated=s.simulated,
        suspects=suspects,
    )
    receipt = None
    if outcome not in COUNTED:
        receipt = Receipt(outcome, False, verdict.message, s.activity, s.step, 0, moved_on=False)
    return Prepared(s, response, outcome, verdict.message, receipt)


def _problem_of(submission: Submission) -> Problem:
    try:
        return problem_of(submission.district, submission.activity)
    except UnknownProblem as error:
        raise UnknownActivity(NO_SUCH) from error


SHOWN = Verdict(correct=False, outcome="wrong", message=T("Here is how it goes. Read it once, then try the next one."))


def misconception_of(step: Step, answer: str) -> str:
    """Return the misconception that gives just this wrong answer, or "" when none of the step's own does."""
    return next((wrong.misconception for wrong in step.wrong if _gives(step.answer, wrong, answer)), "")


def said_of(step: Step, answer: str) -> Text:
    """Return what the author of a step says of a wrong answer; of several choices, of the first one that is wrong."""
    given = answer.split(",") if step.answer.kind == "choices" else (answer,)
    return next((wrong.says for each in given for wrong in step.wrong if _gives(step.answer, wrong, each)), NOTHING)


def _gives(spec: AnswerSpec, wrong: WrongAnswer, answer: str) -> bool:
    return wrong.answer == answer or check(_same_kind(spec, wrong.answer), answer).correct


def _same_kind(spec: AnswerSpec, key: str) -> AnswerSpec:
    return AnswerSpec(kind=spec.kind, keys=(key,), choices=spec.choices, unit=spec.unit, variables=spec.variables)
