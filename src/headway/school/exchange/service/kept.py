"""What OneRoster's service reads that is no roster: the gradebook that programs write, the skills mastered, the content.

Each relation has ``sourced_id``, ``status``, ``changed_at``, ``body`` (JSON, without the members that every object has),
``section`` and ``line_item`` (sourcedIds, or empty). Statements take ``%(end)s`` as those of the roster do.
"""

from __future__ import annotations

from headway.school.exchange.service.relations import HERE, relation
from headway.standards.oneroster.tables import TABLES

OURS = "headway."
"""How the identifiers of lines of our own gradebook begin. Nobody else writes these."""
CATEGORY = f"{OURS}mastery"

_WRITTEN = (
    "SELECT sourced_id, status, changed_at, body, section, line_item FROM school_gradebookrecord WHERE kind = '{kind}'"
)
_NOTHING = (
    "SELECT ''::text AS sourced_id, ''::text AS status, 0::float8 AS changed_at, '{}'::jsonb AS body, ''::text AS section,"
    " ''::text AS line_item WHERE false"
)
_MET = f"""
school_section s JOIN school_school o ON o.id = s.school_id JOIN school_enrolment e ON e.section_id = s.id AND e.role = 'student'
JOIN school_person p ON p.id = e.person_id JOIN LATERAL (
    SELECT DISTINCT ON (skill) skill, kind, at FROM school_masteryentry WHERE learner_id = p.id ORDER BY skill, id DESC
) m ON true JOIN school_skill k ON k.key = m.skill AND k.subject = s.subject
JOIN school_district d ON d.id = {HERE}
"""
_ITEM = f"'{OURS}' || s.sourced_id || '.' || m.skill"

_OWN = {
    "categories": f"""
SELECT '{CATEGORY}', 'active', extract(epoch FROM d.created_at)::float8, jsonb_build_object('title', 'Skills mastered'), '', ''
FROM school_district d WHERE d.id = {HERE}""",
    "lineItems": f"""
SELECT {_ITEM}, 'active', max(m.at), jsonb_strip_nulls(jsonb_build_object('title', k.title,
    'assignDate', to_char(to_timestamp(min(m.at)) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'dueDate', %(end)s::text || '-06-30T23:59:59Z', 'class', jsonb_build_object('sourcedId', s.sourced_id),
    'school', jsonb_build_object('sourcedId', o.sourced_id), 'category', jsonb_build_object('sourcedId', '{CATEGORY}'),
    'resultValueMin', 0, 'resultValueMax', 1, 'learningObjectiveSet', CASE WHEN k.case_ids <> '[]'::jsonb THEN
    jsonb_build_array(jsonb_build_object('source', 'case', 'learningObjectiveIds', k.case_ids)) END)), s.sourced_id, ''
FROM {_MET} GROUP BY s.sourced_id, o.sourced_id, m.skill, k.title, k.case_ids""",
    "results": f"""
SELECT {_ITEM} || '.' || p.sourced_id, 'active', m.at, jsonb_build_object('lineItem', jsonb_build_object('sourcedId', {_ITEM}),
    'student', jsonb_build_object('sourcedId', p.sourced_id), 'class', jsonb_build_object('sourcedId', s.sourced_id),
    'scoreStatus', 'fully graded', 'score', CASE m.kind WHEN 'lost' THEN 0 ELSE 1 END,
    'textScore', CASE m.kind WHEN 'lost' THEN 'again' ELSE m.kind END,
    'scoreDate', to_char(to_timestamp(m.at) AT TIME ZONE d.time_zone, 'YYYY-MM-DD')), s.sourced_id, {_ITEM}
FROM {_MET}""",
}
"""Kind -> what stands in our own ledger: a line for each skill that somebody of a class has mastered, a result for each of them.
``again`` means that it was mastered and has to be looked at again."""
_RESOURCES = f"""
SELECT DISTINCT ON (k.subject) 'headway-' || k.subject, 'active', extract(epoch FROM d.created_at)::float8, jsonb_build_object(
    'title', 'Headway: ' || k.subject, 'roles', jsonb_build_array('student', 'teacher'), 'importance', 'primary',
    'vendorResourceId', 'headway-' || k.subject, 'vendorId', 'headway'), '', ''
FROM school_skill k JOIN school_district d ON d.id = {HERE}
"""
_NAMES = "(sourced_id, status, changed_at, body, section, line_item)"


def kept(kind: str, *, ours: bool = True) -> str:
    """The rows of a kind, as something to select from. ``ours`` false: only what programs have written."""
    if kind == "resources":
        return f"(SELECT * FROM ({_RESOURCES}) AS w {_NAMES})"
    if kind == "demographics":
        return f"({_NOTHING})"
    written = _WRITTEN.format(kind=kind)
    if kind not in _OWN or not ours:
        return f"({written})"
    return f"({written} UNION ALL SELECT * FROM ({_OWN[kind]}) AS w {_NAMES})"


def of_parent_kept(kind: str, parent: str, name: str, own: frozenset[str]) -> str:
    """The rows of a kind that belong to what is named before it in the address."""
    given = f"%({name})s"
    if kind == "resources":
        return f"o.sourced_id IN (SELECT 'headway-' || s.subject FROM {_subjects(parent, given, own)})"
    if kind == "categories":
        used = f"SELECT l.body -> 'category' ->> 'sourcedId' FROM {kept('lineItems')} l WHERE l.section = {given}"
        return f"o.sourced_id IN ({used})"
    if parent == "schools":
        school = f"c.cells[{TABLES['classes'].place('schoolSourcedId') + 1}]"
        return f"o.section IN (SELECT c.sourced_id FROM {relation('classes', own)} c WHERE {school} = {given})"
    if parent == "lineItems":
        return f"o.line_item = {given}"
    if parent == "students":
        return f"o.body -> 'student' ->> 'sourcedId' = {given}"
    return f"o.section = {given}"


def _subjects(parent: str, given: str, own: frozenset[str]) -> str:
    if parent == "classes":
        return f"school_section s WHERE s.sourced_id = {given}"
    if parent == "users":
        return (
            "school_section s JOIN school_enrolment e ON e.section_id = s.id JOIN school_person p ON p.id = e.person_id"
            f" WHERE p.sourced_id = {given}"
        )
    course = f"c.cells[{TABLES['classes'].place('courseSourcedId') + 1}]"
    return f"school_section s JOIN {relation('classes', own)} c ON c.sourced_id = s.sourced_id WHERE {course} = {given}"
