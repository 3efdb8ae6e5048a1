"""Rules as data: what is refused and how it is said, and what they propose."""

from __future__ import annotations

import contextlib
import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.core.intervention.rules import BadRule, RuleBook, rules_from_json, rules_to_json
from headway.core.intervention.tiers import WEEK, Evidence, Figure, missing, propose
from headway.core.text import T

NOW = 1_790_000_000.0
BOOK: dict[str, Any] = {
    "name": "Mathematics",
    "rules": [
        {
            "id": "into-3",
            "title": "Into tier 3",
            "from": [2],
            "to": 3,
            "when": {
                "all": [
                    {"measure": "probe", "value": "decision", "compare": "is", "cut": "off-track", "for_weeks": 2},
                    {"measure": "sessions", "value": "share-held", "compare": "at-least", "cut": 80},
                ]
            },
        },
        {
            "id": "into-2",
            "title": "Into tier 2",
            "from": [1],
            "to": 2,
            "when": {
                "any": [
                    {"measure": "screening", "value": "percentile", "compare": "at-most", "cut": 10},
                    {
                        "measure": "screening",
                        "value": "percentile",
                        "compare": "at-most",
                        "cut": 25,
                        "window": "fall",
                        "within_weeks": 20,
                    },
                ]
            },
        },
        {
            "id": "out",
            "title": "Back to tier 1",
            "from": [2, 3],
            "to": 1,
            "when": {"measure": "probe", "value": "at-goal", "compare": "at-least", "cut": 3},
        },
    ],
}


def book() -> RuleBook:
    return rules_from_json(copy.deepcopy(BOOK))


def screened(percentile: float, weeks_ago: float = 2, window: str = "fall", tier: int = 1) -> Evidence:
    return Evidence("ana", tier, (Figure("screening", "percentile", percentile, NOW - weeks_ago * WEEK, window),))


def test_rules_go_to_json_and_back() -> None:
    assert rules_to_json(book()) == BOOK


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("name",), "", "name"),
        (("rules",), [], "rules"),
        (("rules", 1, "id"), "into-3", "rules[1].id"),
        (("rules", 0, "to"), 4, "rules[0].to"),
        (("rules", 0, "to"), True, "rules[0].to"),
        (("rules", 0, "from"), [3], "rules[0].to"),
        (("rules", 0, "colour"), "red", "rules[0].colour"),
        (("rules", 2, "when", "compare"), "<", "rules[2].when.compare"),
        (("rules", 2, "when", "cut"), "low", "rules[2].when.cut"),
        (("rules", 1, "when", "any", 1, "within_weeks"), -1, "rules[1].when.any[1].within_weeks"),
        (("rules", 1, "when", "any"), [], "rules[1].when.any"),
        (("rules", 1, "when"), "always", "rules[1].when"),
    ],
)
def test_a_bad_rule_is_refused_with_its_place(path: tuple[str | int, ...], value: object, where: str) -> None:
    body: Any = copy.deepcopy(BOOK)
    at = body
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    with pytest.raises(BadRule) as refused:
        rules_from_json(body)
    assert refused.value.where == where
    assert str(refused.value).startswith(where + ": ")


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["name", "rules", "all", "when", "id"]), inner, max_size=4)
        ),
    )
)
def test_any_json_is_read_or_refused(value: object) -> None:
    with contextlib.suppress(BadRule):  # and nothing else
        assert rules_from_json(value).rules


def test_a_proposal_says_who_and_why_in_one_sentence() -> None:
    (found,) = propose(book(), [screened(18)], NOW, names={"screening": T("Screening in mathematics")})
    assert (found.learner, found.rule, found.from_tier, found.to_tier) == ("ana", "into-2", 1, 2)
    assert str(found.reason) == "Tier 2, because of Screening in mathematics, percentile: 18 (the rule: at most 25)."
    assert found.figures[0].figure == 18


@pytest.mark.parametrize(
    "evidence", [screened(26), screened(18, weeks_ago=21), screened(18, window="winter"), screened(5, tier=3)]
)
def test_outside_the_cut_the_time_the_window_or_the_tier_nothing_is_proposed(evidence: Evidence) -> None:
    assert propose(book(), [evidence], NOW) == []


def probes(*weeks_and_words: tuple[float, str], held: float | None = 90) -> Evidence:
    figures = [Figure("probe", "decision", word, NOW - weeks * WEEK) for weeks, word in weeks_and_words]
    if held is not None:
        figures.append(Figure("sessions", "share-held", held, NOW))
    return Evidence("ben", 2, tuple(figures))


def test_a_rule_with_a_length_of_time_waits_for_it() -> None:
    assert [p.rule for p in propose(book(), [probes((3, "off-track"), (0, "off-track"))], NOW)] == ["into-3"]
    assert propose(book(), [probes((1, "off-track"), (0, "off-track"))], NOW) == []
    assert propose(book(), [probes((3, "on-track"), (1, "off-track"), (0, "off-track"))], NOW) == []


def test_what_is_not_on_record_is_unknown_and_named() -> None:
    silent = probes((3, "off-track"), (0, "off-track"), held=None)
    assert propose(book(), [silent], NOW) == []
    assert [c.measure for c in missing(book(), silent, NOW)] == ["sessions", "probe"]


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_lower_percentile_never_loses_a_proposal(a: float, b: float) -> None:
    low, high = sorted((a, b))
    if propose(book(), [screened(high)], NOW):
        assert propose(book(), [screened(low)], NOW)
