"""Handing questions in: look first, then take in what a person confirmed; all or nothing, and the same source again updates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from headway.core.curriculum.codec import problem_to_json
from headway.core.curriculum.problems import Problem
from headway.core.text import T
from headway.school.curriculum.actions import SavedProblems, publish_curriculum, save_problems
from headway.school.curriculum.models import Problem as ProblemRow
from headway.school.curriculum.models import Skill
from headway.school.curriculum.queries import forget_imported
from headway.school.exchange.content.models import ContentImport, ContentPicture
from headway.school.exchange.content.queries import KEPT_SECONDS, earlier_skills, suggestions
from headway.school.path.outside.bringing import NO_LINKS, Brought, bring
from headway.school.people.models import Person
from headway.school.people.refusal import Refused
from headway.school.people.tenancy import in_district
from headway.standards.content.licences import Licence, licence_of
from headway.standards.content.neutral import Package, key_of, prefix_of, problem_of
from headway.standards.content.pictures import name_of

LISTED = 2_000
"""Losses that the line about an import keeps."""
SAMPLES = 6
"""Questions that a preview shows."""


class NotTaken(Refused):
    """The file is not taken in; nothing was changed."""

    code = "not-taken"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person confirmed: ``skills``, group -> skill of the district ("" or absent: of none yet); ``licence``, the terms in
    words; ``by``, who says that the content may be used here where its licence alone does not say so."""

    skills: Mapping[str, str] = field(default_factory=dict)
    licence: str = ""
    by: Person | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """What taking a package in changes. ``laid_aside``: questions of the source that it lacks now. ``held``: questions that no
    path offers, because something of them is missing; ``unaligned``: because nobody has said which skill they practise.
    ``links``: pages and videos elsewhere."""

    problems: SavedProblems
    laid_aside: int
    held: int
    unaligned: int
    licence: Licence
    links: Brought = NO_LINKS


def preview(*, district: UUID, package: Package, said: Said = Said(), now: float) -> Came:
    """What :func:`take` would change; nothing is kept, and the licence is not asked about. Raises NotTaken."""
    with in_district(district) as unit:
        came = _write(district, package, said, None, now)
        unit.roll_back()
    forget_imported()
    return came


def take(
    *, district: UUID, package: Package, said: Said, name: str, way: str, now: float, by: Person | None = None
) -> Came:
    """Take a package in and put it in force. Raises NotTaken where its licence does not allow it and nobody has said that
    it may be used, where a skill is not known, and where there is no question in it."""
    with in_district(district):
        check_licence(package, said)
        came = _write(district, package, said, by, now)
        _keep_pictures(district, package)
        if package.questions:
            publish_curriculum(district=district)
        ContentImport.objects.create(
            district_id=district, by=by, at=now, way=way, name=name[-200:], format=package.format, source=package.source,
            state="taken", licence=came.licence.name, confirmed_by=said.by,
            body=body_of(package) | {"skills": dict(said.skills), "came": came_of(came)},
        )  # fmt: skip
    return came


def check_licence(package: Package, said: Said) -> None:
    """Raise NotTaken where neither the licence nor a person says that the content may be used."""
    found = licence_of(package.licence)
    if found.standing == "open" or said.by is not None:
        return
    if found.standing == "unknown":
        message = T(
            "It does not say under which terms it may be used. Somebody who knows has to confirm with their name that it may "
            "be used here."
        )
    else:
        message = T(
            "Its licence ({licence}) does not allow every use. Somebody who knows has to confirm with their name that it may "
            "be used here.",
            licence=found.name,
        )
    raise NotTaken(message)


def _write(district: UUID, package: Package, said: Said, by: Person | None, now: float) -> Came:
    if not package.questions and not package.links:
        raise NotTaken(T("No question of it can be brought in. The list says why."))
    _check_skills(said.skills)
    licence = licence_of(package.licence or said.licence)
    links = _bring_links(district, package, said, licence, by, now)
    if not package.questions:
        return Came(SavedProblems(0, 0, 0, 0), 0, 0, 0, licence, links)
    problems = {key_of(package, q): (_problem(package, q, said, licence), q) for q in package.questions}
    saved = save_problems(district=district, problems=(problem for problem, _ in problems.values()))
    ours = ProblemRow.objects.filter(key__startswith=prefix_of(package.format, package.source))
    lacking = {key for key, (_, question) in problems.items() if question.lacks}
    active = set(ours.filter(active=True).values_list("key", flat=True))
    ours.filter(key__in=active & lacking).update(active=False)
    laid = active - set(problems)
    ours.filter(key__in=laid).update(active=False)
    ours.filter(key__in=set(problems) - lacking, active=False).update(active=True)
    bare = sum(not said.skills.get(q.group) for _, q in problems.values() if not q.lacks)
    return Came(saved, len(laid), len(lacking), bare, licence, links)


