"""Signed statements (JSON Web Tokens, RFC 7519) of other systems, and our own: read in full or not at all.

The algorithm is one that needs the other side's private key, and the key is one that the other side publishes at the address
that was registered. What a token says about where its key is, or brings with it, is never followed (RFC 8725).
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from headway.standards.plain import all_plain

SIGNED_BY = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""Only signatures that need a private key; none, and those with a shared secret, are not accepted."""
LARGEST = 32_768
"""Characters of a token. A launch with every optional statement has about 8,000."""
SKEW = 60.0
"""Seconds by which two clocks may differ."""
LONGEST = 3600.0
"""Seconds that a statement may be good for."""
FEWEST_BITS = 2048
FOREIGN = frozenset({"jwk", "jku", "x5u", "x5c", "crit"})
"""Parts of a header by which a token would choose its own key, or ask for rules that we do not know."""
TYPES = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}
Claims = dict[str, Any]


class BadToken(ValueError):
    """A token is not believed; ``code`` is one of size, form, header, algorithm, key, signature, issuer, audience, party,
    expired, future, age, missing. ``detail`` is for whoever looks after the connection."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


class UnknownKey(BadToken):
    """No published key has the name that the token gives: fetch the keys anew, once, before it is refused."""

    def __init__(self, kid: str) -> None:
        super().__init__("key", f"there is no published key {kid[:80]!r}")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token has to say: by whom, for whom. ``needed`` are claims that have to be there besides."""

    issuer: str
    audience: str | tuple[str, ...]
    needed: tuple[str, ...] = ("sub",)
    longest: float = LONGEST


def header_of(token: str) -> dict[str, Any]:
    """The header of a token that may be looked at. Raises BadToken."""
    if len(token) > LARGEST:
        raise BadToken("size", f"{len(token)} characters; at most {LARGEST} are read")
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise BadToken("form", repr(error)) from error
    if header.get("alg") not in SIGNED_BY:
        raise BadToken("algorithm", f"signed by {str(header.get('alg'))[:40]}")
    if brought := FOREIGN & set(header):
        raise BadToken("header", f"the header brings {', '.join(sorted(brought))}")
    if not isinstance(header.get("kid"), str) or not header["kid"]:
        raise BadToken("header", "the header names no key (kid)")
    return dict(header)


def verified(token: str, keys: Mapping[str, Any], expected: Expected, *, now: float) -> Claims:
    """Return the claims of a token that is signed by one of ``keys`` (a JWK set), in date, and by and for whom it should be.

    ``now`` is in seconds since 1970. Raises BadToken, and UnknownKey where a set that is fetched anew may have the key.
    """
    header = header_of(token)
    key = _key(keys, header)
    try:
        payload = jwt.PyJWS(algorithms=[header["alg"]]).decode(token, key=key, algorithms=[header["alg"]])
        claims = json.loads(payload)
    except jwt.InvalidSignatureError as error:
        raise BadToken("signature", "the signature does not fit the published key") from error
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise BadToken("form", repr(error)) from error
    if not isinstance(claims, dict):
        raise BadToken("form", "the statements are no object")
    if not all_plain(claims):
        raise BadToken("form", "a statement holds a sign that cannot be kept")
    _check_parties(claims, expected)
    _check_dates(claims, expected, now)
    for name in expected.needed:
        if not isinstance(claims.get(name), str) or not claims[name]:
            raise BadToken("missing", f"there is no {name}")
    return claims


def signed(claims: Mapping[str, Any], private: str, kid: str) -> str:
    """Sign our own statements by RS256. ``private`` is PEM."""
    return jwt.encode(dict(claims), private, algorithm="RS256", headers={"kid": kid})


def new_key() -> tuple[str, str, dict[str, str]]:
    """A new RSA key of ours: its name, its private half (PEM), and its public half as a JWK."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=FEWEST_BITS)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    kid, numbers = secrets.token_hex(8), key.public_key().public_numbers()
    public = {"kty": "RSA", "kid": kid, "use": "sig", "alg": "RS256", "n": _number(numbers.n), "e": _number(numbers.e)}
    return kid, pem, public


def key_set(value: object) -> dict[str, Any]:
    """A JWK set as another system publishes it, with the public keys only. Raises BadToken where it is none."""
    if not isinstance(value, dict) or not isinstance(value.get("keys"), list):
        raise BadToken("key", "the address of the keys does not give a set of keys")
    if not all_plain(value):
        raise BadToken("key", "a key holds a sign that cannot be kept")
    kept = [k for k in value["keys"][:100] if isinstance(k, dict) and k.get("kty") in TYPES.values()]
    return {"keys": [{name: v for name, v in k.items() if name not in _PRIVATE} for k in kept]}


_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


def _key(keys: Mapping[str, Any], header: Mapping[str, Any]) -> jwt.PyJWK:
    kid, algorithm = header["kid"], str(header["alg"])
    found = [k for k in keys.get("keys", ()) if isinstance(k, dict) and k.get("kid") == kid]
    if not found:
        raise UnknownKey(kid)
    raw = found[0]
    if (
        raw.get("kty") != TYPES[algorithm[:2]]
        or raw.get("use", "sig") != "sig"
        or raw.get("alg", algorithm) != algorithm
    ):
        raise BadToken("key", f"the published key {kid[:80]!r} is not for signatures by {algorithm}")
    try:
        key = jwt.PyJWK(raw, algorithm)
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise BadToken("key", repr(error)) from error
    if isinstance(key.key, rsa.RSAPublicKey) and key.key.key_size < FEWEST_BITS:
        raise BadToken("key", f"the key has {key.key.key_size} bits; at least {FEWEST_BITS} are needed")
    return key


def _check_parties(claims: Claims, expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise BadToken("issuer", f"by {str(claims.get('iss'))[:200]!r}")
    given = claims.get("aud")
    audiences = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    wanted = (expected.audience,) if isinstance(expected.audience, str) else expected.audience
    ours = [each for each in audiences if each in wanted]
    if not ours:
        raise BadToken("audience", f"for {str(given)[:200]!r}")
    party = claims.get("azp", ours[0] if len(audiences) == 1 else None)
    if party not in wanted:
        raise BadToken("party", f"made for {str(party)[:200]!r}")


def _check_dates(claims: Claims, expected: Expected, now: float) -> None:
    ends, made = _moment(claims, "exp"), _moment(claims, "iat")
    if ends <= now - SKEW:
        raise BadToken("expired", f"good until {now - ends:.0f} seconds ago")
    if made > now + SKEW or _moment(claims, "nbf", made) > now + SKEW:
        raise BadToken("future", "made, or good from, a time that has not come")
    if made < now - expected.longest - SKEW or ends - made > 24 * expected.longest:
        raise BadToken("age", f"made {now - made:.0f} seconds ago, good for {ends - made:.0f}")


def _moment(claims: Claims, name: str, default: float | None = None) -> float:
    value = claims.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e11:
        raise BadToken("missing", f"{name} is no moment")
    return float(value)


def _number(value: int) -> str:
    raw = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
