"""What is wrong with the content is found, what is sound is left alone, and every finding says how sure it is."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.special import expit

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.content.discovery import adjusted, reach, usual
from headway.core.mastery.content.report import Found, findings_of, look
from headway.core.mastery.content.slopes import slopes_of
from headway.core.mastery.refit.calibrated import Calibration
from headway.core.mastery.refit.log import Chunk
from headway.core.mastery.refit.stream import tables_of
from headway.core.text import verbatim
from tests.core.mastery.content.faulty import FITTED, SOUND, Faults, district
from tests.core.mastery.refit.planted import part

FAULTS = Faults(
    keys=frozenset({9, 26}),
    blind=frozenset({1}),
    moved={20: 1.8},
    idle=frozenset({14}),
    false=frozenset({(4, 6)}),
    missing=frozenset({(0, 3), (2, 5)}),
)


@cache
def seen(faulty: bool) -> tuple[Found, Curriculum, Chunk]:
    chunk, c = district(FAULTS if faulty else SOUND, learners=900, steps=110, seed=4)
    calibration = Calibration(FITTED)
    return look([chunk], c, tables_of(calibration, c)), c, chunk


def test_sound_content_is_left_alone() -> None:
    found, c, _ = seen(False)
    assert findings_of(found, c, {}) == ()
    assert min(found.asked.values()) >= 5, "something of every kind was looked at"


def test_wrong_keys_are_found_with_the_answer_that_beats_them() -> None:
    found, c, _ = seen(True)
    assert {one.item for one in found.rivals} == FAULTS.keys
    assert all(one.given == one.item * 8 for one in found.rivals), "the true answer is what the abler give"
    assert all(one.gave > one.keyed and one.low < one.share < one.high for one in found.rivals)
    told = findings_of(found, c, {one.given: verbatim("3/4") for one in found.rivals})[0]
    numbers = told.numbers
    assert str(told.words) == (
        f"Of the {numbers['able']} learners who know most, {numbers['gave']} gave the answer 3/4, and {numbers['keyed']} "
        "gave what the key says. The key may be wrong."
    )


def test_an_item_that_knowing_does_not_help_with_is_found_without_the_answers() -> None:
    found, _, _ = seen(True)
    assert {one.item for one in found.turned} == FAULTS.blind
    (one,) = found.turned
    assert one.low < one.slope < one.high < 0.9
    assert sum(one.halves.answers) == one.answers


def test_an_item_that_has_changed_is_found_with_its_day_and_size() -> None:
    found, c, chunk = seen(True)
    assert [one.item for one in found.changed] == list(FAULTS.moved)
    (one,) = found.changed
    assert one.low < 1.8 < one.high
    middle = (chunk.at.min() + chunk.at.max()) / 2.0
    assert abs(one.since - middle) < 12 * 86400.0
    (told,) = (each for each in findings_of(found, c, {}) if each.kind == "change")
    assert "less often" in str(told.words)


def test_hints_that_do_nothing_are_found_among_those_who_asked() -> None:
    found, _, _ = seen(True)
    assert {one.item for one in found.helped if one.effect < 0.0} == FAULTS.idle
    (one,) = found.helped
    assert one.right < one.usual
    assert one.high < 0.0
    assert one.later[0] > 0


def test_what_was_chosen_by_ability_is_not_taken_for_a_fault() -> None:
    """Give an item to the weakest and another to the strongest only: neither looks broken, because answers are compared
    with what was foreseen, not with each other."""
    rng = np.random.default_rng(3)
    foreseen = rng.normal(0.0, 1.2, 40_000)
    item = np.digitize(foreseen, [-1.0, 0.0, 1.0])
    right = (rng.random(len(item)) < expit(foreseen)).astype(float)
    found = slopes_of(item, np.arange(len(item)), right, foreseen, 4, least=0.4)
    assert found.slope == pytest.approx(np.ones(4), abs=0.15)
    assert (found.z > 0.0).all()


def test_answers_that_one_learner_gives_again_and_again_are_not_counted_as_many() -> None:
    rng = np.random.default_rng(0)
    learner, x = np.repeat(np.arange(30), 40), np.repeat(rng.normal(0.0, 1.0, 30), 40)
    whims = np.repeat(rng.random(30) < 0.5, 40).astype(float)
    found = slopes_of(np.zeros(1200, np.int64), learner, whims, x, 1)
    alone = slopes_of(np.zeros(1200, np.int64), np.arange(1200), whims, x, 1)
    assert abs(found.z[0]) < 3.0
    assert found.error[0] > 4.0 * alone.error[0]


def test_false_discoveries_are_controlled_and_intervals_widened() -> None:
    rng = np.random.default_rng(1)
    share = []
    for _ in range(200):
        p = np.append(rng.random(900), rng.random(100) * 1e-4)
        stands = adjusted(p) <= 0.05
        share.append(stands[:900].sum() / max(stands.sum(), 1))
    assert float(np.mean(share)) < 0.055
    assert reach(np.array([True, False, False]), np.ones(3, bool)) > reach(np.ones(3, bool), np.ones(3, bool)) > 1.95
    assert usual(rng.normal(0.5, 2.0, 4000)) == pytest.approx((0.5, 2.0), abs=0.1)
    assert usual(rng.normal(0.0, 0.2, 4000))[1] == 1.0, "no finding is made easier"


def test_the_order_of_learners_is_of_no_consequence() -> None:
    found, c, chunk = seen(True)
    half = len(chunk.learner) // 2
    parts = [part(chunk, half, 2 * half, number=0), part(chunk, 0, half, number=half)]
    rows = np.r_[np.arange(chunk.starts[half], chunk.starts[-1]), np.arange(chunk.starts[half])]
    given = [chunk.given[rows[: len(parts[0].item)]], chunk.given[rows[len(parts[0].item) :]]]
    turned = [replace(each, given=g) for each, g in zip(parts, given, strict=True)]
    other = look(turned, c, tables_of(Calibration(FITTED), c))
    assert [one.item for one in other.rivals] == [one.item for one in found.rivals]
    assert [one.slope for one in other.turned] == pytest.approx([one.slope for one in found.turned])


def test_an_empty_log_says_nothing() -> None:
    _, c, chunk = seen(False)
    none = look([part(chunk, 0, 1)], c, tables_of(Calibration(FITTED), c))
    assert findings_of(none, c, {}) == ()
    assert set(none.asked.values()) == {0}
