"""Some of Ms. Okafor's learners wrote lines as well: what they answered in Maple's history, with the way that led there.

Lines move no profile, so they are written after the history. Each is what a holder of the misconception of that answer writes
(the mal-rule itself makes it), and goes through the coach like any other line.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID, uuid5

from headway.cli.maple import DISTRICT, Maple, person_id
from headway.core.coaching.items import task_of_step
from headway.core.coaching.malrules.rule import malrules
from headway.core.coaching.predictions import predictions
from headway.core.coaching.render import to_plain
from headway.core.coaching.tree import Call
from headway.school.coaching.values import Kind, Note

SECTION = "c-7-1"
LEARNERS = 8
EACH = 2
LOOKED_AT = 150


def write_workings(maple: Maple, district: UUID = DISTRICT) -> int:
    """Write the lines of up to :data:`LEARNERS` learners; return the number of workings. The district must have its
    history."""
    from headway.school.coaching.actions import write_line
    from headway.school.mastery.models import Evidence
    from headway.school.people.refusal import Refused
    from headway.school.people.tenancy import in_district

    keys = [
        person_id(e.person, district) for e in maple.roster.enrolments if e.section == SECTION and e.role == "student"
    ]
    wrong = {"kind": "response", "correct": False, "attempt": 1, "activity__startswith": "gen:"}
    fields = ("event", "learner_id", "activity", "step", "answer", "misconception", "now")
    with in_district(district):
        rows = Evidence.objects.filter(learner_id__in=keys, misconception__in=list(malrules()), **wrong)
        found = list(rows.order_by("-now", "learner_id").values_list(*fields)[:LOOKED_AT])
    written: dict[UUID, int] = {}
    for event, learner, activity, step, answer, misconception, at in found:
        if written.get(learner, 0) >= EACH or (learner not in written and len(written) >= LEARNERS):
            continue
        lines = lines_to(district, activity, step, answer, misconception)
        if not lines:
            continue
        written[learner] = written.get(learner, 0) + 1
        notes = _notes(district, learner, event, activity, step, lines, at, hint=written[learner] > 1)
        for note in notes:
            with suppress(Refused):
                write_line(note=note, now=note.at)
    return sum(written.values())


def lines_to(district: UUID, activity: str, step: int, answer: str, misconception: str) -> list[str]:
    """The wrong line and the answer that it led to; nothing for a problem that is not worked in lines."""
    from headway.school.curriculum.queries import problem_of

    task = task_of_step(problem_of(district, activity).steps[step])
    if task.start is None or isinstance(task.start, Call):
        return []
    guesses = predictions(task.worked, states=1, only=frozenset((misconception,)))
    best = max(guesses, key=lambda guess: guess.share, default=None)
    if best is None:
        return []
    first = to_plain(best.tree)
    return [first] if first.replace(" ", "") == answer.replace(" ", "") else [first, answer]


def _notes(
    district: UUID, learner: UUID, event: UUID, activity: str, step: int, lines: list[str], at: float, *, hint: bool
) -> Iterator[Note]:
    working = uuid5(event, "working")
    deeds: list[tuple[Kind, str]] = [("line", text) for text in lines]
    if hint:
        deeds.insert(1, ("hint", ""))
    number = -1
    for place, (kind, text) in enumerate(deeds):
        number += kind == "line"
        moment = at - 12.0 * (len(deeds) - place)
        yield Note(
            district, learner, uuid5(event, f"deed {place}"), working, kind, activity, step,
            number=max(number, 0), written=text, seconds=12.0, at=moment, simulated=True,
        )  # fmt: skip
