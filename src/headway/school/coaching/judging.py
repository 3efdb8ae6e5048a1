"""Judging a working quickly: what was judged before is remembered, and what takes too long is left unjudged.

Every judgement is bounded by counted work in the core (about half a second on a slow machine). The limit in seconds
here is the promise to the person who waits: after it the coach says honestly that it cannot judge the line.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

from headway.core.coaching.cases import with_cases
from headway.core.coaching.checking import check
from headway.core.coaching.diagnosis import Diagnosis, diagnose
from headway.core.coaching.hints import final_value, hints
from headway.core.coaching.items import task_of_step
from headway.core.coaching.lines import MESSAGES, LineVerdict, judge_line, premise
from headway.core.coaching.signatures import same, signature
from headway.core.coaching.steps import next_step
from headway.core.coaching.tasks import OPEN, Task, task_of
from headway.core.coaching.tree import ParseError
from headway.core.coaching.working import Working, read_working, trace
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import Text
from headway.school.curriculum.queries import UnknownProblem, problem_of
from headway.school.people.refusal import NO_SUCH, Malformed, UnknownActivity

Result = TypeVar("Result")

LIMIT = 1.0
"""Seconds that a learner waits for the judgement of a line."""
MOST_CHECKED = 5.0
"""Seconds for a whole working that is sent at once."""
BROKEN = ("broken", "loses")
UNSURE = LineVerdict("unsure", MESSAGES["unsure"])
_log = logging.getLogger(__name__)
MOST_REMEMBERED = 20_000
_remembered: dict[Hashable, Future[Any]] = {}
_until: ContextVar[float] = ContextVar("coach_until", default=0.0)
_pool = ThreadPoolExecutor(4, thread_name_prefix="coach")


class About(NamedTuple):
    """What is worked on: a step of an activity, or a problem as it was typed."""

    district: UUID
    activity: str = ""
    step: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """``spec`` is how the answer is checked, None for a problem of one's own."""

    task: Task
    spec: AnswerSpec | None = None
    skills: tuple[str, ...] = ()


@lru_cache(maxsize=8192)
def topic_of(about: About) -> Topic:
    """Return what is worked on. Raises UnknownActivity, or Malformed for a problem that cannot be read."""
    if about.problem:
        task = task_of(about.problem)
        if isinstance(task, ParseError):
            raise Malformed(task.message)
        return Topic(task)
    try:
        steps = problem_of(about.district, about.activity).steps
    except UnknownProblem as error:
        raise UnknownActivity(NO_SUCH) from error
    if about.step >= len(steps):
        raise UnknownActivity(NO_SUCH)
    step = steps[about.step]
    written = step.answer.kind not in ("choice", "choices", "text")
    return Topic(task_of_step(step) if written else OPEN, step.answer, step.skills)


@contextmanager
def patience(seconds: float = LIMIT) -> Iterator[None]:
    """All judging inside shares these seconds; an outer one counts."""
    if _until.get():
        yield
        return
    token = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def within(seconds: float, work: Callable[[], Result], key: Hashable = None) -> Result | None:
    """Do some judging in a thread; None when it takes longer. The thread ends by itself: all work is counted.

    With a ``key`` the result is remembered, and what is still being worked out is not begun again.
    """
    future = _remembered.get(key) if key is not None else None
    if future is None:
        future = _pool.submit(work)
        if key is not None:
            if len(_remembered) >= MOST_REMEMBERED:
                _remembered.clear()
            _remembered[key] = future
    until = _until.get()
    left = min(seconds, until - time.monotonic()) if until else seconds
    try:
        return cast("Result", future.result(max(left, 0.0)))
    except TimeoutError:
        return None
    except Exception:  # noqa: BLE001 (whatever it was, a child must not meet an error page for a line)
        _log.exception("the coach failed on a line; the learner is told that it cannot judge it")
        return None


def warm_up() -> None:
    """Load the mal-rules, so that the first learner of a process does not wait for them."""
    about = About(UUID(int=0), problem="3(x-4)=18")
    diagnosis_of(about, ("3x-4=18",), limit=60.0)


