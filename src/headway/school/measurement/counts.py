"""The two counts of a window that steer exposure and items on trial: finished sittings, and in how many each item was given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, F

from headway.school.measurement.models import ScreeningAnswer, ScreeningCount, ScreeningSitting, ScreeningWindow

TAKERS = ""
"""The name under which finished sittings are counted; no item is called so."""


def counts_in(window: UUID, grade: str) -> tuple[dict[str, int], int]:
    """How often each item was given in the finished sittings of a grade, by name, and how many of these there are."""
    given = dict(ScreeningCount.objects.filter(window_id=window, grade=grade).values_list("item", "given"))
    return given, given.pop(TAKERS, 0)


def count_finished(*, window: ScreeningWindow, grade: str, items: Iterable[str]) -> None:
    """Count one sitting that is stored as finished, with the items that it gave, inside its transaction.

    The row of the takers is locked first, so sittings that finish together are counted one after the other: none is lost
    and no two wait for each other. The first one of a grade counts from the answers.
    """
    here = ScreeningCount.objects.filter(window=window, grade=grade)
    _rows(window, grade, [TAKERS])
    if here.select_for_update().get(item=TAKERS).given == 0:
        told = counted(window.id, grade)
        _rows(window, grade, told)
        for name, number in told.items():
            here.filter(item=name).update(given=number)
        return
    names = sorted(set(items))
    _rows(window, grade, names)
    here.filter(item__in=[TAKERS, *names]).update(given=F("given") + 1)


def counted(window: UUID, grade: str) -> Counter[str]:
    """The same counts from the answers themselves."""
    done = ScreeningSitting.objects.filter(window_id=window, grade=grade, status="finished")
    answers = ScreeningAnswer.objects.filter(sitting__in=done).order_by()
    told = Counter(dict(answers.values_list("item").annotate(n=Count("id"))))
    told[TAKERS] = done.count()
    return told


def _rows(window: ScreeningWindow, grade: str, names: Iterable[str]) -> None:
    made = [ScreeningCount(district_id=window.district_id, window=window, grade=grade, item=name) for name in names]
    ScreeningCount.objects.bulk_create(made, ignore_conflicts=True)
