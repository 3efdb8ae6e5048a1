"""Our own short titles of skills, and the names of the domains: plain words for learners' pages."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from importlib.resources import files
from types import MappingProxyType

TITLE_LENGTH = 40
"""Most characters of a title: it has to fit a phone."""

DOMAINS = {
    "CC": "Counting",
    "OA": "Operations and algebraic thinking",
    "NBT": "Place value",
    "NF": "Fractions",
    "MD": "Measurement and data",
    "G": "Geometry",
    "RP": "Ratios and proportions",
    "NS": "The number system",
    "EE": "Expressions and equations",
    "F": "Functions",
    "SP": "Statistics and probability",
    "HSN-RN": "Real numbers",
    "HSN-Q": "Quantities and units",
    "HSN-CN": "Complex numbers",
    "HSN-VM": "Vectors and matrices",
    "HSA-SSE": "Structure of expressions",
    "HSA-APR": "Polynomials",
    "HSA-CED": "Creating equations",
    "HSA-REI": "Solving equations",
    "HSF-IF": "Understanding functions",
    "HSF-BF": "Building functions",
    "HSF-LE": "Linear and exponential models",
    "HSF-TF": "Trigonometry",
    "HSG-CO": "Congruence",
    "HSG-SRT": "Similarity and right triangles",
    "HSG-C": "Circles",
    "HSG-GPE": "Geometry with equations",
    "HSG-GMD": "Measuring solids",
    "HSG-MG": "Modeling with geometry",
    "HSS-ID": "Describing data",
    "HSS-IC": "Drawing conclusions from data",
    "HSS-CP": "Probability",
    "HSS-MD": "Decisions with probability",
}
"""Domain part of a code -> a short name of ours."""


def domain_name(code: str) -> str:
    """Name the domain of a code: ``6.EE.B.7`` and ``HSA-REI.B.3`` both work; an unknown one names itself."""
    parts = code.split(".")
    key = parts[0] if parts[0].startswith("HS") else ".".join(parts[1:2])
    return DOMAINS.get(key, key)


@cache
def shipped_titles() -> MappingProxyType[str, str]:
    """Skill identifier -> title, from the file that comes with the package (read only)."""
    text = files("headway.standards").joinpath("data/titles.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["id"]: row["title"] for row in csv.DictReader(io.StringIO(text))})


def short_title(text: str) -> str:
    """Cut a long description at a word, for a skill that has no title of ours."""
    words = re.sub(r"\s+", " ", text.replace("$", "").replace("*", "")).strip()
    if len(words) <= TITLE_LENGTH:
        return words
    return words[: TITLE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
