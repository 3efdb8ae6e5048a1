"""Rubrics, what stands of their scores, and milestones: order does not matter, the newest decides, nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headway.core.measurement.milestones import Mark, next_of, partners, state_of
from headway.core.measurement.rubrics import (
    Contest,
    Criterion,
    Rubric,
    Score,
    fault,
    from_plain,
    key_of,
    shown_at,
    standings,
    to_plain,
)

WORDS = st.text("abcdefg ñé-,", min_size=1, max_size=30).filter(lambda words: bool(key_of(words)))
CRITERIA = st.builds(
    Criterion,
    key=WORDS.map(key_of),
    title=WORDS,
    kind=st.sampled_from(["thinking", "together"]),
    steps=st.lists(WORDS, min_size=2, max_size=6).map(tuple),
    skills=st.lists(st.sampled_from(["6.SP.B.4", "6.RP.A.3"]), unique=True, max_size=2).map(tuple),
)
RUBRICS = st.builds(
    Rubric,
    code=WORDS.map(key_of),
    title=WORDS,
    criteria=st.lists(CRITERIA, min_size=1, max_size=12, unique_by=lambda each: each.key).map(tuple),
)
SCORES = st.lists(
    st.builds(
        Score,
        number=st.integers(1, 10_000),
        project=st.sampled_from(["p", "q"]),
        criterion=st.sampled_from(["a", "b"]),
        level=st.integers(1, 4),
        whose=st.sampled_from(["own", "group"]),
        by=st.just("Ms. A"),
        at=st.floats(0, 100),
    ),
    max_size=20,
    unique_by=lambda each: each.number,
)


@given(RUBRICS)
def test_a_sound_rubric_survives_being_kept(rubric: Rubric) -> None:
    assert fault(rubric) is None
    assert from_plain(rubric.code, rubric.title, to_plain(rubric)) == rubric


def test_what_is_not_a_rubric_is_told() -> None:
    sound = Criterion("a", "Asks", "thinking", ("one", "two"))
    for wrong, said in (
        (Rubric("x", "", (sound,)), "needs a title"),
        (Rubric("x", "X", ()), "one to 12 criteria"),
        (Rubric("x", "X", (sound, sound)), "the same name"),
        (Rubric("x", "X", (Criterion("a", "Asks", "art", ("one", "two")),)), "thinking or about working"),
        (Rubric("x", "X", (Criterion("a", "Asks", "thinking", ("one",)),)), "needs 2 to 6 steps"),
        (Rubric("x", "X", (Criterion("a", "Asks", "thinking", ("one", " ")),)), "what it looks like"),
    ):
        assert said in str(fault(wrong))


@given(SCORES, st.randoms(use_true_random=False))
def test_the_newest_score_stands_in_whatever_order_rows_come(scores: list[Score], rng: object) -> None:
    mixed = list(scores)
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    found = standings(mixed)
    assert found == standings(scores)
    assert sum(1 + len(each.before) for each in found) == len(scores), "no row is lost"
    for each in found:
        assert all(old.number < each.score.number for old in each.before)


@given(SCORES, st.integers(1, 10_000))
def test_a_contest_holds_until_a_person_scores_again(scores: list[Score], number: int) -> None:
    for each in standings(scores, [Contest(number, "Mina", "why?", 1.0)]):
        assert each.contested == (each.score.number == number)
        again = Score(20_000, each.score.project, each.score.criterion, 2, each.score.whose, "Ms. A", 200.0)
        after = standings([*scores, again], [Contest(number, "Mina", "why?", 1.0)])
        assert not next(s for s in after if s.score.number == 20_000).contested


@given(SCORES, st.integers(1, 4))
def test_only_an_own_score_without_a_contest_shows_a_step(scores: list[Score], level: int) -> None:
    found = standings(scores)
    shown = shown_at(found, criterion="a", level=level)
    fitting = [s.score for s in found if (s.score.criterion, s.score.whose) == ("a", "own") and s.score.level >= level]
    assert (shown is None) == (not fitting)
    if shown is not None:
        assert shown.score in fitting
        said = standings(scores, [Contest(score.number, "Mina", "why?", 1.0) for score in fitting])
        assert shown_at(said, criterion="a", level=level) is None


def test_where_a_milestone_stands() -> None:
    done, again = Mark("done", 50.0), Mark("again", 50.0)
    for handed, mark, today, state in (
        (0.0, None, 9, "open"), (0.0, None, 10, "open"), (0.0, None, 11, "late"), (40.0, None, 11, "handed in"),
        (40.0, again, 9, "again"), (50.0, again, 9, "again"), (60.0, again, 99, "handed in"), (60.0, done, 99, "done"),
        (0.0, done, 99, "done"), (0.0, again, 9, "again"),
    ):  # fmt: skip
        assert state_of(handed, mark, due=10, today=today) == state
    assert next_of(["done", "handed in", "late", "open"]) == 2
    assert next_of(["done", "handed in"]) is None


@given(st.lists(st.integers(1, 4), min_size=1, max_size=12), st.text(max_size=5))
def test_everybody_gives_about_as_much_feedback_as_they_get(sizes: list[int], salt: str) -> None:
    units = {f"u{n}": [f"l{n}-{k}" for k in range(size)] for n, size in enumerate(sizes)}
    got = dict.fromkeys(units, 0)
    for unit, members in units.items():
        found = {partners(each, units, salt=salt) for each in members}
        assert len(found) == 1, "a group reads the same works"
        (read,) = found
        assert unit not in read
        assert len(set(read)) == len(read) == min(2, len(units) - 1)
        for each in read:
            got[each] += 1
    assert set(got.values()) == {min(2, len(units) - 1)}
    assert partners("stranger", units, salt=salt) == ()
