"""Did it help some more than others? One test of the difference; never "significant here, not there"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import fdtrc

from headway.core.evidence.pilots.effects import Effect, hedges
from headway.core.evidence.pilots.moments import Floats, Ints
from headway.core.evidence.pilots.regression import gapless, regress
from headway.core.evidence.pilots.study import SMALL, Study


@dataclass(frozen=True, slots=True)
class Level:
    """A group's own effect; ``learners`` (treatment, control). Both are None where fewer than ten learners, or fewer than two
    schools of an arm, would show."""

    name: str
    learners: tuple[int, int] | None
    effect: Effect | None


@dataclass(frozen=True, slots=True)
class Subgroup:
    """``p``: of the hypothesis that the effect is the same in all shown levels; None where fewer than two can be shown."""

    name: str
    levels: tuple[Level, ...]
    p: float | None

    @property
    def harmed(self) -> tuple[str, ...]:
        """Levels whose whole interval is below 0."""
        return tuple(level.name for level in self.levels if level.effect is not None and level.effect.high < 0.0)


def by_group(
    study: Study, rows: Ints, y: Floats, t: Floats, known: Mapping[str, Floats], cluster: Ints | None, sd: float
) -> tuple[Subgroup, ...]:
    """Each subgroup of the study with its levels' effects and the test of their difference."""
    block = None if study.block is None or study.roles.design == "matched" else study.block[rows]
    out = []
    for name, (code, names) in study.subgroups.items():
        mine = code[rows]
        shown = [k for k in range(len(names)) if _enough(mine == k, t, cluster)]
        effects: dict[int, tuple[tuple[int, int], Effect]] = {}
        p = None
        if len(shown) > 1:
            effects, p = _fitted(mine, shown, y, t, _others(known, name), cluster, block, sd)
        levels = tuple(Level(label, *effects.get(k, (None, None))) for k, label in enumerate(names))
        out.append(Subgroup(name, levels, p))
    return tuple(out)


def _enough(rows: np.typing.NDArray[np.bool_], t: Floats, cluster: Ints | None) -> bool:
    for side in (0.0, 1.0):
        here = rows & (t == side)
        if here.sum() < SMALL or (cluster is not None and len(np.unique(cluster[here])) < 2):
            return False
    return True


def _others(known: Mapping[str, Floats], name: str) -> dict[str, Floats]:
    return {k: v for k, v in known.items() if k != name and not k.startswith(f"{name}=")}


def _fitted(
    mine: Ints, shown: list[int], y: Floats, t: Floats, known: Mapping[str, Floats], cluster: Ints | None,
    block: Ints | None, sd: float,
) -> tuple[dict[int, tuple[tuple[int, int], Effect]], float | None]:  # fmt: skip
    keep = np.isin(mine, shown)
    mine, y, t = mine[keep], y[keep], t[keep]
    columns = {f"treated in {k}": t * (mine == k) for k in shown}
    columns |= {f"level {k}": (mine == k).astype(np.float64) for k in shown[1:]}
    columns |= {name: values[keep] for name, values in known.items()}
    try:
        fit = regress(columns, y, cluster=_again(cluster, keep), block=_again(block, keep), tested=len(shown))
    except ValueError:  # a level lies in blocks of one arm: its effect cannot be told
        return {}, None
    effects = {}
    for k in shown:
        value, error, freedom = fit.of(f"treated in {k}")
        rows = mine == k
        counts = int((rows & (t == 1.0)).sum()), int((rows & (t == 0.0)).sum())
        effects[k] = counts, hedges(value, error, freedom, sd, int(rows.sum()))
    many = len(shown)
    contrast = np.zeros((many - 1, many))
    contrast[:, 0], contrast[:, 1:] = -1.0, np.eye(many - 1)
    apart = contrast @ fit.coefficient[:many]
    spread = contrast @ fit.covariance[:many, :many] @ contrast.T
    wald = float(apart @ np.linalg.pinv(spread, hermitian=True) @ apart)
    # Hotelling's approximation: an F with the fewest degrees of freedom of any level (Pustejovsky and Tipton 2018).
    free = float(fit.freedom[:many].min())
    rest = max(free - (many - 1) + 1.0, 1.0)
    return effects, float(fdtrc(many - 1, rest, wald * rest / (free * (many - 1))))


def _again(codes: Ints | None, keep: np.typing.NDArray[np.bool_]) -> Ints | None:
    return None if codes is None else gapless(codes[keep])
