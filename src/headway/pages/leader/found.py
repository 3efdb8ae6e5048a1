"""A refit's report in words and drawings: what would change, for whom, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from headway.core.curriculum.catalogue import Curriculum
from headway.school.evidence.refit.queries import RefitReport

FEWEST = 10
"""A point of the drawing stands for at least this many answers: fewer say nothing, and could be one child's."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of learners: by how much its predictions change (with the interval), and whether that harms it."""

    kind: str
    name: str
    learners: int
    answers: int
    change: str
    harmed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The report for a reader. ``verdict`` is the code, ``said`` the sentence; ``measures`` rows of name, model in force,
    new model, and how that is read; ``changes`` sentences; ``plot`` the reliability drawing with its ``table``."""

    verdict: str
    said: str
    surely: str
    learners: int
    answers: int
    simulated: bool
    measures: tuple[tuple[str, str, str, str], ...]
    changes: tuple[str, ...]
    groups: tuple[GroupRow, ...]
    hidden: int
    plot: SafeString
    table: tuple[tuple[str, str, str, int], ...]


def found_of(report: RefitReport, curriculum: Curriculum) -> Found:
    """Read a stored report."""
    body, comparison = report.body, report.body["comparison"]
    old, new = comparison["champion"], comparison["challenger"]
    points = [[point for point in side["reliability"] if point[2] >= FEWEST] for side in (old, new)]
    return Found(
        verdict=report.verdict,
        said=_verdicts()[report.verdict],
        surely=_surely(comparison["log_loss"]),
        learners=comparison["learners"],
        answers=comparison["responses"],
        simulated=report.simulated,
        measures=(
            (_("Log loss"), f"{old['log_loss']:.4f}", f"{new['log_loss']:.4f}", _("lower is better")),
            (_("Brier score"), f"{old['brier']:.4f}", f"{new['brier']:.4f}", _("lower is better")),
            (_("AUC"), f"{old['auc']:.3f}", f"{new['auc']:.3f}", _("0.5 is chance, 1 is perfect")),
            (_("Calibration error"), f"{old['ece']:.3f}", f"{new['ece']:.3f}", _("0 is perfect")),
        ),
        changes=tuple(_changes(body["changes"], curriculum)),
        groups=tuple(_group(each, body["harmed"]) for each in comparison["groups"]),
        hidden=sum(comparison["hidden"].values()),
        plot=_plot(*points),
        table=tuple(
            (name, f"{said:.2f}", f"{seen:.2f}", count)
            for name, side in zip((_("in force"), _("new")), points, strict=True)
            for said, seen, count in side
        ),
    )


def _verdicts() -> dict[str, str]:
    return {
        "better": _("The new model foresees later answers better, beyond noise, and no group is harmed."),
        "harms": _("The new model is better in all, but foresees a group of learners worse. It cannot be promoted."),
        "not-better": _(
            "It is not certain that the new model foresees later answers better. It cannot be promoted; the one in force "
            "stays."
        ),
        "too-little": _("There are too few later answers to tell. It cannot be promoted; the model in force stays."),
    }


def _surely(gap: dict[str, float | None]) -> str:
    if gap["low"] is None or gap["high"] is None:
        return ""
    return (
        _("Log loss per answer changes by %(mean)+.4f; the true change lies from %(low)+.4f to %(high)+.4f (99 %%).")
        % gap
    )


def _changes(changes: dict[str, Any], curriculum: Curriculum) -> list[str]:
    """What would change, in plain words: memory first, then skills, then problems."""
    out = []
    for name, before, after in changes["parameters"]:
        share = after / before - 1.0 if before else 0.0
        if abs(share) >= 0.1:
            words = _parameters()[name]
            more = _("%(what)s: %(percent)d %% more than assumed so far.")
            less = _("%(what)s: %(percent)d %% less than assumed so far.")
            out.append((more if share > 0 else less) % {"what": words, "percent": round(100 * abs(share))})
    titles = {skill.id: skill.title for skill in curriculum.skills}
    for name, before, after in changes["skills"][:5]:
        harder = _(
            "“%(title)s” is harder here than for the grade: a learner solves %(new)d of 100 middle problems, not %(old)d."
        )
        easier = _(
            "“%(title)s” is easier here than for the grade: a learner solves %(new)d of 100 middle problems, not %(old)d."
        )
        said = {"title": titles.get(name, name), "old": _percent(before), "new": _percent(after)}
        out.append((harder if after < before else easier) % said)
    for name, before, after in changes["items"][:5]:
        harder = _("“%(title)s”: the problem “%(name)s” is harder than assumed; %(new)d of 100 solve it, not %(old)d.")
        easier = _("“%(title)s”: the problem “%(name)s” is easier than assumed; %(new)d of 100 solve it, not %(old)d.")
        said = {"title": _skill(name, curriculum), "name": name, "old": _percent(-before), "new": _percent(-after)}
        out.append((harder if after > before else easier) % said)
    return out


def _skill(item: str, curriculum: Curriculum) -> str:
    """The title of an item's first skill; the item itself where this curriculum has it no more."""
    if item not in curriculum.item_number:
        return item
    first = curriculum.item_skills_at[curriculum.item_number[item]]
    title: str = curriculum.skills[curriculum.item_skills[first]].title
    return title


