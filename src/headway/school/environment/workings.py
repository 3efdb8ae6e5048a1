"""A learner's problems as they were worked: lines, hints, answers and their times in the order of the clock.

Callers have checked access (``people.access.access_learner``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from headway.core.coaching.diagnosis import ALLEGED, Hypothesis, diagnose
from headway.core.coaching.held import ladder_of
from headway.core.coaching.items import task_of_step
from headway.core.curriculum.problems import Hint, Step
from headway.core.text import NOTHING, Text, text_from_json
from headway.school.coaching.held import Opening, applying, around, in_force, openings
from headway.school.coaching.judging import BROKEN, About, diagnosis_of
from headway.school.coaching.models import CoachLine
from headway.school.coaching.queries import Line, line_of, lines_from
from headway.school.coaching.standing import began_at, texts_of
from headway.school.curriculum.queries import UnknownProblem, problem_of
from headway.school.environment.misconceptions import standing_before, unsettled
from headway.school.mastery.queries import Answer, answers_of
from headway.school.path.models import Decision

PAGE = 40
"""Answers that are read for one page."""
MOST_DEEDS = 400
EARLIER = 3 * 60 * 60.0
"""Seconds before an answer in which its lines may have been written."""

Entry = Answer | Line


@dataclass(slots=True)
class Worked:
    """One time at one problem: ``activity``, or ``typed`` where it is the learner's own. ``entries`` are in the order of
    the clock; ``reason`` is why the path gave it, empty where somebody opened it. ``openings`` are those of hints that are held
    back, and their taking back, as far as they reach the learner, the oldest first."""

    activity: str
    typed: str = ""
    entries: list[Entry] = field(default_factory=list)
    reason: Text = NOTHING
    openings: list[Opening] = field(default_factory=list)

    @property
    def begins(self) -> float:
        """The moment of the first entry, in seconds since 1970."""
        return self.entries[0].at

    @property
    def answers(self) -> list[Answer]:
        """The answers among the entries."""
        return [entry for entry in self.entries if isinstance(entry, Answer)]

    @property
    def lines(self) -> list[Line]:
        """Everything that was done on the bench."""
        return [entry for entry in self.entries if isinstance(entry, Line)]


class Began(NamedTuple):
    """The line where a wrong answer began, as people count it, and what the learner was told."""

    line: int
    said: Text


@dataclass(frozen=True, slots=True)
class Why:
    """What one answer or line speaks for. ``shares`` are the misconceptions with the probability that was recorded;
    ``hypotheses`` are what the coach weighs when it is asked again now, a slip and the unknown among them; ``authored``
    says that the problem's author expects just this answer of the misconception. ``above`` are the lines before."""

    activity: str
    step: int
    typed: str
    written: str
    at: float
    misconception: str
    shares: tuple[tuple[str, float], ...]
    hypotheses: tuple[Hypothesis, ...]
    authored: bool = False
    above: tuple[str, ...] = ()
    said: Text = NOTHING


def workings_of(learner: UUID, *, before: int = 0) -> tuple[list[Worked], int]:
    """The problems of a page, newest first, and the ``before`` of the following page (0: there is none). Five queries at
    most."""
    answers = answers_of(learner, most=PAGE + 1, before=before)
    more, answers = len(answers) > PAGE, answers[:PAGE]
    newest = _when(learner, before) if before else 0.0
    oldest = answers[-1].at - EARLIER if answers and more else 0.0
    rows = CoachLine.objects.filter(learner_id=learner, now__gte=oldest)
    if before:
        rows = rows.filter(now__lt=newest)
    lines = lines_from(list(rows.order_by("-id")[:MOST_DEEDS])[::-1])
    found = _grouped([*answers, *lines])
    following = 0
    if more:
        cut = next((n for n, worked in enumerate(found) if worked.answers), 0)
        found = found[cut + 1 :] if any(worked.answers for worked in found[cut + 1 :]) else found[cut:]
        following = min(answer.number for worked in found for answer in worked.answers)
    _give_reasons(learner, found)
    _give_openings(learner, found)
    return found[::-1], following


def workings_with(learner: UUID, misconception: str) -> list[Worked]:
    """The newest problems in which a learner showed a misconception, by an answer or by a line. Six queries at most."""
    answers = answers_of(learner, misconception=misconception, most=PAGE)
    rows = CoachLine.objects.filter(learner_id=learner, misconception=misconception, probability__gt=ALLEGED)
    shown = unsettled(rows)
    workings = shown.order_by("-id").values("working")[:PAGE]
    rows = CoachLine.objects.filter(learner_id=learner, working__in=workings).order_by("-id")[:MOST_DEEDS]
    found = _grouped([*answers, *lines_from(list(rows)[::-1])])
    _give_reasons(learner, found)
    _give_openings(learner, found)
    return found[::-1]


def _when(learner: UUID, number: int) -> float:
    """When the first answer of the page above was given: its lines stand there."""
    above = answers_of(learner, most=1, before=number + 1)
    return above[0].at if above else 0.0


