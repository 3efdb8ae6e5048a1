"""Activities elsewhere: who may choose, see, give and open them; what is written down of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest

from headway.core.curriculum.outside import Outside
from headway.school.models import OutsideChange, OutsideEvent
from headway.school.path.outside.actions import Faulty, NotThere, add, change, done, give, opened, retire, take_off
from headway.school.path.outside.queries import activities_for, did_of, for_learner, for_section
from headway.school.people.access import NotAllowed, Viewer, viewer_of
from headway.school.people.tenancy import in_district
from tests.pages.conftest import Pair, make_district, make_pair, maple

NOW = 1_790_000_000.0
SKILL = "6.RP.A.1"
VIDEO = Outside(
    "video",
    "Ratios in a kitchen",
    "https://youtu.be/aqz-KE-bpKQ",
    "worked",
    6,
    (SKILL,),
    source="A school",
    seen=20_000,
)
SHARED = replace(VIDEO, licence="CC BY 4.0", shared=True)


@pytest.fixture
def cast() -> Iterator[Pair]:
    pair = make_pair(maple())
    with in_district(pair.district.id):
        yield pair


@pytest.fixture
def okoye(cast: Pair) -> Viewer:
    return viewer_of(cast.okoye)


def test_one_s_own_is_seen_by_its_section_only_once_it_is_given(cast: Pair, okoye: Viewer) -> None:
    other = make_pair(cast.district.id)
    key = add(by=okoye, what=VIDEO, now=NOW)
    assert [each.id for each in activities_for(okoye, skill=SKILL)] == [key]
    assert not activities_for(viewer_of(other.okoye)) and not for_learner(cast.alba)
    assert not for_learner(cast.alba, skill=SKILL)
    with pytest.raises(NotThere):
        opened(learner=cast.alba, activity=key, key=uuid.uuid4(), now=NOW)
    assert give(by=okoye, activity=key, section=cast.section.id, why="Before  Friday.", now=NOW) == 1
    assert give(by=okoye, activity=key, section=cast.section.id, now=NOW + 1) == 0
    [found] = for_learner(cast.alba)
    assert (found.by, found.why, found.what.minutes, found.opened_at) == ("Ada Okoye", "Before Friday.", 6, 0.0)
    with pytest.raises(NotThere):
        opened(learner=other.alba, activity=key, key=uuid.uuid4(), now=NOW)
    [listed] = for_section(okoye, cast.section, [cast.alba])
    assert take_off(by=okoye, given=listed.given, now=NOW) and not take_off(by=okoye, given=listed.given, now=NOW)
    assert not for_learner(cast.alba)
    assert give(by=okoye, activity=key, section=cast.section.id, now=NOW + 2) == 1


def test_opening_and_doing_are_written_once_with_the_minutes(cast: Pair, okoye: Viewer) -> None:
    key = add(by=okoye, what=VIDEO, now=NOW)
    give(by=okoye, activity=key, section=cast.section.id, learners=[cast.alba.id], now=NOW)
    press = uuid.uuid4()
    for _twice in range(2):
        assert opened(learner=cast.alba, activity=key, key=press, now=NOW).address == VIDEO.address
    for later in (250.0, 251.0):
        done(learner=cast.alba, activity=key, now=NOW + later)
    assert [(each.what, each.minutes) for each in did_of(cast.alba.id)] == [("done", 5), ("opened", 0)]
    [found] = for_section(okoye, cast.section, [cast.alba])
    assert (
        found.learner == cast.alba and found.opened == {cast.alba.id: NOW} and found.done == {cast.alba.id: NOW + 250}
    )
    [mine] = for_learner(cast.alba)
    assert (mine.opened_at, mine.done_at) == (NOW, NOW + 250)


def test_what_is_shared_stands_beside_its_skill_in_its_school(cast: Pair, okoye: Viewer) -> None:
    other = make_pair(cast.district.id)
    key = add(by=okoye, what=SHARED, now=NOW)
    assert [each.id for each in for_learner(cast.alba, skill=SKILL)] == [key]
    assert not for_learner(cast.alba) and not for_learner(cast.alba, skill="6.RP.A.2")
    assert not for_learner(other.alba, skill=SKILL) and not activities_for(viewer_of(other.okoye))
    with pytest.raises(NotThere):
        give(by=viewer_of(other.okoye), activity=key, section=other.section.id, now=NOW)
    retire(by=okoye, activity=key, now=NOW)
    assert not for_learner(cast.alba, skill=SKILL) and not activities_for(okoye)
    retire(by=okoye, activity=key, now=NOW + 1, back=True)
    assert for_learner(cast.alba, skill=SKILL)
    what = list(OutsideChange.objects.filter(activity=key).order_by("id").values_list("what", flat=True))
    assert what == ["added", "retired", "back"]


def test_a_change_keeps_how_it_read_and_the_same_key_adds_once(cast: Pair, okoye: Viewer) -> None:
    key = add(by=okoye, what=VIDEO, now=NOW, key="page:1")
    assert add(by=okoye, what=replace(VIDEO, title="New"), now=NOW + 1, key="page:1") == key
    change(by=okoye, activity=key, what=replace(VIDEO, title="New"), now=NOW + 2)
    bodies = OutsideChange.objects.filter(activity=key).order_by("id").values_list("what", "body__title")
    assert list(bodies) == [("added", VIDEO.title), ("changed", "New")]
    assert [each.what.title for each in activities_for(okoye)] == ["New"]
    stranger = viewer_of(make_pair(cast.district.id).okoye)
    for attempt in (
        lambda: change(by=stranger, activity=key, what=VIDEO, now=NOW),
        lambda: retire(by=stranger, activity=key, now=NOW),
        lambda: add(by=stranger, what=VIDEO, now=NOW, key="page:1"),
    ):
        with pytest.raises(NotThere):
            attempt()


def test_nobody_gives_to_whom_they_do_not_teach(cast: Pair, okoye: Viewer) -> None:
    other = make_pair(cast.district.id)
    key = add(by=okoye, what=SHARED, now=NOW)
    with pytest.raises(NotAllowed):
        give(by=okoye, activity=key, section=other.section.id, now=NOW)
    with pytest.raises(NotAllowed):
        give(by=okoye, activity=key, section=cast.section.id, learners=[cast.alba.id, other.alba.id], now=NOW)
    give(by=okoye, activity=key, section=cast.section.id, now=NOW)
    [listed] = for_section(okoye, cast.section, [cast.alba])
    with pytest.raises(NotAllowed):
        take_off(by=viewer_of(other.okoye), given=listed.given, now=NOW)
    with pytest.raises(NotAllowed):
        add(by=viewer_of(cast.alba), what=SHARED, now=NOW)
    with pytest.raises(Faulty) as refusal:
        add(by=okoye, what=replace(SHARED, address="javascript:alert(1)", skills=("no",)), now=NOW)
    assert set(refusal.value.faults) == {"address", "skills"}
    assert not OutsideEvent.objects.filter(activity=key).exists()


def test_another_district_knows_nothing_of_it() -> None:
    pair = make_pair(maple())
    with in_district(pair.district.id):
        key = add(by=viewer_of(pair.okoye), what=SHARED, now=NOW)
        give(by=viewer_of(pair.okoye), activity=key, section=pair.section.id, now=NOW)
        [listed] = for_section(viewer_of(pair.okoye), pair.section, [pair.alba])
    there = make_pair(make_district())
    with in_district(there.district.id):
        assert not activities_for(viewer_of(there.okoye)) and not for_learner(there.alba, skill=SKILL)
        with pytest.raises(NotThere):
            give(by=viewer_of(there.okoye), activity=key, section=there.section.id, now=NOW)
        with pytest.raises(NotThere):
            opened(learner=there.alba, activity=key, key=uuid.uuid4(), now=NOW)
        with pytest.raises(NotAllowed):
            take_off(by=viewer_of(there.okoye), given=listed.given, now=NOW)
