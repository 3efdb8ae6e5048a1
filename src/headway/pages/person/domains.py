"""Names of the shipped graph's domains in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SHIPPED = (
    gettext_noop("Counting"),
    gettext_noop("Operations and algebraic thinking"),
    gettext_noop("Place value"),
    gettext_noop("Fractions"),
    gettext_noop("Measurement and data"),
    gettext_noop("Geometry"),
    gettext_noop("Ratios and proportions"),
    gettext_noop("The number system"),
    gettext_noop("Expressions and equations"),
    gettext_noop("Functions"),
    gettext_noop("Statistics and probability"),
    gettext_noop("Real numbers"),
    gettext_noop("Quantities and units"),
    gettext_noop("Structure of expressions"),
    gettext_noop("Polynomials"),
    gettext_noop("Creating equations"),
    gettext_noop("Solving equations"),
    gettext_noop("Understanding functions"),
    gettext_noop("Building functions"),
    gettext_noop("Linear and exponential models"),
    gettext_noop("Describing data"),
)
"""As ``standards.titles`` writes them; another graph's domains are shown as that graph has them."""


def domain_said(domain: str) -> str:
    """A domain's name."""
    return _(domain)


def level_said(grade: str) -> str:
    """A grade's name: ``Grade 7``, ``Algebra I``, ``Kindergarten``."""
    named = {"K": _("Kindergarten"), "PK": _("Prekindergarten"), "A1": _("Algebra I"), "HS": _("High school")}
    return named.get(grade) or _("Grade {grade}").format(grade=grade)
