"""What OneRoster's service reads, as SQL: rows of the roster's source, and rows for whoever was made here.

Each relation has ``sourced_id``, ``status``, ``changed_at`` and ``cells`` in the order of the table of CSV. Statements take
``%(end)s``: the year in which the school year of today ends.
"""

from __future__ import annotations

import time
from datetime import date
from uuid import UUID

from django.db import connection

from headway.standards.oneroster.meaning import BACK

_ABSENT = "NOT EXISTS (SELECT FROM school_rosterrecord x WHERE x.kind = '{kind}' AND x.sourced_id = {key})"
HERE = "NULLIF(current_setting('headway.district', true), '')::uuid"
_DISTRICT = f"(SELECT d.id, d.name, extract(epoch FROM d.created_at) AS at FROM school_district d WHERE d.id = {HERE})"
_TOP = (
    "coalesce((SELECT min(x.sourced_id) FROM school_rosterrecord x WHERE x.kind = 'orgs' AND x.status = 'active'"
    f" AND x.cells[2] = 'district'), 'district-' || {HERE}::text)"
)


def _grade(at: str) -> str:
    return f"CASE WHEN {at} = 'K' THEN 'KG' WHEN {at} ~ '^[0-9]{{1,2}}$' THEN lpad({at}, 2, '0') ELSE '' END"


_ROLE = (
    "CASE r.name " + " ".join(f"WHEN '{ours}' THEN '{theirs}'" for ours, theirs in BACK.items()) + " ELSE 'proctor' END"
)
_SECTIONS = "school_section s JOIN school_school o ON o.id = s.school_id"
_OURS = "s.is_active AND " + _ABSENT.format(kind="classes", key="s.sourced_id")
_YEAR = "'year-' || %(end)s::text"

_OWN = {
    "orgs": f"""
SELECT 'district-' || d.id::text, d.at, ARRAY[d.name, 'district', '', ''] FROM {_DISTRICT} d WHERE NOT EXISTS
    (SELECT FROM school_rosterrecord x WHERE x.kind = 'orgs' AND x.status = 'active' AND x.cells[2] = 'district')
UNION ALL SELECT o.sourced_id, d.at, ARRAY[o.name, 'school', '', {_TOP}] FROM school_school o, {_DISTRICT} d
WHERE o.is_active AND {_ABSENT.format(kind="orgs", key="o.sourced_id")}""",
    "academicSessions": f"""
SELECT {_YEAR}, d.at, ARRAY[(%(end)s - 1)::text || '-' || %(end)s::text, 'schoolYear', (%(end)s - 1)::text || '-07-01',
    %(end)s::text || '-06-30', '', %(end)s::text] FROM {_DISTRICT} d WHERE EXISTS (SELECT FROM school_section s WHERE {_OURS})""",
    "courses": f"""
SELECT 'course-' || s.subject, d.at, ARRAY[{_YEAR}, initcap(s.subject), '', '', {_TOP}, s.subject, '']
FROM (SELECT DISTINCT s.subject FROM school_section s WHERE {_OURS}) s, {_DISTRICT} d""",
    "classes": f"""
SELECT s.sourced_id, d.at, ARRAY[s.title, {_grade("s.grade")}, 'course-' || s.subject, '', 'scheduled', '',
    o.sourced_id, {_YEAR}, s.subject, '', s.period] FROM {_SECTIONS}, {_DISTRICT} d WHERE {_OURS}""",
    "users": f"""
SELECT p.sourced_id, d.at, ARRAY['true', coalesce(nullif(p.email, ''), p.sourced_id), '', p.given_name, p.family_name, '', '',
    p.email, '', '', coalesce((SELECT string_agg(a.sourced_id, ',' ORDER BY g.id) FROM school_guardianship g
    JOIN school_person a ON a.id = g.guardian_id WHERE g.learner_id = p.id), ''), {_grade("p.grade")}, '', '',
    '', '', '', '', p.language, ''] FROM school_person p, {_DISTRICT} d
WHERE p.is_active AND {_ABSENT.format(kind="users", key="p.sourced_id")}""",
    "roles": f"""
SELECT p.sourced_id || '.' || r.name || '.' || coalesce(o.sourced_id, ''), d.at,
    ARRAY[p.sourced_id, 'primary', {_ROLE}, '', '', coalesce(o.sourced_id, {_TOP}), '']
FROM school_role r JOIN school_person p ON p.id = r.person_id LEFT JOIN school_school o ON o.id = r.school_id, {_DISTRICT} d
WHERE p.is_active AND {_ABSENT.format(kind="users", key="p.sourced_id")}""",
    "enrollments": f"""
SELECT s.sourced_id || '.' || p.sourced_id || '.' || e.role, d.at, ARRAY[s.sourced_id, o.sourced_id, p.sourced_id, e.role,
    CASE e.role WHEN 'teacher' THEN 'true' ELSE '' END, coalesce(e.begin::text, ''), coalesce(e."end"::text, '')]
FROM school_enrolment e JOIN school_person p ON p.id = e.person_id JOIN {_SECTIONS} ON s.id = e.section_id, {_DISTRICT} d
WHERE p.is_active AND {_OURS}""",
}
"""Kind -> rows of those of whom no source has spoken, as in :mod:`headway.school.exchange.roster.export`. Nobody notes when they
change: they carry the day on which the district was made."""

_ASKED = f"""
SELECT EXISTS (SELECT FROM school_section s WHERE {_OURS}),
    EXISTS (SELECT FROM school_person p WHERE p.is_active AND {_ABSENT.format(kind="users", key="p.sourced_id")}),
    EXISTS ({_OWN["orgs"]})
"""
FRESH = 20.0
"""Seconds."""
_remembered: dict[UUID, tuple[float, frozenset[str]]] = {}


def own_kinds(district: UUID) -> frozenset[str]:
    """The kinds of which the open district has rows that no source sent; remembered for 20 seconds, since looking is as dear as a
    page of a list."""
    found = _remembered.get(district)
    if found is not None and found[0] > time.monotonic():
        return found[1]
    with connection.cursor() as cursor:
        cursor.execute(_ASKED)
        sections, people, orgs = cursor.fetchone()
    kinds: list[str] = []
    kinds += ["academicSessions", "courses", "classes", "enrollments"] if sections else []
    kinds += ["users", "roles"] if people else []
    kinds += ["orgs"] if orgs else []
    if len(_remembered) > 1000:
        _remembered.clear()
    _remembered[district] = (time.monotonic() + FRESH, frozenset(kinds))
    return _remembered[district][1]


def forget_own(district: UUID) -> None:
    """Look again at once."""
    _remembered.pop(district, None)


def relation(kind: str, own: frozenset[str]) -> str:
    """The rows of a kind, as something to select from."""
    source = f"SELECT sourced_id, status, changed_at, cells FROM school_rosterrecord WHERE kind = '{kind}'"
    if kind not in own:
        return f"({source})"
    return f"({source} UNION ALL SELECT w.id, 'active', w.at::float8, w.cells FROM ({_OWN[kind]}) AS w (id, at, cells))"


def year_end(today: date) -> int:
    """The year in which the school year of a day ends."""
    return today.year + (1 if today.month >= 7 else 0)
