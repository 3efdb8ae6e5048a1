"""What OneRoster's words mean in Headway's: roles, subjects, grades."""

from __future__ import annotations

ROLES = {
    "student": "learner",
    "teacher": "teacher",
    "aide": "teacher",
    "parent": "family",
    "guardian": "family",
    "relative": "family",
    "counselor": "interventionist",
    "principal": "leader",
    "administrator": "leader",
    "siteAdministrator": "leader",
    "districtAdministrator": "researcher",
    "systemAdministrator": "researcher",
}
"""OneRoster's role -> ours. A proctor has no part in a learner's record."""

BACK = {
    "learner": "student",
    "teacher": "teacher",
    "family": "guardian",
    "interventionist": "counselor",
    "leader": "principal",
    "researcher": "districtAdministrator",
}
"""Our role -> OneRoster's, for people who did not come from a roster."""

SEATS = {"student": "student", "teacher": "teacher", "aide": "teacher"}
"""The role of an enrollment -> the side of the room."""

_WORDS = {
    "mathematics": ("math", "algebra", "geometry", "calculus", "statistics", "trigonometry"),
    "english": ("english", "language art", "ela", "reading", "writing", "literature", "literacy"),
}
_CODES = {"01": "english", "02": "mathematics", "03": "science", "04": "social studies"}


def subject_of(subjects: str, codes: str, title: str) -> str:
    """Our name of a class's subject: by its subjects, else by its codes (SCED), else by its title; else the words as they are.

    >>> subject_of("English Language Arts", "01001", ""), subject_of("", "02052", "Period 3"), subject_of("Homeroom", "", "")
    ('english', 'mathematics', 'homeroom')
    """
    for words in (subjects, "" if codes else title):
        low = words.casefold()
        tokens = set(low.replace(",", " ").split())
        for name, marks in _WORDS.items():
            if any(mark in tokens if len(mark) <= 3 else mark in low for mark in marks):
                return name
    first = subjects.split(",")[0].strip()
    return first.casefold() or _CODES.get(codes.split(",")[0].strip()[:2], "") or "other"


def grade_of(grades: str) -> str:
    """Our name of the first of OneRoster's grades: ``K``, ``1`` ... ``12``, or empty for what is none of these.

    >>> grade_of("KG"), grade_of("07,08"), grade_of("PK")
    ('K', '7', '')
    """
    first = grades.split(",")[0].strip()
    if first == "KG":
        return "K"
    return str(int(first)) if first.isdigit() and 1 <= int(first) <= 12 else ""
