"""The services of the peer: who is in a course, and its gradebook."""

from __future__ import annotations

import json
from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet

from tests.clients import visitor
from tests.pages.lti.platform_peer import CLIENT, LTI, Course, form_of

AGS = "https://purl.imsglobal.org/spec/lti-ags/"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/"
SCOPES = [f"{AGS}scope/lineitem", f"{AGS}scope/score"]
Answer = tuple[int, dict[str, str], Any]


class Gradebook:
    """The services: a token endpoint that checks our signature, columns, scores, members in two pages."""

    def __init__(self, course: Course, keys: Any = None) -> None:
        """``keys`` is our set of public keys; without it, they are asked for each time."""
        self.peer, self.keys, self.keys_at = course.peer, keys, f"/lti/{course.district}/keys"
        self.columns: list[dict[str, Any]] = []
        self.scores: list[dict[str, Any]] = []
        self.used: set[str] = set()
        answers = {"POST /token": self.token, "GET /items": self.items, "POST /items": self.items,
                   "POST /items/1/scores": self.score, "GET /members": self.members}  # fmt: skip
        self.peer.answers.update(answers)

    def services(self, target: str) -> dict[str, Any]:
        """What a launch says of them, and of the page of ours that its link opens."""
        return {
            f"{AGS}claim/endpoint": {"scope": SCOPES, "lineitems": f"{self.peer.address}/items?course=1"},
            f"{NRPS}claim/namesroleservice": {"context_memberships_url": f"{self.peer.address}/members"},
            f"{LTI}target_link_uri": target,
        }

    def token(self, _path: str, body: bytes, _head: Any) -> Answer:
        form = form_of(body)
        ours = KeySet.import_key_set(self.keys or visitor().get(self.keys_at).json())
        claims = jwt.decode(form["client_assertion"], ours, algorithms=["RS256"]).claims
        assert claims["iss"] == claims["sub"] == CLIENT and claims["aud"] == f"{self.peer.address}/token"
        assert claims["jti"] not in self.used and form["grant_type"] == "client_credentials"
        self.used.add(claims["jti"])
        return 200, {}, {"access_token": form["scope"], "token_type": "Bearer", "expires_in": 3600}

    def items(self, path: str, body: bytes, head: Any) -> Answer:
        assert head["Authorization"].startswith(f"Bearer {SCOPES[0]}") and "course=1" in path
        if not body:
            return 200, {}, [c for c in self.columns if f"resource_id={c['resourceId']}" in path]
        self.columns.append(json.loads(body) | {"id": f"{self.peer.address}/items/1?x=2"})
        return 201, {}, self.columns[-1]

    def score(self, path: str, body: bytes, head: Any) -> Answer:
        assert path == "/items/1/scores?x=2" and head["Content-Type"] == "application/vnd.ims.lis.v1.score+json"
        self.scores.append(json.loads(body))
        return 204, {}, None

    def members(self, path: str, _body: bytes, _head: Any) -> Answer:
        role = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
        people = [
            ("account-1", "ana@students.maple.example"),
            ("u2", "ben@students.maple.example"),
            ("u3", "new@x.example"),
        ]
        first = "page=2" not in path
        onward = (
            f'<{self.peer.address}/members?page=2>; rel="next"'
            if first
            else '<https://evil.example/?page=3>; rel="next"'
        )
        rows = [{"user_id": who, "email": mail, "name": who.upper(), "roles": [role]} for who, mail in people]
        return 200, {"Link": onward}, {"id": "x", "members": rows[:2] if first else rows[2:]}
