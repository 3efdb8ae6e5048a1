"""Every file of real questions in ../shared: the counts of its README, or why not; and each bank that is there in two formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.standards.content.real import LARGE, SMALL, banks, content_of, opened, same_counts
from tests.standards.shared import SHARED

CANVAS, BLACKBOARD = "qti/canvas_qti_v1_2/canvas_qti_v1_2-", "qti/blackboard_qti_v2_1/blackboard_qti_v2_1-"


def run(state: dict[str, Any], ends: float) -> Iterator[str]:
    """Read everything; it takes seconds."""
    del ends
    if not SHARED.is_dir():
        raise SystemExit("needs ../shared, which is not part of the repository")
    for real in (*SMALL, *LARGE):
        report = same_counts(real).report
        yield f"{real.path}: {report.count('questions')} of {report.count('found')} questions"
    listed, read = banks(), {}
    for path, items in listed.items():
        package = read[path] = opened(path)
        assert package.report.count("found") == items, f"{path}: {package.report.count('found')} of {items}"
    total = sum(package.report.count("questions") for package in read.values())
    yield f"QTI: {total} of {sum(listed.values())} items of {len(listed)} packages"
    both = [
        path.removeprefix(CANVAS) for path in listed if path.replace(CANVAS, BLACKBOARD) in listed and CANVAS in path
    ]
    for bank in both:
        one, two = ({content_of(q) for q in read[f"{at}{bank}"].questions} for at in (CANVAS, BLACKBOARD))
        assert one == two, f"{bank}: {len(one ^ two)} questions differ"
    yield f"{len(both)} banks are equal in QTI 1.2 and 2.1"
    state["complete"] = True
