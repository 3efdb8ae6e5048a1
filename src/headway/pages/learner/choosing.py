"""Choose what next: three options with what each would do; what is chosen opens at once and steers the rest of the day."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from headway.core.curriculum.catalogue import Curriculum
from headway.core.path.choosing import Option
from headway.core.text import Text
from headway.pages.learner.gate import clock, for_learners
from headway.pages.learner.opening import start
from headway.pages.outside import chosen_of
from headway.pages.render import said
from headway.school.curriculum.queries import NoCurriculum, curriculum_of
from headway.school.loop import Refused
from headway.school.path.choices import BadChoice, offer, offer_of, take
from headway.school.path.outside.queries import for_learner
from headway.school.people.models import Person

EASY, HARD = 0.85, 0.62
"""Chances of a right first answer from which on an option is called easy, and below which it is called a stretch."""
APART = 0.02
"""Chances that lie closer together are as good as the same."""

OTHERS = 3
"""Pages and videos of one's list that stand under the options."""


@dataclass(frozen=True, slots=True)
class Card:
    """One option on the page: what it is, why it is there, and what it would do."""

    place: int
    title: str
    kind: str
    icon: str
    reason: Text
    does: str
    feels: str
    chance: float


@require_POST
@for_learners
def ask(request: HttpRequest, learner: Person) -> HttpResponse:
    """Write three options down and show them."""
    found = None
    with suppress(NoCurriculum):
        found = offer(learner=learner, now=clock())
    if found is None:
        messages.info(request, _("There is nothing to choose between right now: what comes next is set already."))
        return redirect("pages:practice")
    return redirect(f"/practice/choose/{found.id}")


@require_GET
@for_learners
def choose(request: HttpRequest, learner: Person, offered: UUID) -> HttpResponse:
    """The three options."""
    found = offer_of(learner=learner, key=offered)
    if found is None or found.taken >= 0:
        return redirect("pages:practice")
    curriculum = curriculum_of(learner.district_id)
    cards = [card for place, each in enumerate(found.options) if (card := _card(place, each, curriculum))]
    listed = chosen_of(for_learner(learner)) if found.listed else []
    others = [each for each in listed if not each.done][:OTHERS]
    return render(request, "learner/choose.html", {"offer": found, "cards": told_apart(cards), "chosen": others})


@require_POST
@for_learners
def chosen(request: HttpRequest, learner: Person, offered: UUID) -> HttpResponse:
    """Take one of the options. Sending the form twice takes it once."""
    place, now = request.POST.get("place", ""), clock()
    try:
        option = take(learner=learner, key=offered, place=int(place) if place in ("0", "1", "2") else -1, now=now)
    except BadChoice as refusal:
        messages.warning(request, said(refusal.text))
        return redirect("pages:practice")
    curriculum = curriculum_of(learner.district_id)
    title = _title(curriculum, option.skill)
    words = _("You chose “{skill}”. For the rest of today your path leans that way. Reviews still come in between.")
    messages.success(request, words.format(skill=title))
    # The loop reads the plan in a transaction of its own, so the choice has to be committed first.
    transaction.on_commit(lambda: _open(learner, option.activity, offered), robust=True)
    return redirect("pages:practice")


def _open(learner: Person, activity: str, event: UUID) -> None:
    """Open what was chosen; a problem that cannot be opened any more leaves the one that is open."""
    with suppress(Refused):
        start(learner, clock(), activity, event=event)


def _card(place: int, option: Option, curriculum: Curriculum) -> Card | None:
    if option.skill not in curriculum.skill_number:  # a new curriculum came since
        return None
    kind, icon = {
        "new": (_("Something new"), "i-star"),
        "review": (_("Keep it fresh"), "i-again"),
        "refresh": (_("Keep it fresh"), "i-again"),
        "easier": (_("A smaller step"), "i-bulb"),
        "drop-back": (_("Make it strong"), "i-bulb"),
        "cause": (_("Make it strong"), "i-bulb"),
        "come-back": (_("Try again"), "i-again"),
        "repair": (_("Set one thing right"), "i-bulb"),
        "tell": (_("Find out"), "i-bulb"),
        "goal": (_("For your goal"), "i-flag"),
        "asked": (_("Your teacher’s wish"), "i-people"),
    }.get(option.reason_code, (_("Go on"), "i-pen"))
    return Card(
        place=place,
        title=_title(curriculum, option.skill),
        kind=kind,
        icon=icon,
        reason=option.reason,
        does=_does(option, curriculum),
        feels=_feels(option),
        chance=option.predicted,
    )


def told_apart(cards: Sequence[Card]) -> list[Card]:
    """Name cards of the same kind by how hard they are beside the others: three times the same word helps nobody choose."""
    kinds, chances = [card.kind for card in cards], sorted(card.chance for card in cards)
    if not cards or len(set(kinds)) == len(cards) or chances[-1] - chances[0] < APART:
        return list(cards)
    easiest, hardest = chances[-1], chances[0]
    words = {easiest: _("The easiest of these"), hardest: _("The biggest step of these")}
    return [
        replace(card, kind=words.get(card.chance, _("In the middle"))) if kinds.count(card.kind) > 1 else card
        for card in cards
    ]


def _does(option: Option, curriculum: Curriculum) -> str:
    """What choosing it would do for the path."""
    titles = [_(curriculum.skills[number].title) for number in option.opens if number < len(curriculum.skills)]
    if titles:
        return _("It opens the way to “{skill}”.").format(skill=titles[0])
    if option.reason_code in ("review", "refresh"):
        return _("It keeps what you know from fading.")
    if option.reason_code == "goal":
        return _("It brings your goal closer.")
    if option.reason_code in ("repair", "tell"):
        return _("It clears up one idea that is in the way.")
    if option.reason_code == "new":
        return _("It starts a new skill on your path.")
    return _("It brings this skill closer to solid.")


def _feels(option: Option) -> str:
    if option.predicted >= EASY:
        return _("You will probably find it easy.")
    if option.predicted >= HARD:
        return _("Just right: you will probably get it.")
    return _("A bit of a stretch.")


def _title(curriculum: Curriculum, skill: str) -> str:
    number = curriculum.skill_number.get(skill)
    return _(curriculum.skills[number].title) if number is not None else skill
