"""The misconceptions of a section, now and over the term, with what learners wrote.

Whatever the size of the section it costs six queries: profiles, tallies of answers, tallies of lines, and the examples
(answers, workings, their lines). Answers and lines carry what the coach diagnosed when they came; nothing is diagnosed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Floor

from headway.core.coaching.diagnosis import ALLEGED
from headway.core.coaching.malrules.rule import misconception_named
from headway.core.curriculum.problems import AnswerSpec
from headway.core.environment.headline import headline
from headway.core.environment.misconceptions import WEEK, Finding, Tally, findings
from headway.core.environment.regrouping import Regrouping, asked, regrouping
from headway.core.text import NOTHING, T, Text, verbatim
from headway.school.coaching.models import CoachLine
from headway.school.coaching.queries import Line, line_of
from headway.school.coaching.standing import COMPLETES
from headway.school.curriculum.queries import UnknownProblem, problem_of
from headway.school.mastery.models import Evidence
from headway.school.people.clock import date_of, day_of, start_of, time_zone_of
from headway.school.profile.queries import profiles_of

TERM = 18
"""Weeks that are looked at, the present one included."""
EXAMPLES = 3
"""Examples of one misconception, each of another learner."""
SHOWN = 8
"""Misconceptions that come with examples; the others are listed."""
MOST_ITEMS = 12

LINES = ("line", "grid")


@dataclass(frozen=True, slots=True)
class Example:
    """What a learner wrote. With lines: those of the working up to the ``broken`` one, as texts in order. Without:
    ``answer`` alone, checked by ``spec``. ``said`` is what the learner was told of the line. ``evidence`` or ``line`` is
    the number of the row that it comes from."""

    learner: str
    at: float
    problem: Text
    answer: str = ""
    spec: AnswerSpec | None = None
    lines: tuple[str, ...] = ()
    said: Text = NOTHING
    evidence: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """The misconceptions of a section: those that somebody may hold ``now`` and those ``past`` this term. ``begins`` is
    the Monday of each week in seconds since 1970; ``examples`` by misconception; ``unreadable`` are learners whose profile
    is damaged."""

    at: float
    time_zone: str
    begins: tuple[float, ...]
    now: tuple[Finding, ...]
    past: tuple[Finding, ...]
    examples: dict[str, tuple[Example, ...]]
    unreadable: tuple[str, ...]

    def of(self, misconception: str) -> Finding | None:
        """One of them, or None."""
        return next((found for found in (*self.now, *self.past) if found.id == misconception), None)


@dataclass(frozen=True, slots=True)
class _Newest:
    """The newest row in which a learner showed a misconception."""

    learner: UUID
    misconception: str
    row: int
    at: float
    lines: bool


def misconceptions_of(district: UUID, learners: Sequence[UUID], now: float, *, only: str = "") -> Overview:
    """The misconceptions of these learners, with examples of the first ones, or of ``only`` one. The caller has checked
    access (``people.access.access_section``)."""
    time_zone = time_zone_of(district)
    begins = _weeks(district, now)
    profiles, damaged = profiles_of(learners)
    answers = Evidence.objects.filter(learner_id__in=learners, now__gte=begins[0]).exclude(misconception="")
    lines = unsettled(CoachLine.objects.filter(learner_id__in=learners, now__gte=begins[0], probability__gt=ALLEGED))
    if only:
        answers, lines = answers.filter(misconception=only), lines.filter(misconception=only)
    tallies, newest = _tallies(answers, "activity", begins[0], lines=False)
    written, newest_written = _tallies(lines.filter(kind__in=LINES), "working", begins[0], lines=True)
    suspects = {
        str(learner): [s for s in kept.profile.suspects if misconception_named(s.id) and (not only or s.id == only)]
        for learner, kept in profiles.items()
    }
    used = [tally for tally in (*tallies, *written) if misconception_named(tally.misconception)]
    found = findings(suspects, used, weeks=len(begins), now=now)
    first = min((n for f in found for n, count in enumerate(f.weeks) if count), default=len(begins) - 1)
    begins, found = begins[first:], [_from_week(f, first) for f in found]
    held = tuple(f for f in found if f.holders)
    past = tuple(sorted((f for f in found if not f.holders), key=lambda f: (-len(f.earlier), f.id)))
    shown = {f.id: f for f in ((*held, *past) if only else held[:SHOWN])}
    examples = _examples(district, [n for n in (*newest_written, *newest) if n.misconception in shown], shown)
    return Overview(now, time_zone, begins, held, past, examples, tuple(map(str, damaged)))


def regrouping_of(learners: Sequence[UUID], misconception: str, now: float) -> Regrouping | None:
    """The five-minute task for a misconception with problems of the kinds in which these learners showed it; None for one
    that nobody knows. The numbers stay the same for a day. The caller has checked access."""
    rows = Evidence.objects.filter(learner_id__in=learners, misconception=misconception)
    items = rows.values_list("item").annotate(n=Count("id")).order_by("-n", "item")[:MOST_ITEMS]
    return regrouping(misconception, tuple(item for item, _ in items), int(now // 86400))


def unsettled(rows: QuerySet[CoachLine]) -> QuerySet[CoachLine]:
    """Without the lines that took one of several solutions while the others came on a later line."""
    rest = CoachLine.objects.filter(
        learner=OuterRef("learner"), working=OuterRef("working"), id__gt=OuterRef("id"), said=COMPLETES
    )
    return rows.exclude(Q(verdict="loses") & Exists(rest))


def _weeks(district: UUID, now: float) -> tuple[float, ...]:
    """The Mondays of the term's weeks, the present one last."""
    today = day_of(district, now)
    monday = today - date_of(today).weekday()
    return tuple(start_of(district, monday - 7 * (TERM - 1 - n)) for n in range(TERM))


