"""What the sources say about the standards we teach, as values, and as the two files that the package ships.

The words of the standards are in a file of their own because their licence is not that of the records around them.
"""

from __future__ import annotations

from dataclasses import dataclass

GRAPH_BY = "Knowledge Graph is provided by Learning Commons under the CC BY-4.0 license."
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
MAP_URL = "https://achievethecore.org/page/1118/coherence-map"

SOURCES = (
    {
        "part": "standards",
        "name": "Learning Commons Knowledge Graph, standards",
        "licence": "CC BY 4.0",
        "url": CC_BY,
        "attribution": f"{GRAPH_BY} Common Core Mathematics standards provided by Common Good Learning Tools available "
        "at https://corestandards.org/wp-content/uploads/2023/09/Math_Standards1.pdf.",
    },
    {
        "part": "prerequisites, related",
        "name": "Learning Commons Knowledge Graph, progressions",
        "licence": "CC BY 4.0",
        "url": CC_BY,
        "attribution": f"{GRAPH_BY} Learning Commons received learning progressions under CC0 from Student Achievement "
        "Partners.",
    },
    {
        "part": "crosswalk",
        "name": "Learning Commons Knowledge Graph, crosswalk and California standards",
        "licence": "CC BY 4.0",
        "url": CC_BY,
        "attribution": f"{GRAPH_BY} California Mathematics standards provided by California Department of Education "
        "available at https://www.cde.ca.gov/be/st/ss/documents/ccssmathstandardaug2013.pdf.",
    },
    {
        "part": "major",
        "name": "Coherence Map",
        "licence": "CC0",
        "url": MAP_URL,
        "attribution": "Major work and widely applicable prerequisites from the Coherence Map by Student Achievement "
        "Partners.",
    },
)
"""The records' own attribution strings, by the part of the extract that they cover."""


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard as the sources have it; ``text`` is the publisher's own and has its own licence."""

    code: str
    grade: str
    case_id: str
    major: bool
    text: str


@dataclass(frozen=True, slots=True)
class Extract:
    """What the sources say about the standards we teach, in a fixed order. Edges are pairs of codes; a row of the
    crosswalk is (code of ours, CASE identifier in the state, its code there, Jaccard overlap)."""

    standards: tuple[Standard, ...]
    prerequisites: tuple[tuple[str, str], ...]
    related: tuple[tuple[str, str], ...]
    crosswalk: tuple[tuple[str, str, str, float], ...]


def encode(extract: Extract) -> tuple[dict[str, object], dict[str, object]]:
    """Return the two documents: the graph, and the words of the standards by code."""
    index = {standard.code: n for n, standard in enumerate(extract.standards)}
    graph: dict[str, object] = {
        "format": 1,
        "sources": list(SOURCES),
        "standards": [[s.code, s.grade, s.case_id, int(s.major)] for s in extract.standards],
        "prerequisites": [[index[a], index[b]] for a, b in extract.prerequisites],
        "related": [[index[a], index[b]] for a, b in extract.related],
        "crosswalk": [[index[code], *row] for code, *row in extract.crosswalk],
    }
    words: dict[str, object] = {standard.code: standard.text for standard in extract.standards}
    return graph, words


def decode(graph: dict[str, list[list[object]]], words: dict[str, str]) -> Extract:
    """Read what :func:`encode` wrote; ``words`` may lack codes or be empty, which leaves texts empty."""
    standards = tuple(
        Standard(str(code), str(grade), str(case_id), bool(major), words.get(str(code), ""))
        for code, grade, case_id, major in graph["standards"]
    )

    def pairs(key: str) -> tuple[tuple[str, str], ...]:
        return tuple((standards[int(str(a))].code, standards[int(str(b))].code) for a, b in graph[key])

    crosswalk = tuple(
        (standards[int(str(n))].code, str(state_id), str(state_code), float(str(jaccard)))
        for n, state_id, state_code, jaccard in graph["crosswalk"]
    )
    return Extract(standards, pairs("prerequisites"), pairs("related"), crosswalk)
