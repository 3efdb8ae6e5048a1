"""A misconception of a class in words: names by how sure it is, the weeks as bars, what learners wrote."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.coaching.malrules.rule import known_misconceptions, misconception_named
from headway.core.environment.misconceptions import Finding, Holder, Sure, Trend
from headway.core.text import NOTHING, Text
from headway.pages.dates import month_day, when
from headway.pages.learner.answers import typed, written
from headway.pages.render import plain
from headway.school.environment.misconceptions import Example, Overview
from headway.school.people.clock import local_date

SURE: dict[Sure, Promise] = {
    "nearly": gettext_lazy("Nearly sure"),
    "likely": gettext_lazy("Likely"),
    "perhaps": gettext_lazy("Perhaps"),
}
TRENDS: dict[Trend, Promise] = {
    "new": gettext_lazy("New in the last two weeks"),
    "up": gettext_lazy("More learners than before"),
    "down": gettext_lazy("Fewer learners than before"),
    "steady": gettext_lazy("About as many as before"),
    "quiet": gettext_lazy("Not seen for two weeks"),
}
TONES: dict[Trend, str] = {"new": "clay", "up": "clay", "down": "leaf", "steady": "sun", "quiet": "plain"}
BAR, GAP, TALL = 9, 4, 34
"""Pixels: the width of a week's bar, between bars, the height of the tallest."""


@dataclass(frozen=True, slots=True)
class ShownHolder:
    """A learner with what it rests on."""

    learner: str
    name: str
    rests: str


@dataclass(frozen=True, slots=True)
class ShownWeek:
    """A week with its bar; ``said`` is the count in words."""

    name: str
    said: str
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class ShownExample:
    """What somebody wrote: ``above`` the lines before, ``wrong`` the line that broke, or the answer. ``kind`` and
    ``number`` name the row that the page of reasons opens."""

    name: str
    learner: str
    when: str
    problem: Text
    above: tuple[SafeString, ...]
    wrong: SafeString
    lines: bool
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A misconception as the page shows it; ``sure`` are the holders by how sure it is, the surest first; ``task`` says
    whether there is a five-minute task for it: not for those that an author has named."""

    key: str
    task: bool
    name: Text
    teacher: Text
    count: str
    sure: tuple[tuple[str, tuple[ShownHolder, ...]], ...]
    earlier: tuple[ShownHolder, ...]
    trend: str
    tone: str
    weeks: tuple[ShownWeek, ...]
    width: int
    examples: tuple[ShownExample, ...]
    answers_only: bool


def shown_finding(finding: Finding, seen: Overview, names: dict[str, str]) -> ShownFinding:
    """Put one into words; ``names`` by learner."""
    known = misconception_named(finding.id)
    name, description = (known.name, known.description) if known is not None else (NOTHING, NOTHING)
    groups = [(word, tuple(h for h in finding.holders if h.sure == word)) for word in SURE]
    return ShownFinding(
        key=finding.id,
        task=finding.id in known_misconceptions(),
        name=name,
        teacher=description,
        count=ngettext("%(n)d learner", "%(n)d learners", len(finding.holders)) % {"n": len(finding.holders)},
        sure=tuple((str(SURE[word]), tuple(_holder(h, names) for h in held)) for word, held in groups if held),
        earlier=tuple(ShownHolder(learner, names[learner], "") for learner in finding.earlier),
        trend=str(TRENDS[finding.trend]),
        tone=TONES[finding.trend],
        weeks=_weeks(finding, seen),
        width=len(finding.weeks) * (BAR + GAP),
        examples=tuple(_example(each, seen, names) for each in seen.examples.get(finding.id, ())),
        answers_only=not finding.lines,
    )


def shown_name(name: Text) -> str:
    """A name in plain words, for titles and files."""
    return plain(name)


def _holder(holder: Holder, names: dict[str, str]) -> ShownHolder:
    parts = []
    if holder.answers:
        parts.append(ngettext("%(n)d answer", "%(n)d answers", holder.answers) % {"n": holder.answers})
    if holder.lines:
        parts.append(ngettext("%(n)d working", "%(n)d workings", holder.lines) % {"n": holder.lines})
    return ShownHolder(holder.learner, names[holder.learner], ", ".join(parts) or _("earlier this year"))


def _weeks(finding: Finding, seen: Overview) -> tuple[ShownWeek, ...]:
    most = max(max(finding.weeks, default=0), 3)
    out = []
    for place, (count, begins) in enumerate(zip(finding.weeks, seen.begins, strict=True)):
        height = round(TALL * count / most) if count else 1
        said = ngettext("%(n)d learner", "%(n)d learners", count) % {"n": count} if count else _("nobody")
        name = _("Week of {day}").format(day=month_day(local_date(seen.time_zone, begins)))
        out.append(ShownWeek(name, said, place * (BAR + GAP), TALL - height, height))
    return tuple(out)


def _example(example: Example, seen: Overview, names: dict[str, str]) -> ShownExample:
    if example.line:
        above, wrong = tuple(map(typed, example.lines[:-1])), typed(example.lines[-1])
    else:
        above = ()
        wrong = written(example.spec, example.answer) if example.spec else SafeString(escape(example.answer))
    return ShownExample(
        name=names[example.learner],
        learner=example.learner,
        when=when(example.at, seen.at, seen.time_zone),
        problem=example.problem if example.problem != NOTHING else Text(""),
        above=above,
        wrong=wrong,
        lines=bool(example.line),
        kind="line" if example.line else "answer",
        number=example.line or example.evidence,
    )
