"""The board of a section, through the real loop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.school.environment.actions import answer_help, ask_for_help, log_visit
from headway.school.environment.queries import Board, board_of
from headway.school.environment.signals import HelpStatus, help_status
from headway.school.environment.visits import effects_in
from headway.school.mastery.models import MasteryEntry
from headway.school.models import PlanRow
from headway.school.people.access import learners_in
from headway.school.people.tenancy import in_district
from tests.cast import MINUTE, NOON, Cast, make_cast


@pytest.fixture
def maple(database: str) -> Iterator[Cast]:
    cast = make_cast()
    yield cast
    cast.close()


def board(cast: Cast, now: float = NOON) -> Board:
    with in_district(cast.district.id):
        return board_of(cast.district.id, [person.id for person in learners_in(cast.a)], now)


def needs(cast: Cast, now: float = NOON) -> list[tuple[str, str]]:
    first = {str(person.id): name for name, person in cast.people.items()}
    return [(first[need.learner], need.code) for need in board(cast, now).needs]


def test_a_class_that_has_not_begun(maple: Cast) -> None:
    found = board(maple)
    assert (found.needs, found.good_words, found.readiness.columns, found.last_practice) == ((), (), (), 0.0)
    assert found.counters.away == 4
    assert [group for group, _ in found.readiness.groups] == ["unknown"]


def test_a_district_without_a_curriculum_has_an_empty_board(database: str) -> None:
    assert board(make_cast(curriculum=False)).curriculum is None


def test_struggle_comes_before_idleness_with_the_evidence_in_the_sentence(maple: Cast) -> None:
    maple.answers("Ana", "xxxx", NOON - 10)
    maple.answer("Ben", True, NOON - 9 * MINUTE)
    maple.answer("Chi", True, NOON - 20)
    found = board(maple)
    assert needs(maple) == [("Ana", "stuck")]
    assert [need.learner for need in found.idle] == [str(maple["Ben"].id)]
    assert str(found.needs[0].reason).startswith("4 wrong answers in a row, now on ")
    assert (found.counters.working, found.counters.idle, found.counters.need_you, found.counters.away) == (2, 1, 1, 1)


def test_a_raised_hand_until_somebody_was_there(maple: Cast) -> None:
    maple.begin("Ana", NOON - 60)
    with in_district(maple.district.id):
        first = ask_for_help(learner=maple["Ana"], activity=maple.open["Ana"].activity, now=NOON - 50)
        again = ask_for_help(learner=maple["Ana"], activity="", now=NOON - 40)
        assert again.id == first.id
        assert help_status(maple["Ana"].id, NOON) == HelpStatus(True)
    assert needs(maple) == [("Ana", "asked")]
    with in_district(maple.district.id):
        answer_help(learner=maple["Ana"], adult=maple["Okafor"], now=NOON - 30)
        late = answer_help(learner=maple["Ana"], adult=maple["Lee"], now=NOON - 20)
        assert late is not None
        assert late.answered_by_id == maple["Okafor"].id
        assert help_status(maple["Ana"].id, NOON) == HelpStatus(True, "Okafor Okson")
    assert needs(maple) == [("Ana", "coming")]
    with in_district(maple.district.id):
        log_visit(learner=maple["Ana"], adult=maple["Okafor"], code="asked", now=NOON - 10)
        assert help_status(maple["Ana"].id, NOON) == HelpStatus(False)
        assert answer_help(learner=maple["Ana"], adult=maple["Okafor"], now=NOON) is None
    assert needs(maple) == []


def test_all_five_reasons_to_walk_come_from_real_events_and_what_a_visit_did_is_measured_for_each(maple: Cast) -> None:
    names, begin = ("Ana", "Ben", "Chi", "Dev", "Eva"), NOON - 20 * MINUTE
    with in_district(maple.district.id):
        PlanRow.objects.bulk_create(
            PlanRow(
                district=maple.district,
                learner=maple[name],
                source="pin",
                effect="pin-skill",
                value="5.NF.A.1",
                starts=0.0,
            )
            for name in names
        )
    maple.answers("Ana", "ox", NOON - 4 * MINUTE)  # then nothing
    for n in range(3):
        maple.answer("Ben", False, NOON - 20 + 2 * n, seconds=1.0)
    maple.answers("Chi", "xoxoo" * 4, NOON - 10)
    maple.begin("Dev", NOON - 60)
    with in_district(maple.district.id):
        ask_for_help(learner=maple["Dev"], activity="", now=NOON - 30)
    for n in range(30):
        maple.answer("Eva", True, begin + 30.0 * n)
        with in_district(maple.district.id):
            reached = MasteryEntry.objects.filter(learner=maple["Eva"], kind="reached").first()
        if reached:
            break
    assert reached
    late = reached.at + 60
    with in_district(maple.district.id):
        keys = [maple[name].id for name in names]
        first = {str(maple[name].id): name for name in names}
        said = {first[need.learner]: need for need in board_of(maple.district.id, keys, NOON).needs}
        then = board_of(maple.district.id, keys[-1:], late).needs
        assert {name: need.code for name, need in said.items()} | {first[n.learner]: n.code for n in then} == {
            "Ana": "quiet", "Ben": "guessing", "Chi": "spinning", "Dev": "asked", "Eva": "ready",
        }  # fmt: skip
        assert str(then[0].reason).startswith("Has reached “")
        assert log_visit(learner=maple["Eva"], adult=maple["Okafor"], code="ready", now=late).reason_code == "ready"
        assert board_of(maple.district.id, keys[-1:], late + 6 * MINUTE).needs == ()
    for name in names:  # what came after: from five minutes on
        maple.answers(name, "oo", NOON + 7 * MINUTE)
    with in_district(maple.district.id):
        found = effects_in(keys, NOON + 20 * MINUTE)
    assert {reason: (each.visited, each.others) for reason, each in found.items()} == {
        "stuck": (0, 2), "quiet": (0, 1), "guessing": (0, 1), "spinning": (0, 1), "asked": (0, 1), "ready": (1, 0),
    }  # fmt: skip


def test_a_visit_for_something_else_than_the_board_names_is_refused(maple: Cast) -> None:
    with in_district(maple.district.id), pytest.raises(ValueError, match="unknown reason 'tea': use one of asked"):
        log_visit(learner=maple["Ana"], adult=maple["Okafor"], code="tea", now=NOON)


def test_what_happened_in_another_section_is_not_on_this_board(maple: Cast) -> None:
    maple.answers("Eva", "xxxx", NOON - 10)
    assert needs(maple) == []
    assert len([row for _, rows in board(maple).readiness.groups for row in rows]) == 4


def test_a_night_is_no_time_of_trying(maple: Cast) -> None:
    maple.answers("Ana", "oox", NOON)
    maple.answers("Ana", "x", NOON + 86_400)
    assert needs(maple, NOON + 86_410) == []
    maple.answers("Ana", "xx", NOON + 86_460)
    (need,) = board(maple, NOON + 86_470).needs
    assert (need.code, str(need.label)) == ("stuck", "stuck just now")


def test_mending_ones_own_mistakes_is_worth_a_good_word(maple: Cast) -> None:
    maple.answers("Ana", "xoxo", NOON - 10)
    (word,) = board(maple).good_words
    assert (word.code, str(word.reason)) == ("corrected", "found and fixed their own slip 2 times.")


def test_the_goal_of_another_day_is_not_todays(maple: Cast) -> None:
    maple.answers("Ana", "o" * 10, NOON - 10)
    assert board(maple).counters.reached_goal == 1
    assert board(maple, NOON + 86400).counters.reached_goal == 0


def test_the_size_of_a_section_does_not_change_the_number_of_queries(maple: Cast) -> None:
    for name in ("Ana", "Ben", "Chi"):
        maple.answers(name, "oxo", NOON - 10)
    board(maple)
    with in_district(maple.district.id):
        learners = [person.id for person in learners_in(maple.a)]
        counts = []
        for some in (learners[:1], learners):
            with CaptureQueriesContext(connection) as queries:
                board_of(maple.district.id, some, NOON)
            counts.append([q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])
    assert len(counts[0]) == len(counts[1])
    tables = ("school_profile", "school_helprequest", "school_planrow")
    assert [sum(table in sql for sql in counts[1]) for table in tables] == [1, 1, 1]
