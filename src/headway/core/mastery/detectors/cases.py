"""Cases to measure detectors on, read from response logs: what was known at a moment, and what came after."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from headway.core.curriculum.catalogue import Floats
from headway.core.events import Response
from headway.core.mastery.detectors.habits import (
    NO_HABITS,
    WINDOW,
    Habits,
    guessed,
    observe,
    reading_time,
    without_effort,
)
from headway.core.mastery.detectors.odds import EARLIEST, IN_A_ROW, LATEST, OPPORTUNITIES, described, passed
from headway.core.mastery.frame import Frame, Longs
from headway.core.mastery.metrics import Labels

SITTING = 2700.0
"""Seconds without a response after which a sitting is over."""
RELAPSE = 3
"""Bad responses among the ten to come from which on the behaviour is said to go on."""


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """C cases: ``learner`` int64 [C], ``known`` float64 [C, K] as the detector reads it, ``truth`` int8 [C] what came of it,
    ``at`` int64 [C] the first try (or response) at which it was read."""

    learner: Longs
    known: Floats
    truth: Labels
    at: Longs


def _cases(rows: list[tuple[int, tuple[float, ...], bool, int]]) -> Cases:
    if not rows:
        raise ValueError("the log has no case to measure on: it needs longer histories")
    who, known, truth, at = zip(*rows, strict=True)
    return Cases(np.array(who), np.array(known, np.float64), np.array(truth, np.int8), np.array(at))


def outcomes_by_skill(frame: Frame, chosen: Longs) -> dict[int, list[tuple[list[int], list[int], list[int]]]]:
    """Return for each chosen learner, skill by skill, the outcomes in order, and how many first tries and right ones of all
    skills came before each. A row counts under the set of its skills."""
    out: dict[int, list[tuple[list[int], list[int], list[int]]]] = {}
    correct, flat, places = frame.correct.tolist(), frame.skills.tolist(), frame.skills_at.tolist()
    for number in np.flatnonzero(np.isin(frame.students, chosen)).tolist():
        skills: dict[tuple[int, ...], tuple[list[int], list[int], list[int]]] = defaultdict(lambda: ([], [], []))
        right = 0
        first = int(frame.starts[number])
        for row in range(first, int(frame.starts[number + 1])):
            mine = skills[tuple(flat[places[row] : places[row + 1]])]
            mine[0].append(correct[row])
            mine[1].append(row - first)
            mine[2].append(right)
            right += correct[row]
        out[int(frame.students[number])] = list(skills.values())
    return out


def spinning_cases(frame: Frame, chosen: Longs) -> Cases:
    """Moments after the third to the eighth first try at a skill that is not through yet, where it is known what became of it
    (three right in a row by the tenth, or ten without). ``known`` is :func:`described`, ``at`` the number of first tries."""
    rows: list[tuple[int, tuple[float, ...], bool, int]] = []
    for learner, skills in outcomes_by_skill(frame, chosen).items():
        for outcomes, before, right in skills:
            ten = outcomes[:OPPORTUNITIES]
            through = "1" * IN_A_ROW in "".join(map(str, ten))
            if not through and len(ten) < OPPORTUNITIES:
                continue
            pattern = 0
            for n, outcome in enumerate(ten[:LATEST], 1):
                pattern = (pattern << 1 | outcome) & 255
                if passed(pattern, n):
                    break
                if n >= EARLIEST:
                    known = described(pattern, n, before[n - 1] + 1, right[n - 1] + outcome)
                    rows.append((learner, known, not through, n))
    return _cases(rows)


def slip_cases(frame: Frame, chosen: Longs) -> Cases:
    """Misses whose next two first tries at the skill agree: both right (``truth`` 1, a slip) or both wrong (0, a gap). ``known``
    is :func:`described` before the miss, ``at`` the number of first tries before it."""
    rows: list[tuple[int, tuple[float, ...], bool, int]] = []
    for learner, skills in outcomes_by_skill(frame, chosen).items():
        for outcomes, before, right in skills:
            pattern = 0
            for n, outcome in enumerate(outcomes[:-2]):
                after = outcomes[n + 1] + outcomes[n + 2]
                if not outcome and after != 1:
                    rows.append((learner, described(pattern, n, before[n], right[n]), after == 2, n))
                pattern = (pattern << 1 | outcome) & 255
    return _cases(rows)


def item_times(frame: Frame, seconds: Floats, chosen: Longs) -> Floats:
    """Return the mean seconds of each item over the chosen learners' responses with a known time; the overall mean where an
    item was met fewer than ten times."""
    use = frame.rows_of(chosen) & (seconds > 0.0)
    if not use.any():
        raise ValueError("the log has no response times: it needs a column seconds or timestamp_ms")
    count = np.bincount(frame.item[use], minlength=frame.items)
    total = np.bincount(frame.item[use], weights=seconds[use], minlength=frame.items)
    return np.where(count >= 10, total / np.maximum(count, 1), seconds[use].mean())


def seconds_of(frame: Frame) -> Floats:
    """Return the seconds each response took [N], 0 where unknown: as recorded, else until the same learner's next response if
    that came within a sitting (an upper bound: it holds second tries and pauses too)."""
    if frame.seconds.any():
        return frame.seconds.astype(np.float64)
    out = np.zeros(len(frame.at))
    if frame.timed:
        gap = np.diff(frame.at)
        out[:-1] = np.where((gap > 0.0) & (gap < SITTING), gap, 0.0)
        out[frame.starts[1:] - 1] = 0.0
    return out


def habit_cases(frame: Frame, chosen: Longs, means: Floats) -> tuple[Cases, Cases]:
    """Moments after every tenth response, for rapid guessing and for want of effort: ``known`` [C, 1] counts it in the last
    ten, ``truth`` says whether at least :data:`RELAPSE` of the ten to come are the same. ``means`` are items' seconds."""
    guessing: list[tuple[int, tuple[float, ...], bool, int]] = []
    slack: list[tuple[int, tuple[float, ...], bool, int]] = []
    seconds = seconds_of(frame)
    for number in np.flatnonzero(np.isin(frame.students, chosen)).tolist():
        first, end = int(frame.starts[number]), int(frame.starts[number + 1])
        habits, kept = NO_HABITS, list[Habits]()
        for row in range(first, end):
            habits = _after(habits, frame, row, float(seconds[row]), float(means[frame.item[row]]))
            kept.append(habits)
        who = int(frame.students[number])
        for now in range(WINDOW - 1, len(kept) - WINDOW, WINDOW):
            then = kept[now + WINDOW]
            guessing.append((who, (float(guessed(kept[now])),), guessed(then) >= RELAPSE, now + 1))
            slack.append((who, (float(without_effort(kept[now])),), without_effort(then) >= RELAPSE, now + 1))
    return _cases(guessing), _cases(slack)


def _after(habits: Habits, frame: Frame, row: int, seconds: float, mean: float) -> Habits:
    response = Response(
        "", "", "", 0, "", (), "", bool(frame.correct[row]), float(frame.at[row]), seconds=seconds,
        hints=int(frame.helped[row]),
    )  # fmt: skip
    return observe(habits, response, 0.0, rapid=reading_time(mean))
