"""What a refit mends where learners are not as the shipped parameters suppose: calibration on learners whom it has not seen.

``python -m benchmarks refitted``: learners who do not follow the model's equations (``headway simulate``) practise through the
real loop for 20 days. A refit reads the log of some of them; then ``gaussian-1`` and ``gaussian-2`` as they ship, and
``gaussian-2`` as refitted, foresee every first answer of others, on one and the same log.
"""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

from headway.core.curriculum.catalogue import Curriculum, compile_curriculum, generated_activities, grade_level
from headway.core.events import Response
from headway.core.evidence.term import Term, cohort, live, school_days
from headway.core.mastery.metrics import Metrics, measure
from headway.core.mastery.refit.calibrated import SHIPPED
from headway.core.mastery.refit.estimate import estimate
from headway.core.mastery.refit.log import Chunk, solved
from headway.core.mastery.refit.stream import Tables, stream, tables_of
from headway.core.mastery.state import evidence_of
from headway.core.mastery.tied import TiedGaussian
from headway.standards.graph import shipped_graph

GRADES = ("3", "4", "5", "6", "7", "8")
READ, JUDGED, DAYS = 60, 30, 20
"""Learners whom the refit reads, learners on whom it is judged, school days."""
BAR = 0.02
"""Calibration error on those it has not seen."""


def chunk_of(term: Term) -> Chunk:
    """Return the responses of a term as the refit reads them, learner by learner in the order in which they happened."""
    c, initial = term.curriculum, TiedGaussian().initial
    numbers = {pupil.mind.id: n for n, pupil in enumerate(term.pupils)}
    rows = [(numbers[e.learner], e) for e, _ in term.happened if isinstance(e, Response)]
    rows = sorted(((n, e) for n, e in rows), key=lambda row: row[0])
    read = [(n, e, found) for n, e in rows if (found := evidence_of(e, c)) is not None]
    seen = [found for _, _, found in read]
    first = [initial(grade_level(pupil.profile.grade)) for pupil in term.pupils]
    return Chunk(
        learner=np.arange(len(term.pupils)),
        starts=np.searchsorted([n for n, _, _ in read], np.arange(len(term.pupils) + 1)),
        mean=np.array([state.overall_mean for state in first]),
        variance=np.array([state.overall_variance for state in first]),
        item=np.array([found.item for found in seen], np.int32),
        loose=np.array([found.difficulty if found.item < 0 else 0.0 for found in seen]),
        skills_at=np.concatenate([[0], np.cumsum([len(found.skills) for found in seen])]),
        skills=np.concatenate([found.skills for found in seen]).astype(np.int32),
        correct=np.array([found.correct for found in seen], np.int8),
        attempt=np.array([found.attempt for found in seen], np.int16),
        hints=np.array([found.hints for found in seen], np.int16),
        shown=np.array([found.shown for found in seen], bool),
        counted=np.array([found.attempt == 1 and not found.shown for found in seen], bool),
        at=np.array([found.at for found in seen]),
    )


def term_of(curriculum: Curriculum, learners: int, seed: int) -> Term:
    """Let simulated learners practise."""
    return live(curriculum, cohort(curriculum, GRADES, learners, seed), school_days(DAYS))


def judged(chunk: Chunk, curriculum: Curriculum, tables: Tables) -> Metrics:
    """Measure the chances of the first answers, each foreseen from what came before it."""
    some = chunk.counted
    return measure(solved(chunk)[some].astype(np.int8), stream(chunk, curriculum, tables).predicted[some])


def main() -> dict[str, float]:
    """Print and return the calibration errors."""
    curriculum = compile_curriculum(shipped_graph(), generated_activities())
    read, late = (chunk_of(term_of(curriculum, *who)) for who in ((READ, 2), (JUDGED, 1)))
    found = estimate([read], curriculum, until=np.inf)
    ways = {
        "gaussian-1 as it ships": tables_of(SHIPPED, curriculum, "gaussian-1"),
        "gaussian-2 as it ships": tables_of(SHIPPED, curriculum),
        f"gaussian-2 refitted on {READ} others": tables_of(found, curriculum),
    }
    errors = {}
    for name, tables in ways.items():
        m = judged(late, curriculum, tables)
        errors[name] = m.ece
        print(
            f"{name:<36} ECE {m.ece:.4f}  log loss {m.log_loss:.4f}  AUC {m.auc:.4f}  ({m.n:,} first answers)",
            flush=True,
        )
    print("refitted parameters:", ", ".join(f"{name} {value:.3g}" for name, value in asdict(found.parameters).items()))
    return errors


if __name__ == "__main__":
    main()
