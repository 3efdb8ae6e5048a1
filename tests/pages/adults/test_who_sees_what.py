"""Every page of the adults for every member of the cast: their own opens, anybody else's is not there."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

import pytest

from headway.school.models import AccessLog
from headway.school.people.tenancy import in_district
from tests.cast import ADULTS, Cast, make_cast
from tests.clients import signed_in, visitor

EVERYBODY = ("Ana", *ADULTS)


def pages(cast: Cast) -> dict[str, str]:
    a, b = f"/teach/{cast.a.id}", f"/teach/{cast.b.id}"
    return {
        "classes": "/teach",
        "board A": a,
        "board A now": f"{a}/now",
        "board B": b,
        "Ana": f"{a}/learner/{cast['Ana'].id}",
        "Eva": f"{b}/learner/{cast['Eva'].id}",
        "Eva through A": f"{a}/learner/{cast['Eva'].id}",
        "schools": "/lead",
        "problems": "/problems",
        "Ana at home": f"/family/{cast['Ana'].id}",
        "Ben at home": f"/family/{cast['Ben'].id}",
    }


A = {"board A", "board A now", "Ana"}
B = {"board B", "Eva"}
OPEN: dict[str, set[str]] = {
    "Ana": set(),
    "Okafor": {"classes", "problems"} | A,
    "Lee": {"classes", "problems"} | B,
    "Stone": {"classes", "problems"},
    "Maria": {"Ana at home"},
    "Pike": {"classes", "schools", "problems"} | A | B,
    "Ines": {"classes", "schools", "problems"} | A | B,
    "Dana": {"classes", "schools", "problems"} | A | B,
}


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_page_opens_for_those_who_have_a_part_in_it(maple: Cast, name: str) -> None:
    client = signed_in(maple[name])
    found = {page: client.get(path, follow=page == "classes").status_code for page, path in pages(maple).items()}
    assert found == {page: 200 if page in OPEN[name] else 404 for page in found}


def test_without_a_session_every_page_leads_to_the_sign_in(maple: Cast) -> None:
    client = visitor()
    for path in pages(maple).values():
        response = client.get(path)
        assert response.status_code == 302, path
        assert response.headers["Location"] == f"/sign-in?{urlencode({'next': path})}"


def test_another_district_sees_nothing_of_this_one(maple: Cast) -> None:
    other = make_cast(curriculum=False)
    client = signed_in(other["Dana"])
    for page, path in pages(maple).items():
        assert client.get(path).status_code == (200 if page in ("classes", "schools", "problems") else 404), page
    assert "Maple Middle" in client.get("/lead").content.decode()
    assert str(maple.a.id) not in client.get("/lead").content.decode()
    other.close()


@pytest.mark.parametrize("path", ["/act", "/learner/{ana}/plan"])
def test_writing_is_for_the_same_people_as_reading(maple: Cast, path: str) -> None:
    address = f"/teach/{maple.a.id}{path}".replace("{ana}", str(maple["Ana"].id))
    for name in ("Ana", "Lee", "Stone", "Maria"):
        assert signed_in(maple[name]).post(address, {"do": f"visited:stuck:{maple['Ana'].id}"}).status_code == 404
    assert signed_in(maple["Okafor"]).get(address).status_code == 405


def test_a_record_that_does_not_exist_looks_like_one_that_is_not_yours(maple: Cast) -> None:
    client = signed_in(maple["Okafor"])
    nobody = uuid.uuid4()
    for path in (f"/teach/{nobody}", f"/teach/{maple.a.id}/learner/{nobody}", "/problems/no/such"):
        assert client.get(path).status_code == 404


def test_the_mother_reads_who_has_read_and_a_sitting_is_one_line(maple: Cast) -> None:
    teacher = signed_in(maple["Okafor"])
    for _ in range(3):
        teacher.get(f"/teach/{maple.a.id}")
        teacher.get(f"/teach/{maple.a.id}/now")
    with in_district(maple.district.id):
        rows = AccessLog.objects.filter(reader=maple["Okafor"], learner=maple["Ana"], place="class board")
        assert rows.count() == 1
        assert not AccessLog.objects.filter(reader=maple["Okafor"], learner=maple["Eva"]).exists()
    page = signed_in(maple["Maria"]).get(f"/family/{maple['Ana'].id}").content.decode()
    assert "Okafor Okson" in page
    assert "for teaching, on the board of the class" in page


def test_a_mother_of_one_child_comes_straight_to_that_child(maple: Cast) -> None:
    response = signed_in(maple["Maria"]).get("/family")
    assert response.headers["Location"] == f"/family/{maple['Ana'].id}"


def test_a_teacher_of_one_class_comes_straight_to_its_board(maple: Cast) -> None:
    response = signed_in(maple["Okafor"]).get("/teach")
    assert response.headers["Location"] == f"/teach/{maple.a.id}"
    assert "No class has you as its teacher yet." in signed_in(maple["Stone"]).get("/teach").content.decode()
