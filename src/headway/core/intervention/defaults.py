"""Rules to begin with. A district reads them, changes the cuts, and saves its own; they are a start, not a standard."""

from __future__ import annotations

from headway.core.intervention.rules import RuleBook, rules_from_json
from headway.core.text import T, Text

MEASURES: dict[str, Text] = {
    "screening": T("Screening in mathematics"),
    "probe": T("Progress probes"),
    "sessions": T("Sessions of the plan"),
}
"""What rules can ask for, by name. Screenings come with ``percentile``, ``risk`` and ``score``; probes with ``decision``,
``at-goal`` and ``score``; sessions with ``share-held``, ``share-attended`` (out of 100) and ``weeks``."""

FIGURES: dict[str, tuple[str, ...]] = {
    "screening": ("percentile", "risk", "score"),
    "probe": ("decision", "at-goal", "score"),
    "sessions": ("share-held", "share-attended", "weeks"),
}

DEFAULT_RULES: RuleBook = rules_from_json(
    {
        "name": "Mathematics",
        "rules": [
            {
                "id": "out",
                "title": "The goal is reached: back to class teaching alone",
                "from": [2],
                "to": 1,
                "when": {"measure": "probe", "value": "at-goal", "compare": "at-least", "cut": 3},
            },
            {
                "id": "down",
                "title": "The goal is reached: a smaller support",
                "from": [3],
                "to": 2,
                "when": {"measure": "probe", "value": "at-goal", "compare": "at-least", "cut": 3},
            },
            {
                "id": "into-3",
                "title": "A support that was given did not bring enough",
                "from": [2],
                "to": 3,
                "when": {
                    "all": [
                        {"measure": "probe", "value": "decision", "compare": "is", "cut": "off-track"},
                        {"measure": "sessions", "value": "share-held", "compare": "at-least", "cut": 80},
                        {"measure": "sessions", "value": "weeks", "compare": "at-least", "cut": 6},
                    ]
                },
            },
            {
                "id": "into-2",
                "title": "The screening says: at risk",
                "from": [1],
                "to": 2,
                "when": {
                    "measure": "screening",
                    "value": "percentile",
                    "compare": "at-most",
                    "cut": 15,
                    "within_weeks": 20,
                },
            },
        ],
    }
)
"""Percentile 15, six weeks, four fifths of the sessions, three probes at the goal: conventions of practice, to be set by
the district."""
