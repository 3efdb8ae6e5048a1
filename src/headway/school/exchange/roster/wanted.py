"""From rows of OneRoster to what they mean here: who changes, and what is so of them from now on.

Fills the tables of :mod:`headway.school.people.settle` for all that a changed row touches, and for enrollments and roles that
begin or end between the last time and today.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from headway.standards.oneroster.meaning import ROLES, SEATS, grade_of, subject_of
from headway.standards.oneroster.tables import FAMILY_ROLES, TABLES

_ORGS = """
CREATE TEMP TABLE org_place ON COMMIT DROP AS
WITH RECURSIVE up AS (
    SELECT sourced_id AS org, sourced_id AS at, {orgs.type} AS type, {orgs.parentSourcedId} AS parent, 0 AS depth
    FROM school_rosterrecord o WHERE kind = 'orgs' AND status = 'active'
    UNION ALL
    SELECT up.org, o.sourced_id, {orgs.type}, {orgs.parentSourcedId}, depth + 1 FROM up JOIN school_rosterrecord o
    ON o.kind = 'orgs' AND o.status = 'active' AND o.sourced_id = up.parent WHERE up.type = 'department' AND depth < 9
) SELECT org, CASE WHEN type = 'school' THEN at ELSE '' END AS school FROM up WHERE type <> 'department'
"""
"""Where an org is: its school, or the whole district (an empty text). A department is where its school is."""

_SCHOOLS = """
INSERT INTO settle_school SELECT c.sourced_id, c.key, {orgs.name}, o.status = 'active' AND {orgs.type} = 'school'
FROM change_orgs c JOIN school_rosterrecord o ON o.kind = 'orgs' AND o.sourced_id = c.sourced_id
"""
_PEOPLE = """
INSERT INTO settle_person SELECT c.sourced_id, c.key, coalesce(nullif({users.preferredGivenName}, ''), {users.givenName}),
    coalesce(nullif({users.preferredFamilyName}, ''), {users.familyName}), {users.email}, coalesce(g.ours, ''),
    {users.metadata_headway_language}, {users.metadata_headway_interests}, o.status = 'active' AND {users.enabledUser} = 'true'
FROM change_users c JOIN school_rosterrecord o ON o.kind = 'users' AND o.sourced_id = c.sourced_id
LEFT JOIN word_grade g ON g.theirs = {users.grades}
"""
_SECTIONS = """
INSERT INTO settle_section SELECT k.sourced_id, k.key, p.school, {classes.title}, w.ours, coalesce(g.ours, ''), {classes.periods},
    o.status = 'active'
FROM section_changed k JOIN school_rosterrecord o ON o.kind = 'classes' AND o.sourced_id = k.sourced_id
LEFT JOIN org_place p ON p.org = {classes.schoolSourcedId}
LEFT JOIN word_grade g ON g.theirs = {classes.grades}
JOIN word_subject w ON w.sourced_id = o.sourced_id
"""
_SECTIONS_CHANGED = """
CREATE TEMP TABLE section_changed ON COMMIT DROP AS SELECT sourced_id, key FROM change_classes UNION ALL
SELECT o.sourced_id, s.id FROM school_rosterrecord o JOIN school_section s ON s.sourced_id = o.sourced_id
WHERE o.kind = 'classes' AND o.status = 'active' AND NOT EXISTS (SELECT FROM change_classes c WHERE c.sourced_id = o.sourced_id)
AND EXISTS (SELECT FROM change_courses c WHERE c.sourced_id = {classes.courseSourcedId} AND c.what <> 'removed')
"""
_SUBJECTS = """
SELECT k.sourced_id, {classes.subjects}, {classes.subjectCodes}, {classes.title}, coalesce(u.cells[{at_subjects}], ''),
    coalesce(u.cells[{at_codes}], '') FROM section_changed k
JOIN school_rosterrecord o ON o.kind = 'classes' AND o.sourced_id = k.sourced_id
LEFT JOIN school_rosterrecord u ON u.kind = 'courses' AND u.sourced_id = {classes.courseSourcedId}
"""
_ROLES_OF = """
INSERT INTO settle_role_of SELECT DISTINCT person FROM (
    SELECT sourced_id FROM change_users WHERE what = 'returned'
    UNION ALL SELECT old[{role_user}] FROM change_roles WHERE what <> 'added'
    UNION ALL SELECT new[{role_user}] FROM change_roles WHERE what IN ('changed', 'returned')
) AS all_of (person) WHERE EXISTS (SELECT FROM alive_user u WHERE u.sourced_id = person)
"""
_ROLES_LATER = """
INSERT INTO settle_role_of SELECT DISTINCT {roles.userSourcedId} FROM school_rosterrecord o
JOIN alive_user u ON u.sourced_id = {roles.userSourcedId} WHERE o.kind = 'roles' AND (
    {roles.orgSourcedId} IN (SELECT sourced_id FROM change_orgs WHERE what <> 'added')
    OR ({roles.beginDate} > %(before)s AND {roles.beginDate} <= %(today)s)
    OR ({roles.endDate} >= %(before)s AND {roles.endDate} < %(today)s))
