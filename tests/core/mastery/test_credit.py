"""When mastery counts for credit: reached, checked later, transferred; contested and looked at again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headway.core.events import MasteryEntry
from headway.core.mastery.credit import Recheck, complete, further, recheck_activities, standing, standing_said
from headway.core.text import Text
from tests.core.small import curriculum

DAY = 86400.0


def entry(kind: str, at: float) -> MasteryEntry:
    return MasteryEntry("ada", "S8", kind, "r", 0.9, 0.8, 6, "gaussian-1", at)


REACHED, CHECKED = entry("reached", 1 * DAY), entry("confirmed", 6 * DAY)


def test_all_three_are_needed_and_it_counts_from_the_last_of_them() -> None:
    assert standing("S8", [], []).state == "open"
    assert standing("S8", [REACHED], [2 * DAY]).state == "check"
    assert standing("S8", [REACHED, CHECKED], []).state == "transfer"
    assert standing("S8", [REACHED, CHECKED], [], has_transfer=False).since == 6 * DAY
    found = standing("S8", [CHECKED, REACHED], [9 * DAY, 8 * DAY])
    assert (found.state, found.since, found.checked_at) == ("counts", 8 * DAY, 6 * DAY)


def test_what_was_lost_has_to_be_shown_anew() -> None:
    lost = entry("lost", 10 * DAY)
    assert standing("S8", [REACHED, CHECKED, lost], [8 * DAY]).state == "open"
    back = [REACHED, CHECKED, lost, entry("reached", 12 * DAY), entry("confirmed", 17 * DAY)]
    assert standing("S8", back, [8 * DAY]).state == "transfer", "transfer from before the loss is no proof of now"
    assert standing("S8", back, [8 * DAY, 13 * DAY]).since == 17 * DAY


def test_a_contest_holds_it_and_the_recheck_decides() -> None:
    entries, moved = [REACHED, CHECKED], [8 * DAY]
    assert standing("S8", entries, moved, [Recheck("S8", 9 * DAY)]).state == "contested"
    assert standing("S8", entries, moved, [Recheck("S8", 9 * DAY, 2, 3, 11 * DAY)]).since == 11 * DAY
    failed = Recheck("S8", 9 * DAY, 1, 3, 11 * DAY)
    assert standing("S8", entries, moved, [failed]).state == "failed"
    later = standing("S8", [*entries, entry("confirmed", 20 * DAY)], moved, [failed])
    assert (later.state, later.since) == ("counts", 20 * DAY)
    assert standing("S8", [REACHED], [], [Recheck("S8", 9 * DAY, 3, 3, 10 * DAY)]).state == "check"


@given(st.permutations([REACHED, CHECKED, entry("lost", 3 * DAY), entry("reached", 4 * DAY)]))
def test_the_order_of_rows_is_of_no_consequence(entries: list[MasteryEntry]) -> None:
    assert standing("S8", entries, [5 * DAY]) == standing("S8", sorted(entries, key=lambda e: e.at), [5 * DAY])


def test_a_course_is_complete_when_every_skill_counts() -> None:
    counts = standing("S8", [REACHED, CHECKED], [8 * DAY])
    assert complete(["S8"], {"S8": counts})
    assert not complete(["S8", "S9"], {"S8": counts})
    assert not complete([], {})


def test_a_recheck_takes_other_problems_one_of_them_harder() -> None:
    c = curriculum()
    chosen = recheck_activities(c, "S8", frozenset())
    assert len(set(chosen)) == len(chosen) == 3
    assert {c.activities[c.activity_of(each)].skill for each in chosen} == {"S8"}
    assert set(further(c, "S8")) & {c.activities[c.activity_of(each)].items[0].id for each in chosen}
    assert recheck_activities(c, "none", frozenset()) == ()
    assert further(c, "none") == ()


def test_each_standing_is_one_sentence() -> None:
    states = [
        standing("S8", [], []),
        standing("S8", [REACHED], []),
        standing("S8", [REACHED, CHECKED], []),
        standing("S8", [REACHED, CHECKED], [8 * DAY]),
        standing("S8", [REACHED], [], [Recheck("S8", 9 * DAY)]),
        standing("S8", [REACHED], [], [Recheck("S8", 9 * DAY, 0, 3, 10 * DAY)]),
    ]
    sentences = {str(standing_said(each, Text("Fractions"), "May 4")) for each in states}
    assert len(sentences) == 6
    assert all("“Fractions”" in sentence for sentence in sentences)
