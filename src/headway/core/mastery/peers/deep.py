"""``gru-1``: a recurrent network on logs, as an offline challenger of what serves.

Piech et al., "Deep knowledge tracing" (NIPS 2015), with the next item among the inputs, as qDKT and its kin have it. A gated
recurrent unit (Cho et al. 2014) reads what was asked and whether it was right; its state and the vector of the next item give
the chance. An item's vector is its own plus the mean of its skills'. It says no reasons and is not served; it shows what is
left to be had in the order of responses.

PyTorch is needed for fitting only and is not installed with Headway: ``pip install 'headway[deep]'``. With one thread and a
seed, equal logs give equal numbers on one machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.core.curriculum.catalogue import Floats, Ints
from headway.core.mastery.frame import Frame, Longs
from headway.core.mastery.hybrid.trees import MissingTrainer

Progress = Callable[[int], None]
EPOCHS = 20
"""Passes over the log at most."""


@dataclass(frozen=True, slots=True)
class DeepOptions:
    """``size`` of vectors and state, ``window`` responses that are learnt from at once, ``cells`` (learners times responses) of
    a batch; ``patience`` passes without gain on ``held``, a share of the training learners; ``decay`` draws weights to 0."""

    size: int = 64
    window: int = 200
    cells: int = 8_000
    rate: float = 3e-3
    decay: float = 1e-2
    dropout: float = 0.3
    patience: int = 2
    held: float = 0.1


def fit_deep(
    frame: Frame,
    rows: NDArray[np.bool_],
    *,
    seed: int = 0,
    options: DeepOptions = DeepOptions(),
    progress: Progress = lambda done: None,
) -> tuple[Floats, Floats]:
    """Fit on the rows [N] of some learners; return the chances [N] of all, one response ahead, and the items' difficulties
    [items] in logits before any response. ``progress`` is told the passes done, of ``EPOCHS`` at most. Raises MissingTrainer
    without PyTorch."""
    torch = _torch()
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            return _fit(torch, frame, rows, seed, options, progress)
    finally:
        torch.set_num_threads(threads)


def _torch() -> Any:
    try:
        import torch
    except (ImportError, OSError) as error:
        raise MissingTrainer(
            f"PyTorch, which fits gru-1, cannot be loaded ({error}). Install it with pip install 'headway[deep]'. "
            "No other model needs it."
        ) from error
    return torch


@dataclass(frozen=True, slots=True, eq=False)
class _Log:
    """Columns as tensors: ``item`` [N], ``skills`` [N, most skills of an item] filled up with one that is no skill, ``count``
    [N, 1] of real ones, ``right`` [N]."""

    item: Any
    skills: Any
    count: Any
    right: Any


def _fit(
    torch: Any, frame: Frame, rows: NDArray[np.bool_], seed: int, o: DeepOptions, progress: Progress
) -> tuple[Floats, Floats]:
    log, net, starts = _log(torch, frame), _network(torch, frame, o), frame.starts
    rng = np.random.default_rng(seed)
    learners = rng.permutation(np.flatnonzero(rows[starts[:-1]]))
    cut = max(int(o.held * len(learners)), 1)
    watched = [_spans(starts, [n], 2**40)[0] for n in learners[:cut].tolist()]
    learnt = _spans(starts, learners[cut:].tolist(), o.window)
    stepper = torch.optim.AdamW(net.parameters(), lr=o.rate, weight_decay=o.decay)
    best, kept, waited = np.inf, net.state_dict(), 0
    for epoch in range(EPOCHS):
        net.train()
        batches = list(_batches(learnt, o.cells))
        for place in rng.permutation(len(batches)).tolist():
            index, real = _cells(torch, batches[place])
            loss = _loss(torch, _logits(torch, net, log, index), log.right[index], real)
            stepper.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            stepper.step()
        net.eval()
        now = _watched(torch, net, log, watched, o)
        progress(epoch + 1)
        if now < best - 1e-5:
            best, kept, waited = now, deepcopy(net.state_dict()), 0
        elif (waited := waited + 1) >= o.patience:
            break
    net.load_state_dict(kept)
    _forget_unseen(torch, net, frame, rows)
    net.eval()
    everybody = _spans(starts, range(len(starts) - 1), 2**40)
    with torch.no_grad():
        return _predicted(torch, net, log, everybody, o), _difficulties(torch, net, frame, log)


def _log(torch: Any, frame: Frame) -> _Log:
    count = np.diff(frame.skills_at)
    table = np.full((len(frame.item), int(count.max())), frame.skill_count, np.int64)
    table[np.arange(table.shape[1]) < count[:, None]] = frame.skills
    return _Log(
        torch.from_numpy(frame.item.astype(np.int64)),
        torch.from_numpy(table),
        torch.from_numpy(count.astype(np.float32)[:, None]),
        torch.from_numpy(frame.correct.astype(np.float32)),
    )


def _network(torch: Any, frame: Frame, o: DeepOptions) -> Any:
    """Vectors and eases of items and skills, the recurrent unit, and the head that meets its state with the next item."""
    nn, none = torch.nn, frame.skill_count
    net = nn.ModuleDict(
        {
            "item": nn.Embedding(frame.items, o.size),
            "skill": nn.Embedding(none + 1, o.size, padding_idx=none),
            "item ease": nn.Embedding(frame.items, 1),
            "skill ease": nn.Embedding(none + 1, 1, padding_idx=none),
            "memory": nn.GRU(2 * o.size, o.size, batch_first=True),
            "head": nn.Sequential(
                nn.Linear(3 * o.size, o.size), nn.ReLU(), nn.Dropout(o.dropout), nn.Linear(o.size, 1)
            ),
        }
    )
    with torch.no_grad():
        for name in ("item", "skill", "item ease", "skill ease"):
            net[name].weight.mul_(0.05 if "ease" not in name else 0.0)
    return net


def _logits(torch: Any, net: Any, log: _Log, index: Any) -> Any:
    """Logits [B, T] of the rows ``index`` [B, T]. A state has read what came before its row, and nothing else."""
    skills, count, right = log.skills[index], log.count[index], log.right[index][..., None]
    asked = net["item"](log.item[index]) + net["skill"](skills).sum(-2) / count
    ease = net["item ease"](log.item[index]) + net["skill ease"](skills).sum(-2) / count
    read = torch.cat([asked * right, asked * (1.0 - right)], -1)
    before = torch.cat([torch.zeros_like(read[:, :1]), read[:, :-1]], 1)
    state, _ = net["memory"](before)
    return (ease + net["head"](torch.cat([state, asked, state * asked], -1)))[..., 0]


def _loss(torch: Any, logits: Any, right: Any, real: Any) -> Any:
    return torch.nn.functional.binary_cross_entropy_with_logits(logits[real], right[real])


def _watched(torch: Any, net: Any, log: _Log, spans: list[tuple[int, int]], o: DeepOptions) -> float:
    """Mean log loss on learners that are not learnt from."""
    total, count = 0.0, 0
    with torch.no_grad():
        for batch in _batches(spans, 4 * o.cells):
            index, real = _cells(torch, batch)
            n = int(real.sum())
            total += float(_loss(torch, _logits(torch, net, log, index), log.right[index], real)) * n
            count += n
    return total / count


def _predicted(torch: Any, net: Any, log: _Log, spans: list[tuple[int, int]], o: DeepOptions) -> Floats:
    out = np.empty(len(log.item))
    for batch in _batches(spans, 4 * o.cells):
        index, real = _cells(torch, batch)
        out[index[real].numpy()] = _logits(torch, net, log, index)[real].numpy()
    chances: Floats = 1.0 / (1.0 + np.exp(-np.clip(out, -20.0, 20.0)))
    return chances


def _difficulties(torch: Any, net: Any, frame: Frame, log: _Log) -> Floats:
    """What the network says of each item to somebody who has shown nothing, turned around."""
    first: Ints = np.zeros(frame.items, np.int64)
    first[frame.item[::-1]] = np.arange(len(frame.item))[::-1]
    logits: Floats = _logits(torch, net, log, torch.from_numpy(first)[:, None])[:, 0].numpy()
    return -logits.astype(np.float64)


def _forget_unseen(torch: Any, net: Any, frame: Frame, rows: NDArray[np.bool_]) -> None:
    """What no training learner met keeps the vector that it began with; nought says as little as is known."""
    met = np.isin(np.arange(frame.items), frame.item[rows])
    taught = np.isin(np.arange(frame.skill_count + 1), frame.skills[np.repeat(rows, np.diff(frame.skills_at))])
    with torch.no_grad():
        for name, known in (("item", met), ("item ease", met), ("skill", taught), ("skill ease", taught)):
            net[name].weight.mul_(torch.from_numpy(known.astype(np.float32))[:, None])


def _spans(starts: Longs, learners: Any, window: int) -> list[tuple[int, int]]:
    """First and last row of each learner's responses, cut into windows."""
    found = []
    for n in learners:
        first, last = int(starts[n]), int(starts[n + 1])
        found += [(at, min(at + window, last)) for at in range(first, last, window)]
    return found


def _batches(spans: list[tuple[int, int]], cells: int) -> Iterator[list[tuple[int, int]]]:
    """Spans of about the same length together, as many as fit into ``cells`` when filled up to the longest."""
    batch: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if batch and (len(batch) + 1) * (batch[0][1] - batch[0][0]) > cells:
            yield batch
            batch = []
        batch.append(span)
    if batch:
        yield batch


def _cells(torch: Any, batch: list[tuple[int, int]]) -> tuple[Any, Any]:
    """Rows [B, T] of the spans and which of them are real; the rest repeats the first row of its span."""
    first, last = (np.array([span[side] for span in batch])[:, None] for side in (0, 1))
    index = first + np.arange(int((last - first).max()))[None, :]
    real = index < last
    return torch.from_numpy(np.where(real, index, first)), torch.from_numpy(real)
