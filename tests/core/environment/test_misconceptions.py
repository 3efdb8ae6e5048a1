"""Who holds which misconception, how sure that is, and the five minutes that follow."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.coaching.checking import check
from headway.core.coaching.malrules.rule import malrules
from headway.core.curriculum.generators.base import generate, templates
from headway.core.environment.misconceptions import Finding, Tally, findings, sureness
from headway.core.environment.questions import GENERAL, OF_FAMILY, question_for
from headway.core.environment.regrouping import TABLE, exercise, regrouping, tables
from headway.core.mastery.kernels import DAY
from headway.core.profile.suspicion import Suspect

NOW = 1_800_000_000.0
KEY = "distributes-to-first-only"


def suspect(probability: float, days: float = 1.0, key: str = KEY) -> Suspect:
    return Suspect(key, probability, "7.EE.A.1", "7.EE.A.1/expand", NOW - days * DAY)


def tally(learner: str, week: int, days: float, *, problems: int = 1, lines: bool = False) -> Tally:
    return Tally(learner, KEY, week, problems, NOW - days * DAY, lines)


def one(suspects: dict[str, list[Suspect]], tallies: list[Tally], weeks: int = 6) -> Finding:
    (found,) = findings(suspects, tallies, weeks=weeks, now=NOW)
    return found


def test_answers_speak_through_the_profile_and_lines_for_themselves() -> None:
    found = one(
        {"ana": [suspect(0.95)], "ben": [suspect(0.75)], "chi": [suspect(0.2)]},
        [
            tally("ana", 5, 1, problems=3),
            tally("ben", 5, 1),
            tally("chi", 5, 1),
            tally("dev", 5, 1, problems=2, lines=True),
        ],
    )
    assert [(h.learner, h.sure) for h in found.holders] == [("ana", "nearly"), ("dev", "likely"), ("ben", "likely")]
    assert found.earlier == ("chi",)
    assert found.lines


def test_what_was_not_seen_for_a_month_is_not_sure() -> None:
    assert one({"ana": [suspect(0.97, 40)]}, [tally("ana", 0, 40)]).holders[0].sure == "perhaps"


def test_old_lines_speak_of_the_past_only() -> None:
    found = one({}, [tally("ana", 1, 25, problems=3, lines=True)])
    assert found.holders == ()
    assert found.earlier == ("ana",)


@pytest.mark.parametrize(
    ("weeks", "trend"),
    [
        ((0, 0, 0, 0, 1, 2), "new"),
        ((1, 0, 1, 0, 1, 3), "up"),
        ((0, 4, 4, 4, 1, 0), "down"),
        ((2, 2, 2, 3, 2, 2), "steady"),
        ((2, 2, 2, 3, 0, 0), "quiet"),
    ],
)
def test_the_trend_compares_two_weeks_with_two(weeks: tuple[int, ...], trend: str) -> None:
    assert Finding(KEY, (), (), weeks, NOW).trend == trend


def test_the_surest_and_widest_comes_first() -> None:
    found = findings(
        {"ana": [suspect(0.95, key="frac-adds-both"), suspect(0.5)], "ben": [suspect(0.9, key="frac-adds-both")]},
        [],
        weeks=2,
        now=NOW,
    )
    assert [f.id for f in found] == ["frac-adds-both", KEY]


def test_words_begin_at_their_probabilities() -> None:
    assert [sureness(p) for p in (0.4, 0.7, 0.9)] == ["perhaps", "likely", "nearly"]


@given(st.lists(st.integers(0, 10**6), unique=True, max_size=40).map(lambda ns: [str(n) for n in ns]))
def test_everybody_has_one_seat_and_no_table_is_too_full(learners: list[str]) -> None:
    seated = tables(learners)
    assert sorted(each for table in seated for each in table) == sorted(learners)
    assert all(0 < len(table) <= TABLE for table in seated)
    assert max(map(len, seated), default=0) - min(map(len, seated), default=0) <= 1


@pytest.mark.parametrize("key", ["distributes-to-first-only", "sub-borrow-zero", "frac-adds-both", "ratio-additive"])
def test_a_task_has_a_board_three_problems_and_an_exit_all_of_which_tell(key: str) -> None:
    task = regrouping(key, (), 7)
    assert task is not None
    assert task.board is not None
    assert task.exit is not None
    assert len(task.exercises) == 3
    every = [task.board, *task.exercises, task.exit]
    assert all(str(each.answer) != str(each.wrong) for each in every)
    assert len({str(each.problem) for each in every}) == 5
    assert task == regrouping(key, (), 7)


def test_nobody_knows_no_task() -> None:
    assert regrouping("no-such-thing", (), 1) is None


@settings(max_examples=60)
@given(st.sampled_from(sorted(templates())), st.integers(0, 2**32 - 1))
def test_an_exercise_is_a_problem_whose_wrong_answer_is_wrong(item: str, seed: int) -> None:
    step = generate(f"gen:{item}:{seed}").steps[0]
    for wrong in step.wrong[:2]:
        made = exercise(wrong.misconception, f"gen:{item}:{seed}")
        assert made is not None
        assert not check(step.answer, wrong.answer).correct
        assert str(made.answer)
        assert str(made.wrong)


def test_every_family_of_rules_has_a_question_of_its_own() -> None:
    assert {rule.family for rule in malrules().values()} == set(OF_FAMILY)
    assert question_for("frac-counts-marks") != GENERAL
    assert question_for("leading-number-dropped") == GENERAL
