"""Simulated responses for the tests of calibration."""

from __future__ import annotations

import numpy as np

from headway.core.measurement.calibration.responses import Responses, responses_of
from headway.core.measurement.items import Floats, ItemBank, category_probabilities, item_bank


def bank_of(items: int, seed: int, model: str = "2pl", points: int = 1) -> ItemBank:
    """Slopes lognormal(0, 0.3), difficulties N(0, 1), thresholds 0.7 apart."""
    rng = np.random.default_rng(seed)
    a = np.clip(rng.lognormal(0.0, 0.3, items), 0.4, 2.5)
    b = rng.normal(size=items)[:, None] + 0.7 * (np.arange(points) - (points - 1) / 2)
    return item_bank(
        [f"i{n}" for n in range(items)],
        b,
        model=model,
        a=1.0 if model == "1pl" else a,
        c=0.2 if model == "3pl" else 0.0,
    )


def answers(bank: ItemBank, ability: Floats, seed: int, missing: float = 0.0) -> Responses:
    """Scores of these persons on the bank's items, a share of them missing at random."""
    rng = np.random.default_rng(seed)
    reached = np.cumsum(category_probabilities(bank, ability), axis=2)[:, :, :-1]
    scores = (rng.random(reached.shape[:2])[:, :, None] > reached).sum(axis=2)
    person, item = np.nonzero(rng.random(scores.shape) >= missing)
    return responses_of(
        person, item, scores[person, item], person_ids=[str(n) for n in range(len(ability))], item_ids=bank.ids
    )
