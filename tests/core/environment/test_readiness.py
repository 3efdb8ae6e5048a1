"""The class by skill: which columns, which groups, which cells."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.environment.readiness import FRESH, Standing, earlier_skills, later_skills, path_order, readiness
from headway.core.profile.views import SkillView, Status
from tests.core.small import curriculum

NOW = 1_800_000_000.0
ORDER = path_order(curriculum())
BLANK = SkillView("", 0, "learning", 0.0, 1.0, 0.5, 0.2, 6, 3, (), 6, 60.0, NOW - 60, 0.0, 0.0, 0)


def views(**status: Status) -> dict[int, SkillView]:
    """``S4="near"`` as the views of a learner."""
    return {int(k[1:]): replace(BLANK, skill=k, number=int(k[1:]), status=v) for k, v in status.items()}


def table(*standings: Standing) -> dict[str, list[str]]:
    found = readiness(standings, curriculum(), ORDER, NOW)
    return {group: [row.learner for row in rows] for group, rows in found.groups}


def test_prerequisites_come_first_in_path_order() -> None:
    c = curriculum()
    assert sorted(ORDER) == list(range(len(c.skills)))
    place = {number: position for position, number in enumerate(ORDER)}
    for earlier, later in c.prerequisites:
        assert place[c.skill_number[earlier]] < place[c.skill_number[later]]


def test_earlier_and_later_are_two_sides_of_the_same_edges() -> None:
    for number in range(8):
        for other in earlier_skills(curriculum(), number):
            assert number in later_skills(curriculum(), other)


def test_todays_step_and_the_three_groups() -> None:
    found = readiness(
        [
            Standing("mina", 8, views(S4="mastered", S8="learning")),
            Standing("owen", 8, views(S4="mastered", S8="starting")),
            Standing("aisha", 12, views(S4="mastered", S8="mastered", S12="starting")),
            Standing("leo", 12, views(S12="learning")),
            Standing("dev", 4, views(S4="learning")),
            Standing("zuri", 8, views(S4="stuck", S8="starting")),
            Standing("kofi", 11, views(S11="learning")),
            Standing("new", -1, {}),
        ],
        curriculum(),
        ORDER,
        NOW,
    )
    assert (found.columns, found.today) == ((4, 8, 11, 12), 8)
    assert {group: [row.learner for row in rows] for group, rows in found.groups} == {
        "ready": ["aisha", "leo"],
        "today": ["mina", "owen"],
        "earlier": ["dev", "zuri"],
        "elsewhere": ["kofi"],
        "unknown": ["new"],
    }


def test_todays_step_is_where_most_still_have_to_go() -> None:
    class_ = [Standing(name, -1, views(S4="near", S8="learning")) for name in ("ana", "ben")]
    class_ += [Standing("chi", -1, views(S4="near")), Standing("dev", 4, views(S4="near"))]
    assert readiness(class_, curriculum(), ORDER, NOW).today == 8


def test_mastered_and_untouched_cells_show_no_number() -> None:
    found = readiness([Standing("ana", 8, views(S4="mastered", S8="near"))], curriculum(), ORDER, NOW, width=3)
    ((_, (row,)),) = found.groups
    assert [(cell.status, cell.chance) for cell in row.cells] == [("mastered", 0.0), ("near", 0.5)]
    assert [cell.here for cell in row.cells] == [False, True]


def test_somebody_named_as_stuck_is_stuck_in_the_table_too() -> None:
    found = readiness([Standing("ana", 8, views(S8="near", S4="near"), stuck=True)], curriculum(), ORDER, NOW)
    ((_, (row,)),) = found.groups
    assert [cell.status for cell in row.cells] == ["near", "stuck"]


def test_what_was_practised_long_ago_is_no_column() -> None:
    old = {4: replace(BLANK, skill="S4", number=4, last_at=NOW - FRESH - 1)}
    found = readiness([Standing("ana", 8, old | views(S8="learning"))], curriculum(), ORDER, NOW)
    assert found.columns == (8,)


def test_a_class_that_has_done_nothing_has_an_empty_table() -> None:
    found = readiness([Standing("ana", -1, {}), Standing("ben", -1, {})], curriculum(), ORDER, NOW)
    assert (found.columns, found.today) == ((), -1)
    assert table(Standing("ana", -1, {})) == {"unknown": ["ana"]}


statuses: st.SearchStrategy[Status] = st.sampled_from(("mastered", "near", "learning", "starting", "stuck"))
learners = st.builds(
    Standing,
    learner=st.just("x"),
    here=st.integers(-1, 23),
    skills=st.dictionaries(st.integers(0, 23), statuses, max_size=8).map(
        lambda found: {n: replace(BLANK, number=n, status=status) for n, status in found.items()}
    ),
)


@settings(derandomize=True, max_examples=200)
@given(st.lists(learners, max_size=12))
def test_everybody_stands_in_exactly_one_group_and_every_row_is_as_wide_as_the_table(class_: list[Standing]) -> None:
    named = [replace(standing, learner=str(n)) for n, standing in enumerate(class_)]
    found = readiness(named, curriculum(), ORDER, NOW)
    rows = [row for _, group in found.groups for row in group]
    assert sorted(row.learner for row in rows) == sorted(standing.learner for standing in named)
    assert all(len(row.cells) == len(found.columns) <= 9 for row in rows)
    assert found.today == -1 or found.today in found.columns
    places = [ORDER.index(number) for number in found.columns]
    assert places == sorted(places)
