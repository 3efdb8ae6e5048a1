"""Reading projects. Whoever asks by a viewer is checked here; what takes a learner trusts its caller."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from headway.core.measurement.milestones import Mark, State, next_of, partners, state_of
from headway.core.measurement.rubrics import Rubric
from headway.school.measurement.projects.models import (
    Artefact,
    ArtefactFile,
    Milestone,
    MilestoneMark,
    Project,
    ProjectFeedback,
    ProjectMember,
)
from headway.school.measurement.projects.rubrics import rubric_value
from headway.school.people.access import NotAllowed, Viewer, access_section, learners_in, sections_of, wards_of
from headway.school.people.models import Enrolment, Person, Section

__all__ = ["Artefact", "Milestone", "Project", "ProjectFeedback"]
NO_PROJECT = "There is no such project among those that you work with."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a learner stands with a milestone: its state and the newest word of an adult."""

    milestone: Milestone
    state: State
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """A project with its milestones and who is in it; ``group_of`` says who is in which group (by its id, with its number)."""

    project: Project
    rubric: Rubric
    milestones: tuple[Milestone, ...]
    learners: tuple[Person, ...]
    group_of: dict[UUID, tuple[int, int]] = field(default_factory=dict)

    def mates(self, learner: UUID) -> tuple[Person, ...]:
        """The learners of somebody's group, themselves included; nobody where they work alone."""
        group = self.group_of.get(learner)
        return tuple(each for each in self.learners if group and self.group_of.get(each.id) == group)

    @property
    def in_order(self) -> tuple[Person, ...]:
        """Everybody as a board lists them: group by group, then those who work alone; by family name."""
        return tuple(sorted(self.learners, key=lambda each: self.group_of.get(each.id, (0, 1_000))[1]))

    def unit(self, learner: UUID) -> str:
        """Whose work a learner's is: the group's or their own."""
        group = self.group_of.get(learner)
        return f"group-{group[0]}" if group else str(learner)


def projects_of(viewer: Viewer, section: UUID) -> tuple[Section, list[Project]]:
    """A class of the viewer with its projects, running ones first and then the newest. Raises NotAllowed."""
    found = sections_of(viewer).filter(id=section).first()
    if found is None:
        raise NotAllowed(NO_PROJECT)
    rows = list(Project.objects.filter(section=found).select_related("rubric").order_by("-at", "id"))
    return found, sorted(rows, key=lambda row: row.closed_at is not None)


def project_run_by(viewer: Viewer, project: UUID, *, place: str) -> Whole:
    """A project that the viewer runs: they may look into its class. The reads are logged. Raises NotAllowed."""
    row = _project(project)
    if row is None:
        raise NotAllowed(NO_PROJECT)
    _section, learners = access_section(viewer, row.section_id, purpose="teaching", place=place)
    return whole(row, learners)


def project_of(learner: Person, project: UUID) -> Whole:
    """A project of a class that the learner is in. Raises NotAllowed."""
    row = _project(project)
    if row is None or not Enrolment.objects.filter(person=learner, role="student", section=row.section_id).exists():
        raise NotAllowed(NO_PROJECT)
    return whole(row, list(learners_in(row.section)))


def _project(project: UUID) -> Project | None:
    return Project.objects.filter(id=project).select_related("rubric", "section").first()


def whole(project: Project, learners: Sequence[Person]) -> Whole:
    """Put a project together. Two queries."""
    milestones = list(Milestone.objects.filter(project=project).order_by("number"))
    for each in milestones:
        each.project = project
    members = ProjectMember.objects.filter(project=project).values_list("learner_id", "group_id", "group__number")
    here = {learner.id for learner in learners}
    groups = {learner: (group, number) for learner, group, number in members if learner in here}
    return Whole(project, rubric_value(project.rubric), tuple(milestones), tuple(learners), groups)