def _grouped(entries: list[Entry]) -> list[Worked]:
    """Put together what belongs to one time at one problem. It ends when the problem is begun anew, and when an answer to
    another one comes."""
    out: list[Worked] = []
    now_open: dict[str, Worked] = {}
    for entry in sorted(entries, key=lambda entry: (entry.at, isinstance(entry, Answer))):
        typed = entry.problem if isinstance(entry, Line) else ""
        key = f"{entry.working}" if isinstance(entry, Line) and typed else entry.activity
        here = now_open.get(key)
        if isinstance(entry, Answer):
            now_open = {name: worked for name, worked in now_open.items() if name == key}
            again = here is not None and any(
                (each.step, each.attempt) >= (entry.step, entry.attempt) for each in here.answers
            )
            here = None if again else here
        if here is None:
            here = Worked(entry.activity, typed)
            out.append(here)
        now_open[key] = here
        here.entries.append(entry)
    return out


def _give_reasons(learner: UUID, found: list[Worked]) -> None:
    activities = {worked.activity for worked in found if worked.activity}
    rows = Decision.objects.filter(learner_id=learner, activity__in=activities).order_by("id")
    reasons: dict[str, list[tuple[float, object]]] = {}
    for activity, at, reason in rows.values_list("activity", "at", "reason"):
        reasons.setdefault(activity, []).append((at, reason))
    for worked in found:
        before = [reason for at, reason in reasons.get(worked.activity, ()) if at <= worked.begins + 1.0]
        if before:
            worked.reason = text_from_json(before[-1])


def _give_openings(learner: UUID, found: list[Worked]) -> None:
    """Three queries at most, and none without imported problems."""
    activities = {worked.activity for worked in found if worked.activity and not worked.activity.startswith("gen:")}
    rows = openings(activities) if activities else []
    mine = applying(rows, learner, around([learner])[learner]) if rows else []
    for worked in found:
        worked.openings = [row for row in mine if row.activity == worked.activity]


def hints_read(worked: Worked, answer: Answer, step: Step) -> tuple[Hint, ...]:
    """The hints of a step that stood open when an answer was given: what was held back then is not among them. Help on the
    bench counts with an answer and is taken off here."""
    before = [each for each in worked.answers if each.step == answer.step and each.number < answer.number]
    wrong = sum(1 for each in before if not each.correct)
    lines = [line for line in worked.lines if line.step == answer.step and line.at <= answer.at]
    bench = sum(1 for line in lines if line.kind == "hint" or (line.verdict in BROKEN and not line.settled))
    opened = {row.hint for row in in_force(worked.openings, until=answer.at) if row.step == answer.step}
    return ladder_of(step.hints, wrong, opened)[: max(answer.hints - bench, 0)]


def why_of_answer(district: UUID, learner: UUID, number: int) -> Why | None:
    """What speaks for a diagnosis of an answer; None when this learner has no such answer."""
    found = next((a for a in answers_of(learner, most=1, before=number + 1) if a.number == number), None)
    if found is None:
        return None
    step = _step(district, found.activity, found.step)
    hypotheses: tuple[Hypothesis, ...] = ()
    if step is not None and not found.correct and not found.shown:
        task = task_of_step(step)
        hypotheses = diagnose(task, None, found.answer).hypotheses if task.start is not None else ()
    authored = step is not None and any(w.misconception == found.misconception for w in step.wrong)
    return Why(
        found.activity,
        found.step,
        "",
        found.answer,
        found.at,
        found.misconception,
        found.suspects,
        hypotheses,
        authored,
    )


def why_of_line(district: UUID, learner: UUID, number: int) -> Why | None:
    """What speaks for a diagnosis of a line; None when this learner has no such line."""
    row = CoachLine.objects.filter(learner_id=learner, id=number).first()
    if row is None:
        return None
    line = line_of(row)
    rows = CoachLine.objects.filter(learner_id=learner, working=line.working, id__lt=line.id).order_by("id")
    above = tuple(each.written for each in standing_before(line, [line_of(each) for each in rows]))
    about = About(district, line.activity, line.step, line.problem)
    found = diagnosis_of(about, (*above, line.written)) if line.kind == "line" else None
    shares = ((line.misconception, line.probability),) if line.misconception else ()
    return Why(
        line.activity,
        line.step,
        line.problem,
        line.written,
        line.at,
        line.misconception,
        shares,
        found.hypotheses if found is not None else (),
        above=above,
        said=line.said,
    )


def began(district: UUID, worked: Worked) -> dict[int, Began]:
    """For the wrong answers of one problem, by their number: the line where each began, where one can be named. It is
    worked out again from the lines that stood then, as for the learner."""
    found = {}
    for answer in worked.answers:
        lines = [line for line in worked.lines if line.step == answer.step and line.at <= answer.at]
        if answer.correct or answer.shown or not lines:
            continue
        texts = texts_of([line for line in lines if line.working == lines[-1].working])
        place = began_at(About(district, worked.activity, answer.step), texts, answer.answer)
        if place is not None:
            found[answer.number] = Began(list(texts).index(place[0]) + 1, place[1].sentence)
    return found


def _step(district: UUID, activity: str, step: int) -> Step | None:
    try:
        return problem_of(district, activity).steps[step]
    except (UnknownProblem, IndexError):
        return None
