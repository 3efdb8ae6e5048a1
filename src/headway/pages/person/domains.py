"""Names of the shipped graph's domains in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

SHIPPED = (
    noop("Counting"),
    noop("Operations and algebraic thinking"),
    noop("Place value"),
    noop("Fractions"),
    noop("Measurement and data"),
    noop("Geometry"),
    noop("Ratios and proportions"),
    noop("The number system"),
    noop("Expressions and equations"),
    noop("Functions"),
    noop("Statistics and probability"),
    noop("Real numbers"),
    noop("Quantities and units"),
    noop("Structure of expressions"),
    noop("Polynomials"),
    noop("Creating equations"),
    noop("Solving equations"),
    noop("Understanding functions"),
    noop("Building functions"),
    noop("Linear and exponential models"),
    noop("Describing data"),
)
"""As ``standards.titles`` writes them; another graph's domains are shown as that graph has them."""


def domain_said(domain: str) -> str:
    """A domain's name."""
    return _(domain)


def level_said(grade: str) -> str:
    """A grade's name: ``Grade 7``, ``Algebra I``."""
    return _("Algebra I") if grade == "A1" else _("Grade {grade}").format(grade=grade)
