"""Questions to OneRoster's service, writing back, and every door that stays closed."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote

import pytest

from headway.school.exchange.service.relations import forget_own
from headway.school.models import AccessLog, ApiProgram, GradebookRecord, MasteryEntry, Person
from headway.school.people.programs import end_program
from headway.school.people.tenancy import in_district
from headway.standards.oneroster.service.operations import BASES, SCOPES
from tests.api.programs import Program, ids, program_of, reference, written
from tests.cast import Cast, make_cast

ROSTER, BOOK = BASES["rostering"], BASES["gradebook"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({"filter": "familyName='Diaz'"}, ["Ana", "Maria"]),
        ({"filter": "familyName~'DIAZ' AND status='active'"}, ["Ana", "Maria"]),
        ({"filter": "roles.role='teacher' AND givenName!='Lee'"}, ["Okafor", "Stone"]),
        ({"filter": "givenName='Ana' OR givenName='Ben'", "sort": "givenName", "orderBy": "desc"}, ["Ben", "Ana"]),
        ({"filter": "agents='Maria'"}, ["Ana"]),
        ({"filter": "roles.org.sourcedId='elsewhere' AND role='teacher'"}, ["Stone"]),
        ({"filter": "dateLastModified>'2099-01-01T00:00:00Z'"}, []),
        ({"filter": "givenName>='Z' OR grades~'06' AND givenName<'B'"}, ["Ana"]),
        ({"filter": "familyName='O'Brien'"}, []),
    ],
)
def test_filters(program: Program, question: dict[str, str], found: list[str]) -> None:
    assert ids(program.get(f"{ROSTER}/users", **question)) == found


def test_pages_follow_one_another(program: Program) -> None:
    whole = ids(program.get(f"{ROSTER}/users", sort="familyName"))
    seen: list[str] = []
    path, query = f"{ROSTER}/users", {"limit": "5", "sort": "familyName"}
    while True:
        page = program.get(path, **query)
        assert page.headers["x-total-count"] == str(len(whole))
        seen += ids(page)
        rels = {part.split('rel="')[1][:-1]: part.split(">")[0].strip(" <") for part in page.headers["link"].split(",")}
        if "next" not in rels:
            break
        query = dict(pair.split("=") for pair in rels["next"].split("?")[1].split("&"))
    assert seen == whole and "prev" in rels
    assert ids(program.get(f"{ROSTER}/users", offset=999)) == []
    one = program.get(f"{ROSTER}/users/Ana", fields="sourcedId,givenName").json()["user"]
    assert one == {"sourcedId": "Ana", "givenName": "Ana"}


def test_who_joins_while_a_list_is_read_is_on_its_last_page(fresh_cast: Cast) -> None:
    program = program_of(fresh_cast["Dana"])
    whole = len(ids(program.get(f"{ROSTER}/users")))
    size = whole // 2
    assert program.get(f"{ROSTER}/users", limit=size).headers["x-total-count"] == str(whole)
    with in_district(fresh_cast.district.id):
        for n in range(size):
            Person.objects.create(
                district=fresh_cast.district, sourced_id=f"zz-{n}", given_name="New", family_name="Comer"
            )
    forget_own(fresh_cast.district.id)
    seen: list[str] = []
    while True:
        page = program.get(f"{ROSTER}/users", limit=size, offset=len(seen))
        seen += ids(page)
        if 'rel="next"' not in page.headers["link"]:
            break
    assert len(seen) == whole + size and page.headers["x-total-count"] == str(whole + size)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"filter": "nonsense"}, "invalid_filter_field"),
        ({"filter": "shoeSize='9'"}, "invalid_filter_field"),
        ({"filter": "roles='x'"}, "invalid_filter_field"),
        ({"filter": "dateLastModified>'yesterday'"}, "invalid_filter_field"),
        ({"filter": "grades>'05'"}, "invalid_filter_field"),
        ({"filter": " AND ".join(["status='active'"] * 40)}, "invalid_filter_field"),
        ({"filter": "givenName='\0'"}, "invalid_filter_field"),
        ({"fields": "shoeSize"}, "invalid_selection_field"),
        ({"sort": "shoeSize"}, "invaliddata"),
        ({"orderBy": "up"}, "invaliddata"),
        ({"limit": "0"}, "invaliddata"),
        ({"offset": "-1"}, "invaliddata"),
        ({"limit": "99999999999"}, "invaliddata"),
    ],
)
def test_a_bad_question_is_refused_by_its_name(program: Program, question: dict[str, str], code: str) -> None:
    answer = program.get(f"{ROSTER}/users", **question)
    assert answer.status == 400
    assert answer.json()["imsx_CodeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"] == code


def test_mastery_is_read_and_never_written(program: Program, school: Cast) -> None:
    results = program.get(f"{BOOK}/classes/a/students/Ana/results", filter="textScore!=''").json()["results"]
    (result,) = results
    assert (result["score"], result["textScore"], result["student"]["sourcedId"]) == (1, "confirmed", "Ana")
    line = program.get(f"{BOOK}/lineItems/{quote(result['lineItem']['sourcedId'])}").json()["lineItem"]
    assert line["category"]["sourcedId"] == "headway.mastery" and line["class"]["sourcedId"] == "a"
    assert ids(program.get(f"{BOOK}/classes/a/categories")) == ["headway.mastery"]
    again = {
        "result": {**written("results", result["sourcedId"]), "lineItem": reference("lineItems", line["sourcedId"])}
    }
    for method, body in (("PUT", again), ("DELETE", None)):
        assert program.ask(method, f"{BOOK}/results/{quote(result['sourcedId'])}", body).status == 403
    with in_district(school.district.id):
        assert MasteryEntry.objects.filter(learner=school["Ana"]).count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"sourcedId": "other"},
        {"status": "gone"},
        {"dateLastModified": "today"},
        {"shoeSize": 9},
        {"score": "seven"},
        {"score": True},
        {"scoreDate": "11/09/2026"},
        {"scoreStatus": "lovely"},
        {"late": True},
        {"comment": "a\0b"},
        {"student": {"sourcedId": "Ana"}},
        {"student": reference("users", "nobody")},
        {"lineItem": reference("lineItems", "none")},
        {"lineItem": {**reference("lineItems", "li2"), "type": "user"}},
        {"learningObjectiveSet": [{"source": "case"}]},
        {"metadata": []},
    ],
    ids=str,
)
def test_what_is_no_result_is_refused(program: Program, school: Cast, change: dict[str, Any]) -> None:
    program.ask("PUT", f"{BOOK}/lineItems/li2", {"lineItem": written("lineItems", "li2")})
    good = {**written("results", "r2"), "lineItem": reference("lineItems", "li2")}
    answer = program.ask("PUT", f"{BOOK}/results/r2", {"result": {**good, **change}})
    assert (answer.status, program.get(f"{BOOK}/results/r2").status) == (422, 404)
    assert answer.json()["imsx_codeMajor"] == "failure"


def test_a_result_is_kept_apart_and_read_back(program: Program, school: Cast) -> None:
    program.ask("PUT", f"{BOOK}/lineItems/li3", {"lineItem": written("lineItems", "li3")})
    result = {**written("results", "r 3/x"), "lineItem": reference("lineItems", "li3")}
    path = f"{BOOK}/results/{quote('r 3/x', safe='')}"
    for score in (7.5, 9):
        assert program.ask("PUT", path, {"result": {**result, "score": score}}).status == 201
    read = program.get(path).json()["result"]
    assert (read["score"], read["student"]["href"]) == (9, f"http://localhost{ROSTER}/users/Ana")
    assert ids(program.get(f"{BOOK}/classes/a/lineItems/li3/results", filter="score>8.5")) == ["r 3/x"]
    assert ids(program.get(f"{BOOK}/results", filter="student.sourcedId='Ana' AND score<8.5 AND lineItem='li3'")) == []
    with in_district(school.district.id):
        row = GradebookRecord.objects.get(kind="results", sourced_id="r 3/x")
        assert (row.section, row.line_item, row.learner_id) == ("a", "li3", school["Ana"].id)
    assert (program.ask("DELETE", path).status, program.ask("DELETE", path).status) == (204, 404)
    gone = program.get(f"{BOOK}/results", filter="sourcedId='r 3/x'").json()["results"]
    assert [each["status"] for each in gone] == ["tobedeleted"]


def test_a_set_is_written_whole_or_not_at_all(program: Program, school: Cast) -> None:
    before = ids(program.get(f"{BOOK}/lineItems"))
    bad = {**written("lineItems", "y"), "class": reference("classes", "b")}
    bodies: tuple[Any, ...] = (
        {"lineItems": [written("lineItems", "x"), bad]},
        {"lineItems": []},
        {"lineItem": []},
        [],
        None,
        b"{",
        b"\xff",
    )
    for body in bodies:
        assert program.ask("POST", f"{BOOK}/classes/a/lineItems", b"null" if body is None else body).status == 422
    assert program.ask("POST", f"{BOOK}/classes/none/lineItems", {"lineItems": [bad]}).status == 404
    assert ids(program.get(f"{BOOK}/lineItems")) == before


def test_doors_that_stay_closed(program: Program, school: Cast) -> None:
    users = f"{ROSTER}/users"
    nobody = Program().get(users)
    assert (nobody.status, nobody.headers["www-authenticate"][:6]) == (401, "Bearer")
    assert Program(program.token[:-2] + "xx").get(users).status == 401
    assert Program("hwp1.e30.x").get(users).status == 401
    core = program_of(school["Dana"], next(each for each in SCOPES if each.endswith("roster-core.readonly")))
    assert core.get(users).status == 200
    refused = core.get(f"{ROSTER}/schools/here/students")
    assert (refused.status, 'error="insufficient_scope"' in refused.headers["www-authenticate"]) == (403, True)
    assert core.ask("PUT", f"{BOOK}/categories/c", {}).status == 403
    wrong = program.ask("POST", users, {})
    assert (wrong.status, wrong.headers["allow"]) == (405, "GET, HEAD")
    assert program.ask("HEAD", users).content == b""
    assert program.get(f"{ROSTER}/nonsense").status == 404
    assert program.ask("GET", users, accept="text/html").status == 406
    assert program.ask("GET", users, host="evil.example").status == 400
    path, body = f"{BOOK}/categories/c9", {"category": written("categories", "c9")}
    assert program.ask("PUT", path, body, content_type="text/plain").status == 415
    assert program.ask("PUT", path, b'{"category": "' + b"a" * (5 << 20) + b'"}').status == 413
    with in_district(school.district.id):
        (row,) = [each for each in ApiProgram.objects.all() if len(each.scopes) == 1]
        end_program(program=row.id, now=time.time())
    from headway.school.people import programs

    programs._remembered.clear()
    assert core.get(users).status == 401


def test_another_district_sees_nothing_of_it(program: Program, school: Cast) -> None:
    other = make_cast(curriculum=False)
    try:
        theirs = program_of(other["Dana"])
        assert theirs.get(f"{ROSTER}/orgs/district-{school.district.id}").status == 404
        program.ask("PUT", f"{BOOK}/categories/mine", {"category": written("categories", "mine")})
        assert theirs.get(f"{BOOK}/categories/mine").status == 404
        assert theirs.ask("DELETE", f"{BOOK}/categories/mine").status == 404
    finally:
        other.close()


def test_who_is_read_can_see_it_once_a_sitting(school: Cast) -> None:
    reader = program_of(school["Dana"], name="Library")
    for _ in range(2):
        reader.get(f"{ROSTER}/students")
        reader.get(f"{ROSTER}/users/Ana")
        reader.get(f"{BOOK}/classes/a/results")
    with in_district(school.district.id):
        rows = AccessLog.objects.filter(purpose="Library")
        seen = sorted(rows.values_list("learner__given_name", flat=True))
        assert set(rows.values_list("reader_id", "place")) == {(school["Dana"].id, "/ims/oneroster")}
    assert seen == sorted(ids(reader.get(f"{ROSTER}/students")))


def test_too_many_are_told_to_wait(school: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    hasty = program_of(school["Dana"])
    monkeypatch.setattr("headway.api.oneroster.BURST", 2.0)
    monkeypatch.setattr("headway.api.oneroster.PER_SECOND", 1e-6)
    answers = [hasty.get(f"{ROSTER}/orgs") for _ in range(3)]
    assert [each.status for each in answers] == [200, 200, 429] and answers[2].headers["retry-after"] == "1"
