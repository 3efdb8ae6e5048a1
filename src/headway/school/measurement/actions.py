"""Opening and closing screening windows, supports for a sitting, imported banks, and scores that adults take."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from headway.core.curriculum.catalogue import grade_level
from headway.core.intervention.screening import SEASONS, CutScores
from headway.school.measurement.banks import checked_bank
from headway.school.measurement.models import Measure, ScreeningBank, ScreeningSitting, ScreeningWindow
from headway.school.measurement.queries import own_cuts
from headway.school.people.live import announce
from headway.school.people.models import Person, RoleName, School
from headway.standards.measures import MeasureRow

LONGEST_NOTE = 300
FIRST_DAY = 7_305
"""1 January 1990 in days from 1 January 1970; no score on record is older."""
LONGEST_WORK = 4 * 60 * 60


class NotTaken(ValueError):
    """What was asked for cannot be written down as it is; the message says what to change."""


@transaction.atomic
def open_window(
    *,
    school: School,
    season: str,
    year: int,
    grades: Sequence[str],
    by: Person,
    now: float,
    cuts: Mapping[str, tuple[float, float]] | None = None,
    seconds: int = 0,
    bank: UUID | None = None,
) -> ScreeningWindow:
    """Open a window; every active learner of the school in these grades is on its roster. Without ``cuts`` those hold that
    the school set in its latest window of the season.

    Raises NotTaken for an unknown season, no or unknown grades, cut scores in the wrong order, and when a window of the
    same season and year is open for one of the grades.
    """
    if season not in SEASONS or not 2000 <= year <= 2200:
        raise NotTaken(_("Choose a season and a school year."))
    wanted = sorted(set(grades), key=lambda grade: (len(grade), grade))
    if not wanted or not all(_known(grade) for grade in wanted):
        raise NotTaken(_("Choose at least one grade."))
    if not 0 <= seconds <= LONGEST_WORK:
        raise NotTaken(_("Give a working time from 0 to 240 minutes; 0 is no limit."))
    for other in ScreeningWindow.objects.filter(school=school, season=season, year=year, closed_at=None):
        both = sorted(set(other.grades) & set(wanted))
        if both:
            raise NotTaken(_("Grade {grade} has an open window of this season already.").format(grade=both[0]))
    if cuts is None:
        cuts = {
            grade: (high, some) for grade, (high, some) in own_cuts([school.id]).get((school.id, season), {}).items()
        }
    window = ScreeningWindow.objects.create(
        district_id=school.district_id,
        school=school,
        season=season,
        year=year,
        grades=wanted,
        cuts=_cuts(cuts, wanted),
        bank_id=bank,
        seconds=seconds,
        opened_by=by,
        opened_at=now,
    )
    fill_roster(window=window)
    return window


def fill_roster(*, window: ScreeningWindow) -> int:
    """Put learners on the roster who are not on it yet, as those who came after it was opened; return how many."""
    on_it = ScreeningSitting.objects.filter(window=window).values("learner")
    missing = (
        Person.objects.filter(Q(roles__school=window.school_id), roles__name=RoleName.LEARNER, is_active=True)
        .filter(grade__in=window.grades)
        .exclude(id__in=on_it)
        .distinct()
    )
    made = ScreeningSitting.objects.bulk_create(
        [
            ScreeningSitting(
                district_id=window.district_id,
                window=window,
                learner=person,
                grade=person.grade,
                simulated=person.simulated,
            )
            for person in missing
        ],
        ignore_conflicts=True,
    )
    return len(made)


@transaction.atomic
def set_cuts(*, window: ScreeningWindow, cuts: Mapping[str, tuple[float, float]]) -> None:
    """Replace a window's cut scores; results are read against them at once. Raises NotTaken out of order."""
    window.cuts = _cuts(cuts, window.grades)
    window.save(update_fields=["cuts"])


@transaction.atomic
def close_window(*, window: ScreeningWindow, by: Person, now: float) -> None:
    """Close a window. Sittings that are not finished stop where they are; only a make-up can finish them."""
    if window.closed_at is None:
        window.closed_by, window.closed_at = by, now
        window.save(update_fields=["closed_by", "closed_at"])
        working = ScreeningSitting.objects.filter(window=window, status="working")
        stopped = list(working.values_list("learner", flat=True))
        working.update(status="paused", shown_at=None, touched_at=now)
        for learner in stopped:
            announce("learner", learner)


