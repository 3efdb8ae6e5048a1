"""Writing a deed of a working down: judged first, then appended, once for each key. Opening hints that are held back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from headway import __version__
from headway.core.coaching.helping import next_help
from headway.core.coaching.working import Working
from headway.core.text import NOTHING, T, Text, text_to_json
from headway.school.coaching.columns import judged_grid
from headway.school.coaching.held import Opening, Whom, hints_named, in_force, may_open, opening_with, openings
from headway.school.coaching.judging import BROKEN, About, held_against, hints_of, patience, topic_of, working_of_lines
from headway.school.coaching.models import CoachLine, HintOpening
from headway.school.coaching.phrasing import phrased
from headway.school.coaching.queries import rows_of
from headway.school.coaching.standing import deeds_of, explained, reply_of, texts_of
from headway.school.coaching.values import Note, Reply, checked
from headway.school.curriculum.queries import UnknownProblem, problem_of
from headway.school.people.access import NotAllowed, Viewer
from headway.school.people.live import announce
from headway.school.people.models import Person, RoleName
from headway.school.people.refusal import NO_SUCH, TAKEN, KeyReused, Malformed, UnknownActivity, UnknownLearner
from headway.school.people.tenancy import in_district

MOST_DEEDS = 300
"""Rows of one working. Nobody writes more; a script that does is stopped."""
FULL = T("This working is very long. Open practice again to begin a new one.")
ANOTHER = T("This working is about another problem. Begin a new one.")
NO_HINT = T("This hint is not held back. Load the page again and look at its hints.")
STRANGERS = "There is nobody like that among those that you work with."
NOTHING_LEFT = T("There is nothing more that I can hint at here. Look at your last line, or ask your teacher.")


def write_line(*, note: Note, now: float) -> Reply:
    """Judge a deed, append it and say how the working stands. Sending the same again changes nothing.

    ``now`` is the server's clock in seconds since 1970. Raises Malformed, UnknownActivity, UnknownLearner or KeyReused.
    No transaction is open while the coach thinks.
    """
    note = checked(note)
    with patience():
        return _write(note, About(note.district, note.activity, note.step, note.problem), now)


def _write(note: Note, about: About, now: float) -> Reply:
    topic_of(about)
    with in_district(note.district):
        if (seen := _seen(note)) is not None:
            return seen
        rows = _earlier(note)
    row = _row(note, about, rows, now)
    try:
        with in_district(note.district):
            row.save(force_insert=True)
    except IntegrityError:  # the same key at the same moment: the other one is the answer
        with in_district(note.district):
            seen = _seen(note)
        if seen is None:
            raise
        return seen
    return reply_of(note.working, [*rows, row])


def _seen(note: Note) -> Reply | None:
    """The answer to a retry. Raises KeyReused when the key was used for something else."""
    row = CoachLine.objects.filter(event=note.event).first()
    if row is None:
        return None
    sent = (note.learner, note.working, note.kind, note.activity, note.step, note.problem, note.number, note.written)
    kept = (row.learner_id, row.working, row.kind, row.activity, row.step, row.problem, row.number, row.written)
    if sent != kept:
        raise KeyReused(TAKEN)
    return reply_of(note.working, rows_of(learner=note.learner, working=note.working, until=row.id), again=True)


def _earlier(note: Note) -> list[CoachLine]:
    """The rows of the working so far. A problem of one's own may be worked by anybody, for trying out."""
    person = Person.objects.filter(id=note.learner, is_active=True)
    if not (person if note.problem else person.filter(roles__name=RoleName.LEARNER)).exists():
        raise UnknownLearner(T("There is no such learner in this district."))
    rows = rows_of(learner=note.learner, working=note.working)
    if len(rows) >= MOST_DEEDS:
        raise Malformed(FULL)
    about = (note.activity, note.step, note.problem)
    if rows and (rows[0].activity, rows[0].step, rows[0].problem) != about:
        raise Malformed(ANOTHER)
    return rows


def _row(note: Note, about: About, rows: Sequence[CoachLine], now: float) -> CoachLine:
    row = CoachLine(
        district_id=note.district,
        event=note.event,
        learner_id=note.learner,
        working=note.working,
        kind=note.kind,
        activity=note.activity,
        step=note.step,
        problem=note.problem,
        skills=list(topic_of(about).skills),
        number=note.number,
        written=note.written,
        said=text_to_json(NOTHING),
        seconds=note.seconds,
        simulated=note.simulated,
        at=note.at,
        now=now,
        coach=__version__,
    )
    if note.kind == "line":
        _judge_line(row, about, rows)
    elif note.kind == "grid":
        _judge_grid(row, about)
    elif note.kind == "hint":
        _give_hint(row, about, rows, now)
    elif note.kind == "reason":
        _take_reason(row, rows)
    return row


