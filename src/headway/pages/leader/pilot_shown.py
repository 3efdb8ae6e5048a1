"""A pilot in words that need no statistics: arms, promises, the verdict, five questions, and what people did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from scipy.special import ndtr

from headway.core.curriculum.catalogue import Curriculum
from headway.core.evidence.pilots.arms import Arm
from headway.core.evidence.pilots.gates import HALF
from headway.core.text import T, Text, text_from_json
from headway.pages.leader.pilot_chart import Effect
from headway.pages.leader.pilot_choices import GETS
from headway.pages.leader.pilot_details import figures, group_said, groups, trust
from headway.pages.leader.pilot_newcomers import counted_said
from headway.pages.render import plain
from headway.school.evidence.pilots.cohort import Promise
from headway.school.evidence.pilots.outcomes import Outcome
from headway.standards.instruction import shipped_models

NAMES: dict[str, Text] = {
    "ability": T("solving problems"),
    "screening": T("the next screening"),
    "mastered": T("the number of skills reached"),
    "attendance": T("being there"),
}


def arm_said(arm: Arm, curriculum: Curriculum | None) -> str:
    """What a group gets, in words."""
    if arm.usual:
        return _("Nothing changes.")
    if arm.model:
        known = shipped_models().get(arm.model)
        return _("Way of working: {name}").format(name=_(known.name) if known else arm.model)
    pins = [wish.value for wish in arm.wishes if wish.effect == "pin-skill"]
    said = dict(GETS)
    if pins:
        titles = {each.id: each.title for each in curriculum.skills} if curriculum is not None else {}
        first = said["support" if len(arm.wishes) > len(pins) else "skills"]
        return f"{first}: {'; '.join(titles.get(pin, pin) for pin in pins)}"
    return "; ".join(str(said.get(f"{w.effect}:{w.value}", f"{w.effect} {w.value}")) for w in arm.wishes)


def outcome_said(outcome: Outcome) -> str:
    """The outcome as a part of a sentence."""
    return outcome.name if outcome.kind == "measure" else plain(NAMES[outcome.kind])


def places(g: float) -> int:
    """Places of 100 that a learner in the middle moves for an effect of ``g`` standard deviations."""
    return abs(round(100.0 * float(ndtr(g)) - 50.0))


def promise_said(promised: Promise, arms: int) -> tuple[str, list[str]]:
    """What a pilot can find: the sentence that counts, and those behind it."""
    more = []
    if promised.smallest is None:
        first = _("There are too few to compare yet. Choose more classes, or let chance decide learner by learner.")
    else:
        first = _(
            "If a learner in the middle moves up {places} places among 100 or more, this pilot will see it four times out "
            "of five. Smaller gains it will probably miss."
        ).format(places=places(promised.smallest))
        more.append(
            _("In standard deviations that is {g}. Most changes in schools do less than 0.20.").format(
                g=f"{promised.smallest:.2f}"
            )
        )
    if promised.chance is not None:
        more.append(
            _("A gain that is just worth its cost would be found in {n} of 100 such pilots.").format(
                n=round(100.0 * promised.chance)
            )
        )
    if promised.busy:
        more.append(
            ngettext(
                "{n} learner of these classes is in another running pilot and not in this one.",
                "{n} learners of these classes are in another running pilot and not in this one.",
                promised.busy,
            ).format(n=promised.busy)
        )
    past = promised.past
    if past.assumed:
        more.append(
            _(
                "Your own evidence is too short to say how much earlier scores tell of later ones, so usual values are assumed."
            )
        )
    else:
        more.append(
            _(
                "This rests on the evidence of {n} of your learners: what they showed before tells {share} % of what they "
                "show later, within a class."
            ).format(n=past.learners, share=round(100.0 * past.explained))
        )
    return first, more


@dataclass(frozen=True, slots=True)
class Shown:
    """One comparison of a verdict: the paragraph, five questions with answers, effects to be drawn, and tables of details."""

    arm: str
    paragraph: str
    advice: str
    mark: str
    answers: Sequence[tuple[str, str]]
    effects: Sequence[Effect]
    figures: Sequence[tuple[str, str]]
    trust: Sequence[tuple[str, str]]
    groups: Sequence[tuple[str, str, str, str]]
    reasons: Sequence[str]
    gates: Sequence[tuple[str, bool, Sequence[str]]]


ADVICE = {
    "spread": T("let more classes have it"),
    "keep testing": T("keep testing"),
    "stop": T("stop"),
    "cannot tell yet": T("cannot tell yet"),
    "too few units": T("too few to tell"),
    "not equivalent": T("no fair comparison"),
}
GATES = {"spread": T("Let more classes have it"), "scale": T("Let everybody have it")}


def sentence(value: object, outcome: Outcome) -> str:
    """A kept sentence, with the outcome by its name."""
    text = text_from_json(value)
    fields = tuple((key, outcome_said(outcome) if key == "outcome" else field) for key, field in text.fields)
    return plain(Text(text.message, fields))


def shown_of(one: Mapping[str, Any], plan: Mapping[str, Any], late: Mapping[str, int] | None = None) -> Shown:
    """A kept result in words (see ``core.evidence.pilots.told`` for its keys); ``late``: how many came after the start, and how
    many of them are counted."""
    outcome = Outcome(**plan["measured"])
    effects = []
    if one["g"] is not None:
        effects.append(Effect(_("All learners"), one["g"], one["g_low"], one["g_high"]))
        effects += [
            Effect(f"{group_said(group['name'])}: {level['name']}", level["g"], level["g_low"], level["g_high"])
            for group in one["subgroups"]
            for level in group["levels"]
            if level["g"] is not None
        ]
    good = one["significant"] and (one["g"] or 0.0) > 0.0
    bad = one["significant"] and (one["g"] or 0.0) < 0.0
    return Shown(
        arm=one["arm"],
        paragraph=" ".join(sentence(each, outcome) for each in one["sentences"]),
        advice=plain(ADVICE[one["advice"]]),
        mark="low" if good else "high" if bad else "waiting",
        answers=_answers(one, plan, late),
        effects=effects,
        figures=figures(one),
        trust=trust(one),
        groups=groups(one),
        reasons=[sentence(each, outcome) for each in one["tier_reasons"]],
        gates=[
            (plain(GATES[gate["name"]]), gate["open"], [sentence(each, outcome) for each in gate["missing"]])
            for gate in one["gates"]
        ],
    )


def _answers(one: Mapping[str, Any], plan: Mapping[str, Any], late: Mapping[str, int] | None) -> list[tuple[str, str]]:
    outcome = Outcome(**plan["measured"])
    return [
        (_("Did it help?"), _helped(one, by_chance=plan.get("design", "randomised") == "randomised")),
        (_("How sure is that?"), _sure(one)),
        (_("Who took part, and who decided who got it?"), f"{_who(one, plan)} {counted_said(late, plan)}".strip()),
        (_("Did it harm a group?"), _harm(one)),
        (_("What does it cost, and what now?"), _now(one, outcome)),
    ]


def _helped(one: Mapping[str, Any], *, by_chance: bool) -> str:
    if one["g"] is None:
        return _("Nobody can say: the groups were too different before the start.")
    if not one["significant"]:
        return _("No difference was found that chance could not explain.")
    if not by_chance:
        said = _(
            "Perhaps. Those who had it did better, by about {n} places among 100; but chance did not decide who had it."
        )
        worse = _(
            "Perhaps not. Those who had it did worse, by about {n} places among 100; but chance did not decide who had it."
        )
        return (said if one["g"] > 0 else worse).format(n=places(one["g"]))
    if one["g"] > 0:
        return _("Yes. A learner in the middle moves up about {n} places among 100.").format(n=places(one["g"]))
    return _("No, it did harm. A learner in the middle falls by about {n} places among 100.").format(n=places(one["g"]))


def _sure(one: Mapping[str, Any]) -> str:
    if one["g"] is None:
        return _("Not at all.")
    low, high = one["g_low"], one["g_high"]

    def side(g: float) -> str:
        return (_("{n} places up") if g >= 0 else _("{n} places down")).format(n=places(g))

    return _("The true effect lies between {low} and {high}, in 95 of 100 such pilots.").format(
        low=side(low), high=side(high)
    )


def _who(one: Mapping[str, Any], plan: Mapping[str, Any]) -> str:
    counts = one["counts"]
    if plan.get("design", "randomised") != "randomised":
        return _(
            "{n} learners with a result, {treated} of them in this group. Chance did not decide: each was compared with "
            "somebody alike, and {alone} found nobody alike enough."
        ).format(n=sum(counts["learners"]), treated=counts["learners"][0], alone=one["unmatched"])
    by = {"learner": _("learner by learner"), "class": _("class by class"), "school": _("school by school")}
    return _(
        "{n} learners with a result, {treated} of them in this group; chance decided {by}. {lost} % of those who began "
        "have no result."
    ).format(
        n=sum(counts["learners"]), treated=counts["learners"][0], by=by[plan["unit"]],
        lost=round(one["attrition"]["overall"]),
    )  # fmt: skip


def _harm(one: Mapping[str, Any]) -> str:
    levels = [(group["name"], each) for group in one["subgroups"] for each in group["levels"] if each["g"] is not None]
    if not levels:
        return _("No groups were compared.")
    hurt = [f"{group_said(name)} {each['name']}" for name, each in levels if each["g_high"] < 0.0]
    if hurt:
        return _("Yes, it did harm here: {groups}.").format(groups=", ".join(hurt))
    apart = any(group["p"] is not None and group["p"] < 0.05 for group in one["subgroups"])
    if apart:
        return _("No group was harmed, but it helped some more than others; the chart shows it.")
    return _("No group was harmed, and the groups did not differ more than chance allows.")


def _now(one: Mapping[str, Any], outcome: Outcome) -> str:
    cost = _("No costs were written down.")
    if one["cost"] is not None:
        cost = _("{each} a learner.").format(each=f"{one['cost']['learner']:,.2f}")
    return f"{cost} {sentence(one['sentences'][-1], outcome)}"


def hardly_used(one: Mapping[str, Any]) -> bool:
    """Whether so few really got it that the verdict says little of the thing itself."""
    return one["usage"] is not None and one["usage"]["fidelity"] < HALF
