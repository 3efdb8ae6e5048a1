"""The objects of the OneRoster 1.2 services, part by part: how a row of CSV becomes JSON, and what a written object may hold.

Source: 1EdTech OneRoster 1.2, information models of rostering, gradebook and resources. A test holds this against the published
schemas.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from headway.standards.oneroster.tables import ORG_TYPES

Form = Literal[
    "text", "date", "time", "number", "yes-no", "word", "list", "ref", "refs", "user-ids", "roles", "children", "metadata",
    "objectives", "scores", "scale",
]  # fmt: skip
"""``word``: one of ``words``, or ``ext:`` and a word of one's own where ``open``; ``objectives`` and ``scores``: sets of
identifiers of standards, without and with scores; ``scale``: pairs of values."""


@dataclass(frozen=True, slots=True)
class Part:
    """One member of an object. ``cell`` is its column in CSV (its own name if empty), ``to`` the kind that a reference is to."""

    name: str
    form: Form = "text"
    needed: bool = False
    cell: str = ""
    to: str = ""
    words: tuple[str, ...] = ()
    open: bool = False

    @property
    def column(self) -> str:
        """The column of CSV that holds it."""
        return self.cell or self.name


@dataclass(frozen=True)
class Shape:
    """A kind of object: what one and many of it are called in JSON, its service, what a reference to it is called, its parts."""

    kind: str
    one: str
    service: str
    parts: tuple[Part, ...]
    type: str = ""

    @property
    def reference(self) -> str:
        """The ``type`` of a reference to it."""
        return self.type or self.one

    @cached_property
    def by_name(self) -> dict[str, Part]:
        """Part by its name."""
        return {part.name: part for part in self.parts}

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all members."""
        return frozenset((*FIRST, *self.by_name))


FIRST = ("sourcedId", "status", "dateLastModified")
_META = Part("metadata", "metadata")
_SESSION = ("gradingPeriod", "semester", "schoolYear", "term")
_USER_ROLES = (
    "aide", "counselor", "districtAdministrator", "guardian", "parent", "principal", "proctor", "relative",
    "siteAdministrator", "student", "systemAdministrator", "teacher",
)  # fmt: skip
USER_ROLE = Part("role", "word", words=_USER_ROLES, open=True)
_DONE = ("exempt", "fully graded", "not submitted", "partially graded", "submitted")
_MARKS = tuple(Part(name, "yes-no") for name in ("inProgress", "incomplete", "late", "missing"))
_RACES = (
    "americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican", "nativeHawaiianOrOtherPacificIslander", "white",
    "demographicRaceTwoOrMoreRaces", "hispanicOrLatinoEthnicity",
)  # fmt: skip
_BIRTH = ("countryOfBirthCode", "stateOfBirthAbbreviation", "cityOfBirth", "publicSchoolResidenceStatus")


def _ref(name: str, to: str, *, needed: bool = False, cell: str = "") -> Part:
    return Part(name, "ref", needed, cell or f"{name}SourcedId", to)


