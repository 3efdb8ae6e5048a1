"""The evidence behind the numbers, in words: skills with their chance and its range, answers with their problem."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.coaching.malrules.rule import misconception_named
from headway.core.environment.outlook import likely_range
from headway.core.mastery.criterion import DEFAULT_CRITERION
from headway.core.profile.views import SkillView, Status
from headway.core.text import NOTHING, Text
from headway.pages.dates import day, when
from headway.pages.learner.answers import written
from headway.pages.teacher.shown import WORDS
from headway.school.curriculum.queries import UnknownProblem, problem_of
from headway.school.environment.record import Record
from headway.school.mastery.queries import Answer


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill of a learner: where it stands (``word``, ``look``), the chance with its range, and what it rests on."""

    key: str
    title: Text
    look: Status
    word: str
    chance: str
    rests: str
    last: str
    due: str
    here: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer with the problem it was given to. ``outcome`` is right, wrong or shown, ``said`` the same in words."""

    problem: Text
    answer: SafeString
    outcome: str
    said: str
    time: str
    help: str
    when: str
    misconception: Text


def skill_row(view: SkillView, record: Record) -> SkillRow:
    """Put one skill into words."""
    return SkillRow(
        key=view.skill,
        title=Text(record.curriculum.skills[view.number].title),
        look=view.status,
        word=str(WORDS[view.status]),
        chance=chance_said(view, float(record.curriculum.base[view.number])),
        rests=rests_said(view),
        last=when(view.last_at, record.at, record.time_zone),
        due=_due(view, record),
        here=view.number == record.here,
    )


def chance_said(view: SkillView, base: float) -> str:
    """The number with its unit and its uncertainty."""
    low, high = (round(100 * chance) for chance in likely_range(view, base))
    return _("Solves the next problem about %(n)d times out of 100; likely between %(low)d and %(high)d.") % {
        "n": round(100 * view.p_next),
        "low": low,
        "high": high,
    }


def rests_said(view: SkillView) -> str:
    """What the number rests on, and how far it is from the mastery criterion."""
    rests = ngettext(
        "Rests on %(n)d first answer, %(right)d right without help",
        "Rests on %(n)d first answers, %(right)d right without help",
        view.n,
    ) % {"n": view.n, "right": view.right}
    more = view.attempts - view.n
    if more > 0:
        rests += ngettext(", and %(n)d later try", ", and %(n)d later tries", more) % {"n": more}
    sure = _(
        "%(rests)s. The chance that the skill is secure is %(n)d out of 100. Mastery needs %(needed)d out of 100, at least "
        "%(least)d first answers, and no more than 1 miss in the last %(streak)d."
    )
    rule = DEFAULT_CRITERION
    return sure % {
        "rests": rests,
        "n": round(100 * view.secure),
        "needed": round(100 * rule.threshold),
        "least": rule.evidence,
        "streak": rule.streak,
    }


def _due(view: SkillView, record: Record) -> str:
    if not view.due_at:
        return ""
    if view.due_at <= record.at:
        return _("A check whether it is still there is due.")
    days = max(round((view.due_at - record.at) / 86400), 1)
    return ngettext("Next check in %(n)d day.", "Next check in %(n)d days.", days) % {"n": days}


def mastered_said(view: SkillView, record: Record) -> str:
    """``Mastered Monday``, for the list of what is solid."""
    return _("since %(day)s") % {"day": day(view.mastered_at, record.at, record.time_zone)}


def answer_row(answer: Answer, district: UUID, record: Record) -> AnswerRow:
    """Put one answer into words, with the problem rebuilt as it was shown."""
    asked, given = Text(answer.activity), SafeString(escape(answer.answer))
    try:
        problem = problem_of(district, answer.activity)
        step = problem.steps[answer.step]
        asked, given = step.prompt if step.prompt != NOTHING else problem.body, written(step.answer, answer.answer)
    except (UnknownProblem, IndexError):
        asked = Text("{verbatim}", (("verbatim", answer.activity),))
    outcome = "shown" if answer.shown else "right" if answer.correct else "wrong"
    said = {"shown": _("asked for the solution"), "right": _("right"), "wrong": _("not right")}[outcome]
    if answer.attempt > 1:
        said = _("%(said)s, try %(n)d") % {"said": said, "n": answer.attempt}
    wrong = misconception_named(answer.misconception)
    return AnswerRow(
        problem=asked,
        answer=given,
        outcome=outcome,
        said=said,
        time=seconds_said(answer.seconds),
        help=ngettext("%(n)d hint", "%(n)d hints", answer.hints) % {"n": answer.hints}
        if answer.hints
        else _("no hints"),
        when=when(answer.at, record.at, record.time_zone),
        misconception=wrong.name if wrong else NOTHING,
    )


def seconds_said(seconds: float) -> str:
    """``45 s``, ``2 min 5 s``; nothing is made up where the time is not known."""
    if seconds <= 0:
        return _("time not known")
    whole = round(seconds)
    if whole < 60:
        return _("%(n)d s") % {"n": whole}
    return _("%(m)d min %(s)d s") % {"m": whole // 60, "s": whole % 60}
