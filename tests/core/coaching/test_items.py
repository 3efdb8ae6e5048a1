"""Every generated item can be worked line by line, and the line of a single error is named."""

from __future__ import annotations

import pytest
from benchmarks.accuracy import coach_lines

from headway.core.coaching.items import task_of_step
from headway.core.coaching.tasks import Task
from headway.core.coaching.working import read_working
from headway.core.curriculum.generators.base import activity_id, generate, templates
from headway.core.curriculum.problems import AnswerSpec, Step
from headway.core.text import T, Text

TEMPLATES = list(templates())


def test_every_template_is_followed_and_errors_are_named_in_their_line() -> None:
    score = coach_lines.measure(range(1))
    assert score.items == len(TEMPLATES)
    assert score.followed >= 0.98 * score.worked, score.not_followed
    assert score.named >= 0.98 * score.errors, score.not_named
    assert max(score.times) < 1.0


def story(prompt: str, key: str, *solution: str) -> Task:
    lines: list[Text] = [T(line) for line in solution]
    return task_of_step(Step("1", "story", T(prompt), AnswerSpec("number", (key,)), (), (), tuple(lines)))


SNACKS = story(
    "4 boxes hold 6 rolls each. 3 more rolls lie beside them. How many rolls?",
    "27",
    "$$4 \\times 6 = 24$$",
    "$$24 + 3 = 27$$",
)


@pytest.mark.parametrize(
    ("lines", "broken"),
    [
        (["4*6=24", "24+3=27"], -1),
        (["6+6=12", "12+12=24", "24+3", "27"], -1),
        (["4*6=25", "25+3=28"], 0),
        (["4*6", "24+3", "28"], 2),
        (["4*7", "28+3=31"], 0),
    ],
)
def test_a_story_is_followed_by_any_way_and_an_error_is_traced_to_its_line(lines: list[str], broken: int) -> None:
    working = read_working(SNACKS, lines, finished=True)
    assert working.named == broken, [v.kind for v in working.verdicts]


@pytest.mark.parametrize(
    ("lines", "kinds", "began"),
    [
        (["4*7", "28+3=31"], ["unsure", "broken"], 0),
        (["4*7", "6*3=19", "28+3=31"], ["unsure", "broken", "broken"], -1),
        (["so many boxes", "4*7", "27"], ["unsure", "unsure", "equivalent"], -1),
        (["6+3=9", "4*9=36", "36"], ["side", "side", "broken"], 1),
    ],
)
def test_only_a_line_that_is_wrong_is_called_broken(lines: list[str], kinds: list[str], began: int) -> None:
    """A line that cannot be judged, and one that is right in itself, keep what is said of them when the answer is wrong."""
    working = read_working(SNACKS, lines, finished=True)
    assert [v.kind for v in working.verdicts] == kinds and working.began == began
    assert working.first_broken == (kinds.index("broken") if "broken" in kinds else -1)
    unsure = [str(v.message) for v in working.verdicts if v.kind == "unsure"]
    assert all("cannot judge" in said or "does not count" in said for said in unsure), unsure


def test_a_formula_of_the_text_that_is_not_what_is_asked_is_no_beginning() -> None:
    task = story(
        "One lap is $$4\\frac{1}{2}$$ miles long. How many miles are 3 laps?",
        "27/2",
        "$$3 \\times \\frac{9}{2} = \\frac{27}{2}$$",
    )
    assert task.goal == "open"
    assert read_working(task, ["9/2+9/2+9/2", "13 1/2"], finished=True).sound


def test_a_box_is_a_letter_and_several_equations_are_one_system() -> None:
    box = story("Which number goes in the box? $$\\square + 254 = 771$$", "517", "$$517$$")
    assert read_working(box, ["□=771-254", "517"], finished=True).sound
    assert read_working(box, ["□=771+254"]).first_broken == 0
    pair = next(t for t in TEMPLATES if t == "8.EE.C.8/elimination")
    task = task_of_step(generate(activity_id(pair, 0)).steps[0])
    assert task.goal == "solve" and task.start is not None and len(task.worked.items) == 2  # type: ignore[union-attr]


def test_rounded_values_are_right_to_the_places_that_are_shown() -> None:
    task = story("Find $$\\sqrt{103}$$ to the nearest tenth.", "10.1", "$$\\sqrt{103} \\approx 10.1$$")
    assert read_working(task, ["sqrt(103)≈10.1", "10.1"], finished=True).sound
    assert read_working(task, ["sqrt(103)≈10.2"]).first_broken == 0