_ROSTER = (
    Shape("orgs", "org", "rostering", (
        Part("name", needed=True), Part("type", "word", True, words=ORG_TYPES, open=True), Part("identifier", needed=True),
        _ref("parent", "orgs"), Part("children", "children", to="orgs"), _META,
    )),
    Shape("academicSessions", "academicSession", "rostering", (
        Part("title", needed=True), Part("startDate", "date", True), Part("endDate", "date", True),
        Part("type", "word", True, words=_SESSION, open=True), _ref("parent", "academicSessions"),
        Part("children", "children", to="academicSessions"), Part("schoolYear", needed=True), _META,
    )),
    Shape("courses", "course", "rostering", (
        Part("title", needed=True), _ref("schoolYear", "academicSessions"), Part("courseCode", needed=True),
        Part("grades", "list"), Part("subjects", "list"), _ref("org", "orgs"), Part("subjectCodes", "list"),
        Part("resources", "children", to="resources"), _META,
    )),
    Shape("classes", "class", "rostering", (
        Part("title", needed=True), Part("classCode"),
        Part("classType", "word", words=("homeroom", "scheduled"), open=True), Part("location"), Part("grades", "list"),
        Part("subjects", "list"), _ref("course", "courses", needed=True), _ref("school", "orgs", needed=True),
        Part("terms", "refs", True, "termSourcedIds", "academicSessions"), Part("subjectCodes", "list"),
        Part("periods", "list"), Part("resources", "children", to="resources"), _META,
    )),
    Shape("users", "user", "rostering", (
        Part("userMasterIdentifier"), Part("username"), Part("userIds", "user-ids"), Part("enabledUser", "yes-no", True),
        Part("givenName", needed=True), Part("familyName", needed=True), Part("middleName"),
        Part("preferredFirstName", cell="preferredGivenName"), Part("preferredMiddleName"),
        Part("preferredLastName", cell="preferredFamilyName"), Part("pronouns"), Part("roles", "roles", True),
        Part("userProfiles", "children"), _ref("primaryOrg", "orgs"), Part("identifier"), Part("email"), Part("sms"),
        Part("phone"), Part("agents", "refs", False, "agentSourcedIds", "users"), Part("grades", "list"), Part("password"),
        Part("resources", "children", to="resources"), _META,
    )),
    Shape("enrollments", "enrollment", "rostering", (
        _ref("user", "users", needed=True), _ref("class", "classes", needed=True), _ref("school", "orgs", needed=True),
        Part("role", "word", True, words=("administrator", "proctor", "student", "teacher"), open=True),
        Part("primary", "yes-no"), Part("beginDate", "date"), Part("endDate", "date"), _META,
    )),
    Shape("demographics", "demographics", "rostering", (
        Part("birthDate", "date"), Part("sex", "word", words=("male", "female", "unspecified", "other"), open=True),
        *(Part(name, "yes-no") for name in _RACES), *(Part(name) for name in _BIRTH), _META,
    )),
)  # fmt: skip
_RESOURCE = Shape("resources", "resource", "resources", (
    Part("title"), Part("roles", "list"), Part("importance", "word", words=("primary", "secondary")),
    Part("vendorResourceId", needed=True), Part("vendorId"), Part("applicationId"), _META,
))  # fmt: skip
_GRADED = (
    Shape("categories", "category", "gradebook", (Part("title", needed=True), Part("weight", "number"), _META)),
    Shape("scoreScales", "scoreScale", "gradebook", (
        Part("title", needed=True), Part("type", needed=True), _ref("course", "courses"),
        _ref("class", "classes", needed=True), Part("scoreScaleValue", "scale", True), _META,
    )),
    Shape("lineItems", "lineItem", "gradebook", (
        Part("title", needed=True), Part("description"), Part("assignDate", "time", True), Part("dueDate", "time", True),
        _ref("class", "classes", needed=True), _ref("school", "orgs", needed=True), _ref("category", "categories", needed=True),
        _ref("gradingPeriod", "academicSessions"), _ref("academicSession", "academicSessions"),
        _ref("scoreScale", "scoreScales"), Part("resultValueMin", "number"), Part("resultValueMax", "number"),
        Part("learningObjectiveSet", "objectives"), _META,
    )),
    Shape("results", "result", "gradebook", (
        _ref("lineItem", "lineItems", needed=True), _ref("student", "users", needed=True), _ref("class", "classes"),
        _ref("scoreScale", "scoreScales"), Part("scoreStatus", "word", True, words=_DONE, open=True),
        Part("score", "number"), Part("textScore"), Part("scoreDate", "date", True), Part("comment"),
        Part("learningObjectiveSet", "scores"), *_MARKS, _META,
    )),
    Shape("assessmentLineItems", "assessmentLineItem", "gradebook", (
        Part("title", needed=True), Part("description"), _ref("class", "classes"),
        _ref("parentAssessmentLineItem", "assessmentLineItems"), _ref("scoreScale", "scoreScales"),
        Part("resultValueMin", "number"), Part("resultValueMax", "number"), Part("learningObjectiveSet", "objectives"), _META,
    )),
    Shape("assessmentResults", "assessmentResult", "gradebook", (
        _ref("assessmentLineItem", "assessmentLineItems", needed=True), _ref("student", "users", needed=True),
        Part("score", "number"), Part("textScore"), Part("scoreDate", "date", True), _ref("scoreScale", "scoreScales"),
        Part("scorePercentile", "number"), Part("scoreStatus", "word", True, words=_DONE, open=True), Part("comment"),
        Part("learningObjectiveSet", "scores"), *_MARKS, _META,
    )),
)  # fmt: skip
SHAPES: dict[str, Shape] = {shape.kind: shape for shape in (*_ROSTER, _RESOURCE, *_GRADED)}
"""Kind -> its shape."""
GRADED: tuple[str, ...] = tuple(shape.kind for shape in _GRADED)
"""The kinds that others write."""
