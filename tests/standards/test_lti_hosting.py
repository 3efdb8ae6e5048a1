"""What a tool may send, as a platform reads it: anything ends in a value or a sentence, and what is written can be read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.standards.lti import words
from headway.standards.lti.content import Item, chosen_in, response_claims
from headway.standards.lti.gradebook import BadBody, Column, column_in, column_out, moment, result_out, score_in
from headway.standards.lti.hosting import Course, Link, Platform, Somebody, launch_claims, member, substituted
from headway.standards.lti.launch import BadLaunch, launch_of
from headway.standards.lti.registration import TOOL, BadRegistration
from headway.standards.lti.tools import described_in

WORDS = st.text(max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
PLATFORM = Platform("https://h.example/lti/1", "hwt.a", "d1", "Maple")
SCORE = {"userId": "u", "scoreGiven": 3, "scoreMaximum": 4, "timestamp": "2026-11-22T09:30:00.000Z",
         "activityProgress": "Completed", "gradingProgress": "FullyGraded"}  # fmt: skip


def keyed(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(names), JSON)


@given(keyed("label", "scoreMaximum", "resourceId", "resourceLinkId", "tag") | JSON)
def test_any_line_item_is_read_or_refused(body: Any) -> None:
    try:
        found = column_in(body)
    except BadBody:
        return
    assert found.label and found.maximum > 0 and column_in(column_out(found, "https://x.example/1")) == found


@given(keyed(*SCORE, "comment"))
def test_any_score_is_read_or_refused(wrong: dict[str, Any]) -> None:
    try:
        found = score_in({**SCORE, **wrong})
    except BadBody:
        return
    assert found.subject and found.at > 0 and (found.given is None or found.given >= 0)
    result = result_out("https://x.example/r", "https://x.example/c", found, 10.0)
    assert ("resultScore" in result) == (found.grading == "FullyGraded" and found.given is not None)


def test_a_result_is_in_the_column_s_own_maximum() -> None:
    assert result_out("r", "c", score_in(SCORE), 10.0)["resultScore"] == 7.5
    assert column_out(Column("Quiz", 5.0), "a") == {"id": "a", "label": "Quiz", "scoreMaximum": 5.0}


@pytest.mark.parametrize(
    "wrong", [None, 5, "", "2026-11-22", "2026-11-22T09:30:00", "yesterday", "2026-13-01T00:00:00Z"]
)
def test_what_is_no_moment(wrong: object) -> None:
    with pytest.raises(BadBody, match="timestamp"):
        moment(wrong)


def test_moments_are_told_apart_below_a_second() -> None:
    assert moment("2026-11-22T09:30:00.250+01:00") - moment("2026-11-22T08:30:00Z") == 0.25


@given(st.lists(keyed("type", "title", "url", "custom", "lineItem"), max_size=4) | JSON)
def test_any_choice_is_read_or_refused(items: Any) -> None:
    claims = {
        f"{words.LTI}version": "1.3.0",
        f"{words.LTI}message_type": words.CHOSEN,
        f"{words.DEEP}content_items": items,
    }
    try:
        found = chosen_in(claims)
    except BadLaunch:
        return
    assert all(each.maximum >= 0 and len(each.url) <= 4_000 for each in found.items)


def test_what_a_tool_writes_a_platform_reads() -> None:
    items = [Item("Ratios", "https://t.example/1", {"a": "b"}, 5.0, "r1"), Item("Maps", "https://t.example/2")]
    claims = response_claims(items, client="c", issuer="i", deployment="d", data="x", nonce="n", now=1.0)
    assert list(chosen_in(claims).items) == items


@given(keyed("client_name", "redirect_uris", "initiate_login_uri", "jwks", "scope", TOOL) | JSON)
def test_any_registration_is_read_or_refused(body: Any) -> None:
    try:
        found = described_in(body)
    except BadRegistration:
        return
    assert found.name and found.login and found.redirects


def test_a_launch_is_one_that_we_would_take_as_a_tool() -> None:
    ana = Somebody("u1", (f"{words.MEMBERSHIP}Learner",), "es")
    course = Course(
        "c1", "Math 6", "https://h.example/items", "https://h.example/items/1", (words.SCORE,), "https://h.example/m"
    )
    link = Link(
        "https://t.example/", "https://h.example/back", "l1", "Ratios", {"who": "$Person.name.full", "u": "$User.id"}
    )
    claims = launch_claims(PLATFORM, ana, course, link, nonce="n", now=5.0)
    found = launch_of(claims)
    assert (found.subject, found.resource, found.context, found.item) == ("u1", "l1", "c1", "https://h.example/items/1")
    assert found.custom == {"who": "$Person.name.full", "u": "u1"} and "name" not in claims and claims["locale"] == "es"
    choosing = launch_claims(
        PLATFORM, ana, course, Link("t", "b", choose_at="https://h.example/x", data="v1"), nonce="n", now=5.0
    )
    found = launch_of(choosing)
    assert found.choosing is not None and (found.choosing.back, found.choosing.data) == ("https://h.example/x", "v1")
    assert not found.items and not found.members


def test_only_what_may_be_heard_is_said() -> None:
    known = Somebody("u1", ("r",), "en", "Ana", "Diaz", "ana@maple.example", "s1")
    assert member(known)["name"] == "Ana Diaz" and member(known)["lis_person_sourcedid"] == "s1"
    assert set(member(Somebody("u1", ("r",), "en"))) == {"status", "user_id", "roles"}
    link = Link("t", "b", "l1", custom={"mail": "$Person.email.primary", "what": "$Nobody.knows"})
    assert substituted(link, known, Course("c", "C")) == {"mail": "ana@maple.example", "what": "$Nobody.knows"}
