"""CASE: frameworks of standards as 1EdTech's Competencies and Academic Standards Exchange writes them, 1.0 and 1.1."""

from headway.standards.case.framework import Framework, Standard
from headway.standards.case.matching import Match, match, unmatched
from headway.standards.case.ours import framework_of
from headway.standards.case.reading import read_package
from headway.standards.case.writing import write_package

__all__ = ["Framework", "Match", "Standard", "framework_of", "match", "read_package", "unmatched", "write_package"]