def _percent(logits: float) -> int:
    """Of 100 who would solve a problem that is as hard as they are able, how many do with this much more ability."""
    return round(100.0 / (1.0 + exp(-logits)))


def _parameters() -> dict[str, str]:
    return {
        "spread": _("How much a learner’s skills differ among themselves"),
        "transfer": _("How much a skill profits from what it builds on"),
        "forget": _("How much is forgotten in a pause"),
        "idle": _("How fast we become unsure in a pause"),
        "learn": _("How much one problem teaches"),
        "drift": _("How much an ability moves from problem to problem"),
    }


def _group(each: dict[str, Any], harmed: list[list[str]]) -> GroupRow:
    kinds = {
        "accuracy": _("Accuracy before"),
        "language": _("Home language"),
        "support": _("Has a support plan"),
        "accommodation": _("Has an accommodation"),
    }
    names = {
        "lowest quarter": _("lowest quarter"),
        "second quarter": _("second quarter"),
        "third quarter": _("third quarter"),
        "highest quarter": _("highest quarter"),
        "new": _("fewer than ten answers"),
        "yes": _("yes"),
        "no": _("no"),
    }
    gap = each["log_loss"]
    return GroupRow(
        kinds[each["kind"]],
        _language(each["name"]) if each["kind"] == "language" else names[each["name"]],
        each["learners"],
        each["responses"],
        f"{gap['mean']:+.3f} ({gap['low']:+.3f} … {gap['high']:+.3f})".replace("-", "−"),
        [each["kind"], each["name"]] in harmed,
    )


def _language(code: str) -> str:
    try:
        return _(get_language_info(code)["name"])
    except KeyError:
        return code


def _plot(old: list[list[float]], new: list[list[float]]) -> SafeString:
    """Observed against predicted: open circles for the model in force, full ones for the new one."""
    label = escape(_("Observed share right against predicted chance, for both models; the table has the numbers."))
    marks = []
    for points, style in ((old, 'fill="none" stroke="#57504A" stroke-width="2"'), (new, 'fill="#0E5A53"')):
        most = max((count for _said, _seen, count in points), default=1)
        marks += [
            f'<circle cx="{44 + 280 * said:.1f}" cy="{300 - 280 * seen:.1f}" r="{3 + 7 * (count / most) ** 0.5:.1f}" {style}/>'
            for said, seen, count in points
        ]
    ticks = "".join(
        f'<text x="{44 + 2.8 * n}" y="320" text-anchor="middle">{n}</text>'
        f'<text x="36" y="{304 - 2.8 * n}" text-anchor="end">{n}</text>'
        for n in (0, 50, 100)
    )
    said, seen = escape(_("of 100 foreseen right")), escape(_("of 100 right"))
    return mark_safe(  # noqa: S308 (numbers of ours and escaped words)
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 350" role="img" aria-label="{label}" '
        'font-size="14" fill="#57504A"><path d="M44 300H324M44 300V20" stroke="#57504A" fill="none"/>'
        '<path d="M44 300L324 20" stroke="#57504A" stroke-dasharray="4 4"/>'
        f'{"".join(marks)}{ticks}<text x="184" y="342" text-anchor="middle">{said}</text>'
        f'<text x="12" y="160" text-anchor="middle" transform="rotate(-90 12 160)">{seen}</text></svg>'
    )
