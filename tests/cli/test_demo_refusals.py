"""What a demo does not do, and what it says then."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from django.test import Client, override_settings

from headway.cli import main
from headway.cli.command import Refused
from headway.cli.engine import heal, only_one, start_engine
from headway.school.people.sign_in import demo_link_token
from tests.maple import MINA, MapleCast, make_maple


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEADWAY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize("words", [["--colour"], ["--port", "x"], ["--port", "70000"], ["--days", "0"], ["extra"]])
def test_usage_is_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", *words]) == 2
    assert "usage: headway demo" in capsys.readouterr().err


def test_help_has_an_example_and_the_keys(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("demo", "serve", "replay"):
        assert main([command, "--help"]) == 0
        said = capsys.readouterr().out
        assert "example:" in said
        assert "keys of --json:\n  " in said


def test_a_port_in_use_is_named_with_another_to_take(busy_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--no-browser", "--json", "--port", str(busy_port)]) == 1
    said = capsys.readouterr()
    assert f"port {busy_port} is in use" in said.err
    assert f"--port {busy_port + 1}" in said.err
    assert "in use" in json.loads(said.out)["error"]


def test_a_second_demo_on_the_same_home_is_told_where_the_first_is(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with only_one(home) as note:
        note["url"] = "http://127.0.0.1:8123"
        assert main(["demo", "--no-browser"]) == 1
    said = capsys.readouterr().err
    assert "running" in said
    assert "http://127.0.0.1:8123" in said
    assert str(os.getpid()) in said
    assert "HEADWAY_HOME" in said


def test_a_lock_without_words_is_a_lock(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    with (home / "demo.lock").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert main(["demo", "--no-browser"]) == 1
    assert "another process" in capsys.readouterr().err


def test_a_home_that_is_a_file_is_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.write_text("not a folder")
    assert main(["demo", "--no-browser"]) == 1
    assert f"{home} cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("version", ["18", "12", "x"])
def test_a_broken_database_folder_says_how_to_begin_anew(
    home: Path, capsys: pytest.CaptureFixture[str], version: str
) -> None:
    (home / "postgres").mkdir(parents=True)
    (home / "postgres" / "PG_VERSION").write_text(version)
    assert main(["demo", "--no-browser", "--port", "8999"]) == 1
    said = capsys.readouterr().err
    assert f"{home / 'postgres'} does not start" in said
    assert "--reset" in said


def test_reset_wants_to_be_meant(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "postgres").mkdir(parents=True)
    assert main(["demo", "--reset", "--no-browser", "--port", "8999"]) == 1
    assert "add --yes" in capsys.readouterr().err
    assert (home / "postgres").is_dir()


def test_commands_without_a_school_say_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    assert main(["replay"]) == 1
    assert "headway demo" in capsys.readouterr().err


def test_what_died_without_a_word_is_forgotten(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    folder.mkdir()
    (folder / "postmaster.pid").write_text(f"{os.getpid()}\n{folder}\n")  # alive, but no PostgreSQL
    (folder / ".handle_pids.json").write_text(json.dumps([os.getpid(), 2**22 + 1]))
    heal(folder)
    assert not (folder / "postmaster.pid").exists()
    assert json.loads((folder / ".handle_pids.json").read_text()) == [os.getpid()]


def test_a_database_stops_also_where_a_user_of_it_was_killed(tmp_path: Path) -> None:
    engine = start_engine(tmp_path)
    folder = tmp_path / "postgres"
    number = int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
    users = folder / ".handle_pids.json"
    users.write_text(json.dumps([*json.loads(users.read_text()), 2**22 + 1]))
    engine.close()
    assert not (folder / "postmaster.pid").exists()
    with suppress(psutil.NoSuchProcess):
        assert psutil.Process(number).status() == psutil.STATUS_ZOMBIE


def test_a_home_that_nobody_may_write_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("headway.cli.engine.start_postgres", refuse)
    with pytest.raises(Refused, match=r"does not start: .*Permission denied"):
        start_engine(tmp_path)


@pytest.fixture(scope="module")
def cast(database: str) -> MapleCast:
    return make_maple(curriculum=False)


def test_a_demo_link_signs_in_on_a_demo_and_never_in_production(cast: MapleCast) -> None:
    link = f"/demo/sign-in/{demo_link_token(cast.person(MINA))}"
    assert Client(SERVER_NAME="localhost").get(link).status_code == 302
    with override_settings(PRODUCTION=True):
        client = Client(SERVER_NAME="localhost", headers={"X-Forwarded-Proto": "https"})
        assert client.get(link).status_code == 404
        assert "_auth_user_id" not in client.session
