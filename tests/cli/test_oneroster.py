"""``headway import oneroster``: a district comes in, changes, shrinks and comes back; and how it is refused."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from headway.cli import main
from headway.school.models import District, Enrolment, Guardianship, Person, Role, RosterImport, School, Section
from headway.school.people.tenancy import in_district
from headway.standards.oneroster.tables import TABLES
from tests.districts import MadeUp, key

SMALL = MadeUp(60)
ALL = ",".join(TABLES)


@pytest.fixture
def district(database: str) -> UUID:
    del database
    found = uuid4()
    with in_district(found):
        District.objects.create(id=found, name=f"District {found}")
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small district as a folder of CSV, to be changed by a test."""
    SMALL.write(tmp_path / "whole.zip")
    with zipfile.ZipFile(tmp_path / "whole.zip") as archive:
        archive.extractall(tmp_path / "csv")
    return tmp_path / "csv"


class Cli:
    def __init__(self, district: UUID, capsys: pytest.CaptureFixture[str]) -> None:
        self.district, self.capsys = district, capsys

    def __call__(self, *words: object) -> tuple[int, dict[str, Any], str]:
        self.capsys.readouterr()
        code = main(["import", "oneroster", *map(str, words), "--district", str(self.district), "--json"])
        out, err = self.capsys.readouterr()
        return code, json.loads(out) if out else {}, err

    def took(self, *words: object) -> dict[str, dict[str, int]]:
        code, data, err = self(*words)
        assert code == 0, err
        return {
            kind: {what: n for what, n in counts.items() if n and what in ("added", "changed", "returned", "removed")}
            for kind, counts in data["counts"].items()
            if any(counts[what] for what in ("added", "changed", "returned", "removed"))
        }


