"""A learning management system on loopback, by joserfc: it opens Headway, has members and a gradebook, and lies on demand."""

from __future__ import annotations

import base64
import hmac
import json
import re
import secrets
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey

from headway.school.models import LtiPlatform
from tests.loopback import serving

CLIENT, DEPLOYMENT = "headway-at-maple", "deployment-1"
LTI = "https://purl.imsglobal.org/spec/lti/claim/"
HERE = "http://localhost"
Claims = dict[str, Any]


def new_key(bits: int = 2048) -> RSAKey:
    with warnings.catch_warnings(action="ignore"):  # a weak key is one of the lies
        return RSAKey.generate_key(bits, {"kid": secrets.token_hex(4), "alg": "RS256", "use": "sig"})


@dataclass
class PlatformPeer:
    """``account`` is who is signed in there; ``answers`` are other answers of its server (method and path:
    status, headers, and JSON or the text of a page); ``asked`` is every request that came."""

    address: str
    keys: list[RSAKey]
    account: Claims = field(default_factory=dict)
    answers: dict[str, Callable[[str, bytes, Any], tuple[int, dict[str, str], Any]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def key_set(self) -> Claims:
        return {"keys": [key.as_dict(private=False) for key in self.keys]}

    def claims(self, query: dict[str, str], **more: Any) -> Claims:
        """A good launch of a resource link, for what our first answer asked for."""
        now = int(time.time())
        return {
            "iss": self.address, "aud": query["client_id"], "iat": now, "exp": now + 300, "nonce": query["nonce"],
            f"{LTI}message_type": "LtiResourceLinkRequest", f"{LTI}version": "1.3.0",
            f"{LTI}deployment_id": DEPLOYMENT, f"{LTI}target_link_uri": f"{HERE}/lti/open/path",
            f"{LTI}resource_link": {"id": "link-1", "title": "Ratios"},
            f"{LTI}context": {"id": "course-1", "title": "Math 6 A"},
            f"{LTI}roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
            **self.account, **more,
        }  # fmt: skip

    def signed(self, claims: Claims, key: RSAKey | None = None, **header: Any) -> str:
        """A token signed as it should be, or with another key, or with more in its header."""
        use = key or self.keys[-1]
        head = {"alg": "RS256", "kid": self.keys[-1].kid, **header}
        if not set(header) - {"kid", "typ"}:
            return jwt.encode({k: v for k, v in head.items() if v is not None}, claims, use)
        body = ".".join(packed(json.dumps(part).encode()) for part in (head, claims))
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import padding

        raw: Any = use.private_key
        return f"{body}.{packed(raw.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256()))}"

    def unsigned(self, claims: Claims) -> str:
        """A token with the algorithm ``none``."""
        head = {"alg": "none", "kid": self.keys[-1].kid}
        return ".".join(packed(json.dumps(part).encode()) for part in (head, claims)) + "."

    def by_shared_secret(self, claims: Claims) -> str:
        """The old trick: HS256 with the public key as the secret."""
        head = {"alg": "HS256", "kid": self.keys[-1].kid}
        body = ".".join(packed(json.dumps(part).encode()) for part in (head, claims))
        public = self.keys[-1].as_pem(private=False)
        return f"{body}.{packed(hmac.digest(public, body.encode(), 'sha256'))}"


def packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Course:
    """A course of the peer that is registered with us: how its launches go, step by step."""

    peer: PlatformPeer
    district: UUID
    platform: UUID

    @property
    def base(self) -> str:
        return f"/lti/{self.district}/{self.platform}"

    def forget_keys(self) -> None:
        """Let us read the platform's keys anew; inside of the district."""
        LtiPlatform.objects.filter(service_id=self.platform).update(keys={}, keys_at=0.0)

    def begin(self, client: Client, **asked: str) -> dict[str, str]:
        """The platform's first call; returns what we ask of it."""
        call = {"iss": self.peer.address, "client_id": CLIENT, "login_hint": "u1", "lti_message_hint": "m1",
                "target_link_uri": f"{HERE}/lti/open/path", **asked}  # fmt: skip
        answer = client.post(f"{self.base}/begin", {k: v for k, v in call.items() if v})
        assert answer.status_code == 302, answer.content.decode()[-900:]
        assert answer.headers["Location"].startswith(f"{self.peer.address}/auth?")
        query = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
        assert query["response_type"] == "id_token" and query["response_mode"] == "form_post"
        assert query["redirect_uri"] == f"{HERE}{self.base}/launch" and query["prompt"] == "none"
        return query

    def land(self, client: Client, token: str, state: str) -> HttpResponse:
        """The platform posts a token; then our own page goes on, if there is one."""
        answer = client.post(f"{self.base}/launch", {"id_token": token, "state": state})
        onward = re.search(r'url=([^"]+)"', answer.content.decode()) if answer.status_code == 200 else None
        return self.go_on(client, onward[1]) if onward else answer  # type: ignore[return-value]

    def go_on(self, client: Client, onward: str) -> HttpResponse:
        return client.get(onward.removeprefix(HERE))  # type: ignore[return-value]

    def launch(self, client: Client, **more: Any) -> HttpResponse:
        """A good launch, from beginning to end."""
        query = self.begin(client)
        return self.land(client, self.peer.signed(self.peer.claims(query, **more)), query["state"])


@contextmanager
def platform_peer() -> Iterator[PlatformPeer]:
    """A platform that answers until the block ends."""
    with serving(_Handler, lambda port: PlatformPeer(f"http://localhost:{port}", [new_key()])) as peer:
        yield peer


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._do("GET")

    def do_POST(self) -> None:
        self._do("POST")

    def _do(self, method: str) -> None:
        peer: PlatformPeer = self.server.peer  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        place = f"{method} {urlsplit(self.path).path}"
        peer.asked.append(f"{method} {self.path}")
        status, headers, found = _answer(peer, place, self.path, body, self.headers)
        raw = b"" if found is None else found.encode() if isinstance(found, str) else json.dumps(found).encode()
        kind = "text/html" if isinstance(found, str) else "application/json"
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(raw)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def _answer(peer: PlatformPeer, place: str, path: str, body: bytes, head: Any) -> tuple[int, dict[str, str], Any]:
    if place == "GET /keys" and place not in peer.answers:
        return 200, {}, peer.key_set()
    return peer.answers[place](path, body, head) if place in peer.answers else (404, {}, {})


def form_of(body: bytes) -> dict[str, str]:
    """The fields of a posted form."""
    return {k: v[0] for k, v in parse_qs(body.decode()).items()}
