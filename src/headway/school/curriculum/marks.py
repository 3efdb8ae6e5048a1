"""Marks that people put on the content: what is held back, what was mended elsewhere, what was looked at and is fine."""

from __future__ import annotations

from collections.abc import Collection

from headway.school.curriculum.models import ContentMark as ContentMark

OF_ITEMS = ("item:", "hints:")
"""How the subjects begin that are an item, so that it can be held back."""


def newest_marks(subjects: Collection[str] | None = None) -> dict[str, ContentMark]:
    """Return the newest mark of each subject, of some of them where they are named. Inside the district's transaction."""
    rows = ContentMark.objects.select_related("by").order_by("subject", "-id").distinct("subject")
    if subjects is not None:
        rows = rows.filter(subject__in=list(subjects))
    return {row.subject: row for row in rows}


def marks_of(subject: str) -> list[ContentMark]:
    """Return all marks of a subject, newest first."""
    return list(ContentMark.objects.filter(subject=subject).select_related("by").order_by("-id"))


def held_items() -> frozenset[str]:
    """Return the items that somebody holds back now. Inside the district's transaction."""
    newest = ContentMark.objects.order_by("subject", "-id").distinct("subject").values_list("subject", "verdict")
    return frozenset(
        subject.split(":", 1)[1] for subject, verdict in newest if verdict == "held" and subject.startswith(OF_ITEMS)
    )