def _judge_line(row: CoachLine, about: About, rows: Sequence[CoachLine]) -> None:
    texts = texts_of([*rows, row])
    places = list(texts)
    judged, place = working_of_lines(about, tuple(texts.values())), places.index(row.number)
    verdict = judged.verdicts[place]
    row.verdict = verdict.kind
    against = held_against(judged, place)
    row.follows = places[against] if against >= 0 else -1
    said: Text = verdict.message if verdict.move == NOTHING else verdict.move
    if verdict.kind in BROKEN:
        told = explained(about, judged, place)
        said, row.misconception, row.probability = told.sentence, told.likeliest, told.probability
    row.said = text_to_json(said)


def _judge_grid(row: CoachLine, about: About) -> None:
    verdict, found = judged_grid(topic_of(about).task, row.written)
    row.verdict = "broken" if verdict.wrong else "equivalent"
    said = verdict.message
    if found is not None and found.misconceptions:
        best = found.misconceptions[0]
        row.misconception, row.probability = best.id, best.probability
        if found.alleged is not None and found.alleged.rule is not None:
            said = T("{where} {why}", where=said, why=found.alleged.rule.learner)
    row.said = text_to_json(said)


def _give_hint(row: CoachLine, about: About, rows: Sequence[CoachLine], now: float) -> None:
    judged: Working = working_of_lines(about, tuple(texts_of(rows).values()))
    texts = hints_of(judged)
    given = next_help(deeds_of(rows), now, len(texts))
    row.level, row.small = given.level, given.small
    said = texts[given.level - 1] if given.level else NOTHING_LEFT
    row.said = text_to_json(phrased(row.district_id, row.learner_id, judged, said, now) if given.level else said)


def _take_reason(row: CoachLine, rows: Sequence[CoachLine]) -> None:
    """An option chosen for the question that the last deed brought; without a question it is kept and says nothing."""
    prompt = reply_of(row.working, rows).prompt if rows else None
    if prompt is None:
        return
    right = prompt.options[prompt.right]
    row.verdict = "right" if row.written == str(prompt.right) else "wrong"
    row.said = text_to_json(
        T("Yes. {reason}", reason=right) if row.verdict == "right" else T("This one fits: {reason}", reason=right)
    )


@transaction.atomic
def open_hints(*, viewer: Viewer, activity: str, step: int, hints: Sequence[str], whom: Whom, now: float) -> int:
    """Open hints of a step that are held back; return how many were not open for these people yet.

    Raises NotAllowed where the viewer does not look after these people, UnknownActivity, and Malformed for a hint that
    gives nothing away.
    """
    if not may_open(viewer, whom):
        raise NotAllowed(STRANGERS)
    try:
        found = hints_named(problem_of(viewer.person.district_id, activity), step, hints)
    except UnknownProblem as error:
        raise UnknownActivity(NO_SUCH) from error
    if not found or len(found) != len(set(hints)):
        raise Malformed(NO_HINT)
    held = {(row.step, row.hint) for row in in_force(openings([activity])) if row.whom == whom}
    fresh = [hint.id for hint in found if (step, hint.id) not in held]
    for hint in fresh:
        _append(viewer, Opening(0, activity, step, hint, whom, True, "", now, ""))
    return len(fresh)


@transaction.atomic
def take_back(*, viewer: Viewer, number: int, now: float) -> Opening:
    """Hold a hint back again. Raises NotAllowed for an opening that is not in force or not for people of the viewer's."""
    found = opening_with(number)
    if not may_open(viewer, found.whom):
        raise NotAllowed(STRANGERS)
    _append(viewer, Opening(0, found.activity, found.step, found.hint, found.whom, False, "", now, ""))
    return found


def _append(viewer: Viewer, row: Opening) -> None:
    HintOpening.objects.create(
        district_id=viewer.person.district_id,
        activity=row.activity,
        step=row.step,
        hint=row.hint,
        learner_id=row.whom.learner,
        section_id=row.whom.section,
        teacher_id=row.whom.teacher,
        open=row.open,
        by=viewer.person,
        now=row.now,
    )
    if row.whom.learner is not None:
        announce("learner", row.whom.learner)
