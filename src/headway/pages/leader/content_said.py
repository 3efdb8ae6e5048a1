"""Findings about the content in words: kinds, sizes with their intervals, and what a sentence rests on as a table."""

from __future__ import annotations

from math import exp

from django.utils.translation import gettext as _

from headway.core.mastery.content.report import Finding

Row = tuple[str, str, str, str]


def kinds() -> dict[str, str]:
    """The heading of each kind, the most urgent first."""
    return {
        "key": _("The key may be wrong"),
        "discrimination": _("Knowing more does not help"),
        "change": _("It has changed"),
        "hints-little": _("Hints that may not help"),
        "contradicted": _("Prerequisites that the answers contradict"),
        "split": _("Skills that look like two"),
        "merge": _("Skills that look like one"),
        "suggested": _("Links that may be missing"),
        "hints-much": _("Hints that help more than most"),
    }


def verdicts() -> dict[str, str]:
    """What was decided, as a list shows it."""
    return {"held": _("held back"), "mended": _("mended elsewhere"), "fine": _("looked at, fine")}


def size_of(one: Finding) -> str:
    """The size of a finding and where the true one lies, in one sentence."""
    if one.kind == "key":
        said = _("%(mid)d of 100 of those who know most give it; the true share lies from %(low)d to %(high)d of 100.")
        return said % _round(100 * one.effect, 100 * one.low, 100 * one.high)
    if one.unit == "slope":
        said = _(
            "How much knowing helps is 1 for a sound problem, and %(mid).1f here; the true value lies from %(low).1f to "
            "%(high).1f."
        )
        return said % {"mid": one.effect, "low": one.low, "high": one.high}
    if one.kind == "contradicted":
        said = _(
            "Of what the graph says that the one skill does for the other, the answers speak for %(mid)d of 100 parts; the "
            "true value lies from %(low)d to %(high)d."
        )
        return said % _round(100 * one.effect, 100 * one.low, 100 * one.high)
    if one.kind in ("suggested", "merge"):
        said = _(
            "Of 100 problems of the second skill, somebody strong in the first solves %(mid)d where somebody like them solves "
            "50; the true number lies from %(low)d to %(high)d."
        )
        return said % _round(_hundred(one.effect), _hundred(one.low), _hundred(one.high))
    if one.kind == "split":
        said = _(
            "A learner’s standing in the two groups differs by about %(mid).1f logits; the true value lies from %(low).1f to "
            "%(high).1f."
        )
        values = (max(value, 0.0) ** 0.5 for value in (one.effect, one.low, one.high))
        return said % dict(zip(("mid", "low", "high"), values, strict=True))
    sign = -1.0 if one.kind == "change" else 1.0
    low, high = sorted((_hundred(sign * one.low), _hundred(sign * one.high)))
    said = _("Where 50 of 100 would be right, %(mid)d are; the true number lies from %(low)d to %(high)d.")
    return said % _round(_hundred(sign * one.effect), low, high)


def rows_of(one: Finding) -> tuple[Row, ...]:
    """What the sentence rests on: who, how many answers, right, and foreseen ("" where that is not the point)."""
    n = one.numbers
    if one.kind == "key":
        others = n["able"] - n["gave"] - n["keyed"]
        return (
            (_("Know most, gave the other answer"), _whole(n["gave"]), "", ""),
            (_("Know most, gave the key"), _whole(n["keyed"]), "", ""),
            (_("Know most, gave something else"), _whole(others), "", ""),
        )
    if one.kind == "discrimination":
        return (_row(_("Those who know most"), n, "able"), _row(_("The others"), n, "others"))
    if one.kind == "change":
        return (_row(_("Before"), n, "before"), _row(_("Since then"), n, "after"))
    if one.kind.startswith("hints"):
        first = (_("Tries after these hints"), _whole(n["tries"]), _whole(n["right"]), _whole(n["usual"]))
        if not n["later"]:
            return (first,)
        later = (
            _("Next time, without help"),
            _whole(n["later"]),
            _whole(n["later_right"]),
            _whole(n["later_foreseen"]),
        )
        return (first, later)
    return ()


def _row(who: str, n: dict[str, float], name: str) -> Row:
    return who, _whole(n[name]), _whole(n[f"{name}_right"]), _whole(n[f"{name}_foreseen"])


def _whole(value: float) -> str:
    return str(round(value))


def _round(mid: float, low: float, high: float) -> dict[str, int]:
    return {"mid": round(mid), "low": max(round(low), 0), "high": min(round(high), 100)}


def _hundred(logits: float) -> float:
    """Of 100 who would be right half of the time, how many are with so many logits more."""
    return 100.0 / (1.0 + exp(-logits))
