"""Links of other systems come in: looked at, aligned by a person, shared; and once more without doubles."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from headway.school.models import ContentImport, OutsideActivity, Problem
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.pages.conftest import Pair
from tests.standards.content import packages
from tests.standards.content.files import zipped

SKILL = "6.RP.A.1"
HEAD = "title,address,good_for,skill,minutes,licence,source\n"
FILM = f"Ratios in a film,https://youtu.be/aqz-KE-bpKQ,worked,{SKILL},4,CC BY 4.0,A school\n"
PAGE = "Understand ratio concepts,https://example.org/ratios,learn,,,CC BY 4.0,A school\n"


@pytest.fixture
def okoye(cast: Pair) -> Client:
    return signed_in(cast.okoye)


def hands_in(client: Client, data: str | bytes, name: str) -> str:
    content = data.encode() if isinstance(data, str) else data
    answer = client.post("/questions", {"file": SimpleUploadedFile(name, content), "format": ""})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return str(answer["Location"])


def takes(client: Client, data: str | bytes, name: str, **more: str) -> str:
    """Hand it in and take it in with what the page has preset."""
    address = hands_in(client, data, name)
    page = client.get(address).content.decode()
    preset = dict(re.findall(r'name="(link-\d+)" value="([^"]*)"', page))
    return client.post(address, {**preset, "what": "take", **more}, follow=True).content.decode()


def rows(cast: Pair, name: str) -> dict[str, tuple[str, list[str], bool]]:
    with in_district(cast.district.id):
        found = OutsideActivity.objects.filter(key__startswith=f"links:{name}:")
        return {row.address: (row.title, row.skills, row.retired_at is None) for row in found}


def test_a_table_comes_in_once_and_is_updated(cast: Pair, okoye: Client) -> None:
    name = f"t{uuid.uuid4().hex[:6]}"
    page = okoye.get(hands_in(okoye, HEAD + FILM + PAGE, f"{name}.csv")).content.decode()
    assert "2 of 2 links can be brought in" in page and f'name="link-0" value="{SKILL}"' in page
    assert re.search(rf'name="link-1" value="".*?<code>{SKILL}</code>', page, re.DOTALL)
    assert "The file says: CC BY 4.0. That allows it." in page and not rows(cast, name)
    with in_district(cast.district.id):
        problems = Problem.objects.count()
    said = takes(okoye, HEAD + FILM + PAGE, f"{name}.csv", **{"link-1": "6.RP.A.2"})
    assert f"{name}.csv: 2 links are new, 0 changed, 0 are as they were." in said
    film, ratios = "https://youtu.be/aqz-KE-bpKQ", "https://example.org/ratios"
    assert rows(cast, name) == {
        film: ("Ratios in a film", [SKILL], True), ratios: ("Understand ratio concepts", ["6.RP.A.2"], True),
    }  # fmt: skip
    with in_district(cast.district.id):
        assert Problem.objects.count() == problems
        one = OutsideActivity.objects.get(key__startswith=f"links:{name}:", address=film)
        assert (one.licence, one.source, one.minutes, one.shared, one.by) == (
            "CC BY 4.0",
            "A school",
            4,
            True,
            cast.okoye,
        )
    assert "0 links are new, 0 changed, 2 are as they were." in takes(okoye, HEAD + FILM + PAGE, f"{name}.csv")
    form = {"title": "Mine", "address": ratios, "kind": "link", "good_for": "learn", "minutes": "5", "skill": SKILL,
            "language": "en", "licence": "CC BY 4.0", "source": "A school", "seen": "2026-03-12", "shared": "1"}  # fmt: skip
    with in_district(cast.district.id):
        key = OutsideActivity.objects.get(key__startswith=f"links:{name}:", address=ratios).id
    okoye.post(f"/links/{key}", {**form, "what": "keep"})
    takes(okoye, HEAD + FILM.replace("in a film", "in a kitchen") + PAGE, f"{name}.csv")
    assert rows(cast, name) == {film: ("Ratios in a kitchen", [SKILL], True), ratios: ("Mine", [SKILL], True)}
    takes(okoye, HEAD + PAGE, f"{name}.csv")
    assert not rows(cast, name)[film][2] and rows(cast, name)[ratios][2]
    okoye.post(f"/links/{key}", {**form, "what": "retire"})
    takes(okoye, HEAD + FILM + PAGE, f"{name}.csv")
    assert rows(cast, name)[film][2] and not rows(cast, name)[ratios][2]


def test_a_cartridge_brings_its_links_beside_its_questions(cast: Pair, okoye: Client) -> None:
    name = f"c{uuid.uuid4().hex[:6]}"
    address = hands_in(okoye, packages.cartridge(), f"{name}.imscc")
    page = okoye.get(address).content.decode()
    assert "2 links to pages and videos elsewhere" in page and "no address of a public page" in page
    said = okoye.post(address, {"what": "take", "link-0": SKILL}, follow=True).content.decode()
    assert f"{name}.imscc is in force" in said and "1 links are new" in said
    with in_district(cast.district.id):
        [one] = OutsideActivity.objects.filter(key__startswith=f"qti:{name}:")
        assert (one.title, one.address, one.skills) == ("Fractions", "https://example.org/halves", [SKILL])
        assert (one.licence, one.source) == ("CC BY 4.0", "Halves")
        taken = ContentImport.objects.get(name=f"{name}.imscc", state="taken")
        assert (taken.body["came"]["links_new"], taken.body["counts"]["links found"]) == (1, 2)


def test_links_without_terms_come_in_by_a_name(cast: Pair, okoye: Client) -> None:
    name = f"n{uuid.uuid4().hex[:6]}"
    address = hands_in(okoye, HEAD + "A page,https://example.org/a,,,,,\n", f"{name}.csv")
    refused = okoye.post(address, {"what": "take"})
    assert refused.status_code == 422 and "confirm with their name" in refused.content.decode()
    okoye.post(address, {"what": "take", "may": "1"})
    with in_district(cast.district.id):
        one = OutsideActivity.objects.get(key__startswith=f"links:{name}:")
    assert (one.licence, one.source, one.minutes) == ("Confirmed by Ada Okoye", name, 5)


def test_nothing_of_a_file_runs_on_the_page_that_shows_it(okoye: Client) -> None:
    evil = packages.WEB_LINK.format("https://example.org/a").replace(
        "Fractions", "&lt;script&gt;alert(1)&lt;/script&gt;"
    )
    files = {
        "imsmanifest.xml": packages.MANIFEST,
        "l/a.xml": evil,
        "l/b.xml": packages.WEB_LINK.format("data:text/html,x"),
    }
    page = okoye.get(hands_in(okoye, zipped(files), "evil.imscc")).content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page and 'href="data:' not in page
    nobody = okoye.post(hands_in(okoye, HEAD + FILM, "x.csv"), {"what": "take", "link-0": "no.such.skill"})
    assert nobody.status_code == 422 and "There is no skill no.such.skill here." in nobody.content.decode()
