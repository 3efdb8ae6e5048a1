"""Which learners a district's rules would move to another tier, and why, in one sentence each.

The rules only propose. What is not on record is unknown, not false: a rule that would need it stays silent, and
:func:`missing` says what it waits for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from headway.core.intervention.rules import Clause, Comparison, Condition, Rule, RuleBook, conditions
from headway.core.text import T, Text, verbatim

WEEK = 7 * 86_400.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure on record: ``figure`` is a number or a word, ``at`` in seconds since 1970, ``window`` the screening
    window it belongs to, if any."""

    measure: str
    value: str
    figure: float | str
    at: float
    window: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is on record of a learner: the tier (1 to 3), since when (seconds since 1970, 0 unknown), and the figures."""

    learner: str
    tier: int
    figures: tuple[Figure, ...] = ()
    since: float = 0.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """That a learner should move: by which rule, the reason in one sentence, and the figures that it rests on."""

    learner: str
    rule: str
    from_tier: int
    to_tier: int
    reason: Text
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    """``truth`` None: not enough is on record."""

    truth: bool | None
    used: tuple[tuple[Condition, Figure], ...] = ()


def propose(
    book: RuleBook, evidence: Iterable[Evidence], now: float, *, names: Mapping[str, Text] | None = None
) -> list[Proposal]:
    """Return at most one proposal a learner: the first rule in the book's order that holds.

    ``names`` gives measures their name in the reason; others are named by their key. The highest tiers come first, then
    the order of ``evidence``.
    """
    found = []
    for each in evidence:
        for rule in book.rules:
            if each.tier not in rule.from_tiers:
                continue
            answer = _ask(rule.when, each, now)
            if answer.truth:
                figures = tuple(dict.fromkeys(figure for _, figure in answer.used))
                found.append(
                    Proposal(each.learner, rule.id, each.tier, rule.to, _reason(rule, answer, names or {}), figures)
                )
                break
    return sorted(found, key=lambda proposal: -proposal.to_tier)


def missing(book: RuleBook, evidence: Evidence, now: float) -> list[Condition]:
    """Return the conditions that no figure on record can answer, for the rules that concern this learner."""
    asked = [c for rule in book.rules if evidence.tier in rule.from_tiers for c in conditions(rule.when)]
    return [c for c in dict.fromkeys(asked) if _ask(c, evidence, now).truth is None]


def _ask(clause: Clause, evidence: Evidence, now: float) -> _Answer:
    if isinstance(clause, Condition):
        return _compare(clause, evidence, now)
    answers = [_ask(part, evidence, now) for part in clause.clauses]
    deciding = not clause.every
    met = [answer for answer in answers if answer.truth is deciding]
    if met:
        return _Answer(deciding, met[0].used)
    if any(answer.truth is None for answer in answers):
        return _Answer(None)
    return _Answer(clause.every, tuple(pair for answer in answers for pair in answer.used))


def _compare(condition: Condition, evidence: Evidence, now: float) -> _Answer:
    oldest = now - condition.within_weeks * WEEK if condition.within_weeks else float("-inf")
    figures = sorted(
        (
            figure
            for figure in evidence.figures
            if (figure.measure, figure.value) == (condition.measure, condition.value)
            and oldest <= figure.at <= now
            and (not condition.window or figure.window == condition.window)
        ),
        key=lambda figure: figure.at,
    )
    if not figures:
        return _Answer(None)
    newest = figures[-1]
    if not _holds(condition, newest.figure):
        return _Answer(False, ((condition, newest),))
    run = newest
    for figure in reversed(figures):
        if not _holds(condition, figure.figure):
            break
        run = figure
    if run.at > now - condition.for_weeks * WEEK:
        # It holds, but not for as long as the rule asks: a figure that broke the run says no, a short record nothing.
        return _Answer(False if run is not figures[0] else None, ((condition, newest),))
    return _Answer(True, ((condition, newest),))


def _holds(condition: Condition, figure: float | str) -> bool:
    cut = condition.cut
    if isinstance(figure, str) or isinstance(cut, str):
        return condition.compare == "is" and figure == cut
    match condition.compare:
        case "below":
            return figure < cut
        case "at-most":
            return figure <= cut
        case "at-least":
            return figure >= cut
        case "above":
            return figure > cut
        case "is":
            return figure == cut


_NOW: dict[Comparison, Text] = {
    "below": T("{measure}, {value}: {figure} (the rule: below {cut})"),
    "at-most": T("{measure}, {value}: {figure} (the rule: at most {cut})"),
    "at-least": T("{measure}, {value}: {figure} (the rule: at least {cut})"),
    "above": T("{measure}, {value}: {figure} (the rule: above {cut})"),
    "is": T("{measure}, {value}: {figure}"),
}
_LONG: dict[Comparison, Text] = {
    "below": T("{measure}, {value}: {figure} (the rule: below {cut}, for {weeks} weeks)"),
    "at-most": T("{measure}, {value}: {figure} (the rule: at most {cut}, for {weeks} weeks)"),
    "at-least": T("{measure}, {value}: {figure} (the rule: at least {cut}, for {weeks} weeks)"),
    "above": T("{measure}, {value}: {figure} (the rule: above {cut}, for {weeks} weeks)"),
    "is": T("{measure}, {value}: {figure}, for {weeks} weeks"),
}
VALUES: dict[str, Text] = {
    "percentile": T("percentile"),
    "score": T("score"),
    "level": T("level"),
    "risk": T("risk level"),
    "ability": T("ability"),
    "decision": T("progress"),
    "share-held": T("sessions held, out of 100 planned"),
    "share-attended": T("sessions attended, out of 100 held"),
    "weeks": T("weeks of support"),
    "at-goal": T("probes in a row at the goal"),
}
WORDS: dict[str, Text] = {
    "on-track": T("on track"),
    "off-track": T("not on track"),
    "more-evidence": T("not enough evidence yet"),
    "not-delivered": T("too few sessions to judge"),
    "high": T("high"),
    "some": T("some"),
    "low": T("low"),
}


def _reason(rule: Rule, answer: _Answer, names: Mapping[str, Text]) -> Text:
    clauses = [clause_said(condition, figure.figure, names) for condition, figure in answer.used]
    because = clauses[0]
    for clause in clauses[1:]:
        because = T("{first}; {second}", first=because, second=clause)
    if rule.to > min(rule.from_tiers):
        return T("Tier {tier}, because of {because}.", tier=rule.to, because=because)
    return T("Back to tier {tier}, because of {because}.", tier=rule.to, because=because)


def clause_said(condition: Condition, figure: float | str, names: Mapping[str, Text]) -> Text:
    """Return a condition with the figure that it met, as part of a sentence."""
    table = _LONG if condition.for_weeks else _NOW
    return T(
        table[condition.compare].message,
        measure=names.get(condition.measure, verbatim(condition.measure)),
        value=VALUES.get(condition.value, verbatim(condition.value)),
        figure=said(figure),
        cut=said(condition.cut),
        weeks=f"{condition.for_weeks:g}",
    )


def said(figure: float | str) -> Text | str:
    """A figure as it stands in a sentence: words from :data:`WORDS`, numbers without needless digits."""
    if isinstance(figure, str):
        return WORDS.get(figure, verbatim(figure))
    return f"{figure:.3g}" if abs(figure) < 1000 else f"{figure:.0f}"
