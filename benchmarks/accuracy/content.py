"""The content report on real logs: how much is looked at, what stands out, and whether keys turned on purpose are found.

Each log is read as a district's would be: a curriculum of its items and skills without prerequisites, the served model fitted as
a refit fits it, and the report. Then the keys of some much-met items are turned (right and wrong changed places) in all their
rows, and the report is made again: the share of turned items that it finds, and how many others it names.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from headway.core.curriculum.catalogue import ActivityInfo, Curriculum, ItemInfo, compile_curriculum
from headway.core.curriculum.skills import Skill, SkillGraph
from headway.core.mastery.content.report import Found, look
from headway.core.mastery.refit.estimate import estimate
from headway.core.mastery.refit.log import Chunk
from headway.core.mastery.refit.stream import Tables, tables_of

DATA = Path("../shared/data/kt")
SETS = ("assist2009", "assist2017_ts_shard")
TURNED, SEED = 40, 0
"""Items whose key is turned: drawn among those that 60 learners or more have met."""


def read(name: str) -> tuple[Chunk, Curriculum]:
    """Read a log in parquet as one chunk; without time stamps answers are a minute apart."""
    frame = pl.read_parquet(DATA / f"{name}.parquet").sort("student", "order")
    skills = sorted({skill for each in frame["skills"].to_list() for skill in each})
    graph = SkillGraph(tuple(Skill(f"k{n}", f"skill {n}", "", "math", "K", "D") for n in skills), ())
    items = frame.group_by("item").agg(pl.col("skills").first()).sort("item")
    c = compile_curriculum(
        graph,
        [
            ActivityInfo(f"i{item}", "imported", f"k{of[0]}", (ItemInfo(f"i{item}", tuple(f"k{n}" for n in of)),))
            for item, of in items.iter_rows()
        ],
    )
    item = np.array([c.item_number[f"i{n}"] for n in frame["item"]], np.int32)
    student, count = frame["student"].to_numpy(), len(frame)
    starts = np.append(np.flatnonzero(np.diff(student, prepend=student[0] - 1)), count)
    lists = [c.item_skills[c.item_skills_at[n] : c.item_skills_at[n + 1]] for n in range(len(c.items))]
    timed = "timestamp_ms" in frame.columns
    chunk = Chunk(
        learner=np.arange(len(starts) - 1),
        starts=starts,
        mean=np.zeros(len(starts) - 1),
        variance=np.ones(len(starts) - 1),
        item=item,
        loose=np.zeros(count),
        skills_at=np.append(0, np.cumsum(np.diff(c.item_skills_at)[item])),
        skills=np.concatenate([lists[n] for n in item]),
        correct=frame["correct"].to_numpy().astype(np.int8),
        attempt=np.ones(count, np.int16),
        hints=np.zeros(count, np.int16),
        shown=np.zeros(count, bool),
        counted=np.ones(count, bool),
        at=frame["timestamp_ms"].to_numpy() / 1000.0 if timed else frame["order"].to_numpy() * 60.0,
    )
    return chunk, c


def turned(chunk: Chunk, c: Curriculum) -> tuple[Chunk, set[int]]:
    """Turn the keys of some items."""
    owner = np.repeat(chunk.learner, np.diff(chunk.starts))
    pairs = np.unique(np.stack([chunk.item, owner]), axis=1)[0]
    known = np.flatnonzero(np.bincount(pairs, minlength=len(c.items)) >= 60)
    drawn = np.random.default_rng(SEED).choice(known, min(TURNED, len(known)), replace=False)
    flipped = np.where(np.isin(chunk.item, drawn), 1 - chunk.correct, chunk.correct).astype(np.int8)
    return replace(chunk, correct=flipped), set(drawn.tolist())


def report(chunk: Chunk, c: Curriculum) -> tuple[Found, Tables, float]:
    """Fit, look, and count the seconds (CPU) of looking."""
    tables = tables_of(estimate([chunk], c, until=np.inf), c)
    look([chunk], c, tables)
    began = time.process_time()
    found = look([chunk], c, tables)
    return found, tables, time.process_time() - began


def main() -> None:
    """Print a table for each set."""
    for name in SETS:
        chunk, c = read(name)
        found, _, seconds = report(chunk, c)
        links = len(found.linked)
        said = {
            "discrimination": len(found.turned), "change": len(found.changed), "suggested": links, "split": len(found.splits),
        }  # fmt: skip
        print(f"{name}: {found.answers:,} answers, {found.learners:,} learners, report in {seconds:.1f} CPU s")
        print("  " + "; ".join(f"{kind} {n} of {found.asked[kind]:,}" for kind, n in said.items()))
        bad, truth = turned(chunk, c)
        again = {one.item for one in report(bad, c)[0].turned}
        print(f"  {len(truth)} keys turned: {len(again & truth)} found, {len(again - truth)} others named")


if __name__ == "__main__":
    main()
