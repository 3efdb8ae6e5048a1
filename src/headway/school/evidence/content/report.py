"""The content report of a refit, as it is stored and printed."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any
from uuid import UUID

from headway.core.curriculum.catalogue import Curriculum
from headway.core.mastery.content.report import Finding, findings_of, look
from headway.core.mastery.refit.log import Log
from headway.core.mastery.refit.stream import Tables
from headway.core.text import Text, text_from_json, text_to_json
from headway.school.evidence.content.given import Given, said_of

FORMAT = 1
MOST = 100
"""Findings of a kind that are kept, the surest first; how many there were is counted."""


def content_of(
    district: UUID, log: Log, given: tuple[Given, ...], curriculum: Curriculum, tables: Tables
) -> dict[str, Any]:
    """Look at everything in a log and return the report as JSON values. Keys: see ``headway refit --help``."""
    found = look(log, curriculum, tables)
    words: dict[int, Text] = {one.given: said_of(district, given[one.given]) for one in found.rivals}
    every, counts = findings_of(found, curriculum, words), dict[str, int]()
    kept = []
    for finding in every:
        counts[finding.kind] = counts.get(finding.kind, 0) + 1
        if counts[finding.kind] <= MOST:
            kept.append(_json(finding))
    return {
        "format": FORMAT,
        "curriculum": curriculum.version,
        "learners": found.learners,
        "answers": found.answers,
        "rate": found.rate,
        "looked_at": found.asked,
        "counts": counts,
        "findings": kept,
    }


def finding_of(value: dict[str, Any]) -> Finding:
    """Return a finding of a stored report."""
    fields = dict(value)
    fields["words"] = text_from_json(fields["words"])
    fields["skills"] = tuple(fields["skills"])
    fields["parts"] = tuple(tuple(part) for part in fields["parts"])
    return Finding(**fields)


def _json(finding: Finding) -> dict[str, Any]:
    out = asdict(finding)
    out["words"] = text_to_json(finding.words)
    return {key: _number(value) for key, value in out.items()}


def _number(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6) + 0.0 if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _number(each) for key, each in value.items()}
    return list(value) if isinstance(value, tuple) else value
