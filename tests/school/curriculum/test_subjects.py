"""Taking a subject in: it stands beside mathematics, a second import updates it, and nothing is half-written."""

from __future__ import annotations

import uuid

import pytest

from headway.school.curriculum.queries import curriculum_of, problem_of
from headway.school.curriculum.subjects import SkillTaken, save_subject
from headway.school.models import CurriculumVersion, District, Problem, SkillEdge
from headway.school.people.tenancy import in_district
from headway.standards.subject.reading import Subject, read_subject
from headway.standards.subject.shipped import shipped_subject
from tests.standards.subject.tables import ITEMS, SKILLS, tables


@pytest.fixture
def district(database: str) -> uuid.UUID:
    del database
    key = uuid.uuid4()
    with in_district(key):
        District.objects.create(id=key, name=f"District {key}")
    return key


def art(**changed: str) -> Subject:
    return read_subject(tables(**changed))


def offered(district: uuid.UUID) -> set[str]:
    return {activity.id for activity in curriculum_of(district).activities}


def test_a_subject_is_in_force_at_once(district: uuid.UUID) -> None:
    saved = save_subject(district=district, subject=art())
    assert (saved.new_skills, saved.problems.new, saved.laid_aside) == (2, 2, 0)
    assert offered(district) == {"art:one", "art:two"}
    assert str(problem_of(district, "art:one").steps[0].wrong[0].says) == "Does it bend?"


def test_the_same_tables_again_change_nothing(district: uuid.UUID) -> None:
    save_subject(district=district, subject=art())
    before = curriculum_of(district).version
    saved = save_subject(district=district, subject=art())
    assert (saved.new_skills, saved.problems.new, saved.problems.changed, saved.problems.same) == (0, 0, 0, 2)
    assert curriculum_of(district).version == before


def test_changed_tables_update_lay_aside_and_bring_back(district: uuid.UUID) -> None:
    save_subject(district=district, subject=art())
    old = curriculum_of(district).version
    lines = ITEMS.splitlines()
    shorter = "\n".join([lines[0], lines[1].replace("straight", "quite straight")])
    saved = save_subject(
        district=district, subject=art(items=shorter, skills=SKILLS.replace(",art,art.lines", ",art,"))
    )
    assert (saved.problems.changed, saved.laid_aside) == (1, 1)
    assert offered(district) == {"art:one"}
    assert "quite straight" in str(problem_of(district, "art:one").steps[0].prompt)
    assert problem_of(district, "art:two").steps  # whoever has it open can go on
    with in_district(district):
        assert SkillEdge.objects.count() == 0
        assert CurriculumVersion.objects.filter(version=old).exists()  # old decisions can be replayed
    save_subject(district=district, subject=art())
    assert curriculum_of(district).version == old


def test_a_skill_of_another_subject_is_not_taken_over(district: uuid.UUID) -> None:
    save_subject(district=district, subject=art())
    before = offered(district)
    with pytest.raises(SkillTaken, match=r"art\.lines \(art\)"):
        save_subject(district=district, subject=art(skills=SKILLS.replace(",5,art,", ",5,drawing,")))
    assert offered(district) == before
    with in_district(district):
        assert Problem.objects.count() == 2


def test_english_comes_with_levels_and_difficulties(district: uuid.UUID) -> None:
    saved = save_subject(district=district, subject=shipped_subject("english"))
    curriculum = curriculum_of(district)
    assert saved.problems.offered == saved.problems.new == len(curriculum.activities) >= 400
    easy, stretch = (curriculum.activity(f"english:en.3.prefixes.0{n}") for n in (1, 8))
    assert easy is not None
    assert stretch is not None
    assert (easy.level, stretch.level) == (1, 3)
    assert easy.items[0].difficulty < 0.0 < stretch.items[0].difficulty


def test_a_deck_stays_a_deck(district: uuid.UUID) -> None:
    save_subject(district=district, subject=shipped_subject("english"))
    kinds = {skill.id: skill.kind for skill in curriculum_of(district).skills}
    assert kinds.pop("en.6.word-parts") == "cards"
    assert set(kinds.values()) == {"skill"}
