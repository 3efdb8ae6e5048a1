"""Workings in words: verdicts, hints as they were read, times, and what was diagnosed."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.coaching.diagnosis import Hypothesis
from headway.core.coaching.malrules.rule import malrules, misconception_named
from headway.core.coaching.render import to_latex
from headway.core.curriculum.catalogue import Curriculum
from headway.core.curriculum.problems import Problem
from headway.core.environment.misconceptions import sureness
from headway.core.environment.regrouping import asked
from headway.core.text import NOTHING, T, Text, verbatim
from headway.pages.dates import when
from headway.pages.learner.answers import typed, written
from headway.pages.render import mathml
from headway.pages.teacher.evidence import seconds_said
from headway.pages.teacher.found import SURE
from headway.school.coaching.held import Opening
from headway.school.coaching.queries import Line
from headway.school.curriculum.queries import UnknownProblem, problem_of
from headway.school.environment.workings import EARLIER, Began, Why, Worked, began, hints_read
from headway.school.mastery.queries import Answer

VERDICTS: dict[str, tuple[str, Promise]] = {
    "equivalent": ("ok", gettext_lazy("follows")),
    "same-solutions": ("ok", gettext_lazy("follows, same solutions")),
    "side": ("ok", gettext_lazy("right, beside the main line")),
    "no-progress": ("look", gettext_lazy("true, but the same as before")),
    "gains": ("look", gettext_lazy("follows, with solutions to test")),
    "loses": ("no", gettext_lazy("a solution got lost")),
    "broken": ("no", gettext_lazy("does not follow")),
    "unreadable": ("look", gettext_lazy("could not be read")),
    "unsure": ("look", gettext_lazy("could not be judged, counts for nothing")),
}
MARKS = {
    "ok": "i-check",
    "no": "i-x",
    "look": "i-eye",
    "hint": "i-bulb",
    "drop": "i-again",
    "shown": "i-eye",
    "reason": "i-info",
}


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One deed: ``mark`` names its look, ``icon`` its sign, ``word`` what came of it. ``name`` is the misconception with
    ``sure`` in words; ``kind`` and ``number`` name the row whose reasons can be opened. ``hints`` were open then."""

    mark: str
    icon: str
    what: str
    text: SafeString
    word: str
    said: Text
    time: str
    name: Text = NOTHING
    sure: str = ""
    kind: str = ""
    number: int = 0
    hints: tuple[Text, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class ShownWorked:
    """A problem with what was done, in order."""

    title: Text
    problem: Text
    when: str
    reason: Text
    entries: tuple[ShownEntry, ...]
    lines: bool


@dataclass(frozen=True, slots=True)
class ShownHypothesis:
    """A cause that the coach weighs, with its share out of 100; ``before`` and ``after`` are the part that was changed."""

    name: Text
    number: int
    before: SafeString = field(default_factory=SafeString)
    after: SafeString = field(default_factory=SafeString)
    teacher: Text = NOTHING
    looks: tuple[str, str] = ("", "")
    source: str = ""


@dataclass(frozen=True, slots=True)
class ShownWhy:
    """The reasons of a diagnosis; ``named`` is what was alleged, ``recorded`` how sure it was when it was written down."""

    problem: Text
    above: tuple[SafeString, ...]
    written: SafeString
    when: str
    said: Text
    named: Text
    key: str
    recorded: str
    authored: bool
    hypotheses: tuple[ShownHypothesis, ...]


def shown_worked(
    worked: Worked, district: UUID, curriculum: Curriculum | None, now: float, time_zone: str
) -> ShownWorked:
    """Put one problem into words; only a problem of one's own needs no ``curriculum`` for its title."""
    problem = _problem(district, worked.activity)
    asked_ = verbatim(worked.typed) if worked.typed else Text(worked.activity)
    if problem is not None:
        asked_ = asked(problem, problem.steps[0])
    traces = began(district, worked) if problem is not None else {}
    return ShownWorked(
        title=_title(curriculum, worked.activity) if curriculum is not None else NOTHING,
        problem=asked_,
        when=when(worked.begins, now, time_zone),
        reason=worked.reason,
        entries=_entries(worked, problem, traces),
        lines=bool(worked.lines),
    )


def _entries(worked: Worked, problem: Problem | None, traces: dict[int, Began]) -> tuple[ShownEntry, ...]:
    """What was done, and what was opened meanwhile, in the order of the clock."""
    done = [
        (e.at, _answer(worked, e, problem, traces.get(e.number)) if isinstance(e, Answer) else _line(e))
        for e in worked.entries
    ]
    last = worked.entries[-1].at + EARLIER
    done += [(row.now, _opening(row)) for row in worked.openings if worked.begins <= row.now <= last]
    return tuple(entry for _at, entry in sorted(done, key=lambda each: each[0]))


def _opening(row: Opening) -> ShownEntry:
    what = _("%(who)s opened a hint that was held back") if row.open else _("%(who)s held a hint back again")
    return ShownEntry("hint", MARKS["hint"], what % {"who": row.who}, SafeString(""), "", NOTHING, "")


def _problem(district: UUID, activity: str) -> Problem | None:
    try:
        return problem_of(district, activity) if activity else None
    except UnknownProblem:
        return None


def _title(curriculum: Curriculum, activity: str) -> Text:
    info = curriculum.activity(activity) if activity else None
    number = curriculum.skill_number.get(info.skill, -1) if info is not None else -1
    return Text(curriculum.skills[number].title) if number >= 0 else NOTHING


def _line(line: Line) -> ShownEntry:
    mark, word = VERDICTS.get(line.verdict, ("look", ""))
    time = seconds_said(line.seconds) if line.seconds > 0 else ""
    if line.kind == "hint":
        what = _("Hint {n}").format(n=line.level) if line.level else _("Asked for a hint")
        small = _("a smaller step came with it, because hints were asked for quickly") if line.small else ""
        return ShownEntry("hint", MARKS["hint"], what, SafeString(""), small, line.said, time)
    if line.kind == "drop":
        what = _("Took line {n} out").format(n=line.number + 1)
        return ShownEntry("drop", MARKS["drop"], what, SafeString(""), "", NOTHING, time)
    if line.kind == "reason":
        return ShownEntry("reason", MARKS["reason"], _("Chose a reason"), SafeString(""), "", line.said, time)
    if line.settled:
        mark, word = "ok", _("one of the solutions, the others follow")
    alleged = line.misconception if line.probability > 0.5 and not line.settled else ""
    found = misconception_named(alleged)
    name = found.name if found is not None else NOTHING
    grid = line.kind == "grid"
    return ShownEntry(
        mark=mark,
        icon=MARKS[mark],
        what=_("Columns") if grid else _("Line {n}").format(n=line.number + 1),
        text=SafeString(escape(line.written)) if grid else typed(line.written),
        word=str(word),
        said=line.said if not line.settled else NOTHING,
        time=time,
        name=name,
        sure=str(SURE[sureness(line.probability)]) if name != NOTHING else "",
        kind="line" if mark == "no" else "",
        number=line.id,
    )


def _answer(worked: Worked, answer: Answer, problem: Problem | None, trace: Began | None) -> ShownEntry:
    step = problem.steps[answer.step] if problem is not None and answer.step < len(problem.steps) else None
    mark = "shown" if answer.shown else "ok" if answer.correct else "no"
    word = {"shown": _("asked for the solution"), "ok": _("right"), "no": _("not right")}[mark]
    if answer.attempt > 1:
        word = _("%(said)s, try %(n)d") % {"said": word, "n": answer.attempt}
    known = misconception_named(answer.misconception)
    name = known.name if known is not None else NOTHING
    share = dict(answer.suspects).get(answer.misconception, 0.0)
    several = problem is not None and len(problem.steps) > 1
    return ShownEntry(
        mark=mark,
        icon=MARKS[mark],
        what=_("Answer to part {n}").format(n=answer.step + 1) if several else _("Answer"),
        text=written(step.answer, answer.answer) if step is not None else SafeString(escape(answer.answer)),
        word=word,
        said=T("It began on line {n}. {why}", n=trace.line, why=trace.said) if trace is not None else NOTHING,
        time=seconds_said(answer.seconds),
        name=name,
        sure=str(SURE[sureness(share)]) if name != NOTHING and share else "",
        kind="answer" if mark == "no" else "",
        number=answer.number,
        hints=tuple(hint.text for hint in hints_read(worked, answer, step)) if step is not None else (),
        help=ngettext("%(n)d hint", "%(n)d hints", answer.hints) % {"n": answer.hints} if answer.hints else "",
    )


def shown_why(why: Why, district: UUID, now: float, time_zone: str) -> ShownWhy:
    """Put the reasons of a diagnosis into words."""
    problem = _problem(district, why.activity)
    step = problem.steps[why.step] if problem is not None and why.step < len(problem.steps) else None
    known = misconception_named(why.misconception)
    share = dict(why.shares).get(why.misconception, 0.0)
    asked_ = verbatim(why.typed) if why.typed else Text(why.activity)
    if problem is not None and step is not None:
        asked_ = asked(problem, step)
    return ShownWhy(
        problem=asked_,
        above=tuple(map(typed, why.above)),
        written=written(step.answer, why.written) if step is not None and not why.said.message else typed(why.written),
        when=when(why.at, now, time_zone),
        said=why.said,
        named=known.name if known is not None and (share > 0.5 or why.authored) else NOTHING,
        key=why.misconception,
        recorded=_("{n} out of 100").format(n=round(100 * share)) if share else "",
        authored=why.authored,
        hypotheses=tuple(_hypothesis(each) for each in why.hypotheses[:6]),
    )


def _hypothesis(found: Hypothesis) -> ShownHypothesis:
    number = round(100 * found.probability)
    if found.rule is None:
        words = {"slip": _("A slip: one sign, one digit or a number that is one off"), "unknown": _("Something else")}
        return ShownHypothesis(verbatim(words.get(found.id, found.id)), number)
    rule = malrules()[found.id]
    return ShownHypothesis(
        name=rule.name,
        number=number,
        before=mathml(to_latex(found.before)) if found.before is not None else SafeString(""),
        after=mathml(to_latex(found.after)) if found.after is not None else SafeString(""),
        teacher=rule.teacher,
        looks=rule.looks,
        source=rule.source,
    )
