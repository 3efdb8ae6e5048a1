"""Hostile doings of a tool, of whoever pretends to be one, and of people with another's launch. Each is tried on one district and
leaves nothing behind; each says what it is answered with."""

from __future__ import annotations

import time
import uuid

from headway.standards.lti import words
from tests.pages.lti.platform_peer import new_key
from tests.pages.lti.tools.attempts import (
    Attempt,
    answered,
    asks,
    chooses,
    chosen_again,
    chosen_by_another,
    chosen_twice,
    chosen_unsigned,
    good,
    left,
    links_to,
    looks_at,
    never_went,
    of_another_tool,
    opens,
    other_section,
    raw_token,
    replayed,
    scores,
    shared_secret,
    stranger,
    teaches_elsewhere,
    token,
    twice,
    unsigned,
)
from tests.pages.lti.tools.test_round_trip import score, stamp

HOSTILE: dict[str, tuple[str, Attempt]] = {
    # opening
    "a redirect to another site": ("page 403", opens(redirect_uri="https://evil.example/launch")),
    "nearly the registered redirect (one more slash)": ("page 403", opens(redirect_uri="http://localhost/launch/")),
    "a redirect that is a script": ("page 403", opens(redirect_uri="javascript:alert(1)")),
    "no redirect": ("page 403", opens(redirect_uri="")),
    "a client that nobody has registered": ("page 403", opens(client_id="hwt.AAAA")),
    "a client that is not ours at all": ("page 403", opens(client_id="9999")),
    "no client": ("page 403", opens(client_id="")),
    "another tool asks with a learner's launch": ("error login_required", of_another_tool),
    "nobody is signed in": ("error login_required", opens(browser="nobody")),
    "another learner's browser": ("error login_required", opens(browser="Ben")),
    "a teacher's browser with a learner's launch": ("error login_required", opens(browser="Okafor")),
    "another learner's login_hint": ("error login_required", opens(login_hint=str(uuid.uuid4()))),
    "no login_hint": ("error invalid_request", opens(login_hint="")),
    "a message hint that was made up": ("error login_required", opens(lti_message_hint=str(uuid.uuid4()))),
    "a message hint that is nonsense": ("error invalid_request", opens(lti_message_hint="'; drop table")),
    "no message hint": ("error invalid_request", opens(lti_message_hint="")),
    "no nonce": ("error invalid_request", opens(nonce="")),
    "an answer in the address (response_mode=query)": ("error invalid_request", opens(response_mode="query")),
    "an answer in the fragment": ("error invalid_request", opens(response_mode="fragment")),
    "a code is asked for (response_type)": ("error unsupported_response_type", opens(response_type="code")),
    "a page is to be shown (prompt=login)": ("error invalid_request", opens(prompt="login")),
    "no scope openid": ("error invalid_scope", opens(scope="profile")),
    "a request with 20,000 letters": ("page 403", opens(state="x" * 20_000)),
    "the same launch twice": ("error invalid_request", twice),
    "a learner of another class opens it": ("page 404", left),
    # tokens
    "an assertion that was used": ("401 invalid_client", replayed),
    "an assertion without a jti": ("401 invalid_client", token(lambda _: {"jti": None})),
    "an assertion for another server (aud)": ("401 invalid_client", token(lambda _: {"aud": "https://other.example/token"})),
    "an assertion about somebody else (sub)": ("401 invalid_client", token(lambda s: {"sub": s.second.client})),
    "an assertion by another tool's name": (
        "401 invalid_client", token(lambda s: {"iss": s.second.client, "sub": s.second.client})),
    "an assertion that is out of date": (
        "401 invalid_client", token(lambda _: {"iat": int(time.time()) - 900, "exp": int(time.time()) - 600})),
    "an assertion without an end": ("401 invalid_client", token(lambda _: {"exp": None})),
    "an assertion from the future": ("401 invalid_client", token(lambda _: {"iat": int(time.time()) + 900})),
    "another client_id beside the assertion": ("401 invalid_client", token(lambda _: {}, client_id="hwt.AAAA")),
    "a secret beside the assertion": ("401 invalid_client", token(lambda _: {}, client_secret="x")),
    "another type of assertion": ("401 invalid_client", token(lambda _: {}, client_assertion_type="urn:saml2")),
    "an unsigned assertion (alg none)": ("401 invalid_client", raw_token(lambda s: unsigned(good(s)))),
    "an assertion by HS256 with the public key as the secret": ("401 invalid_client", raw_token(shared_secret)),
    "an assertion signed by another key of the same name": (
        "401 invalid_client", raw_token(lambda s: s.seat.peer.signed(good(s), new_key()))),
    "nonsense for an assertion": ("401 invalid_client", raw_token(lambda _: "a.b.c")),
    "a scope that LTI does not have": ("400 invalid_scope", token(lambda _: {}, scope="https://x.example/everything")),
    "another grant (password)": ("400 unsupported_grant_type", token(lambda _: {}, grant_type="password")),
    # services
    "no token": ("401", asks("GET", lambda s: s.item, by="none")),
    "a token that was made up": ("401", asks("GET", lambda s: s.item, by="hwt1.e30.AAAA")),
    "reading members with a token for scores": ("403", asks("GET", lambda s: s.claims()[words.MEMBERS]["context_memberships_url"],
                                                            by=words.SCORE)),
    "sending a score with a token that reads": (
        "403", asks("POST", lambda s: f"{s.item}/scores", lambda s: score(s.claims()["sub"]), by=words.RESULT)),
    "changing a column with a token that reads": (
        "403", asks("PUT", lambda s: s.item, lambda _: {"label": "x", "scoreMaximum": 1}, by=words.LINE_ITEM_READ)),
    "the same tool, of another district": ("404", asks("GET", lambda s: s.item, by="foreign")),
    "another tool's column": ("404", asks("GET", lambda s: s.item, by="second")),
    "another tool changes a column": (
        "404", asks("PUT", lambda s: s.item, lambda _: {"label": "x", "scoreMaximum": 1}, by="second")),
    "another tool closes a column": ("404", asks("DELETE", lambda s: s.item, by="second")),
    "another tool sends a score": (
        "404", asks("POST", lambda s: f"{s.item}/scores", lambda s: score(s.claims()["sub"]), by="second")),
    "a class in which the tool has no place": ("404", asks("GET", other_section)),
    "members of a class in which the tool has no place": (
        "404", asks("GET", lambda s: other_section(s).partition("/items")[0] + "/members")),
    "members of a link of another tool": (
        "404", asks("GET", lambda s: s.claims()[words.MEMBERS]["context_memberships_url"] + f"?rlid={uuid.uuid4()}")),
    "a column for another tool's link": (
        "400", asks("POST", lambda s: s.item.rpartition("/")[0],
                    lambda _: {"label": "x", "scoreMaximum": 1, "resourceLinkId": str(uuid.uuid4())})),
    "a column that leaves its link": (
        "400", asks("PUT", lambda s: s.item, lambda _: {"label": "x", "scoreMaximum": 1, "resourceLinkId": "other"})),
    "a column without a maximum": ("400", asks("POST", lambda s: s.item.rpartition("/")[0], lambda _: {"label": "x"})),
    "a score for a learner of another class": ("404", stranger(lambda s: s.second.tokens["eva"])),
    "a score for a teacher": ("404", scores("Okafor")),
    "a score for an identifier that was made up": ("404", stranger(lambda _: str(uuid.uuid4()))),
    "a score under a learner's identifier in the roster": ("404", stranger(lambda s: str(s.seat.cast["Ana"].id))),
    "a score under another tool's identifier": ("404", stranger(lambda s: s.second.tokens["ana"])),
    "a score below nothing": ("400", scores(given=-1)),
    "a score without its maximum": ("400", scores(scoreMaximum=None)),
    "a score of a moment without a zone": ("400", scores(timestamp="2026-11-22T09:30:00")),
    "a score of a moment that has not come": ("400", scores(timestamp=stamp(7200))),
    "a score with a progress of its own": ("400", scores(activityProgress="Winning")),
    "a score that is no number": ("400", scores(scoreGiven="20")),
    "a body of a megabyte": ("413", asks("POST", lambda s: f"{s.item}/scores", lambda _: b"[" * 1_000_000)),
    "a body of deep brackets": ("400", asks("POST", lambda s: f"{s.item}/scores", lambda _: b"[" * 100_000)),
    "a token for programs": ("401", asks("GET", lambda s: s.item, by="hwp1.e30.AAAA")),
    # choosing
    "an answer that was used": ("page 403", chosen_twice),
    "a second answer to one choice": ("page 403", chosen_again),
    "an answer of another tool": ("page 403", chosen_by_another),
    "an answer to a choice that was never begun there": ("page 403", never_went),
    "an answer to no choice of ours (data)": ("page 403", chooses({f"{words.DEEP}data": "made up"})),
    "an answer without data": ("page 403", chooses({f"{words.DEEP}data": None})),
    "an answer for another platform (aud)": ("page 403", chooses({"aud": "https://other.example"})),
    "an answer by another tool's name (iss)": ("page 403", chooses({"iss": lambda s: s.second.client})),
    "an answer by somebody unknown (iss)": ("page 403", chooses({"iss": "evil"})),
    "an answer without a nonce": ("page 403", chooses({"nonce": None})),
    "an answer of another deployment": ("page 403", chooses({f"{words.LTI}deployment_id": "other"})),
    "an answer of another kind": ("page 403", chooses({f"{words.LTI}message_type": "LtiResourceLinkRequest"})),
    "an answer of another version": ("page 403", chooses({f"{words.LTI}version": "1.1"})),
    "an answer out of date": ("page 403", chooses({"exp": int(time.time()) - 600})),
    "an unsigned answer (alg none)": ("page 403", chosen_unsigned),
    "nonsense for an answer": ("page 403", lambda s: answered(s, "x")),
    "a link that is a script": ("page 403", links_to("javascript:alert(1)")),
    "a link with data in it": ("page 403", links_to("data:text/html,<script>alert(1)</script>")),
    "a link to another site": ("page 403", links_to("https://evil.example/")),
    "a link whose host begins like the tool's": ("page 403", links_to("http://localhost.evil.example/")),
    "a link that is no text": ("page 403", links_to(["http://localhost/"])),
    "21 links": ("page 403", chooses({f"{words.DEEP}content_items": [{"type": "ltiResourceLink"}] * 21})),
    "another teacher looks at what was chosen": ("page 404", looks_at("Lee")),
    "a learner looks at what was chosen": ("page 404", looks_at("Ana")),
    "a teacher of another class chooses for this one": ("page 404", teaches_elsewhere),
}  # fmt: skip
"""What is tried -> what it is answered with."""
