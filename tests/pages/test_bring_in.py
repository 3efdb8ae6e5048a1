"""Questions of other systems come in: looked at, aligned, confirmed, answered; and once more without losing what was done."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from headway.school.curriculum.queries import curriculum_of
from headway.school.models import ContentImport, ContentPicture, Evidence, Problem, ProblemVersion
from headway.school.people.tenancy import in_district
from headway.standards.content.neutral import key_of
from tests.clients import signed_in
from tests.pages.conftest import Pair, make_district, make_pair
from tests.pages.test_practice import Learner
from tests.standards.content.files import GIFT, MOODLE, TABLE, png, read

SKILL = "6.NS.A.1"


def hands_in(client: Client, text: str, name: str) -> str:
    """Hand a file in; return the address of the page that shows what becomes of it."""
    answer = client.post("/questions", {"file": SimpleUploadedFile(name, text.encode()), "format": ""})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return str(answer["Location"])


def takes(client: Client, address: str, **more: str) -> str:
    """Take it in with every group aligned to one skill."""
    page = client.get(address).content.decode()
    fields = dict.fromkeys(re.findall(r'name="(skill-\d+)"', page), SKILL)
    return client.post(address, {**fields, "what": "take", **more}, follow=True).content.decode()


@pytest.fixture
def okoye(cast: Pair) -> Client:
    return signed_in(cast.okoye)


def test_a_bank_is_looked_at_confirmed_and_taken_in(cast: Pair, okoye: Client) -> None:
    address = hands_in(okoye, MOODLE, "halves.xml")
    page = okoye.get(address).content.decode()
    assert "10 of 11 questions can be brought in" in page
    assert "An essay needs a person who reads it." in page
    assert "The file does not say under which terms it may be used." in page
    refused = takes(okoye, address)
    assert "has to confirm with their name" in refused
    with in_district(cast.district.id):
        assert not Problem.objects.filter(key__startswith="moodle:").exists()
    assert "halves.xml is in force: " in takes(okoye, address, may="1", licence="Our own work")
    with in_district(cast.district.id):
        row = ContentImport.objects.get(state="taken", name="halves.xml", by=cast.okoye)
        assert (row.confirmed_by, row.body["skills"]) == (cast.okoye, {"Fractions/Halves": SKILL})
        held = Problem.objects.filter(key__startswith="moodle:halves:", active=False)
        assert [each.payload["title"] for each in held] == [["{verbatim}", {"verbatim": "pic"}]]
        (picture,) = ContentPicture.objects.values_list("name", flat=True)
    assert "Ada Okoye confirmed that it may be used" in okoye.get("/questions").content.decode()
    shown = okoye.get(f"/pictures/{picture}")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"], shown.content) == ("image/png", "nosniff", png())
    assert "sandbox" in shown["Content-Security-Policy"]
    stranger = signed_in(make_pair(make_district()).okoye)
    assert stranger.get(f"/pictures/{picture}").status_code == 404


def test_an_item_of_each_kind_is_answered_through_the_loop(cast: Pair, okoye: Client) -> None:
    takes(okoye, hands_in(okoye, TABLE, "kinds.csv"))
    takes(okoye, hands_in(okoye, GIFT, "kinds.gift"), may="1")
    alba = Learner(signed_in(cast.alba), cast.alba)
    alba.opens()
    kinds = set()
    banks = read(TABLE, "kinds.csv"), read(GIFT, "kinds.gift")
    for package in banks:
        for question in package.questions if package is banks[0] else package.questions[-1:]:
            alba.opens_one(key_of(package, question))
            for part in question.parts:
                kinds.add(part.answer.kind)
                assert "That is right." in alba.gives(part.answer.keys[0]), question.title
    assert kinds == {"choice", "choices", "text", "number", "expression"}
    with in_district(cast.district.id):
        done = Evidence.objects.filter(learner=cast.alba, kind="response", correct=True)
        assert done.count() == 5 + 3


def test_the_same_source_again_updates_and_keeps_what_was_done(cast: Pair, okoye: Client) -> None:
    name = f"again-{uuid.uuid4().hex[:6]}.csv"
    takes(okoye, hands_in(okoye, TABLE, name))
    alba = Learner(signed_in(cast.alba), cast.alba)
    alba.opens()
    package = read(TABLE, name)
    key = key_of(package, package.questions[0])
    alba.opens_one(key)
    alba.gives(package.questions[0].parts[0].answer.keys[0])
    page = okoye.get(hands_in(okoye, TABLE, name)).content.decode()
    assert "Questions: 0 new, 0 changed, 5 as they were." in page
    assert f'value="{SKILL}"' in page
    changed = "\n".join(
        line for line in TABLE.replace("What is 1/2", "How much is 1/2").splitlines() if "q5" not in line
    )
    before = curriculum_of(cast.district.id).version
    assert "0 questions are new, 1 changed, 3 are as they were" in takes(okoye, hands_in(okoye, changed, name))
    with in_district(cast.district.id):
        assert ProblemVersion.objects.filter(key=key).count() == 1
        assert Evidence.objects.filter(learner=cast.alba, kind="response", correct=True).count() == 1
        gone = Problem.objects.get(key=key_of(package, package.questions[4]))
    assert not gone.active
    assert curriculum_of(cast.district.id).version != before
    told = okoye.get(f"/problems/{key}").content.decode()
    assert "How it read before: 1 time" in told and "What is 1/2" in told
    takes(okoye, hands_in(okoye, TABLE, name))
    with in_district(cast.district.id):
        gone.refresh_from_db()
    assert gone.active


def test_who_may_and_what_is_not_taken(cast: Pair, okoye: Client) -> None:
    alba = signed_in(cast.alba)
    assert alba.get("/questions").status_code == 404
    says = okoye.post("/questions", {"file": SimpleUploadedFile("x.bin", b"\0\1\2" * 99)})
    assert says.status_code == 422 and "no format that is known here" in says.content.decode()
    assert okoye.post("/questions", {}).status_code == 422
    address = hands_in(okoye, TABLE, "evil.csv")
    answer = okoye.post(address, {"skill-0": "no.such.skill", "what": "take"})
    assert answer.status_code == 422 and "There is no skill no.such.skill here." in answer.content.decode()
    stranger = signed_in(make_pair(make_district()).okoye)
    assert stranger.get(address).status_code == 404
    assert alba.get(address).status_code == 404
    assert "Laid aside. Nothing was changed." in okoye.post(address, {"what": "aside"}, follow=True).content.decode()
    assert okoye.get(address).status_code == 404
    assert okoye.post(address, {"what": "take"}).status_code == 404


def test_losses_are_safe_in_a_spreadsheet_and_nothing_runs_on_a_page(okoye: Client) -> None:
    evil = "Which <b onclick=alert(1)>one</b>?{=a<img src\\=x onerror\\=alert(1)> ~b}"
    text = f"::=cmd|calc::<script>alert(1)</script>{{}}\n\n{evil}\n"
    address = hands_in(okoye, text, "=1+1.gift")
    page = okoye.get(address).content.decode()
    assert not any(bad in page for bad in ("<script>alert", "<img src=x", "onclick", "onerror"))
    lines = okoye.get(f"{address}/losses").content.decode().splitlines()
    assert all(not cell.strip('"').startswith(("=", "+", "-", "@")) for line in lines for cell in line.split(","))
