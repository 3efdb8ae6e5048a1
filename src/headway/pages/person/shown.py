"""The profile in words: skills with how sure we are and how fresh they are, misconceptions, pace, what works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.coaching.malrules.rule import known_misconceptions
from headway.core.environment.misconceptions import LIKELY, NEARLY, OLD, PERHAPS
from headway.core.environment.outlook import likely_range
from headway.core.path.projection import Pace
from headway.core.profile.views import SkillView
from headway.core.profile.works import Compared
from headway.core.text import Text
from headway.pages.dates import day, when
from headway.pages.teacher.shown import WORDS
from headway.school.environment.record import Record
from headway.school.profile.person import Note

SHOWN = 8
"""Skills of a list that stand open; the rest is folded away."""
LITTLE = 3
"""First answers below which we know little, whatever other skills say."""
STEADY, WIDE = 0.25, 0.45
"""Width of the likely range of chances, below which we are quite sure and above which we hardly know."""


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill of the profile: where it stands, how sure that is, how fresh it is, what it rests on. ``chance`` is the number for
    adults of the school, "" for others."""

    about: str
    key: str
    title: str
    look: str
    word: str
    sure: str
    memory: str
    rests: str
    chance: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Muddle:
    """A live misconception: its name, how sure it is in words, when it last acted."""

    about: str
    key: str
    name: Text
    sure: str
    last: str
    notes: tuple[Note, ...]


def skill_lines(views: Sequence[SkillView], record: Record, notes: Sequence[Note], *, numbers: bool) -> list[SkillLine]:
    """Put skills into words; ``numbers`` adds the chance with its range."""
    return [_line(view, record, notes, numbers=numbers) for view in views]


def _line(view: SkillView, record: Record, notes: Sequence[Note], *, numbers: bool) -> SkillLine:
    low, high = likely_range(view, float(record.curriculum.base[view.number]))
    about = f"skill:{view.skill}"
    return SkillLine(
        about=about,
        key=view.skill,
        title=_(record.curriculum.skills[view.number].title),
        look=view.status,
        word=str(WORDS[view.status]),
        sure=_sure(high - low if view.n >= LITTLE else 1.0),
        memory=_memory(view, record),
        rests=ngettext(
            "{right} of {n} right at the first try without help",
            "{right} of {n} right at the first try without help",
            view.n,
        ).format(right=view.right, n=view.n),
        chance=_("Solves the next one about {n} times in 100 (likely {low} to {high}).").format(
            n=round(100 * view.p_next), low=round(100 * low), high=round(100 * high)
        )
        if numbers
        else "",
        notes=about_(about, notes),
    )


def _sure(width: float) -> str:
    if width < STEADY:
        return _("We are quite sure of this.")
    if width < WIDE:
        return _("We are fairly sure of this.")
    return _("We know little about this yet.")


def _memory(view: SkillView, record: Record) -> str:
    """How fresh a skill is: when it was last practised, and what is due."""
    last = when(view.last_at, record.at, record.time_zone)
    if view.due_at and view.due_at <= record.at:
        return _("Last practiced {last}. Time to check if it is still there.").format(last=last)
    if view.due_at:
        then = day(view.due_at, record.at, record.time_zone)
        return _("Last practiced {last}. Fresh: the next check is {day}.").format(last=last, day=then)
    return _("Last practiced {last}.").format(last=last)


def muddles(record: Record, notes: Sequence[Note]) -> list[Muddle]:
    """The misconceptions that may be held now, the surest first."""
    if record.profile is None:
        return []
    known, out = known_misconceptions(), []
    for suspect in record.profile.suspects:
        if suspect.probability < PERHAPS or suspect.id not in known:
            continue
        old = record.at - suspect.at > OLD
        word = _("Perhaps")
        if suspect.probability >= LIKELY and not old:
            word = _("Nearly sure") if suspect.probability >= NEARLY else _("Likely")
        about = f"misconception:{suspect.id}"
        last = when(suspect.at, record.at, record.time_zone)
        out.append(Muddle(about, suspect.id, known[suspect.id].name, word, last, about_(about, notes)))
    return out


def pace_lines(pace: Pace, days: int, minutes: int) -> list[str]:
    """How somebody practises, in counts."""
    if not pace.weeks:
        return []
    mean = round(sum(pace.weeks) / len(pace.weeks))
    return [
        ngettext(
            "About {mean} problems in the last week.",
            "About {mean} problems a week in the last {n} weeks.",
            len(pace.weeks),
        ).format(mean=mean, n=len(pace.weeks)),
        _("About {seconds} seconds for one problem, with all tries.").format(
            seconds=max(round(pace.minutes * 6) * 10, 5)
        )
        if pace.minutes < 1.5
        else _("About {minutes} minutes for one problem, with all tries.").format(minutes=round(pace.minutes)),
        ngettext(
            "{n} day with practice in the last seven, {minutes} minutes in all.",
            "{n} days with practice in the last seven, {minutes} minutes in all.",
            days,
        ).format(n=days, minutes=minutes),
    ]


def works_lines(found: Sequence[Compared]) -> list[tuple[str, str]]:
    """What was compared, and on what it rests; empty where there is no honest estimate."""
    out = []
    for each in found:
        rests = _(
            "{right} of {n} right at the first try in stories about {name}, {others_right} of {others} in other stories."
        ).format(right=each.right, n=each.n, name=_(each.name), others_right=each.others_right, others=each.others)
        if not each.telling:
            continue
        low, high = sorted(round(100 * abs(x)) for x in (each.low, each.high))
        more = each.difference > 0
        said = (
            _("Stories about {name} go better than others: {low} to {high} more of 100 are right at the first try.")
            if more
            else _(
                "Stories about {name} go less well than others: {low} to {high} fewer of 100 are right at the first try."
            )
        )
        out.append((said.format(name=_(each.name), low=low, high=high), rests))
    if found and not out:
        first = found[0]
        out.append(
            (
                _("Stories come from different interests. So far that makes no difference that is more than chance."),
                _("{n} first answers in stories were compared.").format(n=first.n + first.others),
            )
        )
    return out


def about_(about: str, notes: Sequence[Note]) -> tuple[Note, ...]:
    """The words that were written about a line."""
    return tuple(note for note in notes if note.about == about)
