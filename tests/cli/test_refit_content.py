"""An item that somebody holds back is chosen by no path from then on, and what was decided before still replays."""

from __future__ import annotations

import time
from collections.abc import Iterator
from uuid import UUID

import pytest

from headway.core.curriculum.catalogue import catalogue_id
from headway.school.curriculum.queries import curriculum_of
from headway.school.evidence.content.actions import NotMarked, mark
from headway.school.mastery.models import RefitReport
from headway.school.path.models import Decision
from headway.school.people.models import Person
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast
from tests.school.evidence.refits import proposed, replayed


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    made = make_cast()
    yield made
    made.close()


def told_of(cast: Cast, item: str) -> UUID:
    """Write down a report that finds an item's key wrong."""
    with in_district(cast.district.id):
        found = RefitReport.objects.get(refit_id=proposed(cast))
        finding = {"kind": "key", "subject": f"item:{item}"}
        second = RefitReport.objects.get(refit_id=proposed(cast, forget=0.4))
        values = {
            name: getattr(found, name) for name in ("champion", "challenger", "verdict", "simulated", "body", "digest")
        }
        second_key = second.refit_id
    with in_district(cast.district.id, using="owner"):
        RefitReport.objects.using("owner").filter(refit_id=second_key).update(content={"findings": [finding]}, **values)
    return second_key


def leader(cast: Cast) -> Person:
    with in_district(cast.district.id):
        return Person.objects.get(given_name="Dana", district=cast.district)


def chosen(cast: Cast, after: int = 0) -> set[str]:
    """The items of the decisions since one."""
    with in_district(cast.district.id):
        named = Decision.objects.filter(id__gt=after).values_list("activity", flat=True)
        return {catalogue_id(activity) for activity in named}


def test_what_is_held_back_is_chosen_no_more_and_everything_replays(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.time() - 7200.0
    cast.answers("Ana", "oxooxoo", began)
    with in_district(cast.district.id):
        last = Decision.objects.order_by("-id").first()
        assert last is not None
    item = catalogue_id(last.activity)
    words = {"refit": told_of(cast, item), "kind": "key", "subject": f"item:{item}"}
    row = mark(by=leader(cast), verdict="held", reason="A wrong key.", now=time.time(), **words)  # type: ignore[arg-type]
    assert (row.verdict, row.by_id) == ("held", leader(cast).id)
    assert item not in curriculum_of(cast.district.id).item_number
    cast.answer("Ana", True, began + 600.0)  # what is open before her she may still answer
    cast.answers("Ana", "oxooxoxo", began + 3600.0)
    cast.answers("Ben", "oxooxoxo", began + 3600.0)
    assert item not in chosen(cast, last.id)
    assert replayed(cast, capsys)
    with pytest.raises(NotMarked, match="no such finding"):
        mark(by=leader(cast), verdict="fine", reason="x", now=1.0, **(words | {"subject": "item:y"}))  # type: ignore[arg-type]
    mark(by=leader(cast), verdict="mended", reason="The key is right now.", now=time.time(), **words)  # type: ignore[arg-type]
    assert item in curriculum_of(cast.district.id).item_number
    assert replayed(cast, capsys)
