"""Standards to skills: our titles, our notation, and a graph without circles."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter

from headway.core.curriculum.skills import Skill, SkillGraph
from headway.standards.errors import ImportProblem
from headway.standards.extract import Extract
from headway.standards.report import Ledger
from headway.standards.titles import domain_name, shipped_titles, short_title

Crosswalk = dict[str, list[tuple[str, str, float]]]
"""CASE identifier of ours -> (CASE identifier in the state, its code there, Jaccard overlap from 0 to 1)."""


def graph_of(extract: Extract, ledger: Ledger | None = None) -> SkillGraph:
    """Make skills of standards, with our own short titles. Raises :class:`ImportProblem` on a circle."""
    titles = shipped_titles()
    skills = []
    for standard in extract.standards:
        if standard.code not in titles and ledger is not None:
            ledger.defect("no-title", standard.code, "The first words of the standard serve as its title.")
        title = titles.get(standard.code) or short_title(standard.text) or standard.code
        case_ids = (standard.case_id,) if standard.case_id else ()
        domain = domain_name(standard.code)
        text = plain(standard.text)
        skills.append(
            Skill(standard.code, title, text, "mathematics", standard.grade, domain, case_ids, standard.major)
        )
    _refuse_circles(extract.prerequisites)
    return SkillGraph(tuple(skills), extract.prerequisites, extract.related)


def crosswalk_of(extract: Extract) -> Crosswalk:
    """Key the crosswalk by our CASE identifiers."""
    cases = {standard.code: standard.case_id for standard in extract.standards}
    found: Crosswalk = {}
    for code, state_id, state_code, jaccard in extract.crosswalk:
        found.setdefault(cases[code], []).append((state_id, state_code, jaccard))
    return found


def plain(text: str) -> str:
    """Rewrite a publisher's marks in our notation: ``*emphasis*`` goes, ``$x$`` becomes ``$$x$$``, money stays."""
    parts, out, n = re.sub(r"(?<!\\)\*", "", text).split("$"), [], 1
    out.append(parts[0])
    while n < len(parts):
        words = re.sub(r"\\[a-zA-Z]+", "", parts[n])
        if n + 1 < len(parts) and parts[n].strip() == parts[n] != "" and not re.search(r"[a-zA-Z]{4,}", words):
            out += [f"$${parts[n]}$$", parts[n + 1]]
            n += 2
        else:
            out.append("$" + parts[n])
            n += 1
    return re.sub(r"\s+", " ", "".join(out)).strip()


def _refuse_circles(pairs: tuple[tuple[str, str], ...]) -> None:
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for earlier, later in pairs:
        sorter.add(later, earlier)
    try:
        sorter.prepare()
    except CycleError as error:
        circle = " -> ".join(error.args[1])
        raise ImportProblem("Prerequisites run in a circle.", circle, "Remove one of these edges.") from None
