"""What the server remembers between two pages of one step."""

from __future__ import annotations

from django.db import connection

from headway.school.people.models import Person

_NOTE = (
    "INSERT INTO school_hintsshown (district_id, learner_id, activity, step, since, shown) VALUES (%s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (learner_id) DO UPDATE SET activity = excluded.activity, step = excluded.step, since = excluded.since,"
    " shown = CASE WHEN school_hintsshown.activity = excluded.activity AND school_hintsshown.step = excluded.step"
    " AND school_hintsshown.since = excluded.since THEN greatest(school_hintsshown.shown, excluded.shown)"
    " ELSE excluded.shown END"
)


def note_hints(*, learner: Person, activity: str, step: int, since: float, shown: int) -> None:
    """Remember how many hints of the open step a learner has seen, in whichever window. ``since`` is when the problem was
    opened, as the profile has it; the loop counts the larger of this and what an answer says itself."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [learner.district_id, learner.id, activity, step, since, shown])
