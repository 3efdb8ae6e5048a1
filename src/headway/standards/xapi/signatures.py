"""Signed statements: an attachment that is a JSON web signature (RFC 7515) over the statement itself."""

from __future__ import annotations

import json
from base64 import b64decode, urlsafe_b64decode
from typing import Any

from headway.standards.xapi.sameness import same, same_time
from headway.standards.xapi.shapes import Invalid
from headway.standards.xapi.statements import check_statement

USAGE = "http://adlnet.gov/expapi/attachments/signature"
ALGORITHMS = ("RS256", "RS384", "RS512")


def signature_of(statement: dict[str, Any]) -> dict[str, Any] | None:
    """The attachment that signs a statement, or None. Raises Invalid where its media type is another."""
    for place, each in enumerate(statement.get("attachments", ())):
        if each["usageType"] == USAGE:
            if each["contentType"].split(";")[0].strip() != "application/octet-stream":
                raise Invalid(f"attachments[{place}].contentType", "must be application/octet-stream for a signature.")
            return dict(each)
    return None


def check_signature(statement: dict[str, Any], signature: bytes, version: str) -> None:
    """Check that a signature is well formed and is one of this statement.

    Where it carries its certificate (``x5c``), it is verified with the key of it; whether to trust that certificate is for
    whoever relies on the statement. Raises Invalid.
    """
    where = "attachments signature"
    try:
        head, payload, mark = signature.decode("ascii").strip().split(".")
        header, said = json.loads(_decoded(head)), json.loads(_decoded(payload))
        signed = f"{head}.{payload}".encode()
        raw = _decoded(mark)
    except (ValueError, RecursionError):
        raise Invalid(where, "is no JSON web signature over the statement as JSON.") from None
    if type(header) is not dict or header.get("alg") not in ALGORITHMS:
        raise Invalid(where, f"must be signed with one of {', '.join(ALGORITHMS)}.")
    if not same(check_statement(said, version, where), statement) or not same_time(said, statement):
        raise Invalid(where, "signs another statement than this one.")
    if "x5c" in header:
        _verify(header, signed, raw, where)


def _decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _verify(header: dict[str, Any], signed: bytes, raw: bytes, where: str) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.x509 import load_der_x509_certificate

    kinds = {"RS256": hashes.SHA256(), "RS384": hashes.SHA384(), "RS512": hashes.SHA512()}
    try:
        key = load_der_x509_certificate(b64decode(header["x5c"][0])).public_key()
        if not isinstance(key, RSAPublicKey):
            raise Invalid(where, "has a certificate whose key is not RSA.")
        key.verify(raw, signed, PKCS1v15(), kinds[header["alg"]])
    except InvalidSignature:
        raise Invalid(where, "does not fit the certificate that it carries.") from None
    except (ValueError, TypeError, IndexError, KeyError):
        raise Invalid(where, "carries a certificate that cannot be read.") from None
