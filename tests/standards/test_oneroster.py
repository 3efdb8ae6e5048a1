"""OneRoster CSV as text: what is read, mended, left out and refused, and that what is written reads as it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.standards.errors import ImportProblem
from headway.standards.oneroster.findings import Findings, report_csv
from headway.standards.oneroster.package import LONGEST_LINE, lines_of, open_zip
from headway.standards.oneroster.reading import Reader, Row
from headway.standards.oneroster.tables import FIRST, TABLES
from headway.standards.oneroster.writing import Out, columns, write_package

USERS = ",".join(columns("users", "1.2")).encode()
BLANK = dict.fromkeys(columns("users", "1.2"), "")
ANA = BLANK | {"sourcedId": "s1", "enabledUser": "true", "username": "ana", "givenName": "Ana", "familyName": "Diaz"}


def read(data: bytes, kind: str = "users", version: str = "1.2", mode: str = "bulk") -> tuple[list[Row], Findings]:
    found = Findings()
    reader = Reader(TABLES[kind], version, mode, found)
    lines = lines_of(io.BytesIO(data), f"{kind}.csv", found, lambda block: None)
    return [*reader.rows(lines), *reader.roles], found


def user(**cells: str) -> bytes:
    return ",".join(f'"{cell}"' if "," in cell else cell for cell in (ANA | cells).values()).encode()


def package(files: Mapping[str, bytes]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out


@pytest.mark.parametrize(
    ("cells", "name", "after", "kind"),
    [
        ({"grades": "7"}, "grades", "07", "value"),
        ({"grades": "K;1"}, "grades", "KG,01", "value"),
        ({"enabledUser": "TRUE"}, "enabledUser", "true", "value"),
        ({"enabledUser": ""}, "enabledUser", "true", "empty"),
        ({"agentSourcedIds": "g1;g2"}, "agentSourcedIds", "g1,g2", "semicolons"),
        ({"givenName": "=HYPERLINK(1)"}, "givenName", "HYPERLINK(1)", "formula"),
        ({"givenName": "@Ana"}, "givenName", "Ana", "formula"),
        ({"phone": "+1 555 0100"}, "phone", "+1 555 0100", ""),
        ({"email": "  a@b.example "}, "email", "a@b.example", ""),
        ({"status": "Active"}, "givenName", "Ana", "status"),
    ],
)
def test_a_cell_is_mended_and_said(cells: dict[str, str], name: str, after: str, kind: str) -> None:
    (row,), found = read(USERS + b"\n" + user(**cells) + b"\n")
    assert row.cells[TABLES["users"].place(name)] == after
    assert [each.kind for each in found.listed if each.done != "noted"] == ([kind] if kind else [])
    assert all(each.row == 2 and each.file == "users.csv" and each.how for each in found.listed if each.done != "noted")


@pytest.mark.parametrize(
    ("line", "kind", "column"),
    [
        (user(sourcedId=""), "sourced-id", "sourcedId"),
        (user(sourcedId="=1+1"), "sourced-id", "sourcedId"),
        (user(familyName=""), "empty", "familyName"),
        (user(agentSourcedIds="=g1"), "formula", "agentSourcedIds"),
        (user() + b",more", "ragged", ""),
        (b"s1,,", "ragged", ""),
        (user(username="x" * 20_000), "too-long", "username"),
    ],
)
def test_a_row_that_cannot_be_meant_is_left_out(line: bytes, kind: str, column: str) -> None:
    rows, found = read(USERS + b"\n" + line + b"\n" + user(sourcedId="s2") + b"\n")
    left = [each for each in found.listed if each.done == "left-out"]
    assert [row.sourced_id for row in rows][-1] == "s2"
    assert [(each.row, each.kind, each.field) for each in left] == [(2, kind, column)]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + USERS + b"\r\n" + user() + b"\r\n",
        USERS + b"\r" + user() + b"\r",
        USERS + b"\n" + user(),
        USERS.replace(b"givenName", b" GIVEN_NAME ") + b"\n" + user() + b"\n\n\n",
    ],
)
def test_marks_and_line_ends_of_any_system(data: bytes) -> None:
    rows, _ = read(data)
    assert [row.cells[3:5] for row in rows] == [("Ana", "Diaz")]


def test_windows_letters_are_read_and_named_by_their_line() -> None:
    rows, found = read(USERS + b"\n" + user() + b"\n" + user(sourcedId="s2", givenName="X").replace(b"X", b"Jos\xe9"))
    assert rows[1].cells[3] == "José"
    assert [(f.kind, f.row) for f in found.listed if f.done == "mended"] == [("encoding", 3)]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (USERS.decode().encode("utf-16"), "UTF-16"),
        (USERS + b"\n\0\0\0", "no text"),
        (USERS + b"\n" + b"x" * (LONGEST_LINE + 300_000), "longer than a megabyte"),
        (b"a,b\n1,2\n", "no column sourcedId"),
        (b"sourcedId,givenName\n1,2\n", "no column familyName"),
        (USERS + b"\n" + b'"' + b"y\n" * 100_000, "CSV"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(ImportProblem, match=says):
        read(data)


def test_of_1_1_the_roles_come_as_rows_of_their_own() -> None:
    header = ",".join(columns("users", "1.1"))
    cells = dict.fromkeys(columns("users", "1.1"), "") | {k: v for k, v in ANA.items() if v}
    cells |= {"orgSourcedIds": '"o1,o2"', "role": "student"}
    rows, found = read(f"{header}\n{','.join(cells.values())}\n".encode(), version="1.1")
    assert [(*row.cells[:3], row.cells[5]) for row in rows[1:]] == [
        ("s1", "primary", "student", "o1"), ("s1", "primary", "student", "o2")
    ]  # fmt: skip
    assert found.faults == 0


def test_a_file_of_changes_has_to_say_what_becomes_of_each_row() -> None:
    rows, found = read(USERS + b"\n" + user() + b"\n" + user(sourcedId="s2", status="tobedeleted"), mode="delta")
    assert [(row.sourced_id, row.status) for row in rows] == [("s1", "active"), ("s2", "tobedeleted")]
    assert [(each.row, each.kind) for each in found.listed if each.done == "mended"] == [(2, "status")]


def test_findings_are_bounded_and_counted() -> None:
    rows, found = read(USERS + b"\n" + b"\n".join(user(grades="9") for _ in range(11_000)))
    assert len(rows) == 11_000 and len(found.listed) == 10_000
    assert found.by_kind()["value"] == 11_000
    assert next(iter(report_csv(found))).startswith("file,row,field")


def test_a_report_runs_nothing_in_a_spreadsheet() -> None:
    _, found = read(USERS + b"\n" + user(givenName="=cmd()") + b"\n")
    for line in report_csv(found):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line.split(","))


@pytest.mark.parametrize("name", ["../users.csv", "/etc/users.csv", "C:/users.csv", "a\\users.csv"])
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    data = package({name: USERS})
    data = io.BytesIO(data.getvalue())
    with zipfile.ZipFile(data) as archive, pytest.raises(ImportProblem, match="outside itself"):
        open_zip(archive, "x.zip", Findings())


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = package({"users.csv": b"0" * 1000})
    lie = data.getvalue().replace((1000).to_bytes(4, "little"), (2_000_000_000).to_bytes(4, "little"))
    with zipfile.ZipFile(io.BytesIO(lie)) as archive, pytest.raises(ImportProblem, match="unpacks to more"):
        open_zip(archive, "x.zip", Findings())
    many = package({f"{n}.csv": b"" for n in range(201)})
    with zipfile.ZipFile(many) as archive, pytest.raises(ImportProblem, match="201 files"):
        open_zip(archive, "x.zip", Findings())


def test_without_a_table_and_without_a_manifest() -> None:
    with zipfile.ZipFile(package({"readme.txt": b"x"})) as archive, pytest.raises(ImportProblem, match="no table"):
        open_zip(archive, "x.zip", Findings())
    found = Findings()
    with zipfile.ZipFile(package({"a/USERS.CSV": USERS, "demographics.csv": b""})) as archive:
        seen = open_zip(archive, "x.zip", found)
    assert (seen.version, seen.modes, seen.others) == ("1.1", {"users": "bulk"}, ("demographics",))
    assert set(found.by_kind()) == {"file-name", "manifest", "not-taken"}


WORD = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1, max_size=8).filter(
    lambda word: word == word.strip() and not word.startswith(("=", "+", "-", "@")) and ";" not in word and "\x7f" not in word
)  # fmt: skip


@given(st.lists(st.tuples(WORD, WORD, WORD), unique_by=lambda row: row[0], max_size=5), st.sampled_from(["1.1", "1.2"]))
def test_what_is_written_reads_as_it_was(people: list[tuple[str, str, str]], version: str) -> None:
    rows = [
        Row(n, key, "active", ("true", key, "", given_name, family, *[""] * 15))
        for n, (key, given_name, family) in enumerate(people, start=2)
    ]
    out = io.BytesIO()
    write_package(
        out,
        {"users": [Out(*row[1:3], "", row.cells) for row in rows]},
        version=version,
        beside=lambda _: ("student", "o1"),
    )
    found = Findings()
    with zipfile.ZipFile(out) as archive:
        seen = open_zip(archive, "x.zip", found)
        reader = Reader(TABLES["users"], seen.version, "bulk", found)
        with seen.open("users.csv") as stream:
            back = list(reader.rows(lines_of(stream, "users.csv", found, lambda block: None)))
    assert [row[1:] for row in back] == [row[1:] for row in rows]
    assert (seen.version, found.faults, len(reader.roles)) == (version, 0, len(rows) if version == "1.1" else 0)
    assert columns("users", version)[:3] == FIRST
