"""Live misconceptions: what a first answer does to them, and their bytes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from headway.core.coaching.bearing import bears
from headway.core.coaching.suspects import alleged, suspects_of
from headway.core.curriculum.generators.base import activity_id, generate
from headway.core.events import Response
from headway.core.profile.codec import decode, encode
from headway.core.profile.profile import new_profile
from headway.core.profile.suspicion import FORGOTTEN, KNOWN, MOST, Suspect, suspicion

ITEM = "3.NBT.A.2/subtract"
SMALLER = "sub-smaller-from-larger"


def response(correct: bool, *suspects: tuple[str, float], item: str = ITEM, attempt: int = 1) -> Response:
    skill = item.split("/")[0]
    return Response("r", "ada", f"gen:{item}:1", 0, item, (skill,), "1", correct, 9.0, attempt, suspects=suspects)


def after(*answers: Response, before: tuple[Suspect, ...] = ()) -> dict[str, float]:
    for answer in answers:
        before = suspicion(before, answer)
    return {suspect.id: suspect.probability for suspect in before}


def test_one_sure_answer_makes_it_likely_and_a_second_known() -> None:
    wrong = response(False, (SMALLER, 0.97))
    assert 0.7 < after(wrong)[SMALLER] < KNOWN < after(wrong, wrong)[SMALLER]


def test_right_answers_take_it_back_only_where_the_item_bears_on_it() -> None:
    assert bears(ITEM, SMALLER)
    assert not bears("3.MD.A.2/bags", SMALLER)
    wrong, right, elsewhere = response(False, (SMALLER, 0.97)), response(True), response(True, item="3.MD.A.2/bags")
    assert after(wrong, elsewhere) == after(wrong)
    assert after(wrong, right)[SMALLER] < 0.5 < after(wrong)[SMALLER]
    assert SMALLER not in after(wrong, *[right] * 4)


def test_later_attempts_and_helped_answers_say_nothing() -> None:
    wrong = response(False, (SMALLER, 0.97))
    assert after(wrong, response(False, (SMALLER, 0.97), attempt=2)) == after(wrong)
    helped = replace(response(True), hints=2)
    assert after(wrong, helped) == after(wrong)


def test_what_was_believed_before_decides_between_two_explanations() -> None:
    both = response(False, ("frac-adds-both", 0.45), ("op-added", 0.45))
    once = after(both)
    assert abs(once["frac-adds-both"] - once["op-added"]) < 1e-6
    held = suspicion(suspicion((), response(False, ("frac-adds-both", 0.9))), both)
    found = {suspect.id: suspect.probability for suspect in held}
    assert found["frac-adds-both"] > KNOWN > 0.3 > found.get("op-added", 0.0)


_SUSPECTS = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 0.24), max_size=4).map(lambda d: list(d.items()))
_RESPONSES = st.lists(st.tuples(st.booleans(), _SUSPECTS), max_size=12)


@given(_RESPONSES)
def test_probabilities_stay_probabilities_and_survive_their_bytes(
    rows: list[tuple[bool, list[tuple[str, float]]]],
) -> None:
    found: tuple[Suspect, ...] = ()
    for correct, suspects in rows:
        found = suspicion(found, response(correct, *([] if correct else suspects)))
        assert len(found) <= MOST
        assert all(FORGOTTEN <= suspect.probability <= 1 for suspect in found)
    profile = replace(new_profile("ada", grade="5"), suspects=found)
    assert decode(encode(profile)).suspects == found
    assert encode(profile)[:3] == (b"HP2" if found else b"HP1")


def test_a_wrong_answer_names_its_suspects() -> None:
    step = generate(activity_id(ITEM, 1)).steps[0]
    authored = {wrong.misconception: wrong.answer for wrong in step.wrong}
    assert alleged(suspects_of(step, authored[SMALLER])) == SMALLER
    assert suspects_of(step, "123456", deep=False) == ()
    symbols = generate(activity_id("8.EE.C.7.b/parentheses", 0)).steps[0]
    assert suspects_of(symbols, "123456") == ()