def _from_week(finding: Finding, first: int) -> Finding:
    return Finding(finding.id, finding.holders, finding.earlier, finding.weeks[first:], finding.last_at)


def _tallies(
    rows: QuerySet[Evidence] | QuerySet[CoachLine], place: str, begins: float, *, lines: bool
) -> tuple[list[Tally], list[_Newest]]:
    week = Floor((F("now") - begins) / WEEK)
    counted = (
        rows.annotate(week=week)
        .values_list("learner_id", "misconception", "week")
        .annotate(problems=Count(place, distinct=True), last=Max("now"), row=Max("id"))
        .order_by("learner_id", "misconception", "week")
    )
    tallies: list[Tally] = []
    newest: dict[tuple[UUID, str], _Newest] = {}
    for learner, misconception, number, problems, last, row in counted:
        tallies.append(Tally(str(learner), misconception, int(number), problems, last, lines))
        newest[learner, misconception] = _Newest(learner, misconception, row, last, lines)
    return tallies, list(newest.values())


def _examples(district: UUID, newest: Iterable[_Newest], shown: dict[str, Finding]) -> dict[str, tuple[Example, ...]]:
    """The newest of each learner, lines before answers alone, holders before others."""
    holders = {key: {holder.learner for holder in finding.holders} for key, finding in shown.items()}
    chosen: dict[str, dict[UUID, _Newest]] = {}
    for each in sorted(
        newest, key=lambda n: (str(n.learner) not in holders[n.misconception], not n.lines, -n.at, n.row)
    ):
        taken = chosen.setdefault(each.misconception, {})
        if len(taken) < EXAMPLES:
            taken.setdefault(each.learner, each)
    every = [each for taken in chosen.values() for each in taken.values()]
    answers = _answers(district, [each.row for each in every if not each.lines])
    lines = _lines(district, [each.row for each in every if each.lines])
    return {
        key: tuple(
            found for each in taken.values() if (found := (lines if each.lines else answers).get(each.row)) is not None
        )
        for key, taken in chosen.items()
    }


def _answers(district: UUID, rows: list[int]) -> dict[int, Example]:
    if not rows:
        return {}
    out = {}
    found = Evidence.objects.filter(id__in=rows).values_list("id", "learner_id", "activity", "step", "answer", "now")
    for row, learner, activity, step, answer, at in found:
        problem, spec = problem_text(district, activity, step)
        out[row] = Example(str(learner), at, problem, answer, spec, evidence=row)
    return out


def _lines(district: UUID, rows: list[int]) -> dict[int, Example]:
    if not rows:
        return {}
    broken = {row.id: line_of(row) for row in CoachLine.objects.filter(id__in=rows)}
    workings = {line.working for line in broken.values()}
    learners = {line.learner for line in broken.values()}
    every: dict[UUID, list[Line]] = {}
    for row in CoachLine.objects.filter(learner_id__in=learners, working__in=workings).order_by("id"):
        every.setdefault(row.working, []).append(line_of(row))
    return {row: _written(district, line, every[line.working]) for row, line in broken.items()}


def _written(district: UUID, line: Line, working: list[Line]) -> Example:
    before = standing_before(line, working)
    texts = (*(each.written for each in before), line.written)
    problem = verbatim(line.problem) if line.problem else problem_text(district, line.activity, line.step)[0]
    return Example(str(line.learner), line.at, problem, lines=texts, said=line.said, line=line.id)


def standing_before(line: Line, working: Sequence[Line]) -> list[Line]:
    """The lines of a working that stood above ``line`` when it was written, in the order of their places."""
    stood: dict[int, Line] = {}
    for each in working:
        if each.id >= line.id:
            break
        if each.kind == "line":
            stood[each.number] = each
        elif each.kind == "drop":
            stood.pop(each.number, None)
    return [each for place, each in sorted(stood.items()) if place < line.number]


def problem_text(district: UUID, activity: str, step: int) -> tuple[Text, AnswerSpec | None]:
    """A step in a few signs where it has a formula, in its own words otherwise, and how it is checked."""
    with suppress(UnknownProblem, IndexError):
        problem = problem_of(district, activity)
        part = problem.steps[step]
        formula = headline(problem, step)
        return (formula if formula != NOTHING else asked(problem, part)), part.answer
    return T("a problem that is not there any more"), None
