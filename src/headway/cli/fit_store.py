"""A response log on disk, cut into parts: what ``headway fit`` works on when the log is larger than memory.

A part is a folder of typed columns that are mapped into memory while somebody works on it and let go afterwards. The folder
of all parts is named by nothing but the log: made once, it serves every fit of that log, and a fit that was killed finds the
parts and features that it had made. Whoever works on the parts, this process or a cluster's workers, reads the same folder.
"""

from __future__ import annotations

import json
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from headway.cli.command import Refused
from headway.cli.files import refusing
from headway.cli.fit_columns import pack, unpack
from headway.core.mastery.features import Features
from headway.core.mastery.frame import Frame, Lists, Longs, frame_of, split_of
from headway.core.mastery.scale.parts import Given, Part, Result, cuts
from headway.standards.responses import read_in_pieces

VERSION = 1
COLUMNS = ("students", "starts", "item", "skills_at", "skills", "correct", "at", "helped", "seconds")
"""The columns of a frame that a part keeps."""
BEGUN = "headway-parts-begun"
"""Stands in a folder while it is being filled; one that was left so is filled anew."""
Told = Callable[[int, int], None]
"""Is told how many parts of how many are written."""


class Store:
    """The parts in a folder (see :func:`store`). With an executor they are worked on by whoever stands behind it."""

    def __init__(self, folder: Path, train: NDArray[np.bool_], executor: Executor | None = None) -> None:
        self.folder, self.executor = folder, executor
        about = json.loads((folder / "log.json").read_text())
        whole = unpack(folder / "whole.bin")
        self.parts, self.timed = int(about["parts"]), bool(whole["timed"])
        self.item_ids, self.skill_ids = whole["item_ids"], whole["skill_ids"]
        self.items, self.skill_count = len(self.item_ids), len(self.skill_ids)
        self._features = ""
        pack(folder / "train.bin", {"train": train})

    def describe(self, work: Callable[[Frame], Features]) -> None:
        """Make the features of all parts; those that are there are not made again."""
        for _ in self._each(_describe, (work, work.__qualname__), ""):
            pass
        self._features = work.__qualname__

    def each(self, work: Callable[[Part, Given], Result], given: Given) -> Iterator[Result]:
        """Work on the parts and yield what comes of each, in their order."""
        return cast("Iterator[Result]", self._each(_work, (work, given), self._features))

    def _each(self, call: Callable[..., Any], given: tuple[Any, ...], features: str) -> Iterator[Any]:
        folder, numbers = str(self.folder), range(self.parts)
        if self.executor is None:
            for number in numbers:
                yield call(folder, number, features, *given)
            return
        waiting = deque(self.executor.submit(call, folder, number, features, *given) for number in numbers)
        while waiting:
            yield waiting.popleft().result()


def store(files: Sequence[Path], folder: Path, *, seed: int, executor: Executor | None, told: Told) -> Store:
    """Cut a log (Parquet, in one file or several that follow each other) into parts in ``folder``, unless they are there,
    and hold out learners by ``seed``. Raises Refused for what is wrong with the log, with row and column, and for a folder
    that holds something else."""
    mark = _mark(files)
    about = folder / "log.json"
    if not about.exists() or json.loads(about.read_text())["mark"] != mark:
        if folder.exists() and any(folder.iterdir()) and not (folder / BEGUN).exists():
            raise Refused(
                f"{folder} holds other files, or the parts of another log. Name an empty folder, or empty it."
            )
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / BEGUN).touch()
        _write(files, folder, mark, told)
        (folder / BEGUN).unlink()
    students = unpack(folder / "whole.bin")["students"]
    if len(students) < 5:
        raise Refused(f"{files[0]}: the log holds {len(students)} learners; at least five are needed to hold some out.")
    return Store(folder, np.isin(students, split_of(students, seed)[0]), executor)


def _mark(files: Sequence[Path]) -> str:
    """Name a log by its content."""
    found = blake2b(f"{VERSION}".encode(), digest_size=16)
    for path in files:
        try:
            with path.open("rb") as stream:
                while block := stream.read(1 << 20):
                    found.update(block)
        except OSError as error:
            raise Refused(f"{path} cannot be opened ({error.strerror}). Check the path.") from None
    return found.hexdigest()


def _write(files: Sequence[Path], folder: Path, mark: str, told: Told) -> None:
    students, starts, items, skills, timed = _surveyed(files)
    found, whole = (
        cuts(starts),
        {"students": students, "item_ids": items, "skill_ids": skills, "timed": np.array(timed)},
    )
    pack(folder / "whole.bin", whole)
    edges = [(int(starts[first]), int(starts[last])) for first, last in found]
    for number, table in enumerate(_slices(files, edges)):
        frame = frame_of(columns_of(table), item_ids=items, skill_ids=skills, before=edges[number][0])
        columns = {name: getattr(frame, name) for name in COLUMNS} | {"learners": np.array(found[number])}
        pack(_place(folder, number, "log"), columns)
        told(number + 1, len(found))
    about = {"mark": mark, "parts": len(found), "rows": int(starts[-1]), "version": VERSION}
    (folder / "log.json").write_text(json.dumps(about))


