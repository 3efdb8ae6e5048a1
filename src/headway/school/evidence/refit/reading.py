"""A district's log as the refit reads it: batch by batch from the database into files, so that memory stays bounded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, overload
from uuid import UUID

import numpy as np

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.refit.log import NAMES, Chunk
from headway.core.mastery.state import evidence_of
from headway.core.profile.codec import decode
from headway.school.evidence.content.given import Given, given_of
from headway.school.evidence.queries import event_of
from headway.school.mastery.models import Evidence
from headway.school.people.tenancy import in_district
from headway.school.profile.models import Profile

BATCH = 200
"""Learners that are read and kept in memory together."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Files(Sequence[Chunk]):
    """Chunks on a disk; each is read when it is asked for."""

    paths: tuple[Path, ...]

    def __len__(self) -> int:
        return len(self.paths)

    @overload
    def __getitem__(self, place: int) -> Chunk: ...
    @overload
    def __getitem__(self, place: slice) -> Files: ...
    def __getitem__(self, place: int | slice) -> Chunk | Files:
        if isinstance(place, slice):
            return Files(self.paths[place])
        with np.load(self.paths[place]) as found:
            return Chunk(**{name: found[name] for name in NAMES})


@dataclass(frozen=True, slots=True)
class ReadLog:
    """The log as it was read: its chunks, the learners by their number in it, whether simulated learners gave all of it,
    rows and the times [counted] of what is predicted; ``given`` are the wrong answers that ``Chunk.given`` numbers."""

    chunks: Files
    learners: tuple[UUID, ...]
    simulated: bool
    responses: int
    times: Any
    given: tuple[Given, ...] = ()


@dataclass(slots=True)
class _Columns:
    """Rows of a batch as they come in; ``codes`` numbers the wrong answers of all batches."""

    codes: dict[Given, int]

    starts: list[int] = field(default_factory=lambda: [0])
    skills_at: list[int] = field(default_factory=lambda: [0])
    values: dict[str, list[Any]] = field(
        default_factory=lambda: {name: [] for name in NAMES if name not in ("starts", "skills_at")}
    )


TYPES = {
    "learner": np.int64, "mean": np.float64, "variance": np.float64, "item": np.int32, "loose": np.float64,
    "skills": np.int32, "correct": np.int8, "attempt": np.int16, "hints": np.int16, "shown": np.bool_,
    "counted": np.bool_, "at": np.float64, "given": np.int32,
}  # fmt: skip


def has_real_evidence(district: UUID) -> bool:
    """Say whether any answer of the district is a child's: not simulated, and not of a simulated learner."""
    with in_district(district):
        return Evidence.objects.filter(kind="response", simulated=False, learner__simulated=False).exists()


def read_log(
    district: UUID, curriculum: Curriculum, folder: Path, *, progress: Progress = lambda done: None
) -> ReadLog:
    """Read a district's answers into files in ``folder``: a child's where there are any, else the simulated ones. The two
    are never mixed. ``progress`` is told the learners done."""
    simulated = not has_real_evidence(district)
    with in_district(district):
        who = list(Profile.objects.order_by("learner_id").values_list("learner_id", flat=True))
        last = Evidence.objects.order_by("-id").values_list("id", flat=True).first() or 0
    paths: list[Path] = []
    times: list[Any] = []
    learners: list[UUID] = []
    responses, codes = 0, dict[Given, int]()
    for begin in range(0, len(who), BATCH):
        columns = _Columns(codes)
        learners.extend(
            _batch(district, curriculum, who[begin : begin + BATCH], last, simulated, columns, len(learners))
        )
        if len(columns.starts) > 1:
            paths.append(folder / f"{len(paths)}.npz")
            chunk = _chunk(columns)
            np.savez(paths[-1], **{name: getattr(chunk, name) for name in NAMES})
            times.append(chunk.at[chunk.counted])
            responses += len(chunk.item)
        progress(min(begin + BATCH, len(who)))
    every = np.concatenate(times) if times else np.zeros(0)
    return ReadLog(Files(tuple(paths)), tuple(learners), simulated, responses, every, tuple(codes))


def _batch(
    district: UUID,
    curriculum: Curriculum,
    who: list[UUID],
    last: int,
    simulated: bool,
    columns: _Columns,
    number: int,
) -> Iterator[UUID]:
    with in_district(district):
        beginnings = dict(Profile.objects.filter(learner_id__in=who).values_list("learner_id", "beginning"))
        rows = Evidence.objects.filter(learner_id__in=who, id__lte=last, kind__in=("response", "screening"))
        if not simulated:
            rows = rows.filter(simulated=False, learner__simulated=False)
        current: UUID | None = None
        for row in rows.order_by("learner_id", "id").iterator(2000):
            if row.learner_id != current:
                if current is not None and _close(columns):
                    yield current
                    number += 1
                current = row.learner_id
                state = decode(bytes(beginnings[current])).state
                _open(columns, number, state.overall_mean, state.overall_variance)
            _add(columns, row, curriculum)
        if current is not None and _close(columns):
            yield current


def _open(columns: _Columns, number: int, mean: float, variance: float) -> None:
    for name, value in (("learner", number), ("mean", mean), ("variance", variance)):
        columns.values[name].append(value)


def _close(columns: _Columns) -> bool:
    """End a learner's rows; one without any is dropped."""
    rows = len(columns.values["item"])
    if rows == columns.starts[-1]:
        for name in ("learner", "mean", "variance"):
            columns.values[name].pop()
        return False
    columns.starts.append(rows)
    return True


def _add(columns: _Columns, row: Evidence, curriculum: Curriculum) -> None:
    if row.kind == "screening":
        for given in json.loads(row.answer)["answers"]:
            known = curriculum.item_number.get(given["item"], -1)
            skills = _skills(curriculum, known, given["skills"])
            _append(columns, known, given["difficulty"], skills, row, bool(given["correct"]))
        return
    event = event_of(row)
    found = evidence_of(event, curriculum)  # type: ignore[arg-type]  # the row is a response
    if found is not None:
        skills = found.skills.tolist()
        counted = found.attempt == 1 and not found.shown
        _append(columns, found.item, found.difficulty, skills, row, found.correct, counted=counted)


def _skills(curriculum: Curriculum, item: int, named: Sequence[str]) -> list[int]:
    if item < 0:
        return [int(n) for n in curriculum.skill_numbers(named)]
    return [
        int(n) for n in curriculum.item_skills[curriculum.item_skills_at[item] : curriculum.item_skills_at[item + 1]]
    ]


def _append(
    columns: _Columns,
    item: int,
    loose: float,
    skills: list[int],
    row: Evidence,
    correct: bool,
    *,
    counted: bool = False,
) -> None:
    """One row; answers of a screening move the state, but nobody foresees them for a path."""
    if not skills:
        return
    given = given_of(row) if counted and not correct else None
    values = columns.values
    values["skills"].extend(skills)
    columns.skills_at.append(len(values["skills"]))
    practised = row.kind == "response"
    for name, value in (
        ("item", item), ("loose", loose), ("correct", correct), ("attempt", row.attempt if practised else 1),
        ("hints", row.hints if practised else 0), ("shown", row.shown and practised), ("counted", counted),
        ("at", row.at), ("given", columns.codes.setdefault(given, len(columns.codes)) if given else -1),
    ):  # fmt: skip
        values[name].append(value)


def _chunk(columns: _Columns) -> Chunk:
    arrays: dict[str, Any] = {name: np.array(columns.values[name], kind) for name, kind in TYPES.items()}
    return Chunk(starts=np.array(columns.starts), skills_at=np.array(columns.skills_at), **arrays)
