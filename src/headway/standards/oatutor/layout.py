"""Which file of OATutor's tree is what, and the files of one problem gathered from an archive in any order."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from headway.standards.archives import LIMITS, Limits, entries
from headway.standards.errors import ImportProblem

POOL = "content-pool/"
PENDING_BYTES = 256 * 1024 * 1024
"""Most bytes of problems whose files have not all come yet; an ordinary archive never holds more than one."""

_IN_POOL = re.compile(r"^(?P<root>(?:[^/]+/)*?)content-pool/(?P<problem>[^/]+)/(?P<rest>.+\.json)$")
_ODD = re.compile(r"\\u(?:0000|d[89a-f])", re.I)
TREE = "Give the archive of an OATutor-Content repository: content-pool/<problem>/<problem>.json and skillModel.json."


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands beside the problems: step -> skills, courses, the licence page, and how many files each has."""

    skill_model: dict[str, list[str]]
    courses: list[dict[str, Any]]
    bkt: dict[str, dict[str, float]]
    readme: str
    files: Counter[str]
    figures: int


@dataclass(slots=True)
class Parts:
    """The files of one problem: paths inside its folder -> parsed JSON."""

    name: str
    files: dict[str, Any] = field(default_factory=dict)
    size: int = 0


def read_frame(stream: BinaryIO, name: str, limits: Limits = LIMITS) -> Frame:
    """Read everything but the problems, and count each problem's files. Raises :class:`ImportProblem`."""
    found: dict[str, bytes] = {}
    files: Counter[str] = Counter()
    figures = 0
    for path, data in entries(stream, _beside, name, limits):
        inside = _IN_POOL.match(path)
        if inside:
            files[inside["problem"]] += 1
        elif data is not None:
            found.setdefault(path.rsplit("/", 1)[-1], data)
        elif POOL in path:
            figures += 1
    if not files:
        raise ImportProblem("There is no content-pool folder with problems in it.", name, TREE)
    if "skillModel.json" not in found:
        raise ImportProblem("There is no skillModel.json, so no step has a skill.", name, TREE)
    skill_model = _of_lists(parse(found["skillModel.json"], "skillModel.json"))
    courses = parse(found.get("coursePlans.json", b"[]"), "coursePlans.json")
    bkt = parse(found.get("defaultBKTParams.json", b"{}"), "defaultBKTParams.json")
    bkt = {k: v for k, v in bkt.items() if isinstance(v, dict)} if isinstance(bkt, dict) else {}
    readme = found.get("README.md", b"").decode("utf-8", errors="replace")
    courses = [course for course in courses if isinstance(course, dict)] if isinstance(courses, list) else []
    return Frame(skill_model, courses, bkt, readme, files, figures)


def read_parts(stream: BinaryIO, name: str, frame: Frame, limits: Limits = LIMITS) -> Iterator[Parts]:
    """Yield each problem when its last file has come; memory holds only unfinished ones.

    Raises :class:`ImportProblem` for a file that is not JSON, or when too much is left unfinished.
    """
    pending: dict[str, Parts] = {}
    left = frame.files.copy()
    held = 0
    for path, data in entries(stream, lambda path: _IN_POOL.match(path) is not None, name, limits):
        inside = _IN_POOL.match(path)
        if inside is None or data is None:
            continue
        problem = inside["problem"]
        parts = pending.setdefault(problem, Parts(problem))
        parts.files[inside["rest"]] = parse(data, path)
        parts.size += len(data)
        held += len(data)
        left[problem] -= 1
        if held > PENDING_BYTES:
            raise ImportProblem("Its problems are scattered over the archive.", name, "Pack the tree again with tar.")
        if left[problem] == 0:
            held -= parts.size
            yield pending.pop(problem)


def parse(data: bytes, where: str) -> Any:
    """Read JSON. Raises :class:`ImportProblem` naming the file and the place in it."""
    try:
        text = data.decode("utf-8-sig")
        value = json.loads(text)
        return _storable(value) if _ODD.search(text) else value
    except UnicodeDecodeError as error:
        raise ImportProblem(f"It is not UTF-8 text ({error.reason}).", where, "Save it as UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise ImportProblem(f"It is not JSON ({error}).", where, "Mend the file, or leave the problem out.") from None


def _storable(value: Any) -> Any:
    """Take out what no database keeps as text: zero bytes and halves of characters."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", errors="ignore").decode("utf-8")
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value


def _beside(path: str) -> bool:
    return POOL not in path and path.endswith((".json", "README.md")) and path.count("/") <= 2


def _of_lists(value: Any) -> dict[str, list[str]]:
    if not isinstance(value, dict):
        raise ImportProblem("It is not an object of step -> skills.", "skillModel.json", TREE)
    return {
        str(step): [str(skill) for skill in skills] if isinstance(skills, list) else [str(skills)]
        for step, skills in value.items()
    }
