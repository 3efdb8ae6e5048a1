"""Where a learner stands on what the district wants: for the learner, the family and the school, in the same sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from headway.core.evidence.outcomes.aims import FACETS, KINDS, Aim, due
from headway.core.evidence.outcomes.own import OF_TEN, Own, moved, of_ten, reach_of
from headway.pages.dates import date_said
from headway.pages.person.door import Seen, for_person
from headway.pages.person.shown import about_
from headway.pages.render import said
from headway.school.evidence.outcomes.own import OwnLine, own_lines
from headway.school.people.clock import date_of
from headway.school.profile.person import Note, whole_of

WIDE, HIGH, EDGE = 320, 34, 10
BAND, INK, LINE, GOAL = "#BFE0DA", "#0E5A53", "#E2D5C1", "#8A5A00"
TOPS: Mapping[str, float] = {"ability": 10.0, "screening": 10.0, "growth": 10.0, "attendance": 100.0, "days": 7.0}
"""Where the scale of a kind ends as it is told; the others have no end."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An outcome of one learner in words. ``reach`` is that of ``core.evidence.outcomes.own``, "" before anything was measured;
    ``figures`` is for adults of the school."""

    about: str
    title: str
    why: str
    reach: str
    stands: str
    goal: str
    verdict: str
    change: str
    day: str
    drawing: str
    figures: str
    notes: tuple[Note, ...]


@require_http_methods(["GET", "HEAD"])
@for_person
def own(request: HttpRequest, seen: Seen) -> HttpResponse:
    """The page."""
    lines, notes = own_lines(seen.learner.id), whole_of(seen.learner).notes
    rows = [(line.aim.facet, _shown(line, about_(line.about, notes), numbers=seen.role == "school")) for line in lines]
    facets = [(said(words), [row for facet, row in rows if facet == key]) for key, words in FACETS.items()]
    context = {"seen": seen, "learner": seen.learner, "facets": [(name, own) for name, own in facets if own]}
    return render(request, "person/outcomes.html", context)


def _shown(line: OwnLine, notes: tuple[Note, ...], *, numbers: bool) -> Shown:
    aim, now = line.aim, line.now
    if now is None or line.day is None:
        return Shown(line.about, aim.title, aim.about, "", "", _goal(aim, line.day), "", "", "", "", "", notes)
    low, value, high = (_told(aim, each) for each in (now.low, now.value, now.high))
    return Shown(
        about=line.about,
        title=aim.title,
        why=aim.about,
        reach=reach_of(now, aim),
        stands=" ".join(filter(None, (SAID[aim.kind](aim, value), _between(aim, low, high)))),
        goal=_goal(aim, line.day),
        verdict=_verdict(now, aim),
        change=_change(line, now),
        day=date_said(date_of(line.day)),
        drawing=_drawing(aim, low, value, high, sure=now.sure),
        figures=_figures(now, aim) if numbers and now.sure and now.high > now.low else "",
        notes=notes,
    )


def _told(aim: Aim, value: float) -> float:
    """A value on the scale that people read: problems of ten where the measure's own are logits."""
    if aim.kind not in OF_TEN:
        return value
    return of_ten(value, 0.0 if aim.kind == "growth" else aim.bar)


def _number(value: float) -> str:
    """A number as people say it: at most one digit behind the point, two below one."""
    return f"{value:.{1 if abs(value) >= 1.0 else 2}f}".rstrip("0").removesuffix(".") if value else "0"


def _credits(value: float) -> str:
    """An amount of credit as a part of a sentence."""
    parts = {
        0.25: _("a quarter of a credit"),
        0.5: _("half a credit"),
        0.75: _("three quarters of a credit"),
        1.0: _("one credit"),
    }
    said = parts.get(round(value, 4))
    if said is not None:
        return said
    words = _("{n} credits") if value > 1.0 else _("{n} of a credit")
    return words.format(n=f"{value:.2f}".rstrip("0").removesuffix("."))


def _between(aim: Aim, low: float, high: float) -> str:
    """The ends of an interval; nothing where there is none."""
    first, last = (f"{each:.0f}" if aim.kind in OF_TEN else _number(each) for each in (low, high))
    return "" if first == last else _("The true number lies between {low} and {high}.").format(low=first, high=last)


def _ability(_aim: Aim, value: float) -> str:
    words = _("Of ten problems as hard as the goal, about {n} would be right at the first try.")
    return words.format(n=f"{value:.0f}")


def _growth(_aim: Aim, value: float) -> str:
    words = _("Of ten problems of which five were right twelve weeks ago, about {n} would be right now.")
    return words.format(n=f"{value:.0f}")


def _test(aim: Aim, value: float) -> str:
    words = _("The newest score in “{test}”: {n} points.")
    return words.format(test=aim.name, n=_number(value))


