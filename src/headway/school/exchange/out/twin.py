"""A synthetic twin beside a research export: the same tables and dictionary, of invented learners."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from headway.core.curriculum.catalogue import catalogue_id
from headway.core.evidence.reports.twin import Columns, draw, learn
from headway.school.exchange.out.district import write_dictionary, write_part
from headway.school.exchange.out.research import PARTS

MARK = "\x1f"
"""Stands between the parts of what is drawn together."""


def write_twin(*, source: Path, folder: Path, k: int, seed: int | None = None) -> dict[str, int]:
    """Write a twin of the research export in ``source`` into an empty folder; return table -> rows. It has as many learners. The
    activity of an answer is the skill's first one of the catalogue: concrete problems are not drawn. Raises ValueError where too
    few learners share anything."""
    learners, answers, mastery = (pl.read_parquet(source / f"{part.name}*.parquet") for part in PARTS)
    activity = _activities(answers)
    rng = np.random.default_rng(secrets.randbits(64) if seed is None else seed)
    drawn = draw(learn(_learners(learners), _answers(answers), _mastery(mastery), k=k), len(learners), rng)
    names = [secrets.token_hex(8) if seed is None else rng.bytes(8).hex() for _ in range(len(learners))]
    tables = {
        "learners": _learner_rows(drawn[0], names),
        "answers": _answer_rows(drawn[1], names, activity),
        "mastery": _mastery_rows(drawn[2], names, drawn[1]),
    }
    counts = {part.name: write_part(folder, part, iter([tables[part.name]])) for part in PARTS}
    write_dictionary(folder, PARTS)
    (folder / "README.txt").write_text(
        "Synthetic data: nobody in it exists. It was drawn from marginal distributions of a research export, to try an analysis "
        "out. What an analysis finds here must be run on the data themselves.\n",
        encoding="utf-8",
    )
    return counts


def _learners(frame: pl.DataFrame) -> Columns:
    group = frame.select(pl.concat_str(["school", "grade", "language"], separator=MARK)).to_series()
    return {"who": frame["learner"].to_numpy(), "group": group.to_numpy()}


def _answers(frame: pl.DataFrame) -> Columns:
    columns = ("skill", "day", "correct", "attempt", "hints", "seconds")
    return {"who": frame["learner"].to_numpy(), **{name: frame[name].to_numpy() for name in columns}}


def _mastery(frame: pl.DataFrame) -> Columns:
    entry = frame.select(pl.concat_str(["skill", "kind"], separator=MARK)).to_series()
    return {
        "who": frame["learner"].to_numpy(), "entry": entry.to_numpy(), "probability": frame["probability"].to_numpy(),
    }  # fmt: skip


def _activities(frame: pl.DataFrame) -> dict[str, str]:
    """The activity of the catalogue that most answers of a skill were given to."""
    found: dict[str, dict[str, int]] = {}
    for skill, activity, count in frame.group_by("skill", "activity").len().sort("skill", "activity").iter_rows():
        counts = found.setdefault(skill, {})
        name = catalogue_id(activity)
        counts[name] = counts.get(name, 0) + count
    return {skill: max(counts, key=lambda name: (counts[name], name)) for skill, counts in found.items()}


def _learner_rows(drawn: Columns, names: list[str]) -> list[tuple[Any, ...]]:
    return sorted((names[n], *str(group).split(MARK), True) for n, group in enumerate(drawn["group"]))


def _answer_rows(drawn: Columns, names: list[str], activity: dict[str, str]) -> list[tuple[Any, ...]]:
    columns = ("who", "day", "skill", "correct", "attempt", "hints", "seconds")
    out: list[tuple[Any, ...]] = []
    before, order = -1, 0
    for who, day, skill, correct, attempt, hints, seconds in zip(
        *(drawn[name].tolist() for name in columns), strict=True
    ):
        order = order + 1 if who == before else 0
        before = who
        out.append((names[who], order, day, activity[skill], 0, skill, correct, attempt, hints, seconds))
    return sorted(out, key=lambda row: (row[0], row[1]))


def _mastery_rows(drawn: Columns, names: list[str], answers: Columns) -> list[tuple[Any, ...]]:
    """Each line on the day of one of the learner's answers, spread evenly over them."""
    days: dict[int, list[int]] = {}
    for who, day in zip(answers["who"].tolist(), answers["day"].tolist(), strict=True):
        days.setdefault(who, []).append(day)
    out = []
    whose = drawn["who"].tolist()
    for place, (who, entry, sure) in enumerate(
        zip(whose, drawn["entry"].tolist(), drawn["probability"].tolist(), strict=True)
    ):
        own = days.get(who, [0])
        skill, kind = str(entry).split(MARK)
        out.append((names[who], own[place % len(own)], skill, kind, sure))
    return sorted(out, key=lambda row: (row[0], row[1]))