def _pieces(files: Sequence[Path]) -> Iterator[pl.DataFrame]:
    """Read and check file after file."""
    last, names = None, list[str]()
    for path in files:
        for piece in read_in_pieces(path, after=last):
            if names and piece.columns != names:
                raise Refused(
                    f"{path} has the columns {', '.join(piece.columns)}; {files[0].name} has {', '.join(names)}."
                )
            last, names = (int(piece["student"][-1]), int(piece["order"][-1])), piece.columns
            yield piece


def _surveyed(files: Sequence[Path]) -> tuple[Longs, Longs, Longs, Longs, bool]:
    """Read the log once: learners, where their rows begin, ids of items and skills, and whether times were measured."""
    students, begins, rows = list[NDArray[Any]](), list[NDArray[Any]](), 0
    items = skills = np.zeros(0, np.int64)
    timed, last = False, -1
    with refusing():
        for piece in _pieces(files):
            ids, at = np.unique(piece["student"].to_numpy(), return_index=True)
            if ids[0] == last:
                ids, at = ids[1:], at[1:]
            last = int(piece["student"][-1])
            students.append(ids)
            begins.append(at + rows)
            rows += piece.height
            columns = columns_of(piece)
            items = np.union1d(items, columns["item"] if "item" in columns else columns["skill"])
            skills = np.union1d(skills, columns["skills"].flat if "skills" in columns else columns["skill"])
            timed = "timestamp_ms" in columns
    if not rows:
        raise Refused(f"{files[0]} has no rows. Give a log with at least one response.")
    starts = np.append(np.concatenate(begins), rows).astype(np.int64)
    return np.concatenate(students).astype(np.int64), starts, items, skills, timed


def _slices(files: Sequence[Path], edges: Sequence[tuple[int, int]]) -> Iterator[pl.DataFrame]:
    """Read the log again, in slices of rows that follow each other."""
    kept, first = list[pl.DataFrame](), 0
    pieces = _pieces(files)
    for begin, end in edges:
        while first + sum(each.height for each in kept) < end:
            kept.append(next(pieces))
        whole = pl.concat(kept)
        yield whole[begin - first : end - first]
        kept, first = [whole[end - first :]], end


def columns_of(table: pl.DataFrame) -> dict[str, Any]:
    """Return a checked table's columns as ``frame_of`` takes them."""
    found: dict[str, Any] = {name: table[name].to_numpy() for name in table.columns if name != "skills"}
    if "skills" in table.columns:
        lists = table["skills"]
        flat = lists.filter(lists.list.len() > 0).explode().to_numpy()
        found["skills"] = Lists(flat, lists.list.len().to_numpy().astype(np.int64))
    return found


def _place(folder: Path, number: int, name: str) -> Path:
    return folder / f"{number:05d}.{name}.bin"


def _frame(folder: Path, columns: dict[str, NDArray[Any]]) -> Frame:
    whole = unpack(folder / "whole.bin")
    return Frame(
        **{name: columns[name] for name in COLUMNS},
        timed=bool(whole["timed"]),
        item_ids=whole["item_ids"],
        skill_ids=whole["skill_ids"],
    )


def _part(folder: Path, number: int, features: str) -> Part:
    columns = unpack(_place(folder, number, "log"))
    first, last = columns["learners"].tolist()
    train = np.repeat(unpack(folder / "train.bin")["train"][first:last], np.diff(columns["starts"]))
    made = Features(**unpack(_place(folder, number, features))) if features else None
    return Part(_frame(folder, columns), train, made)


def _describe(folder: str, number: int, features: str, work: Callable[[Frame], Features], name: str) -> None:
    place = _place(_seen(folder), number, name)
    if not place.exists():
        made = work(_frame(Path(folder), unpack(_place(Path(folder), number, "log"))))
        pack(place, {"dense": made.dense, "tries": made.tries, "right": made.right})


def _work(folder: str, number: int, features: str, work: Callable[[Part, Given], Result], given: Given) -> Result:
    return work(_part(_seen(folder), number, features), given)


def _seen(folder: str) -> Path:
    """The folder, as this process sees it. Raises FileNotFoundError where it does not."""
    path = Path(folder)
    if not (path / "log.json").exists():
        raise FileNotFoundError(f"{folder} is not there for this worker")
    return path