@transaction.atomic
def support(
    *,
    sitting: UUID,
    extra_time: float | None = None,
    text_size: float | None = None,
    read_aloud: bool | None = None,
    make_up: bool | None = None,
    excused: bool | None = None,
    note: str | None = None,
) -> ScreeningSitting:
    """Set what a learner needs: more time (a factor from 1 to 4), larger text (a factor from 1 to 2), reading aloud, a
    make-up after the window has closed, or being excused. Raises NotTaken for a factor out of range and for excusing
    somebody who has finished."""
    row = ScreeningSitting.objects.select_for_update().get(id=sitting)
    if extra_time is not None:
        if not 1.0 <= extra_time <= 4.0:
            raise NotTaken(_("Extra time is a factor from 1 to 4."))
        row.extra_time = extra_time
    if text_size is not None:
        if not 1.0 <= text_size <= 2.0:
            raise NotTaken(_("The size of the text is a factor from 1 to 2."))
        row.text_size = text_size
    row.read_aloud = row.read_aloud if read_aloud is None else read_aloud
    row.make_up = row.make_up if make_up is None else make_up
    row.note = row.note if note is None else note.strip()[:LONGEST_NOTE]
    if excused is not None:
        if row.status == "finished":
            raise NotTaken(_("This screening is finished; its result stays."))
        if excused:
            row.status = "excused"
        elif row.status == "excused":
            row.status = "paused" if row.state else "waiting"
    row.save()
    announce("learner", row.learner_id)
    return row


@transaction.atomic
def pause(*, sitting: UUID, now: float) -> None:
    """Stop the clock of a sitting that is being worked on; nothing else happens, it goes on where it stands."""
    row = ScreeningSitting.objects.select_for_update().get(id=sitting)
    if row.status == "working":
        row.status, row.shown_at, row.touched_at = "paused", None, now
        row.save(update_fields=["status", "shown_at", "touched_at"])
        announce("learner", row.learner_id)


@transaction.atomic
def import_bank(*, district: UUID, name: str, data: bytes, by: Person | None, now: float) -> ScreeningBank:
    """Keep a bank of calibrated items to screen with. Raises ImportProblem naming row and column."""
    table = checked_bank(data, name)
    return ScreeningBank.objects.create(
        district_id=district, name=name, table=data, items=len(table.bank), by=by, at=now
    )


@transaction.atomic
def record_measure(
    *,
    learner: Person,
    measure: str,
    day: int,
    score: float,
    by: Person | None,
    now: float,
    unit: str = "",
    se: float | None = None,
    form: str = "",
    detail: Mapping[str, object] | None = None,
    source: str = "teacher",
) -> Measure:
    """Write down a score. Raises NotTaken for one that is not finite, without a name, or of a day to come or before 1990."""
    if not measure.strip() or not math.isfinite(score):
        raise NotTaken(_("A score needs a measure and a number."))
    if se is not None and not (math.isfinite(se) and se > 0.0):
        raise NotTaken(_("A standard error is a number above 0."))
    if day > now // 86_400 + 1:
        raise NotTaken(_("The day lies ahead."))
    if day < FIRST_DAY:
        raise NotTaken(_("The day lies before 1990. Look at the year."))
    return Measure.objects.create(
        district_id=learner.district_id,
        learner=learner,
        measure=measure.strip()[:80],
        day=day,
        score=score,
        se=se,
        unit=unit[:120],
        form=form[:120],
        detail=dict(detail or {}),
        source=source,
        by=by,
        at=now,
    )


@transaction.atomic
def import_measures(*, rows: Sequence[MeasureRow], learners: Mapping[str, UUID], now: float) -> int:
    """Write scores of a file, whose students are in ``learners``; return how many are new. A score that stands there already
    with the same value is not written again, so that a file may be imported twice."""
    people = {person.id: person for person in Person.objects.filter(id__in=set(learners.values()))}
    same = Measure.objects.filter(learner_id__in=people, source="file").order_by("id")
    there = {
        (learner, measure, day, form): score
        for learner, measure, day, form, score in same.values_list("learner_id", "measure", "day", "form", "score")
    }
    fresh = [row for row in rows if there.get((learners[row.student], row.measure, row.day, row.form)) != row.score]
    made = Measure.objects.bulk_create(
        [
            Measure(
                district_id=people[learners[row.student]].district_id,
                learner_id=learners[row.student],
                measure=row.measure,
                day=row.day,
                score=row.score,
                se=row.se,
                unit=row.unit,
                form=row.form,
                source="file",
                at=now,
            )
            for row in fresh
        ],
        batch_size=2000,
    )
    return len(made)


def _known(grade: str) -> bool:
    try:
        return grade_level(grade) >= 0
    except ValueError:
        return False


def _cuts(cuts: Mapping[str, tuple[float, float]], grades: Sequence[str]) -> dict[str, list[float]]:
    out: dict[str, list[float]] = {}
    for grade, (high, some) in cuts.items():
        try:
            CutScores(high, some)
        except ValueError:
            raise NotTaken(
                _("Grade {grade}: the cut score for high risk lies below the one for some risk, in logits.").format(
                    grade=grade
                )
            ) from None
        if grade in grades:
            out[grade] = [high, some]
    return out
