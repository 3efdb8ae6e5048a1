"""The tables of OneRoster CSV that make a roster, field by field. Rows of 1.1 are read into the shape of 1.2.

Source: 1EdTech OneRoster 1.1 (2017) and 1.2 (2022), CSV bindings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Form = Literal["text", "name", "id", "ids", "list", "date", "year", "yes-no", "word", "grades", "formless"]
"""What a cell holds. ``name``: text that people read; ``id`` and ``ids``: sourcedIds of other rows; ``word``: one of a
closed list; ``formless``: text that may begin like a formula, as telephone numbers do."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column. ``to`` names the table that an ``id`` points into; ``firm``: without it the row means nothing;
    ``default``: what a lenient reader takes where nothing is given."""

    name: str
    form: Form = "text"
    needed: bool = False
    words: tuple[str, ...] = ()
    to: str = ""
    firm: bool = False
    default: str = ""


@dataclass(frozen=True)
class Table:
    """One file: ``fields`` without the three that every table begins with (:data:`FIRST`)."""

    kind: str
    fields: tuple[Field, ...]
    only_1_1: tuple[str, ...] = field(default=())
    """Columns of 1.1 that 1.2 has in another table."""
    only_1_2: tuple[str, ...] = field(default=())
    """Columns that 1.1 does not have."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns in their order."""
        return tuple(each.name for each in self.fields)

    def place(self, name: str) -> int:
        """Where a column stands among the cells of a row, from 0. Raises ValueError for one that it lacks."""
        return self.names.index(name)


FIRST = ("sourcedId", "status", "dateLastModified")
ACTIVE, GONE = "active", "tobedeleted"
LEARNER_ROLES = ("student",)
FAMILY_ROLES = ("parent", "guardian", "relative")
ROLES = (
    "administrator", "aide", "counselor", "districtAdministrator", "guardian", "parent", "principal", "proctor",
    "relative", "siteAdministrator", "student", "systemAdministrator", "teacher",
)  # fmt: skip
ORG_TYPES = ("department", "school", "district", "local", "state", "national")

TABLES: dict[str, Table] = {
    table.kind: table
    for table in (
        Table(
            "orgs",
            (
                Field("name", "name", needed=True),
                Field("type", "word", needed=True, words=ORG_TYPES),
                Field("identifier"),
                Field("parentSourcedId", "id", to="orgs"),
            ),
        ),
        Table(
            "academicSessions",
            (
                Field("title", "name", needed=True),
                Field("type", "word", needed=True, words=("gradingPeriod", "semester", "schoolYear", "term")),
                Field("startDate", "date", needed=True),
                Field("endDate", "date", needed=True),
                Field("parentSourcedId", "id", to="academicSessions"),
                Field("schoolYear", "year", needed=True),
            ),
        ),
        Table(
            "courses",
            (
                Field("schoolYearSourcedId", "id", to="academicSessions"),
                Field("title", "name", needed=True),
                Field("courseCode"),
                Field("grades", "grades"),
                Field("orgSourcedId", "id", needed=True, to="orgs"),
                Field("subjects", "list"),
                Field("subjectCodes", "list"),
            ),
        ),
        Table(
            "classes",
            (
                Field("title", "name", needed=True),
                Field("grades", "grades"),
                Field("courseSourcedId", "id", needed=True, to="courses"),
                Field("classCode"),
                Field("classType", "word", needed=True, words=("homeroom", "scheduled"), default="scheduled"),
                Field("location"),
                Field("schoolSourcedId", "id", needed=True, to="orgs", firm=True),
                Field("termSourcedIds", "ids", needed=True, to="academicSessions"),
                Field("subjects", "list"),
                Field("subjectCodes", "list"),
                Field("periods", "list"),
            ),
        ),
        Table(
            "users",
            (
                Field("enabledUser", "yes-no", needed=True, default="true"),
                Field("username", needed=True),
                Field("userIds", "list"),
                Field("givenName", "name", needed=True),
                Field("familyName", "name", needed=True),
                Field("middleName", "name"),
                Field("identifier"),
                Field("email"),
                Field("sms", "formless"),
                Field("phone", "formless"),
                Field("agentSourcedIds", "ids", to="users"),
                Field("grades", "grades"),
                Field("userMasterIdentifier"),
                Field("preferredGivenName", "name"),
                Field("preferredMiddleName", "name"),
                Field("preferredFamilyName", "name"),
                Field("primaryOrgSourcedId", "id", to="orgs"),
                Field("pronouns"),
                Field("metadata.headway.language"),
                Field("metadata.headway.interests"),
            ),
            only_1_1=("orgSourcedIds", "role"),
            only_1_2=(
                "userMasterIdentifier",
                "preferredGivenName",
                "preferredMiddleName",
                "preferredFamilyName",
                "primaryOrgSourcedId",
                "pronouns",
            ),
        ),
        Table(
            "roles",
            (
                Field("userSourcedId", "id", needed=True, to="users", firm=True),
                Field("roleType", "word", needed=True, words=("primary", "secondary"), default="primary"),
                Field("role", "word", needed=True, words=ROLES),
                Field("beginDate", "date"),
                Field("endDate", "date"),
                Field("orgSourcedId", "id", needed=True, to="orgs", firm=True),
                Field("userProfileSourcedId"),
            ),
        ),
        Table(
            "enrollments",
            (
                Field("classSourcedId", "id", needed=True, to="classes", firm=True),
                Field("schoolSourcedId", "id", needed=True, to="orgs"),
                Field("userSourcedId", "id", needed=True, to="users", firm=True),
                Field("role", "word", needed=True, words=("administrator", "proctor", "student", "teacher", "aide")),
                Field("primary", "yes-no"),
                Field("beginDate", "date"),
                Field("endDate", "date"),
            ),
        ),
    )
}
"""Kind -> its table, in the order in which rows may point at rows before them (and at their own kind)."""

LEFT_OUT = {"users": ("password",)}
"""Columns that are never taken: nobody signs in with a roster's password, and it must not be lying about."""

OTHERS = (
    "demographics", "userProfiles", "userResources", "resources", "classResources", "courseResources", "categories",
    "lineItems", "lineItemLearningObjectiveIds", "lineItemScoreScales", "results", "resultLearningObjectiveIds",
    "resultScoreScales", "scoreScales",
)  # fmt: skip
"""Files of the standard that are no roster; they are named in the report and not taken."""
