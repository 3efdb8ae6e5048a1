"""Who is in a district: the shape is OneRoster's (orgs, users, classes, enrolments), so rosters map one to one."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from headway.school.people.tenancy import Tenanted


class District(models.Model):
    """A tenant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField()
    time_zone = models.TextField(default="America/New_York")
    created_at = models.DateTimeField(auto_now_add=True)


class School(Tenanted):
    """An org of OneRoster, of type school."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sourced_id = models.TextField()
    name = models.TextField()
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "sourced_id"], name="school_sourced_id")]


class PersonManager(BaseUserManager["Person"]):
    """People come from rosters; there is no way to make one from a sign-up form."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(id=uuid.UUID(username))


class Person(Tenanted, AbstractBaseUser):
    """A user of OneRoster: a learner, a family member or an adult of the school. What they may do is in their roles."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sourced_id = models.TextField()
    given_name = models.TextField()
    family_name = models.TextField()
    email = models.TextField(blank=True, default="")
    grade = models.TextField(blank=True, default="")
    language = models.TextField(default="en")
    interests = models.JSONField(default=list)
    simulated = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "id"
    objects = PersonManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "sourced_id"], name="person_sourced_id")]

    def __str__(self) -> str:
        return f"person {self.id}"

    @property
    def name(self) -> str:
        """The full name, as read aloud."""
        return f"{self.given_name} {self.family_name}"

    @property
    def short_name(self) -> str:
        """The name on a class board: given name and initial."""
        return f"{self.given_name} {self.family_name[:1]}."


class RoleName(models.TextChoices):
    """What somebody is in a school."""

    LEARNER = "learner"
    TEACHER = "teacher"
    FAMILY = "family"
    INTERVENTIONIST = "interventionist"
    LEADER = "leader"
    RESEARCHER = "researcher"


class Role(Tenanted):
    """One role of one person, in one school, or in the whole district where ``school`` is empty."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, related_name="roles")
    name = models.TextField(choices=RoleName.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["district", "person", "school", "name"], name="role_once", nulls_distinct=False
            )
        ]


class Section(Tenanted):
    """A class of OneRoster: a group with a roster that meets."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sourced_id = models.TextField()
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="sections")
    title = models.TextField()
    subject = models.TextField(default="mathematics")
    grade = models.TextField(blank=True, default="")
    period = models.TextField(blank=True, default="")
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["district", "sourced_id"], name="section_sourced_id")]


class Enrolment(Tenanted):
    """Somebody in a section, as ``student`` or as ``teacher``, from and to a date."""

    id = models.BigAutoField(primary_key=True)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    role = models.TextField(choices=[("student", "student"), ("teacher", "teacher")])
    begin = models.DateField(null=True)
    end = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "section", "person", "role"], name="enrolment_once")
        ]


class Guardianship(Tenanted):
    """An adult of a learner's family who may see the learner's record."""

    id = models.BigAutoField(primary_key=True)
    guardian = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wards")
    learner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guardians")
    relation = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "guardian", "learner"], name="guardianship_once")
        ]


class DayOff(Tenanted):
    """Days without school, from ``first`` to ``last`` (days since 1970), for one school or, where it is empty, the whole
    district. Ended, never deleted."""

    id = models.BigAutoField(primary_key=True)
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    first = models.IntegerField()
    last = models.IntegerField()
    name = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    ended_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "last"], name="day_off_by_last")]


class AccessLog(Tenanted):
    """Who read whose record, when and why. Append-only; the learner's family can read it."""

    id = models.BigAutoField(primary_key=True)
    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField()
    place = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "learner", "-at"], name="access_by_learner")]


class ApiToken(Tenanted):
    """A key for programs. Only its hash is kept; ``scopes`` say what it may do in the person's name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.TextField()
    digest = models.BinaryField()
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)


class ApiProgram(Tenanted):
    """A program of another system that asks for the district's data with a token of :mod:`headway.school.people.programs`.
    Only its secret's hash is kept. ``by`` looks after it: it reads in their name. Closed by ``ended_at``, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField()
    digest = models.BinaryField()
    scopes = models.JSONField(default=list)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.FloatField()
    seen_at = models.FloatField(null=True)
    ended_at = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "at"], name="api_program_order")]
