"""A learner's page: the evidence behind every number; pins with a reason."""

from __future__ import annotations

import re
import time

from headway.core.mastery.criterion import DEFAULT_CRITERION
from headway.school.models import PlanRow
from headway.school.people.tenancy import in_district
from tests.cast import Cast
from tests.clients import signed_in
from tests.pages.adults.test_board import words


def test_every_number_comes_with_its_unit_its_range_and_what_it_rests_on(maple: Cast) -> None:
    page = words(signed_in(maple["Okafor"]), f"/teach/{maple.a.id}/learner/{maple['Ana'].id}")
    assert re.search(r"Solves the next problem about \d+ times out of 100; likely between \d+ and \d+\.", page)
    assert re.search(r"Rests on \d+ first answers?, \d+ right without help", page)
    assert f"Mastery needs {round(100 * DEFAULT_CRITERION.threshold)} out of 100" in page
    assert re.search(r"not right, try 2 .{0,80}20 s · no hints", page)
    assert "What else could have come" in page
    assert re.search(r"Chosen with a chance of \d+ out of 100 among \d+", page)
    assert "policy frontier-6, model gaussian-2" in page


def test_all_answers_of_a_skill_are_one_click_away(maple: Cast) -> None:
    client = signed_in(maple["Okafor"])
    page = client.get(f"/teach/{maple.a.id}/learner/{maple['Ana'].id}").content.decode()
    links = set(re.findall(rf'/teach/{maple.a.id}/learner/{maple["Ana"].id}/skill/[^"]+', page))
    assert links
    seen = [words(client, link) for link in links]
    assert sum(text.count(" no hints") for text in seen) >= 7
    assert client.get(f"/teach/{maple.a.id}/learner/{maple['Ana'].id}/skill/none").status_code == 404


def test_somebody_who_never_practised_has_a_page_that_says_so(maple: Cast) -> None:
    page = words(signed_in(maple["Okafor"]), f"/teach/{maple.a.id}/learner/{maple['Dev'].id}")
    assert "Dev has not practiced yet." in page


def test_a_pin_is_obeyed_named_and_ended(maple: Cast) -> None:
    client, chi = signed_in(maple["Okafor"]), maple["Chi"]
    path = f"/teach/{maple.a.id}/learner/{chi.id}"
    client.post(f"{path}/plan", {"effect": "pin-skill", "skill": "6.EE.B.7", "reason": "Quiz on Friday"})
    assert maple.begin("Chi", time.time()).reason_code == "pinned"
    page = words(client, path)
    assert "Practice “One-step equations” next, until it is mastered" in page
    assert "Okafor Okson, a person’s choice since today" in page
    assert "“Quiz on Friday”" in page
    with in_district(maple.district.id):
        row = PlanRow.objects.get(learner=chi, ends=None)
    client.post(f"{path}/plan", {"do": f"end:{row.id}"})
    assert "ended today" in words(client, path)


def test_an_override_is_shown_with_what_it_gives_way_to(maple: Cast) -> None:
    client, ben = signed_in(maple["Okafor"]), maple["Ben"]
    with in_district(maple.district.id):
        PlanRow.objects.create(
            district=maple.district,
            learner=ben,
            source="accommodation",
            effect="block-skill",
            value="6.EE.B.7",
            starts=0,
        )
    path = f"/teach/{maple.a.id}/learner/{ben.id}"
    client.post(f"{path}/plan", {"effect": "pin-skill", "skill": "6.EE.B.7", "reason": "Quiz on Friday"})
    assert "Gives way to: Do not give “One-step equations” (an accommodation)" in words(client, path)


def test_a_school_that_gives_many_skills_counts_them_and_lists_them_beside(maple: Cast) -> None:
    client, dev = signed_in(maple["Okafor"]), maple["Dev"]
    value = "6.EE.B.7,6.EE.A.1,6.EE.A.2,6.EE.A.3"
    with in_district(maple.district.id):
        PlanRow.objects.create(
            district=maple.district, learner=dev, source="policy", effect="only-skills", value=value, starts=0
        )
    page = words(client, f"/teach/{maple.a.id}/learner/{dev.id}")
    assert "Give only 4 skills" in page
    assert "One-step equations, Exponents" in page


def test_a_wish_needs_a_skill_of_the_curriculum_and_a_reason(maple: Cast) -> None:
    client, ana = signed_in(maple["Okafor"]), maple["Ana"]
    path = f"/teach/{maple.a.id}/learner/{ana.id}"
    for skill, reason in (("6.EE.B.7", "  "), ("nonsense", "why not")):
        client.post(f"{path}/plan", {"effect": "pin-skill", "skill": skill, "reason": reason})
        assert "Choose a skill from the list and say in a few words why." in words(client, path)
    assert client.post(f"{path}/plan", {"effect": "eat-skill", "skill": "6.EE.B.7", "reason": "x"}).status_code == 404
    assert client.post(f"{path}/plan", {"do": "end:nonsense"}).status_code == 404
    with in_district(maple.district.id):
        assert not PlanRow.objects.filter(learner=ana).exists()


def test_the_family_reads_plain_words_and_no_percentages(maple: Cast) -> None:
    page = words(signed_in(maple["Maria"]), f"/family/{maple['Ana'].id}")
    assert "Working on now" in page
    assert re.search(r"\d+ minutes on 1 day\.", page)
    assert "%" not in page
    assert "out of 100" not in page
    assert "Ben" not in page
