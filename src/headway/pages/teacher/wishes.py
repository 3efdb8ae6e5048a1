"""Plan rows and decisions in words: who wants what for a learner, why, and what it overrides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.path.claims import claim_of
from headway.core.path.plan import wanted_by
from headway.core.text import Text
from headway.pages.dates import day, when
from headway.school.environment.record import Record
from headway.school.path.queries import Chosen, Wish

FEW = 3
"""So many skills are named in a sentence; more are counted there and listed beside it."""


@dataclass(frozen=True, slots=True)
class WishRow:
    """A wish: what, by whom and why, since when; ``skills`` lists the titles where they are too many for a sentence;
    ``overridden`` says by what it is overridden, "" if it is obeyed;
    ``mine`` that a person may end it here."""

    key: str
    what: str
    skills: tuple[str, ...]
    who: str
    reason: str
    since: str
    overridden: str
    ended: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One alternative of a decision, in words: a chance out of 100 to be taken."""

    title: Text
    odds: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision: the learner's reason, what else could have come, and how it was made."""

    reason: Text
    when: str
    how: str
    options: tuple[Option, ...]
    overrides: tuple[str, ...]
    made_by: str


def wish_rows(wishes: Sequence[Wish], record: Record) -> list[WishRow]:
    """Return the wishes in words."""
    by_id = {wish.row.id: wish for wish in wishes}
    return [_wish(wish, by_id, record) for wish in wishes]


def _wish(wish: Wish, by_id: dict[str, Wish], record: Record) -> WishRow:
    row, winner = wish.row, by_id.get(wish.gave_way)
    overridden = ""
    if winner is not None and not wish.ended:
        overridden = _("Gives way to: %(what)s (%(who)s)") % {"what": _what(winner, record), "who": _who(winner)}
    return WishRow(
        key=row.id,
        what=_what(wish, record),
        skills=titles if row.effect == "only-skills" and len(titles := _titles(wish, record)) > FEW else (),
        who=_who(wish),
        reason=row.reason,
        since=_("since %(day)s") % {"day": day(row.starts, record.at, record.time_zone)} if row.starts else "",
        overridden=overridden,
        ended=_("ended %(day)s") % {"day": day(row.ends, record.at, record.time_zone)} if wish.ended else "",
        mine=row.source == "pin" and not wish.ended and not wish.everyone,
    )


def _what(wish: Wish, record: Record) -> str:
    row, skills = wish.row, _titles(wish, record)
    if row.effect == "only-skills" and len(skills) > FEW:
        return ngettext("Give only %(n)d skill", "Give only %(n)d skills", len(skills)) % {"n": len(skills)}
    value = ", ".join(skills) or (claim_of(row.value).source if row.effect == "check-activity" else row.value)
    words = {
        "pin-skill": _("Practice “%(value)s” next, until it is mastered"),
        "pin-activity": _("Do the activity %(value)s next"),
        "check-activity": _("One problem, to see here what %(value)s says"),
        "prefer-skill": _("Lean towards “%(value)s”, with reviews and other skills in between"),
        "choose-skill": _("Lean towards “%(value)s”, as the learner chose"),
        "playlist": _("Do this list in order: %(value)s"),
        "screen-minutes": _("At most %(value)s minutes of practice at the screen a day"),
        "block-skill": _("Do not give “%(value)s”"),
        "only-skills": _("Give only “%(value)s”"),
        "only-subjects": _("Practice only %(value)s"),
        "target-success": _("Aim for a chance of %(value)s to be right at the first try"),
        "daily-goal": _("%(value)s problems a day"),
        "policy": _("Choose problems by the policy %(value)s"),
        "model": _("Estimate skills by the model %(value)s"),
    }
    return words[row.effect] % {"value": value}


def _titles(wish: Wish, record: Record) -> tuple[str, ...]:
    """The titles of the skills that a wish names."""
    row = wish.row
    return (
        tuple(_title(wanted_by(key.strip())[0], record) for key in row.value.split(","))
        if "skill" in row.effect
        else ()
    )


def _who(wish: Wish) -> str:
    words = {
        "accommodation": _("an accommodation"),
        "pin": _("a person’s choice"),
        "tier": _("a tier’s support"),
        "arm": _("a pilot"),
        "policy": _("the school’s policy"),
    }
    who = words[wish.row.source]
    if wish.by is not None:
        who = _("%(name)s, %(who)s") % {"name": wish.by.name, "who": who}
    return _("%(who)s, for everyone") % {"who": who} if wish.everyone else who


def _title(key: str, record: Record) -> str:
    number = record.curriculum.skill_number.get(key)
    return str(_(record.curriculum.skills[number].title)) if number is not None else key


def decision_row(chosen: Chosen, record: Record) -> DecisionRow:
    """Put a decision into words."""
    how = _(
        "Chosen with a chance of %(odds)d out of 100 among %(count)d; expected to be right at the first try %(right)d times "
        "out of 100."
    ) % {
        "odds": round(100 * chosen.propensity),
        "count": len(chosen.alternatives),
        "right": round(100 * chosen.predicted),
    }
    options = tuple(
        Option(
            title=Text(_title(each.skill, record)),
            odds=_("%(n)d out of 100") % {"n": round(100 * each.probability)},
            chosen=each.activity == chosen.activity,
        )
        for each in sorted(chosen.alternatives, key=lambda each: -each.probability)
    )
    return DecisionRow(
        reason=chosen.reason,
        when=when(chosen.at, record.at, record.time_zone),
        how=how,
        options=options,
        overrides=chosen.overrides,
        made_by=_("policy %(policy)s, model %(model)s") % {"policy": chosen.policy, "model": chosen.model},
    )
