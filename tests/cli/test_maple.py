"""The cast as data: whole, readable, the same every time, and loaded without loss."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from headway.cli.command import Refused
from headway.cli.maple import DOORS, PLACE, plan_scopes, read_maple
from headway.core.curriculum.generators.contexts import INTERESTS
from headway.school.curriculum.actions import install_shipped_curriculum
from headway.school.curriculum.queries import curriculum_of
from headway.school.path.actions import BadWish, set_scope
from headway.school.path.models import PlanRow
from headway.school.path.queries import plans_of
from headway.school.people.access import NotAllowed, access_learner, access_section, viewer_of
from headway.school.people.actions import take_roster
from headway.school.people.models import Enrolment, Guardianship, Person, Role, Section
from headway.school.people.roster import RosterRole
from headway.school.people.tenancy import in_district
from tests.maple import (
    ANOTHER_LEARNER,
    ANOTHER_TEACHER,
    CARMEN,
    DATA_LEAD,
    INTERVENTIONIST,
    MINA,
    OKAFOR,
    PRINCIPAL,
    YUSUF,
    MapleCast,
    make_maple,
    maple_files,
)


@pytest.fixture(scope="module")
def cast(database: str) -> MapleCast:
    return make_maple(curriculum=False)


def test_the_files_are_what_the_script_writes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, PLACE / "make.py", tmp_path], check=True, timeout=60)
    for path in sorted(PLACE.glob("*.csv")):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), f"run samples/maple/make.py: {path.name}"


def test_the_school_has_its_people() -> None:
    roster = maple_files().roster
    assert len(roster.sections) == 7
    assert {section.grade for section in roster.sections} == {"6", "7", "8"}
    roles = Counter(role.name for role in roster.roles)
    assert (roles["learner"], roles["teacher"]) == (150, 8)
    assert (roles["interventionist"], roles["leader"], roles["researcher"]) == (1, 1, 1)
    students = Counter(e.section for e in roster.enrolments if e.role == "student")
    assert set(students.values()) == {25}
    assert all(
        any(e.role == "teacher" and e.section == s.sourced_id for e in roster.enrolments) for s in roster.sections
    )


def test_every_learner_has_a_family_and_a_mind() -> None:
    maple = maple_files()
    learners = {role.person for role in maple.roster.roles if role.name == "learner"}
    assert {guardian.learner for guardian in maple.roster.guardians} == learners == {m.learner for m in maple.minds}
    assert {m.temperament for m in maple.minds} == {"steady", "asks", "silent", "guesses", "stuck", "ahead", "new"}


def test_the_people_are_diverse() -> None:
    roster = maple_files().roster
    learners = [person for person in roster.people if person.sourced_id.startswith("s-")]
    languages = Counter(person.language for person in learners)
    assert len(languages) >= 8
    assert languages["es"] >= 15
    assert languages["en"] < 100
    assert all(set(person.interests) <= set(INTERESTS) and person.interests for person in learners)
    assert len({interest for person in learners for interest in person.interests}) == len(INTERESTS)


def test_nobody_is_mistaken_for_somebody_else() -> None:
    roster = maple_files().roster
    learners = [person for person in roster.people if person.sourced_id.startswith("s-")]
    assert len({(person.given_name, person.family_name[0]) for person in learners}) == len(learners)
    adults = {(p.given_name, p.family_name) for p in roster.people if not p.sourced_id.startswith("s-")}
    assert adults.isdisjoint((person.given_name, person.family_name) for person in learners)
    assert all(person.simulated and person.email.endswith("@maple.example") for person in roster.people)


def test_the_doors_lead_to_their_roles() -> None:
    roles = {(role.person, role.name) for role in maple_files().roster.roles}
    assert {(person, role) for role, person in DOORS} <= roles


def test_loading_keeps_everything_and_loading_again_changes_nothing(cast: MapleCast) -> None:
    def count() -> list[int]:
        with in_district(cast.district):
            return [m._default_manager.count() for m in (Person, Role, Section, Enrolment, Guardianship)]

    roster = maple_files().roster
    wanted = [len(x) for x in (roster.people, roster.roles, roster.sections, roster.enrolments, roster.guardians)]
    assert count() == wanted
    take_roster(district=cast.district, roster=roster)
    assert count() == wanted


def test_an_update_keeps_the_person(cast: MapleCast) -> None:
    person = next(p for p in maple_files().roster.people if p.sourced_id == YUSUF)
    renamed = replace(maple_files().roster, people=(replace(person, given_name="Yusuf Can"),), roles=())
    take_roster(district=cast.district, roster=renamed)
    assert cast.person(YUSUF).given_name == "Yusuf Can"


def test_a_role_of_nobody_is_refused_and_nothing_is_kept(cast: MapleCast) -> None:
    roster = maple_files().roster
    with pytest.raises(KeyError, match="s-nobody"):
        take_roster(district=cast.district, roster=replace(roster, roles=(RosterRole("s-nobody", "learner"),)))


@pytest.mark.parametrize("who", [MINA, OKAFOR, CARMEN, INTERVENTIONIST, PRINCIPAL])
def test_those_with_a_part_in_it_see_minas_record(cast: MapleCast, who: str) -> None:
    with in_district(cast.district):
        assert access_learner(viewer_of(cast.person(who)), cast.id_of(MINA), purpose="test", place="test").family_name


@pytest.mark.parametrize("who", [ANOTHER_TEACHER, ANOTHER_LEARNER, YUSUF, DATA_LEAD])
def test_others_do_not(cast: MapleCast, who: str) -> None:
    with in_district(cast.district), pytest.raises(NotAllowed):
        access_learner(viewer_of(cast.person(who)), cast.id_of(MINA), purpose="test", place="test")


def test_ms_okafor_opens_her_section_only(cast: MapleCast) -> None:
    with in_district(cast.district):
        viewer = viewer_of(cast.person(OKAFOR))
        _, learners = access_section(viewer, cast.section(), purpose="test", place="test")
        assert len(learners) == 25
        with pytest.raises(NotAllowed):
            access_section(viewer, cast.section("c-8-2"), purpose="test", place="test")


@pytest.mark.parametrize("damage", ["missing", "column", "role"])
def test_broken_files_are_named(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "maple"
    shutil.copytree(PLACE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / "roles.csv"
    if damage == "missing":
        path.unlink()
    elif damage == "column":
        path.write_text(path.read_text().replace("userSourcedId", "user"))
    else:
        path.write_text(path.read_text().replace(",principal,", ",emperor,"))
    with pytest.raises(Refused, match=str(folder)):
        read_maple(folder)


def test_each_grade_has_a_scope_and_a_new_one_ends_the_old(database: str) -> None:
    cast = make_maple()
    curriculum = curriculum_of(cast.district)
    plan_scopes(maple_files(), curriculum, now=1000.0, district=cast.district)
    with in_district(cast.district):
        plans = plans_of([cast.id_of(MINA), cast.id_of(ANOTHER_LEARNER)], 2000.0, 0.0)
    mina, other = plans[cast.id_of(MINA)].only_skills, plans[cast.id_of(ANOTHER_LEARNER)].only_skills
    assert mina is not None
    assert other is not None
    assert "7.EE.B.4.a" in mina
    assert "3.OA.A.1" not in mina
    assert mina != other
    assert len(mina & {activity.skill for activity in curriculum.activities}) >= 15
    plan_scopes(maple_files(), curriculum, now=3000.0, district=cast.district)
    with in_district(cast.district):
        assert PlanRow.objects.filter(learner=cast.id_of(MINA), ends=None).count() == 1


def test_a_scope_of_unknown_skills_is_refused(cast: MapleCast) -> None:
    install_shipped_curriculum(district=cast.district)
    with pytest.raises(BadWish, match=r"0\.MAGIC"):
        set_scope(district=cast.district, learners=[cast.id_of(MINA)], skills=["0.MAGIC"], reason="no", now=1.0)