def projects_with(learner: UUID) -> list[Whole]:
    """The projects of a learner's classes, running ones first; the learner alone is in them. Three queries."""
    sections = Enrolment.objects.filter(person_id=learner, role="student").values("section")
    rows = list(Project.objects.filter(section__in=sections).select_related("rubric", "section").order_by("-at", "id"))
    milestones: dict[UUID, list[Milestone]] = {row.id: [] for row in rows}
    by_id = {row.id: row for row in rows}
    for each in Milestone.objects.filter(project__in=rows).order_by("number"):
        each.project = by_id[each.project_id]
        milestones[each.project_id].append(each)
    groups = ProjectMember.objects.filter(project__in=rows, learner_id=learner).values_list(
        "project_id", "group_id", "group__number"
    )
    mine = {project: {learner: (group, number)} for project, group, number in groups}
    found = [Whole(row, rubric_value(row.rubric), tuple(milestones[row.id]), (), mine.get(row.id, {})) for row in rows]
    return sorted(found, key=lambda each: each.project.closed_at is not None)


def places_of(projects: Sequence[Whole], learners: Iterable[UUID], *, today: int) -> dict[UUID, dict[int, Place]]:
    """Return where learners stand with each milestone (by its id). Two queries."""
    milestones = [each for found in projects for each in found.milestones]
    groups = {each.id: found.group_of for found in projects for each in found.milestones}
    keys = [each.id for each in milestones]
    handed: dict[tuple[int, object], float] = {}
    work = Artefact.objects.filter(milestone__in=keys, gone_at=None)
    for milestone, learner, group, at in work.values_list("milestone_id", "learner_id", "group_id", "at"):
        handed[milestone, learner] = max(at, handed.get((milestone, learner), 0.0))
        if group is not None:
            handed[milestone, group] = max(at, handed.get((milestone, group), 0.0))
    marks: dict[tuple[int, UUID], tuple[Mark, str]] = {}
    rows = MilestoneMark.objects.filter(milestone__in=keys).order_by("id")
    for milestone, learner, says, at, given, family in rows.values_list(
        "milestone_id", "learner_id", "says", "at", "by__given_name", "by__family_name"
    ):
        marks[milestone, learner] = (Mark(says, at), f"{given} {family}")
    found: dict[UUID, dict[int, Place]] = {}
    for person in learners:
        found[person] = {}
        for each in milestones:
            mine = groups[each.id].get(person, (0, 0))[0]
            at = max(handed.get((each.id, person), 0.0), handed.get((each.id, mine), 0.0) if mine else 0.0)
            said, by = marks.get((each.id, person), (None, ""))
            found[person][each.id] = Place(each, state_of(at, said, due=each.due, today=today), by)
    return found


def next_place(found: Whole, places: dict[int, Place]) -> Place | None:
    """The milestone to work on now; None when all is done or with the teacher."""
    rows = [places[each.id] for each in found.milestones]
    n = next_of([row.state for row in rows])
    return None if n is None else rows[n]


def work_of(projects: Sequence[Whole], learner: UUID) -> dict[int, list[Artefact]]:
    """What a learner and their groups handed in, by milestone, the newest first. One query."""
    group = {each.project.id: each.group_of.get(learner, (None, 0))[0] for each in projects}
    rows = Artefact.objects.filter(milestone__project__in=list(group), gone_at=None)
    out: dict[int, list[Artefact]] = {each.id: [] for found in projects for each in found.milestones}
    for row in rows.select_related("learner", "milestone").order_by("-at", "id"):
        mine = group[row.milestone.project_id]
        if row.learner_id == learner or (mine is not None and row.group_id == mine):
            out[row.milestone_id].append(row)
    return out


def feedback_to(
    projects: Sequence[Whole], learner: UUID, *, all_of_it: bool = False
) -> dict[int, list[ProjectFeedback]]:
    """The feedback that a learner and their groups got, by milestone, the oldest first; ``all_of_it`` for adults: also what
    waits or is held. One query."""
    group = {each.project.id: each.group_of.get(learner, (None, 0))[0] for each in projects}
    rows = ProjectFeedback.objects.filter(milestone__project__in=list(group)).select_related("by", "milestone")
    out: dict[int, list[ProjectFeedback]] = {each.id: [] for found in projects for each in found.milestones}
    for row in (rows if all_of_it else rows.filter(state="through")).order_by("id"):
        mine = group[row.milestone.project_id]
        if (row.group_id is None and row.learner_id == learner) or (mine is not None and row.group_id == mine):
            out[row.milestone_id].append(row)
    return out


