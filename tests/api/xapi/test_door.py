"""Versions, methods, who is asking, the alternate request syntax, signed statements."""

from __future__ import annotations

import base64
import hashlib
import json
import time
import uuid
from typing import Any
from urllib.parse import urlencode

import pytest

from headway.cli import main
from headway.school.exchange.xapi.credentials import close_credential, credentials
from headway.school.people.tenancy import in_district
from tests.api.xapi.conftest import Store, new_district, store_of
from tests.api.xapi.test_statements import MIXED, attached, mine, parts
from tests.standards.xapi.said import changed


@pytest.mark.parametrize(
    ("version", "told"),
    [("", "1.0.3"), ("0.9", "1.0.3"), ("1.1.0", "1.0.3"), ("2.1.0", "2.0.0"), ("3.0.0", "1.0.3"), ("two", "1.0.3")],
)
def test_a_request_names_a_version_that_is_understood(store: Store, version: str, told: str) -> None:
    """XAPI-00321, 00331, 00333: also before anybody is asked who they are; who names none is answered in the oldest."""
    for resource in ("statements", "activities", "activities/state", "activities/profile", "agents", "agents/profile"):
        answer = store.ask("GET", resource, x_experience_api_version=version, authorization="")
        assert answer.status_code == 400
        assert answer.headers["x-experience-api-version"] == told


@pytest.mark.parametrize(
    ("asked", "told"), [("1.0", "1.0.3"), ("1.0.1", "1.0.3"), ("2.0", "2.0.0"), ("2.0.7", "2.0.0")]
)
def test_the_newest_patch_of_the_asked_version_answers(store: Store, asked: str, told: str) -> None:
    answer = store.ask("GET", "statements?limit=1", x_experience_api_version=asked)
    assert (answer.status_code, answer.headers["x-experience-api-version"]) == (200, told)


def test_about_asks_nothing_and_tells_the_versions(store: Store) -> None:
    """XAPI-00315 to 00321."""
    answer = store.ask("GET", "about", x_experience_api_version="", authorization="")
    assert (answer.status_code, answer.json()) == (200, {"version": ["1.0.3", "2.0.0"]})
    assert store.ask("GET", "about", x_experience_api_version="2.0.0").json() == {"version": ["1.0.3", "2.0.0"]}
    old = store.ask("GET", "about", x_experience_api_version="1.0.2")  # 1.0.3 knows no later version in this list
    assert (old.json(), old.headers["x-experience-api-version"]) == ({"version": ["1.0.3"]}, "1.0.3")


@pytest.mark.parametrize(("method", "resource"), [
    ("DELETE", "statements"), ("PATCH", "statements"), ("POST", "about"),
    *[(method, resource) for method in ("DELETE", "POST", "PUT") for resource in ("activities", "agents")],
])  # fmt: skip
def test_a_method_that_a_resource_does_not_have(both: Store, method: str, resource: str) -> None:
    """3.2: 405, whoever asks."""
    answer = both.ask(method, resource, authorization="")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert both.ask(method, f"{resource}/nothing", {}).status_code == 404


def test_only_an_open_credential_with_its_secret_comes_in(database: str) -> None:
    """4: XAPI-00334, 00335."""
    store = store_of(new_district("Credentials"))
    user, secret = base64.b64decode(store.header[6:]).decode().split(":")
    wrong = [
        f"{user}:{secret[:-1]}",
        "foo:bar",
        f"{user[:-2]}:{secret}",
        ":",
        "hx1.:x",
        f"hx1.{'A' * 43}:{secret}",
        "é:x",
    ]
    for each in ["", "Basic", "Basic !", f"Bearer {store.header[6:]}", *(basic(pair) for pair in wrong)]:
        answer = store.ask("GET", "statements", authorization=each)
        assert answer.status_code == 401, each
        assert answer.headers["www-authenticate"].startswith("Basic")
    with in_district(store.district.id):
        (row,) = credentials()
        assert close_credential(credential=row.id, now=time.time())
        assert not close_credential(credential=row.id, now=time.time())
    assert store.ask("GET", "statements").status_code == 401


def basic(pair: str) -> str:
    return "Basic " + base64.b64encode(pair.encode()).decode()


def test_a_large_body_is_refused(store: Store) -> None:
    assert store.ask("POST", "statements", b" " * 32_000_001).status_code == 413