@pytest.fixture
def cli(district: UUID, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(district, capsys)


def edit(path: Path, change: Any) -> None:
    """Let ``change`` alter the rows of a table."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
        names = list(rows[0])
    rows = [row for row in (change(row) for row in rows) if row is not None]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)


def people(district: UUID) -> dict[str, int]:
    with in_district(district):
        found = {
            each.__name__: each._default_manager.count() for each in (School, Section, Enrolment, Guardianship, Role)
        }
        return found | {"here": Person.objects.filter(is_active=True).count()}


WHOLE = {"School": 1, "Section": 15, "Enrolment": 315, "Guardianship": 60, "Role": 123, "here": 123}


def test_a_district_comes_in_and_the_second_time_nothing_changes(cli: Cli, district: UUID, folder: Path) -> None:
    assert cli.took(folder)["users"] == {"added": 123}
    assert people(district) == WHOLE
    code, data, _ = cli(folder)
    assert (code, data["unchanged"], data["counts"]["users"]["same"]) == (0, True, 123)
    assert cli.took(folder, "--again") == {}
    assert people(district) == WHOLE
    with in_district(district):
        ana = Person.objects.get(sourced_id=key("learner", 0))
        assert (ana.name, ana.grade, ana.guardians.get().relation) == ("Ana Alvarez", "K", "parent")
        assert sorted(ana.enrolments.values_list("section__subject", flat=True)) == [
            "art", "english", "mathematics", "science", "social studies"
        ]  # fmt: skip


def test_who_goes_keeps_their_row_and_is_back_with_everything(cli: Cli, district: UUID, folder: Path) -> None:
    cli.took(folder)
    with in_district(district):
        before = Person.objects.get(sourced_id=key("learner", 3)).id
    gone = (key("learner", 3), key("parent", 3))
    for name, column in (("users", "sourcedId"), ("roles", "userSourcedId"), ("enrollments", "userSourcedId")):
        edit(folder / f"{name}.csv", lambda row, column=column: None if row[column] in gone else row)
    assert cli.took(folder) == {"users": {"removed": 2}, "roles": {"removed": 2}, "enrollments": {"removed": 5}}
    with in_district(district):
        learner = Person.objects.get(id=before)
        assert not learner.is_active and not learner.enrolments.exists() and not learner.guardians.exists()
    cli.took(folder.parent / "whole.zip")
    assert people(district) == WHOLE
    with in_district(district):
        learner = Person.objects.get(id=before)
        assert learner.is_active and learner.enrolments.count() == 5 and learner.guardians.count() == 1


def test_changes_alone_change_just_that(cli: Cli, district: UUID, folder: Path, tmp_path: Path) -> None:
    cli.took(folder)
    for path in folder.glob("*.csv"):
        if path.stem not in ("manifest", "users", "enrollments"):
            path.unlink()
    manifest = folder / "manifest.csv"
    manifest.write_text(
        "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.users,delta\nfile.enrollments,delta\n"
    )
    when = {"dateLastModified": "2026-10-01T00:00:00Z"}

    def moved(row: dict[str, str]) -> dict[str, str] | None:
        if row["sourcedId"] == key("learner", 5):
            return row | when | {"status": "active", "preferredGivenName": "Billie"}
        return row | when | {"status": "tobedeleted"} if row["sourcedId"] == key("parent", 5) else None

    edit(folder / "users.csv", moved)
    seat = key("seat", "s-5-05")
    edit(
        folder / "enrollments.csv",
        lambda row: row | when | {"status": "tobedeleted"} if row["sourcedId"] == seat else None,
    )
    assert cli.took(folder) == {"users": {"changed": 1, "removed": 1}, "enrollments": {"removed": 1}}
    assert people(district) == WHOLE | {"here": 122, "Guardianship": 59, "Enrolment": 314}
    with in_district(district):
        assert Person.objects.get(sourced_id=key("learner", 5)).given_name == "Billie"


def test_too_much_does_not_go_unless_it_is_named(cli: Cli, district: UUID, folder: Path) -> None:
    cli.took(folder)
    edit(folder / "enrollments.csv", lambda row: None if row["classSourcedId"] == key("class", "1-01") else row)
    code, data, err = cli(folder)
    assert (code, data["guarded"]) == (1, ["enrollments"]) and "27 of 315 enrollments" in err
    assert people(district) == WHOLE
    assert cli.took(folder, "--allow-removals", "enrollments") == {"enrollments": {"removed": 27}}
    with in_district(district):
        assert list(RosterImport.objects.order_by("at").values_list("outcome", flat=True)) == [
            "taken",
            "refused",
            "taken",
        ]


def test_a_preview_writes_nothing_and_names_what_would_change(cli: Cli, district: UUID, folder: Path) -> None:
    code, data, _ = cli(folder, "--preview")
    assert (code, data["preview"], data["counts"]["users"]["added"]) == (0, True, 123)
    assert people(district) == dict.fromkeys(WHOLE, 0)
    cli.took(folder)
    edit(
        folder / "classes.csv", lambda row: row | {"periods": "9"} if row["sourcedId"] == key("class", "0-02") else row
    )
    _, data, _ = cli(folder, "--preview")
    assert [(c["kind"], c["what"], c["name"], c["fields"]) for c in data["changes"]] == [
        ("classes", "changed", "Mathematics KG", [["periods", "1", "9"]])
    ]


def test_strict_refuses_what_lenient_mends_and_the_report_says_where(
    cli: Cli, district: UUID, folder: Path, tmp_path: Path
) -> None:
    learner, lost = key("learner", 7), key("learner", 8)

    def spoil(row: dict[str, str]) -> dict[str, str]:
        if row["sourcedId"] == lost:
            return row | {"familyName": ""}
        return row | {"grades": "9"} if row["sourcedId"] == learner else row

    edit(folder / "users.csv", spoil)
    report = tmp_path / "report.csv"
    code, data, err = cli(folder, "--strict", "--report", report)
    assert code == 1 and "strict" in err and people(district)["here"] == 0
    with report.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {(r["file"], r["field"], r["kind"], r["done"]) for r in rows if r["done"] != "noted"} == {
        ("users.csv", "grades", "value", "mended"),
        ("users.csv", "familyName", "empty", "left-out"),
        ("roles.csv", "userSourcedId", "points-nowhere", "left-out"),
        ("enrollments.csv", "userSourcedId", "points-nowhere", "left-out"),
    }
    assert all(row["row"] and row["how"] for row in rows if row["done"] != "noted")
    assert data["faults"] == 1 + 1 + 1 + 5
    cli.took(folder)
    assert people(district)["here"] == 122


def test_1_1_brings_the_same_people(cli: Cli, district: UUID, folder: Path) -> None:
    with (folder / "roles.csv").open(encoding="utf-8") as file:
        roles = {row["userSourcedId"]: row for row in csv.DictReader(file)}
    with (folder / "users.csv").open(encoding="utf-8") as file:
        users = list(csv.DictReader(file))
    names = ["sourcedId", "status", "dateLastModified", "enabledUser", "orgSourcedIds", "role", "username", "userIds",
             "givenName", "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades",
             "password"]  # fmt: skip
    with (folder / "users.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, names, extrasaction="ignore")
        writer.writeheader()
        for row in users:
            role = roles[row["sourcedId"]]
            writer.writerow(row | {"role": role["role"], "orgSourcedIds": role["orgSourcedId"], "password": "secret"})
    (folder / "roles.csv").unlink()
    manifest = folder / "manifest.csv"
    manifest.write_text(
        manifest.read_text().replace("version,1.2", "version,1.1").replace("roles,bulk", "roles,absent")
    )
    code, data, _ = cli(folder)
    assert (code, data["version"], data["faults"]) == (0, "1.1", 0)
    assert people(district) == WHOLE
    assert cli.took(folder, "--again") == {}


def test_the_schedule_takes_the_newest_of_its_folder(
    cli: Cli, district: UUID, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert cli("--scheduled")[0] == 1
    monkeypatch.setenv("HEADWAY_ROSTERS", str(tmp_path / "drop"))
    own = tmp_path / "drop" / str(district)
    own.mkdir(parents=True)
    assert "no zip" in cli("--scheduled")[2]
    (own / "tonight.zip").write_bytes((tmp_path / "whole.zip").read_bytes())
    assert cli.took("--scheduled")["users"] == {"added": 123}
    with in_district(district):
        assert list(RosterImport.objects.values_list("way", "name")) == [("schedule", "tonight.zip")]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "give the path"),
        (("nowhere.zip",), "there is no nowhere.zip"),
        ((__file__,), "no zip"),
        ((".", "--allow-removals", "pupils"), "no table 'pupils'"),
    ],
)
def test_what_it_needs_is_said(cli: Cli, words: tuple[str, ...], says: str) -> None:
    code, _, err = cli(*words)
    assert code == 1 and says in err


@pytest.mark.shared
def test_the_district_of_500_has_the_counts_of_its_readme(cli: Cli, district: UUID, shared: Path) -> None:
    took = cli.took(shared / "interop" / "oneroster" / "synthetic-district-500.zip")
    assert {kind: took[kind]["added"] for kind in ("users", "classes", "enrollments")} == {
        "users": 986, "classes": 134, "enrollments": 2698
    }  # fmt: skip
    with in_district(district):
        assert Person.objects.filter(roles__name="learner").count() == 500
        assert (School.objects.count(), Section.objects.count(), Enrolment.objects.count()) == (3, 134, 2698)
