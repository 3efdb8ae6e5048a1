"""The page of a conference: one worry at most, every line with its evidence, and the same draft for everybody."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from headway.core.events import MasteryEntry
from headway.core.path.conferences import (
    MOST_CHOICES,
    MOST_STRENGTHS,
    QUIET,
    Facts,
    GoalFacts,
    draft,
    packet_from_json,
    packet_to_json,
)
from headway.core.profile.views import SkillView, Status
from headway.core.text import Text
from tests.core.small import DAY, MONDAY, curriculum

C = curriculum()
SKILLS = [skill.id for skill in C.skills]


def view(skill: str, status: Status = "learning", *, p: float = 0.5, wrong: int = 0) -> SkillView:
    number, mastered = C.skill_number[skill], MONDAY if status == "mastered" else 0.0
    return SkillView(skill, number, status, 0.0, 0.5, p, p, 6, 3, (), 7, 90.0, MONDAY, 0.0, mastered, wrong)


def line(skill: str, kind: str, at: float = MONDAY) -> MasteryEntry:
    return MasteryEntry("ada", skill, kind, "r", 0.96, 0.95, 8, "m", at)


BASE = Facts("Ada", MONDAY - 30 * DAY, MONDAY + DAY, (), last_at=MONDAY)
GOAL = GoalFacts(Text("Fractions"), 1, 4, 0.1)


def test_the_one_worry_is_the_first_that_holds() -> None:
    stuck, ledger = (view("S9", "stuck", wrong=4),), (line("S3", "reached"), line("S3", "lost", MONDAY + 1))
    facts = replace(BASE, views=stuck, ledger=ledger, muddles=[("m", Text("M"))], goal=GOAL, last_at=MONDAY - QUIET)
    seen = []
    for easier in (
        {},
        {"last_at": MONDAY},
        {"views": ()},
        {"ledger": ()},
        {"muddles": ()},
        {"goal": replace(GOAL, on_time=0.9)},
    ):
        facts = replace(facts, **easier)
        worry = draft(facts, C).worry
        seen.append((worry.kind, worry.key) if worry else None)
    assert seen == [("pace", ""), ("skill", "S9"), ("skill", "S3"), ("misconception", "m"), ("goal", ""), None]


def test_what_was_lost_and_won_back_is_the_first_strength() -> None:
    ledger = [line("S1", "reached"), line("S2", "lost"), line("S2", "reached", MONDAY + 5), line("S4", "confirmed")]
    packet = draft(replace(BASE, ledger=ledger, stated=[Text("I draw")], views=[view("S1", "mastered")]), C)
    assert [each.key for each in packet.strengths] == ["S2", "S4", ""]
    assert [str(each.said) for each in packet.changed if each.key == "S2"] == ["Slipped, and solid again: “Skill 2”."]
    assert "Won back" in str(packet.strengths[0].said) and "I draw" in str(packet.strengths[2].said)


def test_a_worry_begins_with_its_weakest_prerequisite_that_was_tried() -> None:
    later = "S9"
    before = [
        C.skills[n].id for n in C.before[C.before_at[C.skill_number[later]] : C.before_at[C.skill_number[later] + 1]]
    ]
    assert len(before) == 2
    views = [view(later, "stuck", wrong=3), view(before[0], p=0.3), view(before[1], "mastered", p=0.2)]
    chosen = draft(replace(BASE, views=views), C).choices[0]
    assert (chosen.kind, chosen.value) == ("pin", before[0])
    sound = [views[0], view(before[0], p=0.8)]
    assert draft(replace(BASE, views=sound), C).choices[0].value == later


def test_a_goal_under_way_is_kept_unless_another_is_chosen_last() -> None:
    offers = [(f"6|{n}", Text(n), Text("soon")) for n in ("A", "B", "C")]
    facts = replace(BASE, views=[view("S1")], offers=offers, daily=10, pace=1.0)
    assert [c.kind for c in draft(facts, C).choices] == ["goal", "goal", "time"]
    packet = draft(replace(facts, goal=GOAL), C)
    assert [(c.kind, c.value) for c in packet.choices] == [("time", "20"), ("goal", "6|A")]


@given(
    entries=st.lists(
        st.tuples(st.sampled_from(SKILLS), st.sampled_from(["reached", "confirmed", "lost"]), st.floats(0, 9)),
        max_size=30,
    ),
    wrong=st.integers(0, 6),
    daily=st.integers(1, 200),
    pace=st.floats(0.0, 30.0),
    offers=st.integers(0, 3),
)
def test_any_record_gives_a_page_that_is_kept_as_it_was(
    entries: list[tuple[str, str, float]], wrong: int, daily: int, pace: float, offers: int
) -> None:
    ledger = [line(skill, kind, MONDAY + at) for skill, kind, at in entries]
    views = [view(s, "stuck" if wrong > 2 else "learning", wrong=wrong) for s in SKILLS[:5]]
    facts = replace(
        BASE, ledger=ledger, views=views, daily=daily, pace=pace, offers=[("k", Text("O"), Text("W"))] * offers
    )
    packet = draft(facts, C)
    assert packet_from_json(json.loads(json.dumps(packet_to_json(packet)))) == packet
    assert packet == draft(
        replace(facts, ledger=ledger[::-1]) if len({e.at for e in ledger}) == len(ledger) else facts, C
    )
    assert len(packet.strengths) <= MOST_STRENGTHS and len(packet.choices) <= MOST_CHOICES
    assert all(each.kind for each in (*packet.changed, *packet.strengths)), "every line opens its evidence"
    assert all(1 <= int(c.value) <= 60 and int(c.value) > daily for c in packet.choices if c.kind == "time")


def test_nobody_has_practised() -> None:
    packet = draft(Facts("Ada", 0.0, MONDAY, ()), C)
    assert (packet.worry, packet.strengths, packet.choices) == (None, (), ())
    assert [str(each.said) for each in packet.changed] == ["No practice in this time."]