def test_a_fault_of_the_server_is_told_as_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """XAPI-00329: in the protocol's form, without what went wrong inside."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("headway.api.xapi.statements.find", broken)
    answer = store.ask("GET", "statements?limit=1")
    assert answer.status_code == 500
    assert "disk" not in answer.text


def test_the_alternate_request_syntax_is_understood_in_the_old_version_only(both: Store) -> None:
    """XAPI-00336, 1.3; gone from 2.0."""
    key, said = str(uuid.uuid4()), mine()
    form = {"statementId": key, "content": json.dumps(said)}
    old = both.version == "1.0.3"

    def post(method: str, body: dict[str, Any] | bytes, path: str = "statements?method=", **headers: str) -> int:
        content = body if isinstance(body, bytes) else urlencode(body).encode()
        kind = "application/x-www-form-urlencoded"
        return both.ask("POST", f"{path}{method}", content, content_type=kind, **headers).status_code

    assert post("PUT", form) == (204 if old else 400)
    assert post("GET", {"limit": 1}) == (200 if old else 400)
    told = {"x_experience_api_version": "", "authorization": ""}
    inside = {"X-Experience-API-Version": "1.0.3", "Authorization": both.header}
    assert post("PUT", {**form, **inside}, **told) == 204  # the same again, with all headers in the form
    assert post("GET", {**inside, "statementId": key}, **told) == 200
    for version in ("0.8", "2.0.0"):  # what the form names is a header like any other, and it counts
        assert post("PUT", {**form, "X-Experience-API-Version": version}) == 400
        assert (
            post("PUT", {**form, "X-Experience-API-Version": version}, **{**told, "authorization": both.header}) == 400
        )
    assert post("GET", {**inside, "Authorization": "Basic eDp5", "limit": 1}, x_experience_api_version="") == 200
    assert post("PUT", json.dumps(form).encode(), **told) == 400
    assert post("PUT", {"statementId": key}) == 400
    assert post("PUT", form, f"statements?statementId={key}&method=") == 400
    assert post("BREW", form) == 400
    assert both.ask("GET", "statements?method=POST").status_code == 400
    state = {"activityId": "http://a.b/c", "agent": '{"mbox":"mailto:a@b.c"}', "stateId": key}
    assert post("PUT", {**state, "content": "{}"}, "activities/state?method=") == (204 if old else 400)
    assert post("DELETE", {**state, "If-Match": '"no"'}, "activities/state?method=") == (412 if old else 400)


def signature(said: Any, *, algorithm: str = "RS256", key: Any = None, **header: Any) -> bytes:
    """A JSON web signature; without a key, one that nobody can check."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

    def packed(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).decode().rstrip("=")

    payload = said if isinstance(said, bytes) else json.dumps(said).encode()
    text = f"{packed(json.dumps({'alg': algorithm, **header}).encode())}.{packed(payload)}"
    mark = key.sign(text.encode(), PKCS1v15(), hashes.SHA256()) if key else b"mark"
    return f"{text}.{packed(mark)}".encode()


SIGNED = {"usageType": "http://adlnet.gov/expapi/attachments/signature", "contentType": "application/octet-stream"}


def send_signed(store: Store, said: dict[str, Any], mark: bytes, **more: Any) -> int:
    whole, files = attached(mark, **{**SIGNED, **more})
    body = parts({**said, "attachments": whole["attachments"]}, *files)
    return store.ask("POST", "statements", body, content_type=MIXED).status_code


def test_a_signed_statement_is_held_against_its_signature(both: Store) -> None:
    """2.6: XAPI-00113 to 00117."""
    said = mine(id=str(uuid.uuid4()))
    assert send_signed(both, said, signature(said)) == 200
    for algorithm in ("RS384", "RS512"):
        other = mine(id=str(uuid.uuid4()))
        assert send_signed(both, other, signature(other, algorithm=algorithm)) == 200
    assert send_signed(both, mine(), signature(said)) == 400
    assert send_signed(both, said, signature(said), contentType="text/plain") == 400
    assert send_signed(both, said, signature(said, algorithm="HS256")) == 400
    assert send_signed(both, said, signature(json.dumps(said).replace('"', "'", 1).encode())) == 400
    assert send_signed(both, said, signature(changed("actor", {}, said))) == 400
    elsewhere = {**attached(signature(said), **SIGNED, fileUrl="http://example.org/signature")[0], "id": said["id"]}
    assert both.ask("POST", "statements", elsewhere).status_code == 400
    assert send_signed(both, said, b"no signature") == 400


def test_a_certificate_in_a_signature_is_tried(store: Store) -> None:
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

    key, other = generate_private_key(65537, 2048), generate_private_key(65537, 2048)
    said, chain = mine(), [certificate(key)]
    assert send_signed(store, said, signature(said, key=key, x5c=chain)) == 200
    assert send_signed(store, said, signature(said, key=other, x5c=chain)) == 400
    for chain in ([], ["AAAA"], ["!"], [1]):  # type: ignore[assignment]
        assert send_signed(store, said, signature(said, key=key, x5c=chain)) == 400


def certificate(key: Any) -> str:
    """A certificate of a key by itself."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding

    name, now = x509.Name([]), datetime.now(UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    return base64.b64encode(built.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)).decode()


def test_the_sum_of_an_attachment_belongs_to_its_statement(store: Store) -> None:
    """Nobody can put other bytes under a sum that another sender uses."""
    said, files = attached(b"true")
    sum_ = hashlib.sha256(b"true").hexdigest()
    forged = parts(mine(attachments=said["attachments"]), (sum_, b"lie"))
    (first,) = store.ask("POST", "statements", forged, content_type=MIXED).json()
    (second,) = store.ask("POST", "statements", parts(said, *files), content_type=MIXED).json()
    for key, content in ((first, b"lie"), (second, b"true")):
        answer = store.ask("GET", f"statements?statementId={key}&attachments=true")
        assert b"\r\n\r\n" + content + b"\r\n" in answer.content


def test_the_command_line_lets_systems_in_and_out(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    district = new_district("Command line")
    where = ["--district", str(district.id), "--json"]
    assert main(["xapi", "add", "Simulator", "--scope", "statements/write", "--scope", "statements/read", *where]) == 0
    made = json.loads(capsys.readouterr().out)
    store = Store(district, basic(f"{made['user']}:{made['secret']}"))
    (key,) = store.ask("POST", "statements", mine()).json()
    assert store.get(f"statements?statementId={key}")["authority"]["name"] == "Simulator"
    assert main(["xapi", "add", "Simulator", "--scope", "everything", *where]) == 1
    assert main(["xapi", "close", str(uuid.uuid4()), *where]) == 1
    assert main(["xapi", "close", "no", *where]) == 1
    capsys.readouterr()
    assert main(["xapi", "list", *where]) == 0
    (row,) = json.loads(capsys.readouterr().out)["credentials"]
    assert (row["id"], row["name"]) == (made["id"], "Simulator")
    assert main(["xapi", "close", made["id"], *where]) == 0