def waiting_feedback(found: Whole) -> list[ProjectFeedback]:
    """Classmates' feedback that waits for a teacher, the oldest first."""
    rows = ProjectFeedback.objects.filter(milestone__project=found.project, state="waiting")
    return list(rows.select_related("by", "learner", "milestone", "group").order_by("id"))


@dataclass(frozen=True, slots=True)
class ToRead:
    """Work of a classmate or another group to respond to; ``given``: the response is written."""

    milestone: Milestone
    writer: Person
    group: int | None
    work: tuple[Artefact, ...]
    given: bool


def to_read(found: Whole, learner: UUID, handed: Iterable[int]) -> list[ToRead]:
    """Whose work a learner responds to, of the milestones that they ``handed`` in themselves. Two queries."""
    keys = set(handed)
    if found.project.peers == "off" or not keys:
        return []
    people = {each.id: each for each in found.learners}
    given = set(
        ProjectFeedback.objects.filter(milestone__in=keys, by_id=learner).values_list(
            "milestone_id", "learner_id", "group_id"
        )
    )
    work: dict[int, dict[str, list[Artefact]]] = {}
    rows = Artefact.objects.filter(milestone__in=keys, gone_at=None).order_by("-at", "id")
    for row in rows:
        if row.learner_id in people:
            work.setdefault(row.milestone_id, {}).setdefault(found.unit(row.learner_id), []).append(row)
    out = []
    for each in found.milestones:
        units = work.get(each.id, {})
        members = {unit: [str(key) for key in people if found.unit(key) == unit] for unit in units}
        for unit in partners(str(learner), members, salt=str(each.id)):
            pieces = units[unit]
            writer = people[pieces[0].learner_id]
            group = found.group_of.get(writer.id, (None, 0))[0]
            done = any(key == each.id and (to == writer.id or (group and of == group)) for key, to, of in given)
            out.append(ToRead(each, writer, group, tuple(pieces), done))
    return out


def artefact_file(viewer: Viewer, artefact: UUID, number: int = 0) -> tuple[str, bytes]:
    """Kind and bytes of a file (0) or of a page of a PDF (from 1): for those in the learner's class who run the
    project, the learner, the group, the family, and classmates who respond to it. Classmates see a PDF's pages, not the
    file. Raises NotAllowed."""
    row = (
        Artefact.objects.filter(id=artefact)
        .select_related("milestone__project__section", "milestone__project__rubric")
        .first()
    )
    if row is None or not _may_see(viewer, row, number):
        raise NotAllowed("There is no such piece of work among those that you may see.")
    data = ArtefactFile.objects.filter(artefact=row, number=number).values_list("data", flat=True).first()
    if data is None:
        raise NotAllowed("There is no such piece of work among those that you may see.")
    return "png" if number else row.kind, bytes(data)


def _may_see(viewer: Viewer, row: Artefact, number: int) -> bool:
    project, me = row.milestone.project, viewer.person.id
    if row.learner_id == me or sections_of(viewer).filter(id=project.section_id).exists():
        return True
    if row.gone_at is not None:
        return False
    group = ProjectMember.objects.filter(group_id=row.group_id) if row.group_id else ProjectMember.objects.none()
    mates = set(group.values_list("learner_id", flat=True)) | {row.learner_id}
    if me in mates or any(ward.id in mates for ward in wards_of(viewer)):
        return True
    if row.sheets and not number:
        return False
    if not Enrolment.objects.filter(person=viewer.person, role="student", section=project.section_id).exists():
        return False
    found = whole(project, list(learners_in(project.section)))
    read = to_read(found, me, [key for key, pieces in work_of([found], me).items() if pieces])
    return any(piece.id == row.id for each in read for piece in each.work)
