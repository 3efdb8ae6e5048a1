"""Worked solutions of grade 6 to Algebra I hold line by line."""

import pytest

from headway.core.curriculum.generators.base import activity_id, generate, templates

from .lines import check_lines

FALSE_ON_PURPOSE = ("8.EE.C.7.a/count", "8.EE.C.7.a/count-simple")
"""Their solutions end in a false statement when an equation has no solution."""

CHECKED = [key for key in templates() if key.startswith(("6", "7", "8", "HS")) and key not in FALSE_ON_PURPOSE]


@pytest.mark.parametrize("template_id", CHECKED)
def test_every_line_follows(template_id: str) -> None:
    for seed in range(25):
        activity = activity_id(template_id, seed)
        (step,) = generate(activity).steps
        try:
            check_lines(step)
        except AssertionError as error:
            raise AssertionError(f"{activity}: {error}") from error
