"""Line items, scores and results as a platform reads and writes them (Assignment and Grade Services 2.0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

PROGRESS = ("Initialized", "Started", "InProgress", "Submitted", "Completed")
GRADING = ("FullyGraded", "Pending", "PendingManual", "Failed", "NotReady")
LONGEST_LABEL, LONGEST_NAME, LONGEST_COMMENT = 300, 255, 4_000
LOWEST, HIGHEST = 1e-6, 1e9
"""A maximum is between them, so that the share of any score in any maximum is a number."""


class BadBody(ValueError):
    """A body that is not what the standard says; the message says where."""


@dataclass(frozen=True, slots=True)
class Column:
    """A line item as a tool describes it."""

    label: str
    maximum: float
    resource: str = ""
    link: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A score as a tool sends it. ``at`` is in seconds since 1970; None for what was not given."""

    subject: str
    given: float | None
    maximum: float | None
    progress: str
    grading: str
    comment: str
    at: float

    @property
    def final(self) -> bool:
        """Whether the learner is done and nobody will change the score."""
        return self.progress == "Completed" and self.grading == "FullyGraded" and self.given is not None


def column_in(body: object) -> Column:
    """Read a line item. Raises BadBody."""
    found = _object(body)
    label = _text(found, "label", LONGEST_LABEL).strip()
    if not label:
        raise BadBody("label: a line item needs one")
    maximum = _number(found, "scoreMaximum")
    if maximum is None or maximum < LOWEST:
        raise BadBody("scoreMaximum: a number above 0 is needed")
    more = {
        name: _text(found, key, LONGEST_NAME)
        for name, key in (("resource", "resourceId"), ("link", "resourceLinkId"), ("tag", "tag"))
    }
    return Column(label, maximum, **more)


def column_out(column: Column, address: str) -> dict[str, Any]:
    """A line item with its address."""
    out: dict[str, Any] = {"id": address, "label": column.label, "scoreMaximum": column.maximum}
    more = {"resourceId": column.resource, "resourceLinkId": column.link, "tag": column.tag}
    return out | {name: value for name, value in more.items() if value}


def score_in(body: object) -> Score:
    """Read a score. Raises BadBody."""
    found = _object(body)
    subject = _text(found, "userId", LONGEST_NAME)
    if not subject:
        raise BadBody("userId: whose score it is has to be said")
    progress, grading = _text(found, "activityProgress", 20), _text(found, "gradingProgress", 20)
    if progress not in PROGRESS:
        raise BadBody(f"activityProgress: one of {', '.join(PROGRESS)}")
    if grading not in GRADING:
        raise BadBody(f"gradingProgress: one of {', '.join(GRADING)}")
    given, maximum = _number(found, "scoreGiven"), _number(found, "scoreMaximum")
    if given is not None and given < 0:
        raise BadBody("scoreGiven: 0 or more")
    if given is not None and (maximum is None or maximum < LOWEST):
        raise BadBody("scoreMaximum: a number above 0 belongs to scoreGiven")
    comment = _text(found, "comment", LONGEST_COMMENT)
    return Score(subject, given, maximum, progress, grading, comment, moment(found.get("timestamp")))


def result_out(address: str, column: str, score: Score, best: float) -> dict[str, Any]:
    """A learner's result in a line item whose maximum is ``best``; without a number until it is fully graded."""
    out: dict[str, Any] = {"id": address, "scoreOf": column, "userId": score.subject}
    if score.grading == "FullyGraded" and score.given is not None and score.maximum:
        out |= {"resultScore": score.given / score.maximum * best, "resultMaximum": best}
    return out | ({"comment": score.comment} if score.comment else {})


def moment(value: object) -> float:
    """Seconds since 1970 of a moment in ISO 8601 with a zone. Raises BadBody."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) and len(value) <= 40 else None
        if found is not None and found.tzinfo is not None and 1990 <= found.year <= 9000:
            return found.timestamp()
    except ValueError:
        pass
    raise BadBody("timestamp: a moment in ISO 8601 with a time zone, such as 2026-11-22T09:30:00.000Z")


def _object(body: object) -> Mapping[str, Any]:
    if not isinstance(body, dict):
        raise BadBody("the body is no JSON object")
    return body


def _text(found: Mapping[str, Any], name: str, longest: int) -> str:
    value = found.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > longest or "\x00" in value:
        raise BadBody(f"{name}: a text of at most {longest} characters")
    return value


def _number(found: Mapping[str, Any], name: str) -> float | None:
    value = found.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -HIGHEST <= value <= HIGHEST:
        raise BadBody(f"{name}: a number")  # also what is none (NaN), and whole numbers that no float holds
    return float(value)
