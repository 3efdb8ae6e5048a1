"""Real content, where ../shared is there: every count of its READMEs, on samples. The whole of it: ``make prove``."""

from __future__ import annotations

import pytest

from tests.standards.content.real import LESSONS, SMALL, Real, banks, content_of, lessons, opened, same_counts
from tests.standards.shared import needs_shared

pytestmark = needs_shared
CANVAS, BLACKBOARD = "qti/canvas_qti_v1_2/canvas_qti_v1_2-", "qti/blackboard_qti_v2_1/blackboard_qti_v2_1-"


@pytest.mark.parametrize("real", SMALL, ids=lambda real: real.path.rsplit("/", 1)[-1])
def test_the_counts_of_the_readme(real: Real) -> None:
    same_counts(real)


def test_oppias_lessons_have_the_states_groups_and_hints_of_the_readme() -> None:
    found = lessons()
    assert found == LESSONS
    assert [sum(each) for each in zip(*found.values(), strict=True)] == [136, 351, 90]


@pytest.mark.parametrize(
    "bank", ["MC-monohybrid_cross_genotype", "which_amino_acid-FIB", "x_linked_tortoiseshell", "blood_type_offspring",
             "match_amino_acid_structures-4_choices"],
)  # fmt: skip
def test_a_bank_in_two_formats_gives_equal_questions(bank: str) -> None:
    listed = banks()
    one, two = opened(f"{CANVAS}{bank}.zip"), opened(f"{BLACKBOARD}{bank}.zip")
    assert len(one.questions) == len(two.questions) == listed[f"{CANVAS}{bank}.zip"]
    assert {content_of(q) for q in one.questions} == {content_of(q) for q in two.questions}
    assert one.licence.startswith("CC Attribution")
