"""The keys of OATutor's authors, offered back to the checker as a learner's answer.

Only as much of the format is read as this needs: the steps of a content pool, in the zip or the tar.
"""

from __future__ import annotations

import json
import re
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from headway.core.coaching.checking import check
from headway.core.coaching.equivalence import judge
from headway.core.coaching.parser import parse
from headway.core.coaching.render import to_plain
from headway.core.coaching.tree import ParseError
from headway.core.curriculum.problems import AnswerSpec
from headway.core.text import verbatim

_STEP = re.compile(r"content-pool/[^/]+/steps/([^/]+)/\1\.json$")


@dataclass(frozen=True)
class Key:
    """One step's key as its author wrote it."""

    step: str
    answer: str
    problem_type: str
    answer_type: str
    choices: tuple[str, ...]


def read_keys(archive: Path) -> Iterator[Key]:
    """Yield the keys of every step in a ``.zip`` or ``.tar.xz`` of OATutor content."""
    for name, data in _files(archive):
        found = _STEP.search(name)
        if found:
            step = json.loads(data)
            for answer in step.get("stepAnswer", []):
                yield Key(found.group(1), answer, step["problemType"], step.get("answerType", ""),
                          tuple(step.get("choices", ())))  # fmt: skip


def _files(archive: Path) -> Iterator[tuple[str, bytes]]:
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as pack:
            for info in pack.infolist():
                yield info.filename, pack.read(info) if _STEP.search(info.filename) else b""
    else:
        with tarfile.open(archive) as tar:
            for member in tar:
                stream = tar.extractfile(member) if _STEP.search(member.name) else None
                yield member.name, stream.read() if stream else b""


def spec_of(key: Key) -> AnswerSpec:
    """Return the spec an importer gives this key: choices by index, arithmetic as mathematics, the rest as words."""
    if key.problem_type == "MultipleChoice":
        right = str(key.choices.index(key.answer)) if key.answer in key.choices else "-1"
        return AnswerSpec("choice", (right,), choices=tuple(map(verbatim, key.choices)))
    if key.answer_type == "arithmetic":
        return AnswerSpec("equation" if "=" in key.answer else "expression", (key.answer,))
    return AnswerSpec("text", (key.answer,))


def measure(archive: Path) -> dict[str, int]:
    """Count keys, how many are accepted as written, and for arithmetic ones how many are understood as mathematics,
    and accepted when the same thing is typed plainly."""
    counts = dict.fromkeys(("keys", "accepted", "arithmetic", "read", "equal", "retyped"), 0)
    for key in read_keys(archive):
        spec = spec_of(key)
        counts["keys"] += 1
        counts["accepted"] += check(spec, key.answer).correct
        if spec.kind in ("expression", "equation"):
            counts["arithmetic"] += 1
            tree = parse(key.answer)
            if not isinstance(tree, ParseError):
                counts["read"] += 1
                retyped = to_plain(tree)
                again = parse(retyped)
                counts["equal"] += not isinstance(again, ParseError) and judge(tree, again, kind=spec.kind) is True
                counts["retyped"] += check(spec, retyped).correct
    return counts
