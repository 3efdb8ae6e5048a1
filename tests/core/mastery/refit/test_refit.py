"""The refit finds what is planted, finds nothing where there is nothing, and runs the model that serves, number for number."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from headway.core.conformance import check_model
from headway.core.mastery.gaussian import Gaussian, GaussianParameters
from headway.core.mastery.models import MODELS, LearnerModel
from headway.core.mastery.refit import estimate as estimate_module
from headway.core.mastery.refit.calibrated import (
    FAMILY,
    FORMATS,
    SHIPPED,
    CalibratedGaussian,
    CalibratedTied,
    Calibration,
    Card,
    Damaged,
    Fitted,
    calibrated,
    dump,
    load,
    name_of,
)
from headway.core.mastery.refit.compare import CELL, Comparison, compare, quarters, sums_of
from headway.core.mastery.refit.estimate import estimate
from headway.core.mastery.refit.log import Chunk
from headway.core.mastery.refit.stream import Streamed, stream, tables_of
from headway.core.mastery.state import Evidence, State
from headway.core.mastery.tied import TiedGaussian
from tests.core.mastery.refit.planted import busy, part, planted
from tests.core.small import DAY, MONDAY, curriculum

C = curriculum()
CUT = MONDAY + 60 * DAY
OWN = Calibration(
    GaussianParameters(forget=0.2, transfer=0.7),
    dict.fromkeys(C.items[::2], 0.3),
    {s.id: -0.4 for s in C.skills[::3]},
)
CARD = Card("a log", (0.0, 1.0), 3, 40, simulated=True)


def lived(chunk: Chunk, first: LearnerModel, later: LearnerModel | None = None) -> list[float]:
    """What the model says of each row with a known item, when it serves the learners one answer after the other; from
    ``CUT`` on another one may take over."""
    said = []
    for n in range(len(chunk.learner)):
        state = State(float(chunk.mean[n]), float(chunk.variance[n]))
        for r in range(int(chunk.starts[n]), int(chunk.starts[n + 1])):
            item, at = int(chunk.item[r]), float(chunk.at[r])
            model = later if later is not None and at >= CUT else first
            own = calibrated(model, C)
            if item >= 0:
                said.append(float(model.predict(model.belief(state, own, at), own, chunk.item[r : r + 1])[0]))
            evidence = Evidence(
                chunk.skills[chunk.skills_at[r] : chunk.skills_at[r + 1]],
                float(own.difficulty[item] if item >= 0 else chunk.loose[r]),
                bool(chunk.correct[r]),
                at,
                int(chunk.attempt[r]),
                int(chunk.hints[r]),
                bool(chunk.shown[r]),
            )
            state = model.update(state, own, evidence)
    return said


def fitted(calibration: Calibration, family: str = FAMILY) -> Fitted:
    made = CalibratedTied if family == FAMILY else CalibratedGaussian
    return made(calibration.parameters, "m", calibration)


@pytest.mark.parametrize("family", ["gaussian-1", "gaussian-2"])
@pytest.mark.parametrize("calibration", [SHIPPED, OWN], ids=["shipped", "own"])
def test_the_stream_is_the_model_that_serves(calibration: Calibration, family: str) -> None:
    chunk = busy(C)
    found = stream(chunk, C, tables_of(calibration, C, family)).predicted[chunk.item >= 0]
    assert np.array_equal(found, np.array(lived(chunk, fitted(calibration, family))))


@pytest.mark.parametrize("family", ["gaussian-1", "gaussian-2"])
def test_a_challenger_takes_over_from_what_serves(family: str) -> None:
    chunk = busy(C, seed=1)
    before, after = tables_of(SHIPPED, C, family), tables_of(OWN, C)
    found = stream(chunk, C, before, after=after, cut=CUT).predicted[chunk.item >= 0]
    assert np.array_equal(found, np.array(lived(chunk, MODELS[family], fitted(OWN))))


def test_without_a_calibration_it_is_what_ships() -> None:
    chunk = busy(C, seed=3)
    assert lived(chunk, Gaussian()) == lived(chunk, CalibratedGaussian())
    assert lived(chunk, TiedGaussian()) == lived(chunk, CalibratedTied())
    assert calibrated(TiedGaussian(), C) is C


@pytest.mark.parametrize("family", ["gaussian-1", "gaussian-2"])
def test_a_fitted_model_keeps_the_promises_of_all_models(family: str) -> None:
    check_model(fitted(OWN, family), C)


def compared(log: list[Chunk], found: Calibration, **labels: object) -> Comparison:
    sums = sums_of(log, C, tables_of(SHIPPED, C), tables_of(found, C), cut=CUT, learners=120)
    return compare(sums, CUT, {"accuracy": quarters(sums), **labels})  # type: ignore[dict-item]


@pytest.mark.parametrize("seed", range(3))
def test_items_that_are_off_are_found_and_later_answers_say_so(seed: int) -> None:
    off = np.random.default_rng(9).normal(0.0, 1.0, len(C.items))
    log = [planted(C, seed=seed, items=off)]
    found = estimate(log, C, until=CUT)
    assert np.corrcoef([found.items[item] for item in C.items], off)[0, 1] > 0.7
    report = compared(log, found)
    assert report.verdict == "better"
    assert report.log_loss.high < -0.01
    assert report.challenger.auc > report.champion.auc


@pytest.mark.parametrize("seed", range(3))
def test_nothing_to_find_is_not_better(seed: int) -> None:
    log = [planted(C, seed=seed)]
    assert compared(log, estimate(log, C, until=CUT)).verdict != "better"


def test_the_middle_of_a_skill_stays_and_its_learners_move() -> None:
    hard = np.where(np.arange(len(C.skills)) % 2 == 0, -1.0, 0.5)
    log = [planted(C, seed=1, skills=hard, learners=300)]
    found = estimate(log, C, until=CUT)
    assert np.corrcoef(found.shifts(C), hard)[0, 1] > 0.9
    single = np.diff(C.item_skills_at) == 1
    of = C.item_skills[C.item_skills_at[:-1]]
    offsets = found.offsets(C)
    for skill in range(len(C.skills)):
        own = offsets[single & (of == skill)]
        assert own.min() < 0.05 < own.max() + 0.05, "an average of nought lies between them"
    assert C.base is calibrated(CalibratedGaussian(calibration=found), C).base


def test_from_the_live_model_it_comes_to_the_same_place_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    off = np.random.default_rng(9).normal(0.0, 1.0, len(C.items))
    log, passes = [planted(C, items=off, learners=60)], 0

    def counted(*given: Any, **more: Any) -> Streamed:
        nonlocal passes
        passes += 1
        return stream(*given, **more)

    monkeypatch.setattr(estimate_module, "stream", counted)
    live, took = estimate(log, C, until=MONDAY + 45 * DAY), []
    both = []
    for start in (SHIPPED, live):
        passes = 0
        both.append(estimate(log, C, until=CUT, start=start))
        took.append(passes)
    assert took[1] < 0.75 * took[0]
    rows = log[0].at < CUT
    right = log[0].correct[rows] == 1
    chances = [stream(log[0], C, tables_of(each, C)).predicted[rows] for each in both]
    cold, warm = (-np.mean(np.log(np.where(right, p, 1.0 - p))) for p in chances)
    assert warm == pytest.approx(cold, abs=2e-4)
    assert both[1].offsets(C) == pytest.approx(both[0].offsets(C), abs=0.1)


def test_thin_evidence_keeps_what_ships() -> None:
    few = planted(C, learners=2, each=3, items=np.full(len(C.items), 2.0))
    found = estimate([few], C, until=np.inf)
    assert max(abs(value) for value in (*found.items.values(), *found.skills.values())) < 0.5
    assert set(found.items) <= {C.items[n] for n in few.item}
    nothing = estimate([few], C, until=0.0)
    assert nothing.items == nothing.skills == {}
    assert nothing.parameters == SHIPPED.parameters


def test_a_harmed_group_blocks_and_a_small_one_is_hidden() -> None:
    off = np.random.default_rng(9).normal(0.0, 1.2, len(C.items))
    log = [part(planted(C, items=off, seed=1), 0, 108), part(planted(C, items=-off, seed=2), 0, 12, number=108)]
    groups = (np.repeat([0, 1], [108, 12]), ("en", "es"))
    tiny = (np.repeat([0, 1], [120 - CELL + 1, CELL - 1]), ("no", "yes"))
    found = Calibration(GaussianParameters(), dict(zip(C.items, off.tolist(), strict=True)))
    report = compared(log, found, language=groups, support=tiny)
    assert report.log_loss.high < 0.0
    assert report.verdict == "harms"
    assert ("language", "es") in {(group.kind, group.name) for group in report.harmed}
    assert {group.name for group in report.groups if group.kind == "support"} == {"no"}
    assert report.hidden == {"support": 1}


def test_the_log_may_come_in_chunks() -> None:
    whole = planted(C, learners=40, each=20, items=np.linspace(-1.0, 1.0, len(C.items)))
    parts = [part(whole, n, n + 10) for n in range(0, 40, 10)]
    one, many = estimate([whole], C, until=CUT), estimate(parts, C, until=CUT)
    assert list(many.items.values()) == pytest.approx(list(one.items.values()), abs=2e-3)


def test_an_artefact_survives_its_bytes_and_nothing_else_does() -> None:
    data = dump(OWN, CARD)
    model, card = load(data, name_of(data))
    assert card == CARD
    assert (model.name, model.calibration.items, model.parameters) == (name_of(data), OWN.items, OWN.parameters)
    assert dump(model.calibration, card) == data
    for broken in (data[:-1], data.replace(b"0.3", b"0.4"), b"", b"{}"):
        with pytest.raises(Damaged, match="damaged"):
            load(broken, name_of(data))
    with pytest.raises(Damaged, match="unknown format"):
        load(data, name_of(data, "gaussian-1"))
    old = data.replace(FORMATS[FAMILY].encode(), FORMATS["gaussian-1"].encode())
    before, _ = load(old, name_of(old, "gaussian-1"))
    assert type(before) is CalibratedGaussian, "what was fitted before serves as it did"
    with pytest.raises(Damaged, match="cannot be read"):
        load(b"{}", name_of(b"{}"))
