"""The learner's lines as evidence: what is kept, what stands, what help comes; and that the loop's log does not notice."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator

import pytest

from headway.school.coaching import judging
from headway.school.coaching.actions import write_line
from headway.school.coaching.queries import WrongAnswer, lines_of, working_of
from headway.school.coaching.values import Kind, Note, Reply
from headway.school.evidence.queries import replay_district
from headway.school.people.refusal import Malformed, UnknownLearner
from headway.school.people.tenancy import in_district
from tests.cast import NOON, Cast, make_cast

PROBLEM = "2(3x-5)-(x-1)=11"


@pytest.fixture(scope="module")
def cast(database: str) -> Iterator[Cast]:
    made = make_cast()
    yield made
    made.close()


class Desk:
    """One learner in one working; each deed a minute after the last."""

    def __init__(self, cast: Cast, name: str = "Ana", problem: str = PROBLEM, activity: str = "") -> None:
        self.cast, self.name, self.problem, self.activity = cast, name, problem, activity
        self.working, self.now = uuid.uuid4(), NOON

    def does(self, kind: Kind, written: str = "", number: int = 0, *, after: float = 60.0) -> Reply:
        self.now += after
        note = Note(
            self.cast.district.id,
            self.cast[self.name].id,
            uuid.uuid4(),
            self.working,
            kind,
            activity=self.activity,
            problem="" if self.activity else self.problem,
            number=number,
            written=written,
        )
        return write_line(note=note, now=self.now)


def test_rows_keep_what_was_judged_then_and_the_working_stands_as_it_is_now(cast: Cast) -> None:
    desk = Desk(cast)
    for number, text in ((0, "6x-10-x-1=11"), (1, "5x-11=11"), (0, "6x-10-x+1=11")):
        desk.does("line", text, number)
    with in_district(cast.district.id):
        rows = lines_of(learner=cast["Ana"].id, working=desk.working)
        stands = working_of(learner=cast["Ana"].id, working=desk.working)
    assert [(row.verdict, row.follows) for row in rows] == [("broken", -1), ("equivalent", 0), ("equivalent", -1)]
    assert rows[0].misconception == "sign-lost-distributing" and rows[0].probability > 0.5
    assert str(rows[0].said).startswith("The minus belongs")
    assert stands is not None and [line.mark for line in stands.lines] == ["ok", "no"]
    assert (stands.mended, stands.help) == (1, 1)
    assert [line.written for line in desk.does("drop", number=1).lines] == ["6x-10-x+1=11"]


def test_hurried_hints_get_a_smaller_step_and_its_answer_is_taken(cast: Cast) -> None:
    desk = Desk(cast, problem="5x-9=11")
    assert (desk.does("hint").level, desk.does("hint").level) == (1, 2)
    hurried = desk.does("hint", after=1.0)
    assert hurried.level == 2 and hurried.prompt is not None and hurried.prompt.kind == "step"
    chosen = desk.does("reason", str(hurried.prompt.right))
    assert str(chosen.hint) == "Yes. Add $$9$$ to both sides."
    assert chosen.prompt is None


def test_guesses_get_a_smaller_step(cast: Cast) -> None:
    desk = Desk(cast, problem="5x-9=11")
    for value in (1, 2):
        assert desk.does("line", f"x={value}", after=3.0).prompt is None
    found = desk.does("line", "x=3", after=3.0).prompt
    assert found is not None and found.kind == "step"


def test_columns_are_judged_digit_by_digit(cast: Cast) -> None:
    desk = Desk(cast, problem="503-178")
    wrong = desk.does("grid", "435")
    assert [line.mark for line in wrong.lines] == ["no"] and "tens place" in str(wrong.lines[0].message)
    assert desk.does("grid", "325").answer == "325"
    with pytest.raises(Malformed, match="one digit"):
        desk.does("grid", "3x5")


def test_a_last_line_is_the_answer_only_where_nothing_is_broken(cast: Cast) -> None:
    desk = Desk(cast, "Ben", activity="gen:7.EE.B.4.a/parentheses:12345")  # 5(x+7)=10
    assert desk.does("line", "5x+7=10").answer == ""
    assert desk.does("line", "x=-5", 1).answer == ""
    desk.does("line", "5x+35=10")
    stands = desk.does("line", "x=-5", 1)
    assert stands.answer == "x=-5" and stands.help == 2


def test_a_line_that_takes_too_long_is_left_unjudged(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_arguments: object) -> None:
        time.sleep(0.6)

    monkeypatch.setattr(judging, "LIMIT", 0.05)
    monkeypatch.setattr(judging, "_verdict", slow)
    monkeypatch.setattr(judging.working_of_lines, "__kwdefaults__", {"limit": 0.05})
    reply = Desk(cast).does("line", "6x-10-x=10")
    assert [(line.verdict, str(line.message)) for line in reply.lines] == [
        ("unsure", "I cannot judge this line. It does not count.")
    ]


def test_a_learner_writes_to_problems_of_their_own_district_only(cast: Cast) -> None:
    note = Note(cast.district.id, uuid.uuid4(), uuid.uuid4(), uuid.uuid4(), problem=PROBLEM, written="x=4")
    with pytest.raises(UnknownLearner):
        write_line(note=note, now=NOON)


def test_replay_is_the_same_with_lines_and_without(cast: Cast) -> None:
    cast.answers("Chi", "xo")
    desk = Desk(cast, "Chi")
    desk.does("line", "6x-10-x-1=11")
    report = replay_district(cast.district.id)
    assert report.identical, report


def test_a_wrong_answer_to_a_story_is_followed_back_to_its_line(cast: Cast) -> None:
    desk = Desk(cast, problem="4 bags hold 26 apples. How many apples do 6 bags hold at the same rate?")
    for number, text in enumerate(("6-4=2", "26+2=28")):
        assert desk.does("line", text, number).first_broken == -1
    with in_district(cast.district.id):
        learner = cast["Ana"].id
        late = WrongAnswer("28", desk.now + 5.0)
        stands = working_of(learner=learner, working=desk.working, wrong=late)
        mended = working_of(learner=learner, working=desk.working, wrong=WrongAnswer("28", desk.now - 5.0))
        other = working_of(learner=learner, working=desk.working, wrong=WrongAnswer("39", desk.now + 5.0))
    assert stands is not None and mended is not None and other is not None
    assert (stands.first_broken, stands.misconception) == (1, "ratio-additive")
    assert "multiplying" in str(stands.lines[1].message)
    assert mended.first_broken == other.first_broken == -1


def test_a_line_that_could_not_be_judged_is_looked_at_but_not_called_wrong(cast: Cast) -> None:
    desk = Desk(cast, problem="4 bags hold 26 apples. How many apples do 6 bags hold at the same rate?")
    desk.does("line", "6k=155+1", 0)
    with in_district(cast.district.id):
        late = WrongAnswer("41", desk.now + 5.0)
        stands = working_of(learner=cast["Ana"].id, working=desk.working, wrong=late)
    assert stands is not None and stands.first_broken == 0
    assert [line.mark for line in stands.lines] == ["look"]
