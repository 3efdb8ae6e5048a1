"""CASE: frameworks of standards as 1EdTech's Competencies and Academic Standards Exchange writes them, 1.0 and 1.1."""

from headway.standards.case.difference import Change, Difference, difference
from headway.standards.case.framework import Framework, Standard
from headway.standards.case.matching import Match, match, propose, unmatched
from headway.standards.case.ours import framework_of
from headway.standards.case.reading import read_package
from headway.standards.case.writing import write_package

__all__ = [
    "Change",
    "Difference",
    "Framework",
    "Match",
    "Standard",
    "difference",
    "framework_of",
    "match",
    "propose",
    "read_package",
    "unmatched",
    "write_package",
]
