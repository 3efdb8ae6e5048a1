"""The district's roster page: handed in, looked at, taken in or not; for people with a part in the whole district only."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from headway.cli import main
from headway.school.exchange.roster import uploads
from headway.school.models import Person, RosterImport, RosterUpload
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.clients import signed_in
from tests.districts import MadeUp

SMALL = MadeUp(30)


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    del database
    found = make_cast(curriculum=False)
    yield found
    found.close()


@pytest.fixture
def package(tmp_path: Path) -> bytes:
    SMALL.write(tmp_path / "a.zip")
    return (tmp_path / "a.zip").read_bytes()


def without_seats(data: bytes) -> bytes:
    """The same package with the first 30 seats only."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, b"".join(text.splitlines(keepends=True)[:31]) if name == "enrollments.csv" else text)
    return out.getvalue()


def give(client: Client, data: bytes) -> str:
    file = SimpleUploadedFile("export.zip", data, "application/zip")
    page = client.post("/roster/hand-in", {"file": file}, follow=True)
    assert page.status_code == 200
    return page.content.decode()


def decide(client: Client, page: str, what: str, **more: str) -> str:
    key = re.search(r'name="upload" value="([^"]+)"', page)
    assert key is not None
    return client.post("/roster/decide", {"upload": key[1], "what": what, **more}, follow=True).content.decode()


def test_a_package_is_looked_at_and_then_taken_in(cast: Cast, package: bytes) -> None:
    dana = signed_in(cast["Dana"])
    page = give(dana, package)
    assert "Nothing was taken in yet." in page
    with in_district(cast.district.id):
        assert not Person.objects.filter(email__endswith="district.example").exists()
    assert "The roster is in force." in decide(dana, page, "take")
    with in_district(cast.district.id):
        assert Person.objects.filter(email__endswith="district.example", is_active=True).count() == 62
        assert cast["Ana"].id in set(Person.objects.filter(is_active=True).values_list("id", flat=True))
        (row,) = RosterImport.objects.all()
        assert (row.by_id, row.way, row.outcome) == (cast["Dana"].id, "page", "taken")
        assert bytes(RosterUpload.objects.get().content) == b""
    shown = dana.get("/roster").content.decode()
    assert "Danason" in shown or "Dana" in shown
    assert "not here any more" in decide(dana, page, "take")


def test_much_goes_only_when_it_is_named(cast: Cast, package: bytes) -> None:
    dana = signed_in(cast["Dana"])
    decide(dana, give(dana, package), "take")
    page = give(dana, without_seats(package))
    assert "130 of 160 would go" in page
    refused = decide(dana, page, "take")
    assert "Nothing was changed." in refused and 'class="tag high"' in refused
    assert "The roster is in force." in decide(dana, refused, "take", removal="enrollments")


def test_what_cannot_be_read_is_said_and_an_empty_one_too(cast: Cast) -> None:
    dana = signed_in(cast["Dana"])
    assert "cannot be taken in" in give(dana, b"PK nonsense" * 50)
    assert "Choose the zip file first." in dana.post("/roster/hand-in", {}, follow=True).content.decode()


def test_laid_aside_and_broken_off(cast: Cast, package: bytes) -> None:
    dana = signed_in(cast["Dana"])
    page = give(dana, package)
    with in_district(cast.district.id):
        RosterUpload.objects.update(state="taking", seen_at=time.time() - uploads.SILENT - 1)
    page = dana.get("/roster").content.decode()
    assert "broke off" in page
    page = decide(dana, page, "again")
    assert "Nothing was taken in yet." in page
    assert "Nothing was changed." in decide(dana, page, "aside")
    with in_district(cast.district.id):
        assert RosterImport.objects.count() == 0


def test_what_nobody_decides_on_goes_after_a_week(
    cast: Cast, package: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names children: the page lets it go, and so does every import."""
    dana, district = signed_in(cast["Dana"]), str(cast.district.id)

    def kept() -> list[bool]:
        with in_district(district):
            return [bool(row.content) for row in RosterUpload.objects.order_by("at")]

    def old() -> None:
        give(dana, package)
        with in_district(district):
            RosterUpload.objects.exclude(content=b"").update(at=time.time() - uploads.KEPT_SECONDS - 1)

    old()
    assert kept() == [True]
    dana.get("/roster")
    assert kept() == [False]
    old()
    command = ["import", "oneroster", str(tmp_path / "a.zip"), "--district", district]
    assert main([*command, "--preview"]) == 0 and kept() == [False, True]
    assert main(command) == 0 and kept() == [False, False], capsys.readouterr().out


def test_a_large_one_is_worked_on_by_a_process_and_the_page_waits(
    cast: Cast, package: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(uploads, "SMALL", 100)
    monkeypatch.setattr("headway.school.people.beside._start", lambda words, _behind: started.append(words))
    dana = signed_in(cast["Dana"])
    assert "being looked at" in give(dana, package)
    assert dana.get("/roster/progress").json()["running"]
    (words,) = started
    assert main(words) == 0
    capsys.readouterr()
    assert not dana.get("/roster/progress").json()["running"]
    assert "Nothing was taken in yet." in dana.get("/roster").content.decode()


def test_the_report_is_safe_in_a_spreadsheet(cast: Cast, package: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b",Ana,", b",=cmd|1,"))
    dana = signed_in(cast["Dana"])
    give(dana, out.getvalue())
    answer = dana.get("/roster/report.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    text = answer.content.decode()
    assert "formula" in text
    assert not re.search(r'(^|,)"?[=+@-]', text, re.MULTILINE)


@pytest.mark.parametrize("name", ["Pike", "Okafor", "Maria", "Ana", "Stone"])
def test_nobody_else_has_the_page(cast: Cast, name: str) -> None:
    other = signed_in(cast[name])
    assert other.get("/roster").status_code == 404
    assert other.post("/roster/hand-in", {}).status_code == 404
    assert other.get("/roster/report.csv").status_code == 404
