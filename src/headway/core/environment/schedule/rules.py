"""What people want of a day, as data. A rule narrows the plans; none makes a bound wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from headway.core.environment.schedule.day import DEVICE, Day
from headway.core.text import T, Text

ANY = -9
"""Any kind, or any block, in a rule."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A learner has a seat of a kind (0..K-1 or DEVICE), or with kind ANY one of a modality, in a block or in any."""

    learner: int
    kind: int = ANY
    block: int = ANY
    modality: str = ""


@dataclass(frozen=True, slots=True)
class Ban:
    """A learner has no seat of a kind (or of a modality), in a block or at all."""

    learner: int
    kind: int = ANY
    block: int = ANY
    modality: str = ""


@dataclass(frozen=True, slots=True)
class Apart:
    """Two learners never sit in the same session."""

    learner: int
    other: int


@dataclass(frozen=True, slots=True)
class Together:
    """Two learners share a session at least once in the day."""

    learner: int
    other: int


@dataclass(frozen=True, slots=True)
class Most:
    """A learner has at most so many seats of a modality (``""``: device work) in the day."""

    learner: int
    modality: str
    seats: int


@dataclass(frozen=True, slots=True)
class Absent:
    """A learner is not there in a block, or all day."""

    learner: int
    block: int = ANY


Rule = Pin | Ban | Apart | Together | Most | Absent


def _kind(day: Day, kind: int) -> Text:
    if kind == DEVICE:
        return T("own work on a device")
    return T("{modality} on skill {skill}", modality=day.modalities[kind], skill=int(day.skills[kind]))


def _what(day: Day, rule: Pin | Ban) -> Text:
    return _kind(day, rule.kind) if rule.kind != ANY else _modality(rule.modality)


def _modality(name: str) -> Text:
    return T("{modality}", modality=name) if name else T("own work on a device")


def _pin(day: Day, rule: Pin) -> Text:
    if rule.block == ANY:
        return T("learner {learner} is pinned to {session}", learner=rule.learner, session=_what(day, rule))
    return T(
        "learner {learner} is pinned to {session} in block {block}",
        learner=rule.learner, session=_what(day, rule), block=rule.block + 1,
    )  # fmt: skip


def _ban(day: Day, rule: Ban) -> Text:
    what = _what(day, rule)
    if rule.block == ANY:
        return T("learner {learner} is not to be in {session}", learner=rule.learner, session=what)
    return T(
        "learner {learner} is not to be in {session} in block {block}",
        learner=rule.learner, session=what, block=rule.block + 1,
    )  # fmt: skip


def _apart(day: Day, rule: Apart) -> Text:
    return T("learners {one} and {other} are kept apart", one=rule.learner, other=rule.other)


def _together(day: Day, rule: Together) -> Text:
    return T("learners {one} and {other} are kept together", one=rule.learner, other=rule.other)


def _most(day: Day, rule: Most) -> Text:
    return T(
        "learner {learner} has at most {count} seats of {session}",
        learner=rule.learner, count=rule.seats,
        session=_modality(rule.modality),
    )  # fmt: skip


def _absent(day: Day, rule: Absent) -> Text:
    if rule.block == ANY:
        return T("learner {learner} is absent", learner=rule.learner)
    return T("learner {learner} is absent in block {block}", learner=rule.learner, block=rule.block + 1)


_WORDS: dict[type, Callable[..., Text]] = {
    Pin: _pin, Ban: _ban, Apart: _apart, Together: _together, Most: _most, Absent: _absent,
}  # fmt: skip


def words_of(day: Day, rule: Rule) -> Text:
    """Say a rule as a clause; learners and crews are numbered from 0 as in the day, blocks from 1."""
    return _WORDS[type(rule)](day, rule)