def _credit(_aim: Aim, value: float) -> str:
    if value <= 0.0:
        return _("No credit has been earned yet.")
    return _("Earned so far: {credit}.").format(credit=_credits(value))


def _counted(words: Callable[[], str]) -> Callable[[Aim, float], str]:
    """A sentence that needs the number alone."""
    return lambda _aim, value: words().format(n=_number(value))


SAID: Mapping[str, Callable[[Aim, float], str]] = {
    "ability": _ability,
    "screening": _ability,
    "growth": _growth,
    "test": _test,
    "mastered": _counted(lambda: _("New skills reached in the last twelve weeks: {n}.")),
    "credit": _credit,
    "attendance": _counted(lambda: _("In class: {n} times of 100 in the last twelve weeks.")),
    "days": _counted(lambda: _("Days with practice in a week: {n}, over the last four weeks.")),
    "rubric": _counted(lambda: _("The newest work in projects shows step {n}, taken together.")),
}
assert set(SAID) == set(KINDS)


def _goal(aim: Aim, day: int | None) -> str:
    """What counts as there for one learner, and how many the schools hope to see there: that share is theirs, not a child's."""
    bar = _told(aim, aim.bar)
    words = _("The goal is {n} or more.") if aim.better == "higher" else _("The goal is {n} or less.")
    goal = words.format(
        n=f"{bar:.0f}" if aim.kind in OF_TEN else _credits(bar) if aim.kind == "credit" else _number(bar)
    )
    hoped = None if day is None else due(aim, day)
    if hoped is None or day is None or hoped.day < day:
        return goal
    by = date_said(date_of(hoped.day))
    if hoped.share >= 100.0:
        hope = _("The schools hope that every learner is there by {day}.").format(day=by)
    else:
        hope = _("The schools hope that {n} of 100 learners are there by {day}.").format(n=f"{hoped.share:.0f}", day=by)
    return f"{goal} {hope}"


def _verdict(now: Own, aim: Aim) -> str:
    if not now.sure:
        return _("How far such a number can be off, nobody knows. So it is only a hint.")
    reach = reach_of(now, aim)
    if now.low == now.high:
        return _("The goal is reached.") if reach == "there" else _("The goal is still ahead.")
    return {
        "there": _("The goal is reached, as far as this can tell."),
        "ahead": _("The goal is still ahead, as far as this can tell."),
        "open": _("It may be reached, or not quite. This much work cannot tell yet."),
    }[reach]


def _change(line: OwnLine, now: Own) -> str:
    if line.early is None or line.since is None:
        return ""
    day = date_said(date_of(line.since))
    return {
        "more": _("That is more than on {day}."),
        "less": _("That is less than on {day}."),
        "same": _("On {day} it was the same."),
        "open": _("Whether it has changed since {day}, nobody can tell yet."),
    }[moved(line.early, now)].format(day=day)


def _figures(now: Own, aim: Aim) -> str:
    """The measure's own scale, for adults who know it."""
    words = _(
        "{value} ({low} to {high}, 95 of 100 such intervals hold the truth); the bar is {bar}. Unit: {unit}. A point is a logit."
    )
    return words.format(
        value=f"{now.value:.2f}", low=f"{now.low:.2f}", high=f"{now.high:.2f}", bar=f"{aim.bar:g}",
        unit=said(KINDS[aim.kind].unit),
    )  # fmt: skip


def _drawing(aim: Aim, low: float, value: float, high: float, *, sure: bool) -> SafeString:
    """The interval as a band, the value as a dot and the goal as a flag, on one line; the sentences beside it say the same."""
    bar = _told(aim, aim.bar)
    top = TOPS.get(aim.kind) or max(1.25 * max(high, bar), 1e-9)
    if not sure or min(low, bar) < 0.0:
        return SafeString("")

    def x(at: float) -> float:
        return EDGE + min(max(at / top, 0.0), 1.0) * (WIDE - 2 * EDGE)

    label = escape(_("A line with the goal as a flag and the measure as a dot."))
    return mark_safe(  # noqa: S308 (numbers of ours and escaped words)
        f'<svg class="ownline" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{label}">'
        f'<path d="M{EDGE} 24H{WIDE - EDGE}" stroke="{LINE}" stroke-width="4" stroke-linecap="round"/>'
        f'<path d="M{x(low):.1f} 24H{x(high):.1f}" stroke="{BAND}" stroke-width="12" stroke-linecap="round"/>'
        f'<path d="M{x(bar):.1f} 30V6l9 4-9 4" fill="{GOAL}" stroke="{GOAL}" stroke-width="2"/>'
        f'<circle cx="{x(value):.1f}" cy="24" r="6" fill="{INK}" stroke="#fff" stroke-width="2"/></svg>'
    )
