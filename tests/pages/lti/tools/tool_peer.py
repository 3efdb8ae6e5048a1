"""Another provider's tool on loopback, by joserfc: Headway opens it; it answers what was chosen, reads members, sends scores."""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpResponse
from django.test import Client
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from headway.school.exchange.tools.models import LtiTool
from headway.school.models import Section
from headway.school.people.models import Person
from headway.school.people.tenancy import in_district
from headway.standards.lti import words
from tests.api.programs import Answer, call
from tests.cast import Cast
from tests.clients import signed_in, visitor
from tests.loopback import serving
from tests.pages.lti.platform_peer import HERE, new_key

JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
Claims = dict[str, Any]


@dataclass
class ToolPeer:
    """A tool with its published keys."""

    address: str
    keys: list[RSAKey]

    def signed(self, claims: Claims, key: RSAKey | None = None, **header: Any) -> str:
        use = key or self.keys[-1]
        return jwt.encode({"alg": "RS256", "kid": self.keys[-1].kid, **header}, claims, use)


@dataclass
class Seat:
    """The tool as one district has registered it: ``client`` and ``deployment`` are its names there."""

    peer: ToolPeer
    cast: Cast
    tool: LtiTool
    client: str
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"{HERE}/lti/{self.cast.district.id}"

    def request(self, location: str, **other: str) -> dict[str, str]:
        """What the tool asks our authorisation endpoint, after our first call at its login address."""
        assert location.startswith(f"{self.peer.address}/login?"), location
        call_ = dict(parse_qsl(urlsplit(location).query))
        asked = {
            "scope": "openid", "response_type": "id_token", "response_mode": "form_post", "prompt": "none",
            "client_id": call_["client_id"], "redirect_uri": f"{self.peer.address}/launch", "state": "state-1",
            "login_hint": call_["login_hint"], "lti_message_hint": call_["lti_message_hint"],
            "nonce": secrets.token_hex(8), **other,
        }  # fmt: skip
        return {name: value for name, value in asked.items() if value}

    def authorise(self, client: Client, asked: dict[str, str]) -> HttpResponse:
        return client.get(f"/lti/{self.cast.district.id}/authorize?{urlencode(asked)}")  # type: ignore[return-value]

    def launch(self, client: Client, path: str) -> Claims:
        """Open something from a page of ours; returns the claims, verified with our published keys."""
        began = client.get(path)
        assert began.status_code == 302, began.content.decode()[-600:]
        asked = self.request(began.headers["Location"])
        page = self.authorise(client, asked)
        address, fields = posted(page)
        assert address == f"{self.peer.address}/launch" and fields["state"] == "state-1", fields
        assert f"form-action 'self' {self.peer.address}" in page.headers["Content-Security-Policy"]
        claims = self.verified(fields["id_token"])
        assert claims["nonce"] == asked["nonce"]
        return claims

    def verified(self, token: str) -> Claims:
        keys = KeySet.import_key_set(visitor().get(f"/lti/{self.cast.district.id}/keys").json())
        claims: Claims = jwt.decode(token, keys, algorithms=["RS256"]).claims
        assert (claims["iss"], claims["aud"]) == (self.issuer, self.client) and claims["exp"] > time.time()
        return claims

    def answer(self, settings: Claims, items: list[Any], **other: Any) -> str:
        """A signed deep linking response."""
        now = int(time.time())
        claims = {
            "iss": self.client, "aud": self.issuer, "iat": now, "exp": now + 300, "nonce": secrets.token_hex(8),
            f"{words.LTI}message_type": "LtiDeepLinkingResponse", f"{words.LTI}version": "1.3.0",
            f"{words.LTI}deployment_id": str(self.tool.id), f"{words.DEEP}data": settings["data"],
            f"{words.DEEP}content_items": items, **other,
        }  # fmt: skip
        return self.peer.signed({k: v for k, v in claims.items() if v is not None})

    def assertion(self, **other: Any) -> str:
        now = int(time.time())
        claims = {"iss": self.client, "sub": self.client, "aud": f"{HERE}/oauth2/token", "iat": now, "exp": now + 60,
                  "jti": secrets.token_hex(8), **other}  # fmt: skip
        return self.peer.signed({k: v for k, v in claims.items() if v is not None})

    def ask_token(self, assertion: str, scope: str, **other: str) -> Answer:
        form = {"grant_type": "client_credentials", "client_assertion_type": JWT_BEARER, "client_assertion": assertion,
                "scope": scope, **other}  # fmt: skip
        headers = {"host": "localhost", "content-type": "application/x-www-form-urlencoded"}
        return call("POST", "/oauth2/token", "", headers, urlencode({k: v for k, v in form.items() if v}).encode())

    def token(self, *scopes: str) -> str:
        """An access token for these scopes, asked for once."""
        scope = " ".join(scopes or words.OFFERED)
        if scope not in self.tokens:
            found = self.ask_token(self.assertion(), scope)
            assert found.status == 200, found.content
            assert found.json()["scope"] == scope and found.json()["token_type"] == "Bearer"
            self.tokens[scope] = found.json()["access_token"]
        return self.tokens[scope]

    def ask(self, method: str, address: str, body: Any = None, *, token: str | None = None, kind: str = "") -> Answer:
        """One request of our services with a token for everything."""
        parts = urlsplit(address)
        headers = {"host": "localhost", "authorization": f"Bearer {self.token() if token is None else token}"}
        headers |= {"content-type": kind} if kind else {}
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        return call(method, parts.path, parts.query, headers, data)

    def place(self, section: Section | None = None, *, by: Person | None = None, **item: Any) -> str:
        """Put a thing of the tool before a class by its actions; returns its name."""
        from headway.school.exchange.tools.choosing import place
        from headway.standards.lti.content import Item

        with in_district(self.cast.district.id):
            row = place(
                tool=self.tool, section=section or self.cast.a, item=Item(**{"title": "Ratios", "url": "", **item}), title="",
                skill="", by=by or self.cast["Okafor"], now=time.time(),
            )  # fmt: skip
        return str(row.id)

    def launched(self, name: str, placement: str) -> Claims:
        return self.launch(signed_in(self.cast[name]), f"/lti/go/{placement}")


def posted(page: HttpResponse) -> tuple[str, dict[str, str]]:
    """The form that our page sends by itself: where to, and with what."""
    text = page.content.decode()
    found = re.search(r'<form method="post" action="([^"]+)" data-lti-send>', text)
    assert page.status_code == 200 and found is not None, text[-900:]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text))
    return unescape(found[1]), {name: unescape(value) for name, value in fields.items()}


@contextmanager
def tool_peer() -> Iterator[ToolPeer]:
    """A tool whose keys can be read until the block ends."""
    with serving(_Keys, lambda port: ToolPeer(f"http://localhost:{port}", [new_key()])) as peer:
        yield peer


class _Keys(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        peer: ToolPeer = self.server.peer  # type: ignore[attr-defined]
        raw = json.dumps({"keys": [key.as_dict(private=False) for key in peer.keys]}).encode()
        self.send_response(200 if self.path == "/keys" else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""
