"""Scale and Bell and McCaffrey's degrees of freedom of errors that leave out one cluster, from sums of products.

The variance estimate is a quadratic form e'Pe of independent errors. Its mean is tr P, in units of their variance, beside the
true c'(X'X)^-1 c: the ratio is by how much leaving out clusters makes it too large. Matching its first two moments to a
chi-square gives (tr P)^2 / tr(P^2) degrees of freedom (Satterthwaite). With a cluster's rows Z_g = (1, x) about the block's
mean, the inverse M_g = diag(1/n_b, (X'X)^-1) and v_g = (I - M_g Z_g'Z_g)^-1 M_g c:

    P = diag(v_g' Z_g'Z_g v_g) - (block part) - U (X'X)^-1 U',    u_g = Z_g'Z_g v_g
"""

from __future__ import annotations

import numpy as np

from headway.core.evidence.pilots.moments import Floats, Ints, Moments

LEAST = 1.0


def _matched(
    own: Floats, block: Ints, size: Floats, first: Floats, rest: Floats, inverse: Floats
) -> tuple[float, float]:
    """(tr P)^2 / tr(P^2) and tr P where P = diag(own) - [same block] first first'/size - rest inverse rest'."""
    inner = np.einsum("ij,jk,ik->i", rest, inverse, rest)
    share = first**2 / size[block]
    trace = float((own - share - inner).sum())
    cross = (rest.T @ rest) @ inverse
    squared = np.zeros(len(size))
    np.add.at(squared, block, first**2)
    mixed = np.zeros((len(size), rest.shape[1]))
    np.add.at(mixed, block, first[:, None] * rest)
    both = float((np.einsum("ij,jk,ik->i", mixed, inverse, mixed) / size).sum())
    whole = float((own**2).sum() - 2.0 * (own * (share + inner)).sum())
    whole += float(((squared / size) ** 2).sum()) + 2.0 * both + float(np.trace(cross @ cross))
    return (max(trace**2 / whole, LEAST), trace) if whole > 0.0 and trace > 0.0 else (LEAST, 0.0)


def cluster_freedom(summed: Moments, inverse: Floats, place: int) -> tuple[float, float]:
    """Degrees of freedom of column ``place`` under CR3, and CR3's mean over the true variance.

    A cluster lies in one block, or its blocks lie in it whole; where it shares several blocks with others, it is
    clusters less 1, and the ratio is taken as 1.
    """
    blocks = summed.by_block()
    size = blocks[:, 0, 0]
    several = np.bincount(summed.cluster) > 1
    whole = np.bincount(summed.block)[summed.block] == 1
    if (several[summed.cluster] & ~whole).any():
        return float(summed.clusters - 1), 1.0
    centre = blocks[summed.block, 0, 1:] / size[summed.block][:, None]
    about = _about(summed.cells, centre)[:, :-1, :-1]
    wide = about.shape[1]
    z = np.zeros((summed.clusters, wide, wide))
    np.add.at(z, summed.cluster, np.where(whole[:, None, None], _without_constant(about), about))
    of = np.zeros(summed.clusters, np.int64)
    of[summed.cluster] = summed.block
    m = np.zeros((summed.clusters, wide, wide))
    m[:, 0, 0] = 1.0 / size[of]
    m[:, 1:, 1:] = inverse
    wanted = np.zeros((summed.clusters, wide, 1))
    wanted[:, 1:, 0] = inverse[:, place]
    try:
        v = np.linalg.solve(np.eye(wide) - m @ z, wanted)
    except np.linalg.LinAlgError:  # one cluster alone decides a column
        return LEAST, 1.0
    u = (z @ v)[:, :, 0]
    own = np.einsum("gi,gi->g", u, v[:, :, 0])
    freedom, trace = _matched(own, of, size, u[:, 0], u[:, 1:], inverse)
    return min(freedom, float(summed.clusters - 1)), _ratio(trace, inverse, place, summed.clusters)


def _ratio(trace: float, inverse: Floats, place: int, clusters: int) -> float:
    return trace / float(inverse[place, place]) * (clusters - 1) / clusters if trace > 0.0 else 1.0


def _about(cells: Floats, centre: Floats) -> Floats:
    """Sums of products of (1, variable about its block's mean) in each cell."""
    out = cells.copy()
    count, first = cells[:, 0, 0], cells[:, 0, 1:]
    out[:, 0, 1:] = out[:, 1:, 0] = first - count[:, None] * centre
    outer = centre[:, :, None] * first[:, None, :]
    out[:, 1:, 1:] += count[:, None, None] * centre[:, :, None] * centre[:, None, :] - outer - outer.transpose(0, 2, 1)
    return out


def _without_constant(about: Floats) -> Floats:
    """A block that is a cluster's alone: its constant is fitted by that cluster only and says nothing about the slope."""
    out = about.copy()
    out[:, 0, :] = out[:, :, 0] = 0.0
    return out


def row_freedom(x: Floats, block: Ints, size: Floats, inverse: Floats, place: int) -> tuple[float, float]:
    """The same where every row is a cluster; ``x`` [N, K] is about its block's mean."""
    pull = 1.0 / size[block] + np.einsum("ij,jk,ik->i", x, inverse, x)
    along = x @ inverse[:, place] / np.maximum(1.0 - pull, 1e-9)
    along[pull > 1.0 - 1e-9] = 0.0
    freedom, trace = _matched(along**2, block, size, along, x * along[:, None], inverse)
    return freedom, _ratio(trace, inverse, place, len(x))
