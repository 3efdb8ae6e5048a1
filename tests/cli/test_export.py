"""``headway export`` and the pages beside it: a roster that comes back as it went, a whole record, data without names."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import polars as pl
import pytest

from headway.cli import main
from headway.school.exchange.out.learner import NOT_THEIRS, sources
from headway.school.exchange.out.research import coarsen
from headway.school.exchange.roster.actions import Options, Taken, take_in
from headway.school.exchange.roster.export import export_roster
from headway.school.exchange.roster.feeds import open_feed
from headway.school.models import District, Person
from headway.school.people.tenancy import in_district
from headway.standards.oneroster.tables import TABLES
from tests.cast import Cast, make_cast
from tests.clients import signed_in
from tests.districts import MadeUp


def a_district() -> UUID:
    found = uuid4()
    with in_district(found):
        District.objects.create(id=found, name=f"District {found}")
    return found


def took(district: UUID, path: Path) -> Taken:
    with open_feed(path) as feed:
        return take_in(district=district, feed=feed, way="command", options=Options(strict=True))


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any], str]:
    capsys.readouterr()
    code = main(["export", *map(str, words), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    """A district with a few answers."""
    del database
    found = make_cast()
    found.answers("Ana", "oxo")
    found.answers("Ben", "oo")
    yield found
    found.close()


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_district_that_came_goes_out_and_is_the_same_elsewhere(database: str, tmp_path: Path, version: str) -> None:
    del database
    first, second = a_district(), a_district()
    MadeUp(30).write(tmp_path / "a.zip")
    before = took(first, tmp_path / "a.zip")
    with (tmp_path / "b.zip").open("wb") as stream:
        export_roster(district=first, stream=stream, version=version, today=date(2026, 10, 1))
    after = took(second, tmp_path / "b.zip")
    assert after.version == version and after.findings.faults == 0
    assert {k: n["added"] for k, n in after.counts.items()} == {k: n["added"] for k, n in before.counts.items()}
    if version == "1.2":
        again = took(first, tmp_path / "b.zip")
        assert all(n["same"] == n["before"] and not n["added"] for n in again.counts.values())


def test_people_without_a_source_go_out_too(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "cast.zip"
    code, data, err = run(capsys, "roster", out, "--district", cast.district.id)
    assert code == 0, err
    assert data["rows"]["users"] == 12
    elsewhere = a_district()
    took(elsewhere, out)
    with in_district(elsewhere):
        ana = Person.objects.get(sourced_id="Ana")
        assert (ana.grade, ana.guardians.get().guardian.given_name, ana.enrolments.get().section.title) == (
            "6", "Maria", "Math 6 A"
        )  # fmt: skip
        dana = Person.objects.get(sourced_id="Dana").roles.get()
        assert (dana.name, dana.school) == ("leader", None)


def test_only_what_changed_goes_out_as_changes(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del database
    district = a_district()
    MadeUp(30).write(tmp_path / "a.zip")
    took(district, tmp_path / "a.zip")
    code, data, _ = run(capsys, "roster", tmp_path / "b.zip", "--since", "2999-01-01", "--district", district)
    assert (code, sum(data["rows"].values())) == (0, 0)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert b"file.users,delta" in archive.read("manifest.csv")
    assert run(capsys, "roster", tmp_path / "b.zip", "--since", "soon", "--district", district)[0] == 1


def test_everything_of_a_learner_and_nothing_of_another(cast: Cast) -> None:
    maria = signed_in(cast["Maria"])
    answer = maria.get(f"/profile/{cast['Ana'].id}/everything.json")
    data = json.loads(answer.content)
    assert len([row for row in data["tables"]["Evidence"] if row["kind"] == "response"]) == 3
    assert data["tables"]["Guardianship"][0]["guardian"] == cast["Maria"].name
    assert {"Person", "Role", "Enrolment", "Decision", "AccessLog"} <= set(data["tables"])
    text = answer.content.decode()
    assert str(cast["Ben"].id) not in text and '"password"' not in text
    with zipfile.ZipFile(io.BytesIO(maria.get(f"/profile/{cast['Ana'].id}/everything.zip").content)) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("Evidence.csv").decode())))
    assert len(rows) == len(data["tables"]["Evidence"])
    assert maria.get(f"/profile/{cast['Ana'].id}/everything.pdf").content.startswith(b"%PDF")
    assert "Take it with you" in maria.get(f"/profile/{cast['Ana'].id}").content.decode()


@pytest.mark.parametrize(
    ("name", "code"), [("Ana", 200), ("Pike", 200), ("Okafor", 404), ("Ben", 404), ("Stone", 404), ("Ines", 404)]
)
def test_who_may_take_a_record_away(cast: Cast, name: str, code: int) -> None:
    assert signed_in(cast[name]).get(f"/profile/{cast['Ana'].id}/everything.json").status_code == code


def test_what_is_left_out_has_its_reason_and_is_there() -> None:
    named = {source.name for source in sources()}
    assert not named & set(NOT_THEIRS)
    assert {"Evidence", "PieceComment", "ScreeningAnswer", "GoalEnd", "ProbeScore", "RosterRecord"} - named == {
        "RosterRecord"
    }
    assert all(len(reason.split()) > 3 for reason in NOT_THEIRS.values())


def test_a_gradebook_is_for_who_teaches_the_section_and_runs_nothing(cast: Cast) -> None:
    with in_district(cast.district.id):
        Person.objects.filter(id=cast["Dev"].id).update(family_name="=1+1")
    okafor = signed_in(cast["Okafor"])
    text = okafor.get(f"/teach/{cast.a.id}/gradebook.csv").content.decode("utf-8-sig")
    rows = {row["sourcedId"]: row for row in csv.DictReader(io.StringIO(text))}
    assert (rows["Ana"]["firstTries"], rows["Ana"]["rightAtFirst"], rows["Chi"]["firstTries"]) == ("2", "1", "0")
    assert rows["Dev"]["familyName"] == "'=1+1"
    assert signed_in(cast["Lee"]).get(f"/teach/{cast.a.id}/gradebook.csv").status_code == 404


def test_a_districts_data_has_a_dictionary(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "data"
    code, data, err = run(capsys, "district", out, "--district", cast.district.id)
    assert code == 0, err
    with (out / "dictionary.csv").open(newline="", encoding="utf-8") as file:
        words = {(row["table"], row["column"]): row["meaning"] for row in csv.DictReader(file)}
    for path in out.glob("*.parquet"):
        frame = pl.read_parquet(path)
        assert frame.height == data["rows"][path.stem]
        assert all(words[path.stem, column] for column in frame.columns)
    assert pl.read_parquet(out / "answers.parquet").filter(pl.col("kind") == "response").height == 5
    assert "not an empty folder" in run(capsys, "district", out, "--district", cast.district.id)[2]


def test_data_for_research_is_of_those_who_agreed(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del database
    district = a_district()
    MadeUp(60).write(tmp_path / "a.zip")
    took(district, tmp_path / "a.zip")
    with in_district(district):
        people = list(Person.objects.filter(roles__name="learner").order_by("sourced_id"))
    agreed = tmp_path / "agreed.csv"
    agreed.write_text("sourcedId\n" + "\n".join(p.sourced_id for p in people[:40]) + "\nnobody\n")
    code, data, err = run(capsys, "research", tmp_path / "out", "--consented", agreed, "--district", district)
    assert (code, data["unknown"]) == (0, 1), err
    learners = pl.read_parquet(tmp_path / "out" / "learners.parquet")
    assert learners.height == data["learners"] == 40 - data["left_out"]
    assert learners.group_by("school", "grade", "language").len()["len"].min() >= 10  # type: ignore[operator]
    written = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert not any(p.sourced_id.encode() in written or str(p.id).encode() in written for p in people)
    agreed.write_text("sourcedId\n" + "\n".join(p.sourced_id for p in people[:9]))
    code, _, err = run(capsys, "research", tmp_path / "few", "--consented", agreed, "--district", district)
    assert code == 1 and "fewer than 10" in err
    assert (
        "least is 10"
        in run(capsys, "research", tmp_path / "x", "--consented", agreed, "--k", 2, "--district", district)[2]
    )


def test_groups_are_never_smaller_than_k() -> None:
    many = {uuid4(): ("a" if n % 3 else f"b{n}", str(n % 9), "en" if n % 11 else "es") for n in range(200)}
    found = coarsen(many, 10)
    sizes = {group: sum(g == group for g in found.values()) for group in found.values()}
    assert min(sizes.values()) >= 10 and len(found) > 150
    assert len(TABLES) == 7


def test_the_page_exports_the_roster(cast: Cast) -> None:
    answer = signed_in(cast["Dana"]).get("/roster/export.zip?version=1.1")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "roles.csv" not in archive.namelist()
    assert signed_in(cast["Pike"]).get("/roster/export.zip").status_code == 404
