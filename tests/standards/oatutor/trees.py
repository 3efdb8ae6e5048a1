"""Small OATutor trees, made in memory."""

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from typing import Any

from headway.core.curriculum.problems import Problem
from headway.standards.oatutor import open_book
from headway.standards.report import Ledger, LossReport

CC_BY = "https://creativecommons.org/licenses/by/4.0/ <CC BY 4.0>"
HEAD = {
    "id": "p1",
    "title": "Multiply",
    "body": "Multiply:",
    "oer": "https://openstax.org/details/books/elementary-algebra-2e <OpenStax: Elementary Algebra>",
    "license": CC_BY,
    "lessonId": "L1",
    "courseName": "Algebra",
    "variabilization": {},
}
STEP = {
    "id": "p1a",
    "stepAnswer": ["$$4x+12$$"],
    "problemType": "TextBox",
    "answerType": "arithmetic",
    "stepTitle": "$$4\\left(x+3\\right)$$",
    "stepBody": "",
    "variabilization": {},
}


def hint(name: str, text: str = "Look again.", **more: Any) -> dict[str, Any]:
    return {"id": name, "type": "hint", "title": "", "text": text, "dependencies": [], **more}


def scaffold(name: str, key: str, **more: Any) -> dict[str, Any]:
    fields = {"problemType": "TextBox", "answerType": "arithmetic", "hintAnswer": [key], "type": "scaffold"}
    return hint(name, "What is it?", **{**fields, **more})


def tree(
    head: Mapping[str, Any] = {},
    step: Mapping[str, Any] = {},
    hints: list[Any] | None = None,
    files: Mapping[str, Any] = {},
) -> dict[str, Any]:
    """Return the files of a tree with one problem of one step; ``files`` overrides paths, None leaves one out."""
    pool = "content-pool/p1/"
    made: dict[str, Any] = {
        "skillModel.json": {"p1a": ["expand"]},
        "coursePlans.json": [{"courseName": "Algebra", "lessons": [{"learningObjectives": {"expand": 0.85}}]}],
        "bkt-params/defaultBKTParams.json": {"expand": {"probMastery": 0.1}, "other": {"probMastery": 0.1}},
        "README.md": "https://creativecommons.org/licenses/by/4.0/",
        f"{pool}p1.json": {**HEAD, **head},
        f"{pool}steps/p1a/p1a.json": {**STEP, **step},
        f"{pool}steps/p1a/tutoring/p1aDefaultPathway.json": [hint("p1a-h1")] if hints is None else hints,
    }
    made.update(files)
    return {path: value for path, value in made.items() if value is not None}


def as_bytes(value: Any) -> bytes:
    text = value if isinstance(value, (str, bytes)) else json.dumps(value)
    return text if isinstance(text, bytes) else text.encode()


def zipped(files: Mapping[str, Any]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, value in files.items():
            archive.writestr(path, as_bytes(value))
    out.seek(0)
    return out


def tarred(files: Mapping[str, Any], kind: str = "xz") -> io.BytesIO:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{kind}") as archive:  # type: ignore[call-overload]
        for path, value in files.items():
            data = as_bytes(value)
            info = tarfile.TarInfo(path)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    out.seek(0)
    return out


def read(files: Mapping[str, Any]) -> tuple[list[Problem], LossReport]:
    ledger = Ledger()
    problems = list(open_book(zipped(files), "test.zip").problems(ledger))
    return problems, ledger.report()
