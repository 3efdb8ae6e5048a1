"""The mathematics graph that comes with Headway: K-8 and high school, ready without a download."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from headway.core.curriculum.skills import SkillGraph
from headway.standards.extract import Extract, decode
from headway.standards.jsonl import unpack
from headway.standards.skills import Crosswalk, crosswalk_of, graph_of

CCSS_NOTICE = (
    "© 2010 National Governors Association Center for Best Practices (NGA Center) and "
    "Council of Chief State School Officers (CCSSO). All rights reserved."
)
"""Must stand on every page that shows the words of a Common Core standard (a skill's ``description``)."""


@cache
def shipped_extract() -> Extract:
    """Everything about standards that the package carries."""
    folder = files("headway.standards").joinpath("data")
    graph, words = (
        json.loads(unpack(name, folder.joinpath(name).read_bytes())) for name in ("graph.json.gz", "ccss-text.json.gz")
    )
    return decode(graph, words)


@cache
def shipped_graph() -> SkillGraph:
    """480 skills, 757 prerequisite edges and 142 related pairs; ``description`` holds the standard's own words."""
    return graph_of(shipped_extract())


@cache
def _crosswalk() -> Crosswalk:
    return crosswalk_of(shipped_extract())


def shipped_crosswalk() -> Crosswalk:
    """California's standards beside ours, by CASE identifier; a fresh copy each time."""
    return {case_id: list(rows) for case_id, rows in _crosswalk().items()}


def attributions() -> tuple[dict[str, str], ...]:
    """Whose data the graph is: ``part``, ``name``, ``licence``, ``url``, ``attribution`` of each, to be shown."""
    folder = files("headway.standards").joinpath("data")
    sources = json.loads(unpack("graph.json.gz", folder.joinpath("graph.json.gz").read_bytes()))["sources"]
    words = {
        "part": "words of the standards",
        "name": "Common Core State Standards for Mathematics",
        "licence": "Common Core State Standards public license (NGA Center and CCSSO)",
        "url": "https://www.thecorestandards.org/public-license/",
        "attribution": CCSS_NOTICE,
    }
    return (*sources, words)
