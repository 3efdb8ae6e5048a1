"""Dynamic registration (LTI Dynamic Registration 1.0) as a platform: who we are, what a tool asks for, our answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from headway.standards.lti import words
from headway.standards.lti.launch import LONG, word
from headway.standards.lti.registration import PLATFORM, TOOL, BadRegistration

CLAIMS = ("iss", "sub", "aud", "locale", "given_name", "family_name", "name", "email")
VARIABLES = (
    "User.id", "Context.id", "Context.title", "ResourceLink.id", "ResourceLink.title", "Membership.role", "Person.name.full",
    "Person.name.given", "Person.name.family", "Person.email.primary", "Person.sourcedId",
)  # fmt: skip
MOST_REDIRECTS = 20


@dataclass(frozen=True, slots=True)
class Addresses:
    """Our addresses, as a tool shall know them."""

    issuer: str
    login: str
    token: str
    keys: str
    register: str


@dataclass(frozen=True, slots=True)
class Described:
    """A tool as it describes itself. ``choose`` is empty where nothing can be chosen there; ``claims`` are those it wants."""

    name: str
    login: str
    launch: str
    redirects: tuple[str, ...]
    keys_url: str
    choose: str = ""
    keys: dict[str, Any] = field(default_factory=dict)
    scopes: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    custom: dict[str, str] = field(default_factory=dict)


def configuration(ours: Addresses) -> dict[str, Any]:
    """Our OpenID configuration with what LTI adds to it."""
    return {
        "issuer": ours.issuer, "authorization_endpoint": ours.login, "token_endpoint": ours.token,
        "jwks_uri": ours.keys, "registration_endpoint": ours.register,
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256"], "scopes_supported": ["openid", *words.OFFERED],
        "response_types_supported": ["id_token"], "response_modes_supported": ["form_post"],
        "grant_types_supported": ["implicit", "client_credentials"], "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"], "claims_supported": list(CLAIMS),
        PLATFORM: {
            "product_family_code": "headway", "version": "1", "variables": list(VARIABLES),
            "messages_supported": [
                {"type": words.RESOURCE}, {"type": words.CHOOSING, "placements": ["ContentArea"]}],
        },
    }  # fmt: skip


def described_in(body: object) -> Described:
    """Read what a tool wants registered. Raises BadRegistration. Whether its addresses are safe is for whoever keeps them."""
    if not isinstance(body, dict):
        raise BadRegistration("the registration is no JSON object")
    tool, redirects = body.get(TOOL), body.get("redirect_uris")
    if not isinstance(tool, dict):
        raise BadRegistration(f"there is no {TOOL}")
    if not isinstance(redirects, list) or not 0 < len(redirects) <= MOST_REDIRECTS:
        raise BadRegistration(f"redirect_uris: a list of 1 to {MOST_REDIRECTS} addresses")
    if body.get("token_endpoint_auth_method", "private_key_jwt") != "private_key_jwt":
        raise BadRegistration("token_endpoint_auth_method: private_key_jwt is the only one")
    name, login, launch = (
        word(body.get("client_name"), 1000), word(body.get("initiate_login_uri"), LONG), word(tool.get("target_link_uri"), LONG)
    )  # fmt: skip
    if not name or not login or not launch:
        raise BadRegistration("client_name, initiate_login_uri and target_link_uri are needed")
    messages = [each for each in _list(tool.get("messages")) if isinstance(each, dict)]
    choosing = next((each for each in messages if each.get("type") == words.CHOOSING), None)
    custom = tool.get("custom_parameters")
    keys = body.get("jwks")
    return Described(
        name[:60], login, launch, tuple(word(each, LONG) for each in redirects), word(body.get("jwks_uri"), LONG),
        choose=(word(choosing.get("target_link_uri"), LONG) or launch) if choosing is not None else "",
        keys=keys if isinstance(keys, dict) else {}, scopes=frozenset(str(body.get("scope", "")).split()),
        claims=frozenset(map(str, _list(tool.get("claims")))),
        custom=custom_in(custom) if isinstance(custom, dict) else {},
    )  # fmt: skip


def registered(body: dict[str, Any], *, client: str, deployment: str, scopes: Sequence[str]) -> dict[str, Any]:
    """Our answer: what was asked for, with the names that the tool has here and the scopes that it may use."""
    kept = ("initiate_login_uri", "redirect_uris", "client_name", "jwks_uri", "logo_uri", "contacts")
    out = {name: body[name] for name in kept if name in body}
    return {
        **out, "client_id": client, "application_type": "web", "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"], "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join(scopes), TOOL: {**body[TOOL], "deployment_id": deployment},
    }  # fmt: skip


def custom_in(found: dict[Any, Any]) -> dict[str, str]:
    """Custom parameters: texts of a bounded number and length."""
    return {str(k)[:100]: (v if isinstance(v, str) else json.dumps(v))[:1000] for k, v in list(found.items())[:30]}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
