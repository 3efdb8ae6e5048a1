"""One class for the projects' tests: Ms. Okafor's, with Ana, Ben, Chi and Dev, and a project over three milestones."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest

from headway.school.measurement.projects.actions import Step, set_groups, start_project
from headway.school.models import Project
from headway.school.people.clock import day_of
from headway.school.people.tenancy import in_district
from tests.cast import Cast, make_cast


@dataclass(frozen=True)
class Room:
    """The cast and a project of section A: Ana and Ben in group 1, Chi and Dev alone."""

    cast: Cast
    project: Project
    today: int

    @property
    def path(self) -> str:
        """The address of its board."""
        return f"/teach/project/{self.project.id}"

    def part(self, name: str) -> str:
        """The address of a learner's part."""
        return f"{self.path}/{self.cast[name].id}"


@pytest.fixture
def school(database: str) -> Iterator[Cast]:
    cast = make_cast()
    yield cast
    cast.close()


@pytest.fixture
def room(school: Cast) -> Room:
    """A project of its own for each test."""
    with in_district(school.district.id):
        today = day_of(school.district.id, time.time())
        project = start_project(
            section=school.a,
            title="Our creek",
            question="Is our creek healthy?",
            subjects="Science, mathematics",
            rubric="investigation",
            peers="checked",
            by=school["Okafor"],
            now=time.time(),
            steps=[
                Step("Plan", "One page", today - 1),
                Step("Data", "A table", today + 7),
                Step("Talk", "", today + 14),
            ],
        )
        set_groups(project=project, groups={str(school[name].id): 1 for name in ("Ana", "Ben")})
    return Room(school, project, today)


def words(response: Any) -> str:
    """The page without its markup."""
    assert response.status_code in (200, 422), response.status_code
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())