def working_of_lines(about: About, lines: tuple[str, ...], *, limit: float = LIMIT) -> Working:
    """Judge the lines of a working, each as soon as the ones before it; one that takes longer than ``limit`` seconds is
    left unjudged."""
    verdicts = with_cases([_judged(about, lines[: n + 1], limit) or UNSURE for n in range(len(lines))])
    broken = next((n for n, verdict in enumerate(verdicts) if verdict.kind in BROKEN), -1)
    return Working(topic_of(about).task, lines, verdicts, broken)


def _judged(about: About, lines: tuple[str, ...], limit: float) -> LineVerdict | None:
    return within(limit, partial(_verdict, about, lines), ("verdict", about, lines))


@lru_cache(maxsize=16384)
def _verdict(about: About, lines: tuple[str, ...]) -> LineVerdict:
    """The verdict on the last of these lines."""
    earlier = [_verdict(about, lines[:n]) for n in range(1, len(lines))]
    return judge_line(topic_of(about).task, earlier, lines[-1])


def diagnosis_of(about: About, lines: tuple[str, ...], *, limit: float = LIMIT) -> Diagnosis | None:
    """Explain the last of these lines, which is broken; None when it took too long."""
    return within(limit, partial(_diagnosis, about, lines), ("diagnosis", about, lines))


def _diagnosis(about: About, lines: tuple[str, ...]) -> Diagnosis:
    task = topic_of(about).task
    verdicts = tuple(_verdict(about, lines[: n + 1]) for n in range(len(lines)))
    return diagnose(task, Working(task, lines, verdicts, len(lines) - 1))


class Traced(NamedTuple):
    """A working with the line named where a wrong answer began, and what explains the answer."""

    working: Working
    why: Diagnosis


def traced(about: About, working: Working, answer: str, *, limit: float = LIMIT) -> Traced | None:
    """Follow a wrong answer, given after these lines, back to the line where it began; None when no line is to be named,
    or when it took too long."""
    if not working.sound or not working.lines or topic_of(about).task.goal in ("compare", "write"):
        return None
    found = within(limit, partial(_traced, working, answer), ("trace", about, working.lines, answer))
    return found if found is not None and not found.working.sound else None


def _traced(working: Working, answer: str) -> Traced:
    whole = read_working(working.task, [*working.lines, answer], finished=True)
    return Traced(trace(working, answer), diagnose(working.task, whole))


def hints_of(working: Working, *, limit: float = LIMIT) -> tuple[Text, ...]:
    """The hints for where the learner stands; none when they take too long to make."""
    return within(limit, partial(hints, working.task, working)) or ()


def held_against(working: Working, number: int) -> int:
    """The place of the line that line ``number`` was held against, -1 for the problem itself."""
    start = premise(working.task, ())
    for place in range(number - 1, -1, -1):
        if premise(working.task, working.verdicts[place : place + 1]) != start:
            return place
    return -1


def answer_on(topic: Topic, line: str) -> str:
    """What a line gives as the answer: where a value is asked for, that is what stands after the last equals sign of
    ``26*6/4=39``."""
    spec, result = topic.spec, line.rpartition("=")[2].strip()
    if spec is None or spec.kind != "number" or topic.task.goal not in ("value", "open"):
        return line
    return line if not result or check(spec, line).correct else result


def answer_in(topic: Topic, working: Working) -> str:
    """The last line where it answers the problem and nothing before it is broken; else an empty string."""
    if not working.lines or not working.sound:
        return ""
    last, verdict = working.lines[-1], working.verdicts[-1]
    if topic.spec is not None:
        written = topic.spec.kind not in ("choice", "choices", "text")
        given = answer_on(topic, last)
        return given if written and check(topic.spec, given).correct else ""
    final, tree = final_value(working.task), verdict.main or verdict.tree
    if final is None or tree is None or not verdict.sound or verdict.kind == "side":
        return ""
    state = working.state
    done = state is not None and next_step(state) is None and same(signature(state), signature(final))
    return last if done else ""
