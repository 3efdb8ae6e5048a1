"""The figures behind a verdict, as rows of tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def group_said(name: str) -> str:
    """A subgroup's name."""
    return {"grade": _("Grade"), "language": _("Home language")}.get(name, name)


def figures(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Effect, interval, probabilities, means and cost."""
    rows: list[tuple[str, str]] = []
    if one["g"] is not None:
        rows += [
            (_("Effect in standard deviations (Hedges’ g)"), f"{one['g']:.2f}"),
            (_("95 % interval"), f"{one['g_low']:.2f} – {one['g_high']:.2f}"),
            (_("Adjusted difference, and its standard error"), f"{one['estimate']:.3g} · {one['error']:.2g}"),
            (_("Probability of such a result by chance (p, adjusted for all comparisons)"),
             _("not told: too few units") if one["p_adjusted"] is None else f"{one['p_adjusted']:.4f}"),
            (_("What this look asked for, in standard errors"), f"{one['bar']:.2f}"),
            (_("Interval that holds however often one looks"), f"{one['always_low']:.2f} – {one['always_high']:.2f}"),
        ]  # fmt: skip
        if one["worthwhile"] is not None:
            rows.append(
                (_("Probability that it is worth its cost"), _("{n} of 100").format(n=round(100 * one["worthwhile"])))
            )
    rows.append((_("Means, this group and the usual one"), f"{one['means'][0]:.2f} · {one['means'][1]:.2f}"))
    if one["cost"] is not None and one["cost"]["tenth"] is not None:
        rows.append((_("Cost of a tenth of a standard deviation, a learner"), f"{one['cost']['tenth']:,.2f}"))
    return rows


def trust(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Who left, how alike the groups were before, and who really got it."""
    lost = one["attrition"]
    limit = _("beyond the table") if lost["limits"] is None else f"{lost['limits'][0]:.1f}"
    rows = [
        (_("Left without a result"), f"{lost['overall']:.1f} %"),
        (_("Difference between the groups in that (most allowed)"), f"{lost['differential']:.1f} ({limit})"),
    ]
    said = {"alike": _("alike"), "adjust": _("alike enough, adjusted"), "apart": _("too different")}
    rows += [
        (_("Before the start, in standard deviations"), f"{row['g']:+.2f}, {said[row['standing']]}")
        for row in one["baseline"]
        if row["g"] is not None
    ]
    used = one["usage"]
    if used is not None:
        rows.append((_("Really got it, of those who should"), f"{100 * used['fidelity']:.0f} %"))
        rows.append((_("Got the same otherwise, of the others"), f"{100 * used['contamination']:.0f} %"))
        if used["compliers"] is not None:
            g = used["compliers"]
            rows.append(
                (
                    _("Effect on those who got it because of the pilot"),
                    f"{g['g']:.2f} ({g['g_low']:.2f} – {g['g_high']:.2f})",
                )
            )
    return rows


def sensitivity(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a comparison without chance would say if it were made otherwise."""
    found = one["sensitivity"]
    rows = []
    if "robustness" in found:
        share = round(100 * found["robustness"])
        rows.append(
            (_("Something unseen undoes it if it explains so much of both who has it and the result"), f"{share} %")
        )
    if "unadjusted" in found:
        rows.append((_("Effect without adjusting"), f"{found['unadjusted']:+.2f}"))
    if "gains" in found:
        low, high = (found["gains"] + sign * 1.96 * found["gains_error"] for sign in (-1, 1))
        rows.append(
            (
                _("Effect on gains: after less before (difference in differences)"),
                f"{found['gains']:+.2f} ({low:+.2f} – {high:+.2f})",
            )
        )
    return rows


def groups(one: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """Each subgroup with its learners, effect and interval; fewer than ten learners are not told."""
    out = []
    for group in one["subgroups"]:
        for level in group["levels"]:
            few = level["learners"] is None
            out.append(
                (
                    f"{group_said(group['name'])}: {level['name']}",
                    _("fewer than 10") if few else " · ".join(map(str, level["learners"])),
                    "–" if few or level["g"] is None else f"{level['g']:+.2f}",
                    "–" if few or level["g"] is None else f"{level['g_low']:.2f} – {level['g_high']:.2f}",
                )
            )
    return out
