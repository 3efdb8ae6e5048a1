"""Lists of a roster that came from elsewhere: each object as its row says, byte for byte, on whatever page it stands."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from headway.school.exchange.roster.actions import take_in
from headway.school.exchange.roster.feeds import open_feed
from headway.school.exchange.service.relations import own_kinds
from headway.school.models import AccessLog, District, Person, Role
from headway.school.people.tenancy import in_district
from headway.standards.oneroster.service.operations import BASES
from headway.standards.oneroster.tables import TABLES
from headway.standards.oneroster.writing import write_package
from tests.api.programs import HOST, Answer, Program, ids, program_of
from tests.districts import MadeUp, key

ROSTER = BASES["rostering"]
AT = 1_795_000_000.25
ODD = ("u/1 é", 'q"u\\o', "a&b?c=d#e", "Ω\u2028☃😀", "plain-1.2_3~4")
"""Identifiers that an address or JSON writes otherwise."""
LEARNERS = 23


class Odd(MadeUp):
    """A small made-up district with people and words that are hard to write."""

    def _users(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield from super()._users()
        for n, name in enumerate(ODD):
            cells = (
                "true", name, f"{{LDAP:{n}}},{{A b:c,d}}", f'Zoë "{n}"', "O'Brien\\😀", "", "", "", "", "+1 5",
                f"{ODD[0]}, {ODD[1]}", "05", name, "Zo", "", "", key("school", 0), "they/them", "es", "soccer",
            )  # fmt: skip
            yield name, cells

    def _roles(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield from super()._roles()
        for n, name in enumerate(ODD[:4]):
            role, kind = ("student", "teacher", "principal", "administrator")[n], ("primary", "secondary")[n % 2]
            yield f"odd-{n}", (name, kind, role, "2026-08-17" if n else "", "", key("school", 0), "")
        yield "odd-again", (ODD[0], "secondary", "student", "", "2027-06-01", key("district", 0), "")

    def _enrollments(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield from super()._enrollments()
        yield ODD[1], (key("class", "0-01"), "", ODD[0], "student", "false", "2026-08-18", "2027-06-01")


@pytest.fixture(scope="module")
def asking(database: str, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A program of a district whose people all come from its roster."""
    del database
    district, path = uuid4(), tmp_path_factory.mktemp("odd") / "a.zip"
    with in_district(district):
        District.objects.create(id=district, name="Odd")
    Odd(LEARNERS).write(path)
    took(district, path, AT)
    with in_district(district):
        lead = Person.objects.get(sourced_id=key("teacher", 0))
        Role.objects.create(district_id=district, person=lead, name="leader")
        assert own_kinds(district) == frozenset()
    return program_of(lead)


def took(district: Any, path: Path, now: float) -> None:
    with open_feed(path) as feed:
        assert take_in(district=district, feed=feed, way="command", now=now).counts


def rows(kind: str) -> dict[str, dict[str, str]]:
    names = TABLES[kind].names
    found = {each.sourced_id: dict(zip(names, each.cells, strict=True)) for each in Odd(LEARNERS).rows(kind)}
    return dict(sorted(found.items(), key=lambda pair: pair[0].encode()))


def first(sourced_id: str) -> dict[str, Any]:
    at = datetime.fromtimestamp(AT, UTC).strftime("%Y-%m-%dT%H:%M:%S.250Z")
    return {"sourcedId": sourced_id, "status": "active", "dateLastModified": at}


def to(kind: str, sourced_id: str, name: str) -> dict[str, str]:
    return {"href": f"{HOST}{ROSTER}/{kind}/{quote(sourced_id, safe='')}", "sourcedId": sourced_id, "type": name}


def filled(row: dict[str, str], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names if row[name]}


def role(row: dict[str, str]) -> dict[str, Any]:
    known = row["role"] if row["role"] != "administrator" else "ext:administrator"
    dates = filled(row, "beginDate", "endDate")
    return {"roleType": row["roleType"], "role": known, "org": to("orgs", row["orgSourcedId"], "org"), **dates}


