"""Raised hands, visits and good words of many learners, in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection

from headway.core.environment.attention import LESSON
from headway.core.mastery.kernels import DAY
from headway.core.text import Text, text_from_json
from headway.school.environment.models import GoodWord

_SQL = """
SELECT 'help', h.learner_id, h.asked_at, coalesce(h.answered_at, 0), coalesce(h.answered_by_id::text, ''),
       coalesce(p.given_name || ' ' || p.family_name, '')
  FROM school_helprequest h LEFT JOIN school_person p ON p.id = h.answered_by_id
 WHERE h.learner_id = ANY(%(learners)s) AND h.asked_at > %(since)s
UNION ALL
SELECT 'visit', v.learner_id, v.at, 0, v.adult_id::text, ''
  FROM school_visit v
 WHERE v.learner_id = ANY(%(learners)s) AND v.at > %(since)s
UNION ALL
SELECT 'word', w.learner_id, w.at, coalesce(w.seen_at, 0), '', w.code
  FROM school_goodword w
 WHERE w.learner_id = ANY(%(learners)s) AND w.at > %(morning)s
 ORDER BY 3
"""


@dataclass(frozen=True, slots=True)
class Hand:
    """The newest raised hand of a learner and the newest visit; seconds since 1970, 0 for none. ``coming`` names the
    adult who is on their way. ``words`` are the codes of the good words said within half a day, with when they were
    seen (0: not yet)."""

    asked_at: float = 0.0
    coming_at: float = 0.0
    coming_id: str = ""
    coming: str = ""
    visited_at: float = 0.0
    words: tuple[tuple[str, float], ...] = ()


def hands_of(learners: Sequence[UUID], now: float) -> dict[UUID, Hand]:
    """Return raised hands and visits of the last lesson, and good words; a learner without any is left out."""
    hands: dict[UUID, Hand] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"learners": list(learners), "since": now - LESSON, "morning": now - DAY / 2})
        for kind, learner, at, answered, adult, name in cursor.fetchall():
            before = hands.get(learner, Hand())
            if kind == "word":
                hands[learner] = replace(before, words=(*before.words, (name, answered)))
            elif kind == "visit":
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


@dataclass(frozen=True, slots=True)
class SaidWord:
    """A good word as it was said: ``who`` names the adult; times are seconds since 1970, ``seen_at`` 0 for not yet."""

    number: int
    who: str
    said: Text
    at: float
    seen_at: float


def good_words_of(learner: UUID, *, since: float) -> list[SaidWord]:
    """Return the good words said to a learner, the newest first. The caller has checked access."""
    rows = GoodWord.objects.filter(learner_id=learner, at__gt=since).select_related("adult").order_by("-id")
    return [SaidWord(row.id, row.adult.name, text_from_json(row.said), row.at, row.seen_at or 0.0) for row in rows]
