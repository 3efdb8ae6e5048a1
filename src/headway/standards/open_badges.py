"""Open Badges 3.0: credit as an AchievementCredential (a W3C verifiable credential, data model 2.0), signed as a JWT.

The issuer is a ``did:key``: the identifier is the public key itself, so anybody can check the signature without a network
(1EdTech Open Badges 3.0, 8.2 "JSON Web Token Proof Format"; RFC 7515 and RFC 8037 for EdDSA; W3C CCG did:key).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519 = b"\xed\x01"
"""Multicodec prefix of an Ed25519 public key."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A skill on which credit rests: its code and title, CASE identifiers, and a sentence of evidence."""

    skill: str
    title: str
    case_ids: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Award:
    """What is certified: credit ``id`` (a UUID) for a course, to a named learner, at a time (seconds since 1970)."""

    id: str
    issuer: str
    learner: str
    learner_code: str
    course: str
    course_title: str
    credit: float
    criteria: str
    shown: Sequence[Shown]
    at: float


def did_key(public: bytes) -> str:
    """Return the did:key of an Ed25519 public key of 32 bytes.

    >>> did_key(bytes(32))[:12]
    'did:key:z6Mk'
    """
    return f"did:key:z{_base58(ED25519 + public)}"


def credential(award: Award, did: str) -> dict[str, Any]:
    """Return the credential as a document, without its signature."""
    day = datetime.fromtimestamp(int(award.at), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "@context": CONTEXT,
        "id": f"urn:uuid:{award.id}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": award.course_title,
        "issuer": {"id": did, "type": ["Profile"], "name": award.issuer},
        "validFrom": day,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [_identity(award.learner, "name"), _identity(award.learner_code, "sourcedId")],
            "creditsEarned": award.credit,
            "achievement": {
                "id": f"urn:headway:course:{award.course}",
                "type": ["Achievement"],
                "achievementType": "Course",
                "name": award.course_title,
                "description": award.criteria,
                "criteria": {"narrative": award.criteria},
                "creditsAvailable": award.credit,
                "alignment": [
                    {
                        "type": ["Alignment"],
                        "targetName": each.title,
                        "targetCode": each.skill,
                        "targetUrl": f"urn:uuid:{case}",
                        "targetType": "CFItem",
                    }
                    for each in award.shown
                    for case in each.case_ids
                ],
            },
        },
        "evidence": [
            {
                "id": f"urn:headway:credit:{award.id}:{each.skill}",
                "type": ["Evidence"],
                "name": each.title,
                "narrative": each.evidence,
            }
            for each in award.shown
        ],
    }


def _identity(value: str, kind: str) -> dict[str, Any]:
    return {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}


def signed(document: dict[str, Any], public: bytes, sign: Callable[[bytes], bytes]) -> str:
    """Return the credential as a compact JWT with an EdDSA signature; ``sign`` signs bytes with the key of ``public``."""
    did = document["issuer"]["id"]
    method = f"{did}#{did.removeprefix('did:key:')}"
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": _base64(public)}
    header = {"alg": "EdDSA", "typ": "JWT", "kid": method, "jwk": jwk}
    begins = datetime.strptime(document["validFrom"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    claims = {
        **document,
        "iss": did,
        "jti": document["id"],
        "sub": document["credentialSubject"]["identifier"][1]["identityHash"],
        "nbf": int(begins.timestamp()),
    }
    body = f"{_packed(header)}.{_packed(claims)}"
    return f"{body}.{_base64(sign(body.encode('ascii')))}"


def _packed(value: dict[str, Any]) -> str:
    return _base64(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _base58(data: bytes) -> str:
    """Bitcoin's base 58, as multibase ``z`` has it."""
    number, out = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        out = ALPHABET[rest] + out
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + out
