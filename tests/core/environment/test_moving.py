"""What a change by hand strains and brings: every rule of a model is counted, and a sound plan strains nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from headway.core.environment.instruction.model import Space
from headway.core.environment.instruction.today import Ready
from headway.core.environment.moving import Together, promise, strains
from headway.standards.instruction import shipped_models

MODEL = shipped_models()["station-rotation"]
MODEL = replace(
    MODEL,
    crews=(replace(MODEL.crews[0], names=("Ms. Okafor", "Mr. Bell")),),
    devices=2,
    spaces=(Space("r", "Room", 5, 1),),
)
NAMES = {key: key.title() for key in "abcdefghijkl"}


def group(
    learners: str, *, modality: str = "teacher", adult: str = "Ms. Okafor", space: str = "", block: int = 0
) -> Together:
    return Together(block, modality, "s", adult if modality == "teacher" else "", space, tuple(learners))


def said(*groups: Together, apart: tuple[tuple[str, str], ...] = ()) -> list[str]:
    return [str(each) for each in strains(MODEL, groups, NAMES, apart)]


def test_a_sound_plan_strains_nothing() -> None:
    assert (
        said(
            group("abc", space="Room"),
            group("de", modality="partners"),
            group("fg", modality="device"),
            group("h", modality=""),
        )
        == []
    )


def test_everything_that_is_strained_is_named() -> None:
    assert said(group("ab")) == ["First round: “With the teacher” has 2 learners, planned for at least 3."]
    assert said(group("abcdefghi")) == ["First round: “With the teacher” has 9 learners, planned for at most 8."]
    assert said(group("abc"), group("def")) == ["First round: Ms. Okafor has 2 groups at the same time."]
    assert said(group("abc"), group("def", block=1)) == []
    assert said(group("abc", adult="Ms. Novak")) == ["First round: Ms. Novak does not usually run “With the teacher”."]
    assert said(group("abcdef", space="Room")) == ["First round: Room has 5 seats for 6 learners."]
    two = said(group("abc", space="Room"), group("de", modality="partners", space="Room"))
    assert two == ["First round: Room has 2 groups, and zones for 1."]
    assert said(group("abc", modality="device")) == ["First round: 3 learners need a device, there are 2."]
    assert said(group("abc"), apart=(("a", "c"), ("a", "d"))) == ["First round: A and C are to sit apart."]
    screens = [group("a", modality="device", block=at) for at in range(3)]
    assert said(*screens) == ["A has 3 blocks on a screen, at most 2 are planned."]


@given(st.lists(st.sampled_from("abcdefghijkl"), unique=True), st.sampled_from(["teacher", "partners", "device", ""]))
def test_an_empty_group_and_another_block_change_nothing(learners: list[str], modality: str) -> None:
    base = [group("".join(learners), modality=modality)]
    assert said(*base, group("", block=0), group("jkl", block=1)) == said(*base)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.floats(0.0, 1.0)), max_size=6, unique_by=lambda pair: pair[0]),
    st.integers(-1, 9), st.frozensets(st.integers(0, 9)), st.sampled_from(["teacher", "partners", "device", ""]),
)  # fmt: skip
def test_a_seat_promises_what_the_planner_would_count(
    rates: list[tuple[int, float]], skill: int, held: frozenset[int], modality: str
) -> None:
    ready = tuple(Ready(number, rate, 0.1) for number, rate in sorted(rates, key=lambda pair: -pair[1]))
    found = promise(MODEL, modality, skill, ready, held)
    assert found.gain >= 0.0
    if not modality:
        assert (found.skill, found.gain) == (-1, 0.0)
    elif found.ready:
        assert found.skill not in held
        assert found.gain == dict(rates)[found.skill] * 2.0 * MODEL.modality(modality).worth
        assert skill in (-1, found.skill)
    else:
        assert found.gain == 0.0
        assert skill in held or skill not in dict(rates) or set(dict(rates)) <= held
