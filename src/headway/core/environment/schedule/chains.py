"""Chains of moves: the best way to fill one free seat, or to find a seat for somebody who has to leave one.

A chain passes from session to session: a learner takes the free seat and leaves another, which the next one takes, until a
seat is left that nobody misses. The seats of given sessions are a transportation problem, whose optimum has no improving
chain left (Ahuja, Magnanti & Orlin 1993, *Network Flows*, ch. 9). Labels are corrected in rounds, so a chain has at most
``DEPTH`` + 1 moves, and is followed only while it can still pass the best one if the seats that it leaves keep their worth.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from headway.core.compiled import compiled, inlined
from headway.core.environment.schedule.day import Flags, Floats, Ints
from headway.core.environment.schedule.moves import alone, reachable, suits
from headway.core.environment.schedule.net import Net, Seats, node_of, put, undo

DEPTH = 4
NEVER = -1e300
LEARNER, CHOICE, GAINED, LOST, BEFORE = 0, 1, 2, 3, 4


class Scratch(NamedTuple):
    """Labels of nodes: the gain so far, and the move that led there (learner, choice, blocks gained and lost, node before)."""

    gain: Floats
    worth: Floats  # [nodes] what one more seat was worth when it was last looked at
    moves: Ints  # [nodes + 1, 5]; the last row is the move that ends the best chain
    queue: Ints  # [2, nodes]
    queued: Flags
    seen: Ints  # [1 + nodes] nodes with a label, their number first
    chain: Ints  # [DEPTH + 2, 5]


def scratch_for(nodes: int) -> Scratch:
    """Room for the labels of a net with so many nodes."""
    return Scratch(
        np.full(nodes, NEVER), np.zeros(nodes), np.full((nodes + 1, 5), -1), np.zeros((2, nodes), np.int64),
        np.zeros(nodes, np.bool_), np.zeros(nodes + 1, np.int64), np.zeros((DEPTH + 4, 5), np.int64),
    )  # fmt: skip


@inlined
def label(
    scratch: Scratch, waiting: int, size: int, node: int, gain: float, move: tuple[int, int, int, int, int]
) -> int:
    """Write a better label and put the node into the queue; returns the new length of the queue."""
    if scratch.gain[node] == NEVER:
        scratch.seen[0] += 1
        scratch.seen[scratch.seen[0]] = node
    scratch.gain[node] = gain
    for part in range(5):
        scratch.moves[node, part] = move[part]
    if not scratch.queued[node]:
        scratch.queued[node] = True
        scratch.queue[waiting, size] = node
        return size + 1
    return size


@inlined
def finish(scratch: Scratch, move: tuple[int, int, int, int, int]) -> None:
    """Write down the move that ends the best chain so far."""
    for part in range(5):
        scratch.moves[-1, part] = move[part]


@compiled
def wipe(scratch: Scratch) -> None:
    """Forget all labels."""
    for at in range(1, scratch.seen[0] + 1):
        scratch.gain[scratch.seen[at]] = NEVER
        scratch.queued[scratch.seen[at]] = False
    scratch.seen[0] = 0


@inlined
def on_chain(scratch: Scratch, node: int, learner: int) -> bool:
    """Whether a learner moves already on the chain that leads to a node."""
    for _ in range(DEPTH + 2):
        if node < 0:
            return False
        if scratch.moves[node, LEARNER] == learner:
            return True
        node = scratch.moves[node, BEFORE]
    return True


@compiled
def fillers(
    net: Net, seats: Seats, scratch: Scratch, start: int, node: int, best: float, waiting: int, size: int
) -> tuple[float, int]:
    """Look at everybody who could take a free seat of a node: the best finished chain, and the queue's length."""
    kind, timed = node // seats.frames, seats.frames > 1
    for at in range(net.kind_starts[kind], net.kind_starts[kind + 1]):
        choice = net.by_kind[at]
        learner = net.learner[choice]
        base = scratch.gain[node] + net.gain[choice]
        for lost in range(net.blocks):
            held = seats.hold[learner, lost]
            gain = base - (net.gain[held] if held >= 0 else net.idle[learner])
            left = node_of(seats.frames, net.kind[held], lost) if held >= 0 else -1
            ends = left < 0 or (seats.filled[left] < seats.room[left] and seats.filled[left] > seats.least[left])
            if ends:
                if gain <= best:
                    continue
            elif gain + scratch.worth[left] <= best or gain <= scratch.gain[left]:
                continue
            if left in (start, node) or held == choice or not suits(net, seats, learner, choice, held):
                continue
            gained = node % seats.frames if timed else lost
            if not reachable(net, seats, learner, choice, gained, lost) or not alone(net, seats, learner, node):
                continue
            if on_chain(scratch, node, learner):
                continue
            move = (learner, choice, gained, lost, node)
            if ends:
                best = gain
                finish(scratch, move)
            else:
                size = label(scratch, waiting, size, left, gain, move)
    return best, size


