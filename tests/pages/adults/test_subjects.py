"""A subject from tables over the pages: what is wrong, what would change, and taking it in."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from headway.school.curriculum.queries import curriculum_of
from headway.school.models import Skill
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.pages.conftest import Pair, make_district, make_pair
from tests.standards.subject.tables import ITEMS, tables


def sends(client: Client, files: dict[str, bytes]) -> tuple[int, str]:
    found = client.post("/subjects", {name: SimpleUploadedFile(f"my {name}", data) for name, data in files.items()})
    return found.status_code, found.content.decode()


def skills(pair: Pair) -> int:
    with in_district(pair.district.id):
        return Skill.objects.count()


def test_a_teacher_brings_in_a_subject_after_seeing_what_it_is() -> None:
    pair = make_pair(make_district())
    okoye = signed_in(pair.okoye)
    assert "No subject yet." in okoye.get("/subjects").content.decode()
    status, page = sends(okoye, tables())
    assert status == 200
    assert "Art: everything is in order" in page and "2 skills are new." in page
    assert skills(pair) == 0
    packed = re.search(r'name="tables" value="([^"]+)"', page)
    assert packed is not None
    page = okoye.post("/subjects", {"tables": packed[1]}, follow=True).content.decode()
    assert "Art is in force: 2 skills and 2 questions." in page
    assert {activity.id for activity in curriculum_of(pair.district.id).activities} == {"art:one", "art:two"}
    lines = ITEMS.splitlines()
    _, page = sends(okoye, tables(items="\n".join([lines[0], lines[1].replace("straight", "quite straight")])))
    assert "Questions: 0 new, 1 changed, 0 as they were." in page
    assert "1 question is not in the tables" in page
    assert len(curriculum_of(pair.district.id).activities) == 2


def test_what_is_wrong_is_listed_and_nothing_is_taken_in() -> None:
    pair = make_pair(make_district())
    okoye = signed_in(pair.okoye)
    status, page = sends(okoye, tables(items=ITEMS.replace("art.shade,W", "art.glow,W")))
    assert status == 422
    assert "items.csv, row 3, skill" in page and "There is no skill “art.glow”." in page
    status, page = sends(okoye, {})
    assert (status, "skills.csv" in page, "The file is missing." in page) == (422, True, True)
    for forged in ("x", "eJyrVkrLz1eyUkpKLFKqBQAgLgUd"):
        assert okoye.post("/subjects", {"tables": forged}).status_code == 422
    assert skills(pair) == 0


def test_it_is_no_page_for_learners(cast: Pair) -> None:
    assert signed_in(cast.alba).get("/subjects").status_code == 404
