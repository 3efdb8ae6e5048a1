"""Open Badges 3.0: the schema of the standard, and a signature that an independent library verifies without a network."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import OKPKey

from headway.standards.open_badges import Award, Shown, credential, did_key, signed

AWARD = Award(
    id="3fa85f64-5717-4562-b3fc-2c963f66afa6",
    issuer="Maple Valley",
    learner="Mina Reyes",
    learner_code="s-mina",
    course="M-100",
    course_title="Whole numbers and powers",
    credit=0.25,
    criteria="Every skill counts.",
    shown=[Shown("6.NS.B.2", "Long division", ("6b9e210d-d7cc-11e8-824f-0242ac160002",), "It counts since May 4.")],
    at=1_790_000_000.0,
)


def make(key: OKPKey) -> tuple[str, str]:
    secret = key.get_op_key("sign")
    assert isinstance(secret, Ed25519PrivateKey)
    public = secret.public_key().public_bytes_raw()
    did = did_key(public)
    return did, signed(credential(AWARD, did), public, secret.sign)


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # by RFC 9864; what reads badges today knows this name
def test_another_library_verifies_it_and_finds_every_change() -> None:
    did, token = make(OKPKey.generate_key("Ed25519"))
    header = json.loads(jwt_part(token, 0))
    known = OKPKey.import_key(header["jwk"])
    claims = jwt.decode(token, known, algorithms=["EdDSA"]).claims
    assert claims["issuer"]["id"] == claims["iss"] == did
    assert header["kid"].startswith(did)
    assert claims["credentialSubject"]["achievement"]["name"] == "Whole numbers and powers"
    assert claims["evidence"][0]["narrative"] == "It counts since May 4."
    stranger = OKPKey.generate_key("Ed25519")
    with pytest.raises(BadSignatureError):
        jwt.decode(token, stranger, algorithms=["EdDSA"])
    head, body, mark = token.split(".")
    with pytest.raises(BadSignatureError):
        jwt.decode(f"{head}.{body[:-4]}AAAA.{mark}", known, algorithms=["EdDSA"])


def test_the_issuer_is_the_key_itself() -> None:
    """The test vector of RFC 8032, 7.1 as a did:key: multibase of 0xed01 and the 32 bytes."""
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    assert did_key(public).startswith("did:key:z6Mk")
    assert did_key(public) != did_key(bytes(32))


@pytest.mark.shared
def test_the_document_is_what_the_standard_asks_for(shared: Path) -> None:
    path = shared / "interop/schemas/open-badges/v3_0/ob_v3p0_achievementcredential_schema.json"
    document = credential(AWARD, did_key(bytes(32)))
    checker = jsonschema_rs.validator_for(json.loads(path.read_text()))
    assert [error.message for error in checker.iter_errors(document)] == []


def jwt_part(token: str, place: int) -> bytes:
    import base64

    part = token.split(".")[place]
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
