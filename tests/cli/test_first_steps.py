"""The first steps of an installation, from the terminal: a district, and the service by which its first person comes in."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
from django.test import override_settings

from headway.cli import COMMANDS, load, main
from headway.school.exchange.sign_on.models import SignOnService
from headway.school.models import District
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in, visitor
from tests.pages.sign_on.openid_peer import CLIENT, SECRET, openid_peer
from tests.pages.sign_on.saml_peer import SamlPeer


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    del database
    found = make_cast(curriculum=False)
    with in_district(found.district.id):
        found["Dana"].email = "dana@maple.example"
        found["Dana"].save()
    yield found
    found.close()


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any], str]:
    capsys.readouterr()
    code = main([*words, "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


@pytest.mark.usefixtures("database")
def test_a_district_is_made_once(capsys: pytest.CaptureFixture[str]) -> None:
    name = f"Birch {uuid4()}"
    code, made, err = ran(capsys, "district", "add", name, "--time-zone", "America/Denver")
    assert code == 0, err
    assert (made["name"], made["time_zone"]) == (name, "America/Denver") and made["skills"] > 400
    assert District.objects.get(id=UUID(made["id"])).name == name
    code, _, err = ran(capsys, "district", "add", name.upper())
    assert code == 1 and made["id"] in err
    _, listed, _ = ran(capsys, "district", "list")
    assert {key: made[key] for key in ("id", "name", "time_zone")} in listed["districts"]
    assert sum(each["name"].lower() == name.lower() for each in listed["districts"]) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [(["   "], "a name"), (["Elm", "--time-zone", "Chicago"], "'Chicago'"), (["\udcff"], "a name"), (["a\x1b[31m"], "a name"),
     (["a\nb"], "a name")],
)  # fmt: skip
def test_a_district_without_a_name_or_a_zone_is_refused(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = ran(capsys, "district", "add", *words)
    assert code == 1 and said in err


def test_the_first_person_comes_in_by_the_service_of_the_terminal(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at, secret = str(cast.district.id), tmp_path / "secret"
    secret.write_text(f"{SECRET}\n")
    with openid_peer() as peer:
        words = ["sign-on", "add", "School account", "--issuer", peer.address, "--client", CLIENT]
        words += ["--secret-file", str(secret), "--district", at]
        code, made, err = ran(capsys, *words, "--by", "DANA@maple.example")
        assert code == 0, err
        peer.account = {"sub": "1", "email": "dana@maple.example", "email_verified": True}
        client = visitor()
        assert "School account" in client.get("/sign-in", {"at": at}).content.decode()
        begun = client.get(f"/sign-in/by/{at}/{made['id']}", {"next": "/sign-on"})
        back = httpx.get(begun.headers["Location"]).headers["Location"]
        assert urlsplit(back).path == urlsplit(made["register"]).path
        client.get(f"{urlsplit(back).path}?{urlsplit(back).query}")
        page = client.get("/sign-on")
    assert made["register"].startswith("/"), "a demonstration alone knows its port"
    assert page.status_code == 200 and urlsplit(made["register"]).path in page.content.decode()


def test_production_prints_whole_addresses(cast: Cast, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("kept")
    words = [
        "sign-on",
        "add",
        "X",
        "--by",
        "dana@maple.example",
        "--issuer",
        "https://id.maple.example",
        "--client",
        "c",
    ]
    with override_settings(PRODUCTION=True, ALLOWED_HOSTS=["learn.maple.example", "localhost"]):
        code, made, err = ran(
            capsys, *words, "--secret-file", str(tmp_path / "secret"), "--district", str(cast.district.id)
        )
    assert code == 0, err
    assert made["register"].startswith(f"https://learn.maple.example/sign-in/back/{cast.district.id}/")


def test_a_saml_service_is_opened_from_a_file_of_metadata(
    cast: Cast, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "idp.xml").write_text(SamlPeer().metadata())
    words = ["sign-on", "add", "X", "--by", "dana@maple.example", "--metadata", str(tmp_path / "idp.xml")]
    code, made, err = ran(capsys, *words, "--claim", "mail", "--district", str(cast.district.id))
    assert code == 0, err
    assert made["kind"] == "saml"
    ours = visitor().get(made["metadata"])
    assert ours.status_code == 200 and made["register"] in ours.content.decode()


@pytest.mark.parametrize(
    ("by", "more", "said"),
    [
        ("dana@maple.example", [], "--issuer"),
        ("dana@maple.example", ["--issuer", "https://id.maple.example", "--client", "c"], "HEADWAY_SIGN_ON_SECRET"),
        ("dana@maple.example", ["--metadata", "nowhere.xml"], "nowhere.xml"),
        ("nobody@maple.example", ["SECRET"], "nobody in the roster"),
        ("teacher", ["SECRET"], "no part in the whole district"),
        ("dana@maple.example", ["SECRET", "--domains", "@maple"], "no domain"),
    ],
)
def test_a_service_that_cannot_work_is_refused_in_words(
    by: str, more: list[str], said: str, cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.delenv("HEADWAY_SIGN_ON_SECRET", raising=False)
    if more[:1] == ["SECRET"]:
        monkeypatch.setenv("HEADWAY_SIGN_ON_SECRET", "kept")
        more = ["--issuer", "https://id.maple.example", "--client", "c", *more[1:]]
    who = cast["Okafor"].sourced_id if by == "teacher" else by
    words = ["sign-on", "add", "X", "--by", who, *more, "--district", str(cast.district.id)]
    code, _, err = ran(capsys, *words)
    assert code == 1 and said in err and "Traceback" not in err


def test_every_command_that_a_module_describes_can_be_called() -> None:
    for name in COMMANDS:
        load(name)
    modules = {f"headway.cli.{module}" for module, _help in COMMANDS.values()}
    described = {name for module in modules for name in getattr(sys.modules[module], "COMMANDS", {})}
    assert described <= set(COMMANDS)


@pytest.mark.usefixtures("database")
def test_a_district_is_made_whole_or_not_at_all(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"Elm {uuid4()}"

    def breaks(**_: object) -> None:
        raise RuntimeError("the server went away")

    with monkeypatch.context() as broken:
        broken.setattr("headway.school.curriculum.actions.install_shipped_curriculum", breaks)
        with pytest.raises(RuntimeError):
            main(["district", "add", name])
    assert not District.objects.filter(name=name).exists()
    assert ran(capsys, "district", "add", name)[0] == 0, "the name is free"


@pytest.mark.usefixtures("database")
def test_an_identifier_names_its_district_also_where_another_is_called_like_it(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    at = str(cast.district.id)
    assert ran(capsys, "district", "add", at)[0] == 0
    assert ran(capsys, "xapi", "list", "--district", at)[0] == 0


@pytest.mark.parametrize(
    "wrong",
    [["--issuer", "https://[::1"], ["--issuer", "https://x.example:abc"], ["--issuer", "https://who:secret@x.example"],
     ["--issuer", "https://x.example/\udcff"], ["--client", "c\udcff"], ["--by", "\udcff"], ["--claim", "\udcff"],
     ["--domains", "@x"], ["--district", "\udcff"]],
)  # fmt: skip
def test_what_the_terminal_hands_over_badly_is_refused_in_words(
    cast: Cast, wrong: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "secret").write_text("s")
    words = {
        "--issuer": "https://x.example",
        "--client": "c",
        "--by": "dana@maple.example",
        "--district": str(cast.district.id),
    }
    given = [part for pair in (words | {wrong[0]: wrong[1]}).items() for part in pair]
    code, _, err = ran(capsys, "sign-on", "add", "School", "--secret-file", str(tmp_path / "secret"), *given)
    assert code == 1 and "headway sign-on add: " in err
    with in_district(cast.district.id):
        assert not SignOnService.objects.exists()
    if wrong[0] == "--issuer" and wrong[1].isprintable():
        form = {
            "kind": "oidc",
            "name": "S",
            "issuer": wrong[1],
            "client": "c",
            "secret": "s",
            "claim": "email",
            "field": "email",
        }
        assert signed_in(cast["Dana"]).post("/sign-on/add", form).status_code == 422