def user(sourced_id: str, row: dict[str, str], roles: list[dict[str, str]]) -> dict[str, Any]:
    out = {**first(sourced_id), **filled(row, "userMasterIdentifier", "username")}
    pairs = [each.strip("{}").split(":") for each in row["userIds"].split("},{")]
    out["userIds"] = [{"type": kind, "identifier": name} for kind, name in pairs]
    out |= filled(row, "enabledUser", "givenName", "familyName", "middleName")
    out |= {"preferredFirstName": row["preferredGivenName"]} if row["preferredGivenName"] else {}
    out |= filled(row, "pronouns") | {"roles": [role(each) for each in roles]}
    out["primaryOrg"] = to("orgs", row["primaryOrgSourcedId"], "org")
    out |= filled(row, "identifier", "email", "sms", "phone")
    agents = [each.strip() for each in row["agentSourcedIds"].split(",") if each]
    out |= {"agents": [to("users", each, "user") for each in agents]} if agents else {}
    out |= {"grades": [row["grades"]]} if row["grades"] else {}
    language = row["metadata.headway.language"]
    return out | ({"metadata": {"headway.language": language}} if language else {})


def enrollment(sourced_id: str, row: dict[str, str]) -> dict[str, Any]:
    out = first(sourced_id) | {"user": to("users", row["userSourcedId"], "user")}
    out["class"] = to("classes", row["classSourcedId"], "class")
    out["school"] = to("orgs", row["schoolSourcedId"], "org")
    return out | {"role": row["role"]} | filled(row, "primary", "beginDate", "endDate")


def expected(kind: str) -> list[dict[str, Any]]:
    """The objects made one by one from the rows, by sourcedId."""
    if kind == "enrollments":
        return [enrollment(*each) for each in rows(kind).items()]
    every = list(rows("roles").values())
    return [
        user(name, row, [each for each in every if each["userSourcedId"] == name]) for name, row in rows(kind).items()
    ]


def having(word: str, school: str = "") -> list[str]:
    found = {
        each["userSourcedId"]
        for each in rows("roles").values()
        if each["role"] == word
        and each["orgSourcedId"] in ((school,) if school else (key("school", 0), key("district", 0)))
    }
    return sorted(found, key=str.encode)


def body(kind: str, objects: list[Any]) -> bytes:
    return json.dumps({kind: objects}, ensure_ascii=False, separators=(",", ":")).encode()


def walk(program: Program, path: str, **query: Any) -> Iterator[Answer]:
    """Page after page of 7."""
    for offset in range(0, 10_000, 7):
        page = program.get(path, limit=7, offset=offset, **query)
        yield page
        if 'rel="next"' not in page.headers["link"]:
            return


@pytest.mark.parametrize("kind", ["users", "enrollments"])
@pytest.mark.parametrize("order", ["asc", "desc"])
def test_each_page_is_what_its_rows_say(asking: Program, kind: str, order: str) -> None:
    objects = expected(kind)[:: 1 if order == "asc" else -1]
    left = iter(objects)
    for page in walk(asking, f"{ROSTER}/{kind}", orderBy=order):
        assert page.content == body(kind, list(islice(left, 7)))
        assert page.headers["x-total-count"] == str(len(objects))
    assert next(left, None) is None
    beyond = asking.get(f"{ROSTER}/{kind}", offset=9_999, orderBy=order)
    assert (beyond.content, beyond.headers["x-total-count"]) == (body(kind, []), str(len(objects)))