@compiled
def takers(
    net: Net, seats: Seats, scratch: Scratch, start: int, place: int, base: float, best: float, waiting: int, size: int
) -> tuple[float, int]:
    """Look at every seat that a learner who leaves a place could take instead."""
    learner, lost = place // net.blocks, place % net.blocks
    held = seats.hold[learner, lost]
    if seats.locked[learner, lost]:
        return best, size
    node = node_of(seats.frames, net.kind[held], lost) if held >= 0 else -1
    base -= net.gain[held] if held >= 0 else net.idle[learner]
    if held >= 0 and base + net.idle[learner] > best:
        best = base + net.idle[learner]
        finish(scratch, (learner, -1, lost, lost, node))
    for choice in range(net.starts[learner], net.starts[learner + 1]):
        gain = base + net.gain[choice]
        if gain <= best or choice == held or not suits(net, seats, learner, choice, held):
            continue
        for frame in range(seats.frames):
            gained = frame if seats.frames > 1 else lost
            into = node_of(seats.frames, net.kind[choice], gained)
            if seats.room[into] == 0 or into in (start, node):
                continue
            ends = seats.filled[into] < seats.room[into]
            if gain <= best or (not ends and (gain - scratch.worth[into] <= best or gain <= scratch.gain[into])):
                continue
            if not reachable(net, seats, learner, choice, gained, lost) or not alone(net, seats, learner, into):
                continue
            if node >= 0 and on_chain(scratch, node, learner):
                continue
            move = (learner, choice, gained, lost, node)
            if ends:
                best = gain
                finish(scratch, move)
            else:
                size = label(scratch, waiting, size, into, gain, move)
    return best, size


@compiled
def fill(net: Net, seats: Seats, scratch: Scratch, node: int, least: float) -> float:
    """Fill one free seat of a node by the best chain that gains more than ``least``; the gain, or NEVER."""
    for depth in (DEPTH, 1):
        wipe(scratch)
        size = label(scratch, 0, 0, node, 0.0, (-1, -1, -1, -1, -1))
        best, waiting = least, 0
        for _ in range(depth):
            grown = 0
            for at in range(size):
                here = scratch.queue[waiting, at]
                scratch.queued[here] = False
                if here == node or scratch.gain[here] + scratch.worth[here] > best:
                    best, grown = fillers(net, seats, scratch, node, here, best, 1 - waiting, grown)
            waiting, size = 1 - waiting, grown
            if size == 0:
                break
        scratch.worth[node] = max(best, 0.0)
        if best <= least:
            return NEVER
        if follow(net, seats, scratch, node, best, 1.0):
            return best
    return NEVER


@compiled
def evict(net: Net, seats: Seats, scratch: Scratch, place: int, least: float, depth: int) -> float:
    """Move the learner at a place to another seat, through others where ``depth`` allows, if that gains more than ``least``.

    The place may be overflow. Returns the (with ``least`` NEVER usually negative) gain, or NEVER.
    """
    learner, block = place // net.blocks, place % net.blocks
    held = seats.hold[learner, block]
    start = node_of(seats.frames, net.kind[held], block) if held >= 0 else -1
    if least > NEVER and start >= 0 and seats.filled[start] <= seats.least[start]:
        return NEVER
    for rounds in (depth, 0):
        wipe(scratch)
        best, size = takers(net, seats, scratch, start, place, 0.0, least, 0, 0)
        waiting = 0
        for _ in range(rounds):
            grown = 0
            for at in range(size):
                here = scratch.queue[waiting, at]
                scratch.queued[here] = False
                base = scratch.gain[here]
                spot = seats.head[here] if base - scratch.worth[here] > best else -1
                while spot >= 0:
                    if spot // net.blocks != learner:
                        best, grown = takers(net, seats, scratch, start, spot, base, best, 1 - waiting, grown)
                    spot = seats.after[spot]
            waiting, size = 1 - waiting, grown
            if size == 0:
                break
        if best <= least:
            return NEVER
        if follow(net, seats, scratch, start, best, -1.0):
            return best
    return NEVER


@compiled
def follow(net: Net, seats: Seats, scratch: Scratch, start: int, best: float, sign: float) -> bool:
    """Make the moves of the best chain, all or none: none when a label was corrected so that a learner would move twice.

    The seats on the way get the worth that the chain has just shown (``sign`` 1 where it filled a seat, -1 where it took one).
    """
    length, node = 0, len(scratch.gain)
    while length < DEPTH + 2:
        for part in range(5):
            scratch.chain[length, part] = scratch.moves[node, part]
        for earlier in range(length):
            if scratch.chain[earlier, LEARNER] == scratch.chain[length, LEARNER]:
                return False
        node = scratch.chain[length, BEFORE]
        length += 1
        if node == start:
            break
        scratch.worth[node] = max(0.0, sign * (best - scratch.gain[node]))
    if node != start:
        return False
    mark = seats.logged[0]
    for at in range(length):
        learner, gained, lost = scratch.chain[at, LEARNER], scratch.chain[at, GAINED], scratch.chain[at, LOST]
        moved = seats.hold[learner, gained]
        if gained != lost:
            put(net, seats, learner, lost, -1)
            put(net, seats, learner, gained, -1)
            put(net, seats, learner, lost, moved)
        put(net, seats, learner, gained, scratch.chain[at, CHOICE])
    for node in range(net.kinds * seats.frames, len(seats.filled)):
        if seats.filled[node] > seats.room[node]:  # two learners moved their own work into the last device
            undo(net, seats, mark)
            return False
    return True