"""
"""Roles that begin or end between the last time and today, and those at an org that is another than before."""
_ROLES = """
INSERT INTO settle_role SELECT {roles.userSourcedId}, w.ours, p.school FROM (
    SELECT o.cells FROM school_rosterrecord o JOIN settle_role_of f ON f.person = {roles.userSourcedId}
    WHERE o.kind = 'roles' AND o.status = 'active'
    UNION ALL SELECT new FROM change_roles WHERE what = 'added'
) o JOIN word_role w ON w.theirs = {roles.role} JOIN org_place p ON p.org = {roles.orgSourcedId}
JOIN alive_user u ON u.sourced_id = {roles.userSourcedId}
WHERE ({roles.beginDate} = '' OR {roles.beginDate} <= %(today)s) AND ({roles.endDate} = '' OR {roles.endDate} >= %(today)s)
"""
_SEATS_OF = """
INSERT INTO settle_seat_of SELECT DISTINCT section, person FROM (
    SELECT old[{seat_class}], old[{seat_user}] FROM change_enrollments WHERE what <> 'added'
    UNION ALL SELECT new[{seat_class}], new[{seat_user}] FROM change_enrollments WHERE what IN ('changed', 'returned')
) AS all_of (section, person)
"""
_SEATS_LATER = """
INSERT INTO settle_seat_of SELECT DISTINCT {enrollments.classSourcedId}, {enrollments.userSourcedId} FROM school_rosterrecord o
WHERE o.kind = 'enrollments' AND (
    {enrollments.userSourcedId} IN (SELECT sourced_id FROM change_users WHERE what <> 'added')
    OR {enrollments.classSourcedId} IN (SELECT sourced_id FROM change_classes WHERE what <> 'added')
    OR ({enrollments.beginDate} > %(before)s AND {enrollments.beginDate} <= %(today)s)
    OR ({enrollments.endDate} >= %(before)s AND {enrollments.endDate} < %(today)s))
"""
"""Enrollments of people and classes that are others than before, and those that begin or end."""
_SEATS = """
INSERT INTO settle_seat SELECT {enrollments.classSourcedId}, {enrollments.userSourcedId}, w.ours,
    nullif({enrollments.beginDate}, '')::date, nullif({enrollments.endDate}, '')::date
