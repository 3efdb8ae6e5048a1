"""When a skill counts as mastered, when that is checked again, and when it is lost: criterion ``mastery-1``.

*Reached*: the probability that the learner's ability lies at or above the skill's middle item plus ``margin`` is at
least ``threshold``, on at least ``evidence`` unaided first answers of which the last ``streak`` include at most one
that was wrong and the newest was right. A retention check falls due ``first_check`` days later.
*Confirmed*: an unaided right answer when the check is due; the next one is due ``growth`` times later.
*Lost*: after a wrong first answer the probability is below ``lose``.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erf, sqrt

from headway.core.curriculum.catalogue import Curriculum, Ints
from headway.core.events import MasteryEntry, Response
from headway.core.mastery.cards import NAME as CARDS
from headway.core.mastery.kernels import DAY
from headway.core.mastery.state import SkillStates, State
from headway.core.text import T, Text


@dataclass(frozen=True, slots=True)
class Criterion:
    """The numbers of the rule; ``margin`` in logits, checks in days. A middle item is solved with a chance of 2 in 3 at
    an ability of ``margin`` above it."""

    name: str = "mastery-1"
    margin: float = 0.7
    threshold: float = 0.8
    evidence: int = 5
    streak: int = 4
    lose: float = 0.35
    first_check: float = 4.0
    growth: float = 2.2
    last_check: float = 180.0


DEFAULT_CRITERION = Criterion()


def probability(mean: float, variance: float, base: float, criterion: Criterion = DEFAULT_CRITERION) -> float:
    """Return the probability that ability N(mean, variance) lies above the criterion's ability for the skill."""
    return 0.5 * (1.0 + erf((mean - base - criterion.margin) / sqrt(2.0 * max(variance, 1e-9))))


def judge(
    state: State,
    curriculum: Curriculum,
    response: Response,
    skills: Ints,
    model: str,
    criterion: Criterion = DEFAULT_CRITERION,
) -> tuple[State, tuple[MasteryEntry, ...]]:
    """Apply the criterion to the skills of a response that has just been folded in.

    Returns the state with mastery and due dates set, and the ledger entries. Later attempts and answers that had been
    shown never count.
    """
    if response.attempt > 1 or response.shown:
        return state, ()
    rows: SkillStates | None = None
    entries: list[MasteryEntry] = []
    for number in skills.tolist():
        at = int(state.skills["key"].searchsorted(curriculum.keys[number]))
        row = state.skills[at]
        chance = probability(float(row["mean"]), float(row["variance"]), float(curriculum.base[number]), criterion)
        kind, due = _verdict(row, response, chance, criterion)
        if not due and not kind:
            continue
        if rows is None:
            rows = state.skills.copy()
        rows[at]["due_at"] = due
        if kind == "lost":
            rows[at]["mastered_at"] = 0.0
        elif kind == "reached":
            rows[at]["mastered_at"] = response.at
        if kind:
            skill, n = curriculum.skills[number].id, int(row["n"])
            entries.append(
                MasteryEntry(
                    response.learner, skill, kind, response.id, chance, criterion.threshold, n, model, response.at
                )
            )
    if rows is None:
        return state, ()
    rows.flags.writeable = False
    return State(state.overall_mean, state.overall_variance, rows, state.memory), tuple(entries)


def _verdict(row: SkillStates, response: Response, chance: float, criterion: Criterion) -> tuple[str, float]:
    """Return the ledger kind ("" for none) and the new due time (0 with "" means: leave it)."""
    solved = response.correct and response.hints == 0
    if row["mastered_at"] > 0.0:
        due = float(row["due_at"])
        if not response.correct:
            return ("lost", 0.0) if chance < criterion.lose else ("", min(due, response.at + DAY))
        if solved and response.at >= due:
            wait = criterion.first_check * criterion.growth ** min(int(row["reviews"]) + 1, 20)
            return "confirmed", response.at + min(wait, criterion.last_check) * DAY
        return "", 0.0
    missed = int(row["pattern"]) ^ 255
    recent = (missed & ((1 << criterion.streak) - 1)).bit_count()
    if solved and chance >= criterion.threshold and row["n"] >= criterion.evidence and recent <= 1:
        return "reached", response.at + criterion.first_check * DAY
    return "", 0.0


def sentence(entry: MasteryEntry, title: Text) -> Text:
    """Say a ledger entry in one sentence; ``title`` is the skill's title."""
    percent, n = round(100 * entry.probability), entry.evidence_count
    if entry.model == CARDS and entry.kind != "confirmed":
        return _deck_sentence(entry, title)
    if entry.kind == "reached":
        return T(
            "Mastered “{skill}”: after {n} first answers without being shown the solution, the chance that this skill "
            "is secure is {percent} % ({needed} % is needed).",
            skill=title,
            n=n,
            percent=percent,
            needed=round(100 * entry.threshold),
        )
    if entry.kind == "confirmed":
        return T("Still knows “{skill}”: a check some time later was solved without help.", skill=title)
    if entry.kind == "lost":
        return T(
            "“{skill}” needs practice again: after a wrong answer the chance that it is secure is {percent} %.",
            skill=title,
            percent=percent,
        )
    raise ValueError(f"unknown kind of ledger entry: {entry.kind!r}")


def _deck_sentence(entry: MasteryEntry, title: Text) -> Text:
    """The same for a deck of fact cards (``decks.py``), whose probability is the mean over its cards, weeks ahead."""
    percent, needed = round(100 * entry.probability), round(100 * entry.threshold)
    if entry.kind == "reached":
        return T(
            "Mastered “{skill}”: four weeks from now, {percent} % of its cards should still be known ({needed} % is needed).",
            skill=title,
            percent=percent,
            needed=needed,
        )
    return T(
        "“{skill}” needs practice again: four weeks from now, only {percent} % of its cards should still be known.",
        skill=title,
        percent=percent,
    )
