"""The form of an outcome: what was sent, and the outcome that it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import nan
from typing import Literal, cast

from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from headway.core.evidence.outcomes.aims import FACETS, KINDS, Aim, Goal
from headway.core.measurement.rubrics import KINDS as CRITERIA
from headway.core.text import T
from headway.pages.render import said
from headway.school.people.clock import EPOCH, date_of
from headway.school.people.refusal import Malformed

LINES = 4
"""Goals that the form has."""


Sent = Mapping[str, Sequence[str]]


def sent_in(post: QueryDict) -> Sent:
    """What came."""
    return {key: [str(value) for value in values] for key, values in post.lists()}


def sent_of(aim: Aim) -> Sent:
    """An outcome as the form would send it."""
    return {
        "title": [aim.title], "facet": [aim.facet], "better": [aim.better], "bar": [f"{aim.bar:g}"], "about": [aim.about],
        "measure": ["test:" if aim.kind == "test" else aim.measure], "test": [aim.name if aim.kind == "test" else ""],
        "goal-day": [date_of(each.day).isoformat() for each in aim.goals],
        "goal-share": [f"{each.share:g}" for each in aim.goals],
    }  # fmt: skip


def aim_from(sent: Sent, code: str, taken: Sequence[str]) -> Aim:
    """The outcome that a form means; a new one gets a code from its title. Raises Malformed for a day or share that is none."""
    kind, _colon, name = _one(sent, "measure").partition(":")
    title = _one(sent, "title")
    try:
        bar = float(_one(sent, "bar") or nan)
    except ValueError:
        bar = nan
    goals = []
    for day, share in zip(sent.get("goal-day", ()), sent.get("goal-share", ()), strict=False):
        if day.strip() or share.strip():
            try:
                goals.append(Goal(date.fromisoformat(day.strip()).toordinal() - EPOCH, float(share)))
            except ValueError as problem:
                raise Malformed(
                    T("Each goal needs a day and a percentage. Fill both in, or leave both empty.")
                ) from problem
    return Aim(
        code or _new_code(title, taken), title, _one(sent, "facet"), kind, _one(sent, "test") if kind == "test" else name,
        cast(Literal["higher", "lower"], _one(sent, "better")), bar, tuple(goals), _one(sent, "about"),
    )  # fmt: skip


def _one(sent: Sent, name: str) -> str:
    return next(iter(sent.get(name, ())), "").strip()


def _new_code(title: str, taken: Sequence[str]) -> str:
    base = slugify(title)[:40] or "outcome"
    return next(name for name in (base, *(f"{base}-{n}" for n in range(2, 99))) if name not in taken)


def context_of(sent: Sent, known: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """Everything that the form shows."""
    goals = list(zip(sent.get("goal-day", ()), sent.get("goal-share", ()), strict=False))[:LINES]
    return {
        **{name: _one(sent, name) for name in ("title", "about", "bar", "test")},
        "facets": [(key, said(words), key == _one(sent, "facet")) for key, words in FACETS.items()],
        "measures": [(key, words, key == _one(sent, "measure")) for key, words in _measures(known)],
        "lower": _one(sent, "better") == "lower", "tests": known["tests"],
        "goals": [*goals, *[("", "")] * (LINES - len(goals))],
    }  # fmt: skip


def _measures(known: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    out = []
    for key, kind in KINDS.items():
        words = f"{said(kind.says)}, {said(kind.unit)}"
        if kind.names == "subject":
            named = [(one, _(one.replace("-", " ").capitalize())) for one in known["subjects"]]
            out += [(f"{key}:{one}", f"{words} ({name})") for one, name in named]
        elif kind.names == "criterion":
            out += [(f"{key}:{one}", f"{words} ({said(CRITERIA[one])})") for one in known["criteria"]]
        else:
            out.append((f"{key}:", words))
    return out