FROM (
    SELECT o.cells FROM school_rosterrecord o JOIN (SELECT DISTINCT section, person FROM settle_seat_of) f
    ON f.section = {enrollments.classSourcedId} AND f.person = {enrollments.userSourcedId}
    WHERE o.kind = 'enrollments' AND o.status = 'active'
    UNION ALL SELECT new FROM change_enrollments WHERE what = 'added'
) o JOIN word_seat w ON w.theirs = {enrollments.role}
JOIN alive_user u ON u.sourced_id = {enrollments.userSourcedId} AND u.enabled = 'true'
JOIN school_rosterrecord k ON k.kind = 'classes' AND k.sourced_id = {enrollments.classSourcedId} AND k.status = 'active'
WHERE ({enrollments.beginDate} = '' OR {enrollments.beginDate} <= %(today)s)
AND ({enrollments.endDate} = '' OR {enrollments.endDate} >= %(today)s)
"""
_ALIVE = """
CREATE TEMP TABLE alive_user ON COMMIT DROP AS
SELECT o.sourced_id, {users.enabledUser} AS enabled, {users.agentSourcedIds} AS agents FROM school_rosterrecord o
WHERE o.kind = 'users' AND o.status = 'active'
"""
_NAMED = """
CREATE TEMP TABLE family_named ON COMMIT DROP AS
SELECT sourced_id AS person, btrim(unnest(string_to_array(agents, ','))) AS agent FROM alive_user WHERE agents <> ''
"""
_LINKS = """
CREATE TEMP TABLE family_link ON COMMIT DROP AS
SELECT n.person, n.agent FROM family_named n JOIN alive_user u ON u.sourced_id = n.agent
"""
_KIN = """
CREATE TEMP TABLE kin ON COMMIT DROP AS SELECT {roles.userSourcedId} AS person, min({roles.role}) AS relation
FROM school_rosterrecord o JOIN alive_user u ON u.sourced_id = {roles.userSourcedId}
WHERE o.kind = 'roles' AND o.status = 'active' AND {roles.role} = ANY(%(family)s) GROUP BY 1
"""
_FAMILIES_OF = """
INSERT INTO settle_family_of SELECT DISTINCT learner FROM (
    SELECT sourced_id FROM change_users
    UNION ALL SELECT l.agent FROM family_link l JOIN change_users c ON c.sourced_id = l.person
    UNION ALL SELECT l.person FROM family_link l JOIN settle_role c ON c.person = l.agent
    UNION ALL SELECT p.sourced_id FROM school_guardianship g JOIN school_person p ON p.id = g.learner_id
        JOIN school_person a ON a.id = g.guardian_id WHERE EXISTS (SELECT FROM change_users c WHERE c.sourced_id = a.sourced_id)
) AS all_of (learner)
"""
_FAMILIES = """
INSERT INTO settle_family SELECT l.agent, l.person, k.relation FROM family_link l JOIN kin k ON k.person = l.agent
JOIN settle_family_of f ON f.learner = l.person WHERE NOT EXISTS (SELECT FROM kin x WHERE x.person = l.person)
UNION SELECT l.person, l.agent, k.relation FROM family_link l JOIN kin k ON k.person = l.person
JOIN settle_family_of f ON f.learner = l.agent WHERE NOT EXISTS (SELECT FROM kin x WHERE x.person = l.agent)
"""
"""Only somebody whose role is of the family becomes a guardian: an agent may also be a case worker, who has another door.
A link may stand beside the child or beside the adult."""

TEMPORARY = (
    "org_place", "section_changed", "alive_user", "family_named", "family_link", "kin",
    "word_grade", "word_role", "word_seat", "word_subject",
)  # fmt: skip


def fill(cursor: CursorWrapper, *, before: date, today: date) -> None:
    """Fill the tables of ``settle``; the records are what they are from now on. ``before``: the day of the last time."""
    cursor.execute(f"DROP TABLE IF EXISTS {', '.join(TEMPORARY)}")
    days: dict[str, str | list[str]] = {
        "before": before.isoformat(),
        "today": today.isoformat(),
        "family": list(FAMILY_ROLES),
    }
    _words(cursor, "word_role", ROLES.items())
    _words(cursor, "word_seat", SEATS.items())
    _run(cursor, _ORGS)
    cursor.execute(
        "SELECT DISTINCT grades FROM (SELECT cells[%s] AS grades FROM school_rosterrecord WHERE kind = 'users'"
        " UNION SELECT cells[%s] FROM school_rosterrecord WHERE kind = 'classes') g",
        [TABLES["users"].place("grades") + 1, TABLES["classes"].place("grades") + 1],
    )
    _words(cursor, "word_grade", [(grades, grade_of(grades)) for (grades,) in cursor.fetchall()])
    _run(cursor, _SCHOOLS)
    _run(cursor, _PEOPLE)
    _run(cursor, _SECTIONS_CHANGED)
    _run(cursor, _SUBJECTS)
    found = [
        (key, subject_of(own or course, codes or course_codes, title))
        for key, own, codes, title, course, course_codes in cursor.fetchall()
    ]
    _words(cursor, "word_subject", found, first="sourced_id")
    _run(cursor, _SECTIONS)
    for name, statement in (("alive_user", _ALIVE), ("family_named", _NAMED), ("family_link", _LINKS), ("kin", _KIN)):
        _run(cursor, statement, days)
        cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(name)))
    later = (_ROLES_LATER, _SEATS_LATER) if before != date.min else ()
    for statement in (_ROLES_OF, _SEATS_OF, *later, _ROLES, _SEATS, _FAMILIES_OF, _FAMILIES):
        _run(cursor, statement, days)


def _words(cursor: CursorWrapper, name: str, pairs: object, *, first: str = "theirs") -> None:
    table = sql.Identifier(name)
    made = sql.SQL("CREATE TEMP TABLE {} ({} text, ours text) ON COMMIT DROP").format(table, sql.Identifier(first))
    cursor.execute(made)
    rows = list(pairs)  # type: ignore[call-overload]
    cursor.execute(
        sql.SQL("INSERT INTO {} SELECT * FROM unnest(%s::text[], %s::text[])").format(table),
        [[row[0] for row in rows], [row[1] for row in rows]],
    )
    cursor.execute(sql.SQL("ANALYZE {}").format(table))


def _run(cursor: CursorWrapper, statement: str, days: Mapping[str, str | list[str]] | None = None) -> None:
    cursor.execute(_placed(statement), days)


def _placed(statement: str) -> str:
    """``{users.email}`` is the cell of that column in the row that the statement calls ``o``."""
    return statement.format(**PLACES)


class _Cells:
    """The cells of a kind by name, for :meth:`str.format`."""

    def __init__(self, kind: str) -> None:
        for n, name in enumerate(TABLES[kind].names, start=1):
            setattr(self, name.replace(".", "_"), f"o.cells[{n}]")


PLACES: dict[str, object] = {kind: _Cells(kind) for kind in TABLES} | {
    "at_subjects": TABLES["courses"].place("subjects") + 1,
    "at_codes": TABLES["courses"].place("subjectCodes") + 1,
    "role_user": TABLES["roles"].place("userSourcedId") + 1,
    "seat_class": TABLES["enrollments"].place("classSourcedId") + 1,
    "seat_user": TABLES["enrollments"].place("userSourcedId") + 1,
    "enabled": TABLES["users"].place("enabledUser") + 1,
}
