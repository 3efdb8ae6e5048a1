"""Dynamic registration (LTI Dynamic Registration 1.0): what a platform says of itself, what we ask for, what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from headway.standards.lti import words

TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
PLATFORM = "https://purl.imsglobal.org/spec/lti-platform-configuration"


class BadRegistration(ValueError):
    """The platform says too little of itself, or something that does not fit; the message is for whoever registers it."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """A platform's own description."""

    issuer: str
    login_url: str
    token_url: str
    keys_url: str
    registration_url: str
    product: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ours:
    """Our addresses, as the platform shall know them."""

    name: str
    begin: str
    launch: str
    keys: str
    target: str
    claims: Sequence[str]


def configuration_of(found: object, address: str) -> Configuration:
    """Read a platform's OpenID configuration that came from ``address``. Raises BadRegistration, also where another system's name
    stands in it: its issuer has to be of the same host, or of one that it belongs to."""
    if not isinstance(found, dict):
        raise BadRegistration("the configuration is no object")
    names = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint")
    values = [found.get(name) for name in names]
    if not all(isinstance(value, str) and 0 < len(value) <= 300 for value in values):
        raise BadRegistration(f"the configuration lacks one of {', '.join(names)}")
    host, home = urlsplit(address).hostname or "", urlsplit(str(values[0])).hostname or "-"
    if host != home and not host.endswith(f".{home}"):
        raise BadRegistration(f"the configuration at {host} is that of {home}")
    about = found.get(PLATFORM)
    product = about.get("product_family_code", "") if isinstance(about, dict) else ""
    scopes = found.get("scopes_supported")
    issuer, login, token, keys, registration = map(str, values)
    supported = frozenset(map(str, scopes if isinstance(scopes, list) else ()))
    return Configuration(issuer, login, token, keys, registration, str(product)[:60], supported)


def request_of(ours: Ours, platform: Configuration) -> dict[str, Any]:
    """What we ask a platform to register: one launch address, our keys, links and choosing them, grades and members where it has
    them."""
    host = urlsplit(ours.target).netloc
    scopes = [scope for scope in words.SCOPES if scope in platform.scopes or not platform.scopes]
    return {
        "application_type": "web", "response_types": ["id_token"], "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": ours.begin, "redirect_uris": [ours.launch], "client_name": ours.name,
        "jwks_uri": ours.keys, "token_endpoint_auth_method": "private_key_jwt", "scope": " ".join(scopes),
        TOOL: {
            "domain": host, "target_link_uri": ours.target, "claims": list(ours.claims),
            "messages": [
                {"type": words.RESOURCE, "target_link_uri": ours.target},
                {"type": words.CHOOSING, "target_link_uri": ours.target, "label": ours.name},
            ],
        },
    }  # fmt: skip


def client_of(found: object) -> tuple[str, str]:
    """The client identifier that a platform answers, and the deployment if it names one. Raises BadRegistration."""
    if not isinstance(found, dict) or not isinstance(found.get("client_id"), str) or not found["client_id"]:
        raise BadRegistration("the answer has no client_id")
    tool = found.get(TOOL)
    deployment = tool.get("deployment_id", "") if isinstance(tool, dict) else ""
    return found["client_id"][:300], deployment[:255] if isinstance(deployment, str) else ""
