"""An OpenID provider by Authlib, for a browser: authorization code with PKCE, identity token, keys, userinfo.

Authlib reads, checks and answers each request; here is what it leaves to a provider: who is known, and what is kept.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from types import MappingProxyType
from urllib.parse import parse_qs, urlsplit

from authlib.common.security import generate_token
from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    ClientMixin,
    InvalidRequestError,
    OAuth2Error,
    OAuth2Request,
    ResourceProtector,
)
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator, BearerTokenValidator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import AuthorizationCodeMixin, OpenIDCode, UserInfo
from authlib.oidc.discovery import OpenIDProviderMetadata
from joserfc.jwk import RSAKey

from tests.loopback import serving
from tests.pages.sign_on.openid_peer import CLIENT, SECRET, Claims

SCOPES = ("openid", "profile", "email")
Answer = tuple[int, str | Claims, list[tuple[str, str]]]


class OpenIdProvider(AuthorizationServer):  # type: ignore[misc]
    """``account`` is who is signed in there; ``back`` is the address of ours that was registered with it."""

    def __init__(self, address: str) -> None:
        super().__init__(scopes_supported=SCOPES)
        self.address, self.back = address, ""
        self.account: Claims = {}
        self.codes: dict[str, _Code] = {}
        self.tokens: dict[str, _Token] = {}
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "alg": "RS256", "use": "sig"})
        self.register_grant(_Grant, [_Pkce(required=True), _IdentityToken(self)])
        self.register_token_generator("default", BearerTokenGenerator(lambda **_: generate_token(42)))
        self.protector = ResourceProtector()
        self.protector.register_token_validator(_Tokens(self))

    def configuration(self) -> Claims:
        """What it says of itself, checked by Authlib against OpenID Connect Discovery."""
        here = self.address
        found = OpenIDProviderMetadata({
            "issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/keys", "userinfo_endpoint": f"{here}/userinfo", "scopes_supported": list(SCOPES),
            "token_endpoint_auth_methods_supported": ["client_secret_post"], "response_types_supported": ["code"],
            "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        })  # fmt: skip
        found.validate()
        return dict(found)

    def authorize(self, request: _Request) -> Answer:
        """Send the browser back with a code: it is signed in here, and asked no more."""
        try:
            grant = self.get_consent_grant(request, end_user=self.account)
        except OAuth2Error as error:
            refused: Answer = self.handle_error_response(request, error)
            return refused
        going: Answer = self.create_authorization_response(request, grant_user=self.account, grant=grant)
        return going

    def userinfo(self, request: _Request) -> Answer:
        """What the scopes of the access token let Headway read."""
        try:
            token = self.protector.validate_request(["openid"], request)
        except OAuth2Error as error:
            refused: Answer = self.handle_error_response(request, error)
            return refused
        return 200, UserInfo(self.account).filter(token.scope), []

    def query_client(self, client_id: str) -> _Client | None:
        return _Client(self.back) if client_id == CLIENT else None

    def save_token(self, token: Claims, request: OAuth2Request) -> None:
        self.tokens[token["access_token"]] = _Token(token["scope"])

    def create_oauth2_request(self, request: _Request) -> _Request:
        return request

    def handle_response(self, status: int, body: str | Claims, headers: list[tuple[str, str]]) -> Answer:
        return status, body, headers

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""


class _Request(OAuth2Request):  # type: ignore[misc]
    """One request, of the browser or of Headway, as Authlib reads it."""

    args: Mapping[str, str] = MappingProxyType({})  # a property of the class above, which gives nothing
    form: Mapping[str, str] = MappingProxyType({})

    def __init__(self, method: str, uri: str, headers: dict[str, str], body: str) -> None:
        super().__init__(method, uri, headers=headers)
        self.args, self.form = (
            {name: values[0] for name, values in parse_qs(words).items()} for words in (urlsplit(uri).query, body)
        )
        self.payload = BasicOAuth2Payload({**self.args, **self.form})


@dataclass(frozen=True)
class _Client(ClientMixin):  # type: ignore[misc]
    """Headway, as it was registered."""

    back: str

    def get_client_id(self) -> str:
        return CLIENT

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(each for each in scope.split() if each in SCOPES)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.back

    def check_client_secret(self, client_secret: str) -> bool:
        return secrets.compare_digest(client_secret, SECRET)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return (method, endpoint) == ("client_secret_post", "token")

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass(frozen=True)
class _Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """What is remembered of a code until it is used."""

    code: str
    asked: dict[str, str]
    scope: str
    user: Claims

    @property
    def code_challenge(self) -> str:
        return self.asked["code_challenge"]

    @property
    def code_challenge_method(self) -> str:
        return self.asked["code_challenge_method"]

    def get_redirect_uri(self) -> str:
        return self.asked["redirect_uri"]

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.asked["nonce"]

    def get_auth_time(self) -> None:
        """Nobody asked when the account signed in here."""


@dataclass(frozen=True)
class _Token:
    scope: str

    def get_scope(self) -> str:
        return self.scope

    def is_expired(self) -> bool:
        return False  # the provider is gone before its tokens are

    def is_revoked(self) -> bool:
        return False


class _Tokens(BearerTokenValidator):  # type: ignore[misc]
    def __init__(self, provider: OpenIdProvider) -> None:
        super().__init__()
        self.provider = provider

    def authenticate_token(self, token_string: str) -> _Token | None:
        return self.provider.tokens.get(token_string)


class _Grant(AuthorizationCodeGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_post",)

    def save_authorization_code(self, code: str, request: _Request) -> None:
        self.server.codes[code] = _Code(code, request.payload.data, request.scope, request.user)

    def query_authorization_code(self, code: str, client: _Client) -> _Code | None:
        found: _Code | None = self.server.codes.get(code)
        return found

    def delete_authorization_code(self, authorization_code: _Code) -> None:
        del self.server.codes[authorization_code.code]

    def authenticate_user(self, authorization_code: _Code) -> Claims:
        return authorization_code.user


class _Pkce(CodeChallenge):  # type: ignore[misc]
    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: _Grant, redirect_uri: str) -> None:
        """Authlib lets a client with a secret leave the challenge out; here nobody does."""
        if "code_challenge" not in grant.request.payload.data:
            raise InvalidRequestError("Missing 'code_challenge'", redirect_uri=redirect_uri)
        super().validate_code_challenge(grant, redirect_uri)


class _IdentityToken(OpenIDCode):  # type: ignore[misc]
    def __init__(self, provider: OpenIdProvider) -> None:
        super().__init__(require_nonce=True)
        self.provider = provider

    def exists_nonce(self, nonce: str, request: _Request) -> bool:
        return any(code.get_nonce() == nonce for code in self.provider.codes.values())

    def resolve_client_private_key(self, client: _Client) -> RSAKey:
        return self.provider.key

    def get_client_claims(self, client: _Client) -> Claims:
        return {"iss": self.provider.address, "aud": [client.get_client_id()]}

    def get_encode_header(self, client: _Client) -> Claims:
        return {"alg": "RS256", "kid": self.provider.key.kid}

    def generate_user_info(self, user: Claims, scope: str) -> Claims:
        found: Claims = UserInfo(user).filter(scope)
        return found


@contextmanager
def openid_provider() -> Iterator[OpenIdProvider]:
    """A provider that answers until the block ends."""
    with serving(_Handler, lambda port: OpenIdProvider(f"http://localhost:{port}")) as provider:
        yield provider


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        provider: OpenIdProvider = self.server.peer  # type: ignore[attr-defined]
        path = urlsplit(self.path).path
        if path == "/authorize":
            self._send(*provider.authorize(self._request(provider)))
        elif path == "/userinfo":
            self._send(*provider.userinfo(self._request(provider)))
        else:
            keys = {"keys": [provider.key.as_dict(private=False)]}
            found = {"/.well-known/openid-configuration": provider.configuration(), "/keys": keys}.get(path)
            self._send(200 if found else 404, found or "", [])

    def do_POST(self) -> None:
        provider: OpenIdProvider = self.server.peer  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._send(*provider.create_token_response(self._request(provider, body)))

    def _request(self, provider: OpenIdProvider, body: str = "") -> _Request:
        return _Request(self.command, provider.address + self.path, dict(self.headers), body)

    def _send(self, status: int, body: str | Claims, headers: list[tuple[str, str]]) -> None:
        raw = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            **dict(headers),
            "Content-Length": str(len(raw)),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""
