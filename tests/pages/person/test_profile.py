"""The profile page: one truth for three roles, everything opens its evidence, everybody can add and contest."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.school.evidence.queries import replay_district
from headway.school.models import AccessLog, ProfileFact, ProfileNote, SelfReport
from headway.school.people.tenancy import in_district
from headway.school.profile.actions import state_fact
from tests.cast import Cast, make_cast
from tests.clients import signed_in
from tests.timing import spent


def page(cast: Cast, who: str, of: str = "Ana") -> str:
    return signed_in(cast[who]).get(f"/profile/{cast[of].id}", follow=True).content.decode()


def say(cast: Cast, who: str, of: str = "Ana", **form: str | int) -> int:
    return signed_in(cast[who]).post(f"/profile/{cast[of].id}/say", form).status_code


def test_three_roles_read_the_same_truth_and_the_school_alone_the_numbers(maple: Cast) -> None:
    with in_district(maple.district.id):
        state_fact(learner=maple["Ana"], by=maple["Ana"], role="learner", kind="strength", value="I draw", now=1.0)
    own, family, school = (page(maple, who) for who in ("Ana", "Maria", "Okafor"))
    for found in (own, family, school):
        assert "I draw" in found and "soccer" in found
        assert "right at the first try without help" in found
        assert "What it rests on" in found
    assert "times in 100" in school
    assert "times in 100" not in own and "times in 100" not in family


def test_every_skill_opens_its_evidence_for_each_of_them(maple: Cast) -> None:
    links = re.findall(r'href="(/profile/[^"]+/evidence/skill/[^"]+)"', page(maple, "Ana"))
    assert links
    for who in ("Ana", "Maria", "Okafor", "Pike"):
        response = signed_in(maple[who]).get(links[0])
        assert response.status_code == 200
        assert 'class="answer' in response.content.decode()
    assert signed_in(maple["Stone"]).get(links[0]).status_code == 404
    assert signed_in(maple["Ana"]).get(f"/profile/{maple['Ana'].id}/evidence/skill/none").status_code == 404


def test_only_those_with_a_part_open_it_and_the_read_is_logged(maple: Cast) -> None:
    for who in ("Ben", "Lee", "Stone"):
        assert signed_in(maple[who]).get(f"/profile/{maple['Ana'].id}").status_code == 404
        assert say(maple, who, do="note", kind="note", words="Hello") == 404
    page(maple, "Maria")
    with in_district(maple.district.id):
        log = AccessLog.objects.filter(learner=maple["Ana"], place="profile page")
        assert log.filter(reader=maple["Maria"], purpose="family").count() == 1
        assert not log.filter(reader=maple["Ana"]).exists()


def test_facts_are_added_and_taken_back_and_nothing_is_lost(maple: Cast) -> None:
    say(maple, "Maria", do="fact", kind="language", words="Spanish at home")
    assert "Spanish at home" in page(maple, "Ana")
    with in_district(maple.district.id):
        number = ProfileFact.objects.get(learner=maple["Ana"], kind="language").id
    say(maple, "Ana", do=f"gone:{number}")
    say(maple, "Ana", do="gone:0", words="soccer")
    found = page(maple, "Maria")
    assert "Spanish at home" not in found and 'value="soccer"' not in found
    with in_district(maple.district.id):
        assert ProfileFact.objects.filter(learner=maple["Ana"], kind="language").count() == 2
    say(maple, "Maria", do="fact", kind="accommodation", words="Extra time")
    assert "Extra time" not in page(maple, "Maria"), "the school alone promises accommodations"
    say(maple, "Okafor", do="fact", kind="accommodation", words="Extra time")
    assert "Extra time" in page(maple, "Maria")


def test_a_line_is_contested_and_answered_where_it_stands(maple: Cast) -> None:
    say(maple, "Okafor", "Ben", do="fact", kind="need", words="Reads slowly")
    with in_district(maple.district.id):
        about = f"fact:{ProfileFact.objects.get(learner=maple['Ben'], kind='need').id}"
    say(maple, "Ben", "Ben", do="note", kind="contest", about=about, words="I read a lot")
    with in_district(maple.district.id):
        contest = ProfileNote.objects.get(learner=maple["Ben"], kind="contest")
    say(maple, "Ben", "Ben", do="note", kind="answer", answers=contest.id, words="Me")
    say(maple, "Okafor", "Ben", do="note", kind="answer", answers=contest.id, words="You are right, thank you.")
    found = page(maple, "Ben", "Ben")
    assert found.count("You are right, thank you.") == 2, "in the notes and at the line"
    assert "said to be wrong" in found
    with in_district(maple.district.id):
        assert ProfileNote.objects.filter(kind="answer").count() == 1


def test_each_part_of_the_page_opens_the_form_that_contests_it(maple: Cast) -> None:
    client, address = signed_in(maple["Maria"]), f"/profile/{maple['Ana'].id}"
    found = page(maple, "Maria")
    links = set(re.findall(r'href="\?about=([^"#]+)#write"', found))
    assert "pace" in links and any(link.startswith("skill%3A") for link in links)
    for link in links:
        opened = client.get(f"{address}?about={link}").content.decode()
        assert '<details id="write" open>' in opened and 'value="contest" checked' in opened, link
        assert f'value="{unquote(link)}" selected' in opened
    assert '<details id="write">' in client.get(f"{address}?about=nonsense").content.decode()
    say(maple, "Maria", do="note", kind="contest", about="pace", words="She works on paper too")
    assert page(maple, "Ana").count("She works on paper too") == 2, "in the notes and where it stands"


@pytest.mark.parametrize("form", [{"do": "note", "kind": "contest", "words": "No"}, {"do": "note", "kind": "note"}])
def test_words_without_a_line_or_without_words_are_not_kept(maple: Cast, form: dict[str, str]) -> None:
    with in_district(maple.district.id):
        before = ProfileNote.objects.count()
    assert say(maple, "Chi", "Chi", **form) == 302
    with in_district(maple.district.id):
        assert ProfileNote.objects.count() == before
    assert say(maple, "Chi", "Chi", do="nonsense") == 404


def test_learners_alone_answer_about_themselves(maple: Cast) -> None:
    assert say(maple, "Maria", do="reports", ask="4") == 404
    say(maple, "Ana", do="reports", ask="1", calm="9")
    say(maple, "Ana", do="reports", ask="3")
    found = page(maple, "Okafor")
    assert "I ask for help when I need it." in found and "before: Not yet" in found
    with in_district(maple.district.id):
        assert set(SelfReport.objects.values_list("question", "answer")) == {("ask", 1), ("ask", 3)}


def test_without_practice_the_page_stands(maple: Cast) -> None:
    assert "Nothing has been practiced yet" in page(maple, "Dev", "Dev")
    bare = make_cast(curriculum=False)
    assert "Nothing has been practiced yet" in page(bare, "Ana")
    bare.close()


def test_what_people_say_moves_no_profile(maple: Cast) -> None:
    assert replay_district(maple.district.id).identical


def test_the_page_takes_a_fixed_number_of_queries_whatever_has_been_written(maple: Cast) -> None:
    client = signed_in(maple["Ana"])
    client.get("/me")
    counts = []
    for number in range(2):
        for n in range(5 * number):
            say(maple, "Ana", do="fact", kind="interest", words=f"Thing {n}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/me").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 26, "\n".join(query["sql"][:120] for query in queries)


def test_the_page_costs_little_with_a_long_history(maple: Cast) -> None:
    """A bound in CPU time on the small cast; ``benchmarks/speed`` has the year of evidence."""
    client = signed_in(maple["Ana"])
    client.get("/me")
    with spent() as cost:
        for _ in range(3):
            client.get("/me")
    assert cost.seconds / 3 < 0.45