def test_one_object_is_that_of_the_list(asking: Program) -> None:
    objects = {each["sourcedId"]: each for each in expected("users")}
    for name in ODD:
        one = asking.get(f"{ROSTER}/users/{quote(name, safe='')}")
        assert one.content == json.dumps({"user": objects[name]}, ensure_ascii=False, separators=(",", ":")).encode()
    some = asking.get(f"{ROSTER}/users", fields="roles,username", filter=f"sourcedId='{ODD[2]}'")
    assert some.content == body("users", [{name: objects[ODD[2]][name] for name in ("username", "roles")}])
    only = asking.get(f"{ROSTER}/users", fields="status,metadata", limit=1, filter=f"sourcedId='{ODD[4]}'")
    assert only.content == body("users", [{"status": "active", "metadata": {"headway.language": "es"}}])


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize(
    ("path", "word", "school"),
    [
        ("students", "student", ""),
        ("teachers", "teacher", ""),
        (f"schools/{key('school', 0)}/students", "student", key("school", 0)),
        (f"schools/{key('school', 0)}/teachers", "teacher", key("school", 0)),
    ],
)
def test_who_has_a_role_stands_once_in_its_list(asking: Program, path: str, word: str, school: str, order: str) -> None:
    found = having(word, school)[:: 1 if order == "asc" else -1]
    pages = list(walk(asking, f"{ROSTER}/{path}", orderBy=order))
    assert [name for page in pages for name in ids(page)] == found
    assert {page.headers["x-total-count"] for page in pages} == {str(len(found))}
    asked = asking.get(f"{ROSTER}/{path}", orderBy=order, filter="status='active'")
    assert (ids(asked), asked.headers["x-total-count"]) == (found, str(len(found)))
    assert asking.get(f"{ROSTER}/{path}", offset=999).headers["x-total-count"] == str(len(found))


def test_those_of_a_class_are_its_students_and_its_teachers(asking: Program) -> None:
    learners = sorted(key("learner", n) for n in range(LEARNERS))
    section = f"classes/{key('class', '0-02')}"
    for path in (section, f"schools/{key('school', 0)}/{section}"):
        assert ids(asking.get(f"{ROSTER}/{path}/students")) == learners
        assert ids(asking.get(f"{ROSTER}/{path}/teachers")) == [key("teacher", 0)]
    for n, (view, status) in enumerate([("students", 200), ("teachers", 404), ("users", 200)]):
        assert asking.get(f"{ROSTER}/{view}/{learners[n]}").status == status
        assert asking.get(f"{ROSTER}/{view}/{learners[n]}/classes").status == status
    assert asking.get(f"{ROSTER}/teachers/{key('teacher', 0)}").status == 200


def test_of_whom_no_role_is_left_the_old_ones_are_told(database: str, tmp_path: Path) -> None:
    district, path = uuid4(), tmp_path / "a.zip"
    with in_district(district):
        District.objects.create(id=district, name="Odd")
    Odd(LEARNERS).write(path)
    took(district, path, AT)
    kinds = {kind: list(Odd(LEARNERS).rows(kind)) for kind in TABLES}
    gone = {f"odd-{n}" for n in range(4)}
    kinds["roles"] = [each for each in kinds["roles"] if each.sourced_id not in gone]
    stream = io.BytesIO()
    write_package(stream, kinds)
    path.write_bytes(stream.getvalue())
    took(district, path, AT + 60)
    with in_district(district):
        lead = Person.objects.get(sourced_id=key("teacher", 0))
        Role.objects.create(district_id=district, person=lead, name="leader")
    program = program_of(lead, name="Later")
    roles = {each["sourcedId"]: each["roles"] for each in program.get(f"{ROSTER}/users", limit=500).json()["users"]}
    assert [each["roleType"] for each in roles[ODD[0]]] == ["secondary"]
    assert [each["role"] for each in roles[ODD[1]]] == ["teacher"]
    assert roles[ODD[4]] == []
    assert ODD[0] not in ids(program.get(f"{ROSTER}/schools/{key('school', 0)}/students", limit=500))
    with in_district(district):
        noted = set(AccessLog.objects.filter(purpose="Later").values_list("learner__sourced_id", flat=True))
    assert noted == {key("learner", n) for n in range(LEARNERS)} | {ODD[0]}