def _bring_links(
    district: UUID, package: Package, said: Said, licence: Licence, by: Person | None, now: float
) -> Brought:
    """The links with the skills that were confirmed, or that their own table names and the district has."""
    named = {link.place: link.skill for link in package.links if link.skill}
    known = set(Skill.objects.filter(key__in=set(named.values())).values_list("key", flat=True))
    skills = {place: skill for place, skill in named.items() if skill in known} | dict(said.skills)
    terms = licence.name or (f"Confirmed by {said.by.name}" if said.by else "Not stated")
    try:
        return bring(district=district, package=package, skills=skills, licence=terms, by=by, now=now)
    except NotTaken:
        raise
    except Refused as refusal:
        raise NotTaken(refusal.message) from None


def _problem(package: Package, question: Any, said: Said, licence: Licence) -> Problem:
    return problem_of(package, question, skill=said.skills.get(question.group, ""), licence=licence.name)


def _check_skills(skills: Mapping[str, str]) -> None:
    wanted = {skill for skill in skills.values() if skill}
    unknown = sorted(wanted - set(Skill.objects.filter(key__in=wanted).values_list("key", flat=True)))
    if unknown:
        raise NotTaken(T("There is no skill {skill} here. Choose one of the list.", skill=unknown[0]))


def _keep_pictures(district: UUID, package: Package) -> None:
    for name, data in package.pictures.items():
        if name != name_of(data):
            raise NotTaken(T("A picture of it is not what it says. Export it again."))
    there = set(ContentPicture.objects.filter(name__in=list(package.pictures)).values_list("name", flat=True))
    ContentPicture.objects.bulk_create(
        ContentPicture(district_id=district, name=name, data=data)
        for name, data in package.pictures.items()
        if name not in there
    )


def hand_in(*, by: Person, name: str, data: bytes, package: Package, now: float) -> ContentImport:
    """Keep a file that was looked at until its sender decides. What was handed in before goes."""
    with in_district(by.district_id):
        aligned = earlier_skills(package.format, package.source)
        known = set(Skill.objects.filter(key__in=set(aligned.values())).values_list("key", flat=True))
        skills = {group: skill for group, skill in aligned.items() if skill in known}
    any_of_it = package.questions or package.links
    came = preview(district=by.district_id, package=package, said=Said(skills), now=now) if any_of_it else None
    with in_district(by.district_id):
        old = ContentImport.objects.filter(at__lte=now - KEPT_SECONDS) | ContentImport.objects.filter(by=by)
        old.filter(state="looked").update(state="aside", content=b"")
        body = body_of(package) | {
            "skills": skills,
            "samples": _samples(package),
        }
        body["suggested"] = {
            group: [[one.target, one.score, list(one.shared)] for one in found]
            for group, found in suggestions(by.district_id, package).items()
        }
        return ContentImport.objects.create(
            district_id=by.district_id, by=by, at=now, way="page", name=name[-200:], format=package.format,
            source=package.source, state="looked", licence=package.licence, content=data,
            body=body | ({"came": came_of(came)} if came else {}),
        )  # fmt: skip


def decide(*, by: Person, upload: UUID, package: Package, said: Said, now: float) -> Came:
    """Take in what was looked at. Raises NotTaken as :func:`take`."""
    with in_district(by.district_id):
        row = ContentImport.objects.select_for_update().defer("content").filter(id=upload, state="looked").first()
        if row is None:
            raise NotTaken(T("This file is not here any more. Hand it in again."))
        came = take(district=by.district_id, package=package, said=said, name=row.name, way="page", now=now, by=by)
        ContentImport.objects.filter(id=upload).delete()
    return came


def lay_aside(*, upload: UUID) -> None:
    """Forget a file without taking it in."""
    ContentImport.objects.filter(id=upload, state="looked").update(state="aside", content=b"")


def content_of(upload: UUID) -> tuple[str, bytes]:
    """The name and content of a file that waits. Raises NotTaken where it is gone."""
    row = ContentImport.objects.filter(id=upload, state="looked").first()
    if row is None:
        raise NotTaken(T("This file is not here any more. Hand it in again."))
    return row.name, bytes(row.content)


def body_of(package: Package) -> dict[str, Any]:
    """Counts, losses and groups as they are kept."""
    report = package.report
    return {
        "title": package.title,
        "counts": dict(report.counts),
        "by_kind": report.by_kind(),
        "losses": [[d.kind, d.where, d.done] for d in report.defects[:LISTED]],
        "groups": {group: len(questions) for group, questions in package.groups().items()},
        "links": [[link.place, link.title, link.url, link.kind, link.minutes, link.skill] for link in package.links],
    }


def came_of(came: Came) -> dict[str, int]:
    """What changed, as it is kept."""
    saved = came.problems
    return {
        "new": saved.new, "changed": saved.changed, "same": saved.same, "laid_aside": came.laid_aside, "held": came.held,
        "unaligned": came.unaligned, "links_new": came.links.new, "links_changed": came.links.changed,
        "links_same": came.links.same, "links_laid_aside": came.links.laid_aside,
    }  # fmt: skip


def _samples(package: Package) -> list[dict[str, Any]]:
    """A few questions of different forms, as problems."""
    seen: dict[str, Any] = {}
    for question in package.questions:
        seen.setdefault(question.form, question)
    chosen = list(seen.values())[:SAMPLES]
    return [problem_to_json(problem_of(package, q, skill="", licence=package.licence)) for q in chosen]
