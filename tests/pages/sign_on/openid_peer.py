"""An OpenID provider on loopback, which can also lie in every way that the tests ask for."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.loopback import serving

CLIENT, SECRET = "headway-at-maple", "kept-by-the-provider"
Claims = dict[str, Any]


@dataclass
class OpenIdPeer:
    """``account`` is who is signed in there; ``twist`` changes the claims of a token, ``sign`` how it is signed."""

    address: str
    key: RSAKey
    account: Claims = field(default_factory=dict)
    twist: Callable[[Claims], Claims] = lambda claims: claims
    sign: Callable[[Claims], str] | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refuse: bool = False

    def configuration(self) -> Claims:
        """What it says of itself."""
        here = self.address
        return {
            "issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/keys", "userinfo_endpoint": f"{here}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }  # fmt: skip

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser goes next: back, with a code or with a refusal."""
        assert asked["client_id"] == CLIENT and asked["response_type"] == "code" and "openid" in asked["scope"]
        assert asked["code_challenge_method"] == "S256"
        if self.refuse:
            return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str]) -> tuple[int, Claims]:
        """An identity token for a code, once, to whoever has the verifier."""
        begun = self.codes.pop(asked.get("code", ""), None)
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            not begun
            or proof != begun["code_challenge"]
            or (asked["client_id"], asked["client_secret"]) != (CLIENT, SECRET)
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": begun["nonce"],
            **self.account,
        }
        claims = self.twist(claims)
        token = self.sign(claims) if self.sign else self.signed(claims)
        return 200, {"access_token": "opens-userinfo", "token_type": "Bearer", "id_token": token}

    def signed(self, claims: Claims, key: RSAKey | None = None) -> str:
        """A token signed as it should be, or with another key of the same name."""
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, key or self.key)

    def unsigned(self, claims: Claims) -> str:
        """A token with the algorithm ``none``."""
        return f"{self._body('none', claims)}."

    def signed_with_the_public_key(self, claims: Claims) -> str:
        """The old trick: a shared-secret signature, with what everybody may read as the secret."""
        body = self._body("HS256", claims)
        return f"{body}.{_b64(hmac.digest(self.key.as_pem(private=False), body.encode(), 'sha256'))}"

    def _body(self, algorithm: str, claims: Claims) -> str:
        return ".".join(_b64(json.dumps(p).encode()) for p in ({"alg": algorithm, "kid": self.key.kid}, claims))


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@contextmanager
def openid_peer() -> Iterator[OpenIdPeer]:
    """A provider that answers until the block ends."""
    key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "alg": "RS256", "use": "sig"})
    with serving(_Handler, lambda port: OpenIdPeer(f"http://localhost:{port}", key)) as peer:
        yield peer


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        peer: OpenIdPeer = self.server.peer  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        if parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", peer.authorize({k: v[0] for k, v in parse_qs(parts.query).items()}))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        pages = {
            "/.well-known/openid-configuration": peer.configuration(),
            "/keys": {"keys": [peer.key.as_dict(private=False)]},
            "/userinfo": peer.account,
        }
        self._json(200 if parts.path in pages else 404, pages.get(parts.path, {}))

    def do_POST(self) -> None:
        peer: OpenIdPeer = self.server.peer  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self._json(*peer.token({k: v[0] for k, v in parse_qs(body).items()}))

    def _json(self, status: int, body: Claims) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""
