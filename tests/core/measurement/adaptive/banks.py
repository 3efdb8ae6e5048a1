"""Banks for the tests of adaptive testing."""

from __future__ import annotations

from functools import cache

import numpy as np

from headway.core.measurement.adaptive.pool import Pool, pool_of
from headway.core.measurement.items import item_bank

CATEGORIES = "ABCD"


@cache
def pool(size: int = 500, seed: int = 511, *, enemies: bool = False, trial: int = 0) -> Pool:
    """A 2PL bank as in published comparisons: a ~ lognormal(0, 0.3), b ~ N(0, 1), four categories."""
    rng = np.random.default_rng(seed)
    a, b = rng.lognormal(0.0, 0.3, size), rng.standard_normal(size)
    content = [CATEGORIES[n] for n in rng.integers(0, len(CATEGORIES), size)]
    pairs = [str(n // 2) if n < size // 2 else "" for n in range(size)] if enemies else None
    return pool_of(
        item_bank([f"i{n}" for n in range(size)], b, a=a),
        content={"domain": content},
        groups=pairs,
        trial=[n >= size - trial for n in range(size)],
    )


@cache
def mixed_pool() -> Pool:
    """Sixty items of every model, some with three score points."""
    rng = np.random.default_rng(8)
    first = rng.normal(0.0, 1.0, 60)
    b = np.column_stack([first, first + 0.8, first + 1.9])
    models = [("1pl", "2pl", "3pl", "grm", "pcm")[n % 5] for n in range(60)]
    b[np.array([model in ("1pl", "2pl", "3pl") for model in models]), 1:] = np.nan
    a = np.where(np.array(models) == "1pl", 1.0, rng.lognormal(0.1, 0.3, 60))
    c = np.where(np.array(models) == "3pl", 0.2, 0.0)
    return pool_of(item_bank([f"m{n}" for n in range(60)], b, model=models, a=a, c=c))
