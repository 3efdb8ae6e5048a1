"""Raised hands and visits of many learners, in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection

from headway.core.environment.attention import LESSON

_SQL = """
SELECT 'help', h.learner_id, h.asked_at, coalesce(h.answered_at, 0), coalesce(h.answered_by_id::text, ''),
       coalesce(p.given_name || ' ' || p.family_name, '')
  FROM school_helprequest h LEFT JOIN school_person p ON p.id = h.answered_by_id
 WHERE h.learner_id = ANY(%(learners)s) AND h.asked_at > %(since)s
UNION ALL
SELECT 'visit', v.learner_id, v.at, 0, v.adult_id::text, ''
  FROM school_visit v
 WHERE v.learner_id = ANY(%(learners)s) AND v.at > %(since)s
 ORDER BY 3
"""


@dataclass(frozen=True, slots=True)
class Hand:
    """The newest raised hand of a learner and the newest visit; seconds since 1970, 0 for none. ``coming`` names the
    adult who is on their way."""

    asked_at: float = 0.0
    coming_at: float = 0.0
    coming_id: str = ""
    coming: str = ""
    visited_at: float = 0.0


def hands_of(learners: Sequence[UUID], now: float) -> dict[UUID, Hand]:
    """Return raised hands and visits of the last lesson; a learner without any is left out."""
    hands: dict[UUID, Hand] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"learners": list(learners), "since": now - LESSON})
        for kind, learner, at, answered, adult, name in cursor.fetchall():
            before = hands.get(learner, Hand())
            if kind == "visit":
                hands[learner] = replace(before, visited_at=at)
            else:
                hands[learner] = replace(before, asked_at=at, coming_at=answered, coming_id=adult, coming=name)
    return hands


@dataclass(frozen=True, slots=True)
class HelpStatus:
    """What a learner sees of their raised hand: ``coming`` names the adult who said that they are on their way."""

    up: bool
    coming: str = ""


def help_status(learner: UUID, now: float) -> HelpStatus:
    """Return whether this learner's hand is up, and who is coming."""
    hand = hands_of([learner], now).get(learner, Hand())
    up = hand.asked_at > 0 and hand.visited_at < hand.asked_at
    return HelpStatus(up, hand.coming if up else "")
