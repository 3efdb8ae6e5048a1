"""Reading signed statements: what is signed comes back; whatever is changed in a token is refused, never an error of ours."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.standards.jose import SKEW, BadToken, Expected, UnknownKey, key_set, new_key, signed, verified
from headway.standards.lti.launch import BadLaunch, launch_of
from headway.standards.lti.services import BadAnswer, item_in, members_in, next_page

KID, PRIVATE, PUBLIC = new_key()
KEYS = {"keys": [PUBLIC]}
NOW = 1_790_000_000.0
GOOD = {"iss": "https://a.example", "aud": "us", "sub": "x", "iat": NOW, "exp": NOW + 300}
EXPECTED = Expected("https://a.example", "us")
TOKEN = signed(GOOD, PRIVATE, KID)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def test_what_is_signed_comes_back_as_long_as_it_is_good() -> None:
    for now in (NOW - SKEW, NOW, NOW + 300 + SKEW - 1):
        assert verified(TOKEN, KEYS, EXPECTED, now=now) == GOOD
    for now in (NOW - SKEW - 1, NOW + 300 + SKEW):
        with pytest.raises(BadToken):
            verified(TOKEN, KEYS, EXPECTED, now=now)


@given(st.integers(0, len(TOKEN) - 1), st.characters(max_codepoint=0x17F))
def test_a_changed_letter_is_refused_or_means_the_same(place: int, letter: str) -> None:
    changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
    try:
        assert verified(changed, KEYS, EXPECTED, now=NOW) == GOOD
    except BadToken:
        assert changed != TOKEN


@given(st.text(max_size=60))
def test_any_text_is_refused_as_a_token(text: str) -> None:
    with pytest.raises(BadToken):
        verified(text, KEYS, EXPECTED, now=NOW)


@given(st.dictionaries(st.sampled_from(["iss", "aud", "sub", "iat", "exp", "nbf", "azp"]), JSON, min_size=1))
def test_claims_of_any_shape_are_read_or_refused(claims: dict[str, object]) -> None:
    try:
        token = signed({**GOOD, **claims}, PRIVATE, KID)
    except (TypeError, ValueError):
        return  # our own library signs no issuer that is no text
    with suppress(BadToken):
        found = verified(token, KEYS, EXPECTED, now=NOW)
        assert found["iss"] == EXPECTED.issuer and isinstance(found["sub"], str) and found["sub"]


@given(JSON)
def test_bodies_of_any_shape_are_read_or_refused(body: object) -> None:
    """Key sets, launches, members and line items: a refusal of their own kind, or a value."""
    for read, refusal in (
        (key_set, BadToken), (members_in, BadAnswer), (lambda found: item_in(found, resource="x"), BadAnswer),
        (lambda found: launch_of(found if isinstance(found, dict) else {}), BadLaunch),
    ):  # fmt: skip
        try:
            read(body)
        except refusal:
            continue


def test_a_key_that_is_not_there_can_be_looked_for() -> None:
    with pytest.raises(UnknownKey):
        verified(TOKEN, {"keys": []}, EXPECTED, now=NOW)
    private = {"keys": [{**PUBLIC, "d": "secret"}, {"kty": "oct", "k": "shared"}, "nonsense"]}
    assert key_set(private) == KEYS, "no private or shared key is ever kept"


def test_the_next_page_of_a_list() -> None:
    assert (
        next_page('<https://a.example/?p=2>; rel="next", <https://a.example/?d>; rel=differences')
        == "https://a.example/?p=2"
    )
    assert next_page("nonsense; rel") == ""
