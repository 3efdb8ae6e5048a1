"""Learners of known truth under a policy that prefers some problems for some learners, and what each problem really does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from headway.core.evidence.efficacy.drawn import Draws
from headway.core.evidence.efficacy.later import NEXT, Answers, after, in_order

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
THINGS, CHOICES, TURNS, PACE = 12, 4, 40, 100.0


@dataclass(frozen=True)
class World:
    """What each problem teaches (``gain``, logits for good), how ``hard`` it is, and how much the policy likes it."""

    gain: Floats
    hard: Floats
    like: Floats


def world(spread: float = 0.15, seed: int = 77) -> World:
    """The same problems in every repetition."""
    rng = np.random.default_rng(seed)
    return World(rng.normal(0, spread, THINGS), rng.normal(0, 1, THINGS), rng.normal(0, 1, THINGS))


@dataclass
class Group:
    """Learners at work: their true ability, and what the policy thinks of it."""

    theta: Floats
    guess: Floats
    rng: Generator

    def offer(self, w: World) -> tuple[Longs, Floats]:
        """Four problems each and the policy's chances: able learners are given hard ones."""
        sets = np.argsort(self.rng.random((len(self.theta), THINGS)), 1)[:, :CHOICES]
        value = -0.5 * (self.guess[:, None] - w.hard[sets] - 1.2) ** 2 + 0.5 * w.like[sets]
        chance = np.exp(value / 0.8)
        return sets, chance / chance.sum(1, keepdims=True)

    def draw(self, chance: Floats) -> Longs:
        """One place a learner."""
        place: Longs = (self.rng.random((len(chance), 1)) > np.cumsum(chance, 1)).sum(1).clip(0, CHOICES - 1)
        return place

    def answer(self, w: World, thing: Longs) -> Floats:
        """Answer and learn."""
        luck = self.rng.random(len(thing))
        right = (luck < 1.0 / (1.0 + np.exp(w.hard[thing] - self.theta))).astype(np.float64)
        self.theta = self.theta + w.gain[thing]
        self.guess = self.guess + 0.1 * (right - 0.5)
        return right


def begin(people: int, rng: Generator) -> Group:
    """New learners."""
    theta = rng.normal(0, 1, people)
    return Group(theta, theta + rng.normal(0, 0.7, people), rng)


def log_of(w: World, people: int, seed: int) -> tuple[Answers, Draws, Longs, Floats]:
    """A log of the policy: answers, what could have been given, and the learner and time of each decision."""
    c = begin(people, np.random.default_rng(seed))
    who = np.arange(people)
    rows: list[list[NDArray[np.float64]]] = [[] for _ in range(6)]
    draws: list[list[NDArray[np.float64]]] = [[] for _ in range(4)]
    learner, at = [], []
    for turn in range(TURNS):
        sets, chance = c.offer(w)
        place = c.draw(chance)
        thing = sets[who, place]
        for k in range(CHOICES):
            for column, value in zip(draws, (sets[:, k], turn * people + who, chance[:, k], place == k), strict=True):
                column.append(np.asarray(value, np.float64))
        learner.append(who)
        at.append(np.full(people, turn * PACE))
        right = c.answer(w, thing)
        made = (who, at[-1] + 50.0, right, w.hard[thing], thing, turn * people + who)
        for column, value in zip(rows, made, strict=True):
            column.append(np.asarray(value, np.float64))
    a = [np.concatenate(column) for column in rows]
    d = [np.concatenate(column) for column in draws]
    whole = Answers(a[0].astype(int), a[1], a[2], a[3], a[4].astype(int), a[5].astype(int))
    return (
        in_order(whole), Draws(d[0].astype(int), d[1].astype(int), d[2], d[3]), np.concatenate(learner), np.concatenate(at),
    )  # fmt: skip


def truth_of(w: World, people: int, seed: int) -> Floats:
    """What giving each problem really does to later success: at every turn two lives of each learner, one with it and one with
    whatever else would have been drawn, weighed by how open the choice was. The forecast is the same in both lives."""
    total, weight = np.zeros(THINGS), np.zeros(THINGS)
    c = begin(people, np.random.default_rng(seed))
    pick = np.random.default_rng(seed + 1)
    who = np.arange(people)
    for turn in range(TURNS - NEXT):
        sets, chance = c.offer(w)
        k = pick.integers(CHOICES, size=people)
        thing, p = sets[who, k], chance[who, k]
        rest = chance.copy()
        rest[who, k] = 0.0
        rest /= np.maximum(rest.sum(1, keepdims=True), 1e-12)
        other = sets[who, c.draw(rest)]
        if turn % 3 == 0:
            gap = _life(w, c, thing, seed + turn) - _life(w, c, other, seed + turn)
            total += np.bincount(thing, p * (1.0 - p) * gap, THINGS)
            weight += np.bincount(thing, p * (1.0 - p), THINGS)
        c.answer(w, sets[who, c.draw(chance)])
    return total / weight


def _life(w: World, now: Group, thing: Longs, seed: int) -> Floats:
    """Chances of the next answers against a forecast from the true ability of now, [people]. Chances and not answers: the same
    on average, with less noise."""
    c = Group(now.theta.copy(), now.guess.copy(), np.random.default_rng(seed))
    known, who, out = now.theta, np.arange(len(thing)), np.zeros(len(thing))
    c.answer(w, thing)
    for _ in range(NEXT):
        sets, chance = c.offer(w)
        mine = sets[who, c.draw(chance)]
        out += 1.0 / (1.0 + np.exp(w.hard[mine] - c.theta)) - 1.0 / (1.0 + np.exp(w.hard[mine] - known))
        c.answer(w, mine)
    return out / NEXT


def later(log: tuple[Answers, Draws, Longs, Floats]) -> tuple[Floats, Floats]:
    """The outcome of each decision, and what was known before it."""
    answers, _draws, learner, at = log
    found = after(answers, learner, at)
    return found.outcome, found.known
