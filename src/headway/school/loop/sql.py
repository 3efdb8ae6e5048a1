"""The statements of the hot path. Each handles a whole batch; the tenant is set first, so all of them see one district.

Every parameter is text, arrays as literals (see :func:`array`): the driver's own way of adapting lists cost as much as
everything that the database did. Statements with ``$1`` are prepared by ``wire``, those with ``%s`` go through the driver.
"""

from collections.abc import Iterable


def array(values: Iterable[object]) -> str:
    """Write values that need no quoting (identifiers, numbers, hexadecimal) as an array literal."""
    return "{" + ",".join(map(str, values)) + "}"


TENANT = "SELECT set_config('headway.district', $1, true)"

LOCK_PROFILES = (
    "SELECT learner_id, state FROM school_profile WHERE learner_id = ANY($1::text::uuid[])"
    " ORDER BY learner_id FOR NO KEY UPDATE"
)

KNOWN = (
    "SELECT v.version, d.time_zone,"
    " (SELECT json_agg(json_build_array(e.event, e.learner_id, encode(e.digest, 'hex'), e.outcome))"
    "  FROM school_evidence e WHERE e.event = ANY($1::text::uuid[])),"
    " (SELECT json_agg(json_build_array(p.learner_id, p.id, p.source, p.effect, p.value, coalesce(p.by_id::text, ''),"
    "  p.reason, p.starts, coalesce(p.ends, 0))) FROM school_planrow p"
    "  WHERE (p.learner_id = ANY($2::text::uuid[]) OR p.learner_id IS NULL)"
    "  AND (p.ends IS NULL OR p.ends > $3::text::float8)),"
    " (SELECT json_agg(json_build_array(h.learner_id, h.activity, h.step, h.since, h.shown))"
    "  FROM school_hintsshown h WHERE h.learner_id = ANY($2::text::uuid[]))"
    " FROM school_curriculumversion v JOIN school_district d ON d.id = v.district_id WHERE v.current"
)
"""What a batch must know beside its profiles, in one row: each statement costs more than the rows it brings. It runs
after the locks are held, so that it sees what the last holder wrote."""

FINISHED = (
    "SELECT learner_id, activity, max(step) FROM school_evidence"
    " WHERE learner_id = ANY(%s::uuid[]) AND activity = ANY(%s::text[]) AND kind = 'response'"
    " AND (correct OR shown OR attempt >= %s) GROUP BY learner_id, activity"
)

CURRICULUM_DATA = "SELECT data FROM school_curriculumversion WHERE version = %s"

NEWCOMERS = (
    "SELECT p.id, p.grade, p.interests FROM school_person p WHERE p.id = ANY(%s::text::uuid[]) AND p.is_active"
    " AND EXISTS (SELECT 1 FROM school_role r WHERE r.person_id = p.id AND r.name = 'learner') ORDER BY p.id"
)

ADD_PROFILE = (
    "INSERT INTO school_profile (district_id, learner_id, beginning, state, updated_at)"
    " SELECT %s, %s, first, first, 0 FROM (SELECT %s::bytea AS first) AS fresh"
    " ON CONFLICT (learner_id) DO NOTHING"
)

_EVIDENCE = {
    "event": "uuid",
    "learner_id": "uuid",
    "kind": "text",
    "activity": "text",
    "step": "smallint",
    "item": "text",
    "skills": "jsonb",
    "answer": "text",
    "correct": "boolean",
    "attempt": "smallint",
    "hints": "smallint",
    "shown": "boolean",
    "seconds": "float8",
    "misconception": "text",
    "suspects": "jsonb",
    "simulated": "boolean",
    "at": "float8",
    "now": "float8",
    "curriculum": "text",
    "digest": "bytea",
    "outcome": "jsonb",
}

_DECISION = {
    "learner_id": "uuid",
    "after": "uuid",
    "activity": "text",
    "skill": "text",
    "reason": "jsonb",
    "reason_code": "text",
    "alternatives": "jsonb",
    "propensity": "float8",
    "predicted": "float8",
    "model": "text",
    "policy": "text",
    "curriculum": "text",
    "seed": "text",
    "overrides": "jsonb",
    "at": "float8",
}

_ENTRY = {
    "learner_id": "uuid",
    "skill": "text",
    "kind": "text",
    "response": "uuid",
    "probability": "float8",
    "threshold": "float8",
    "evidence_count": "integer",
    "model": "text",
    "at": "float8",
}


def _insert(table: str, columns: dict[str, str], rows: str) -> str:
    """Insert the rows of one JSON array, in its order (so that the log's numbers follow the batch)."""
    names = ", ".join(f'"{name}"' for name in columns)
    typed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    source = f"json_to_recordset({rows}::json) AS rows ({typed})"
    return f"INSERT INTO {table} (district_id, {names}) SELECT $4::text::uuid, {names} FROM {source}"


WRITE = (
    "WITH saved AS (UPDATE school_profile p SET state = decode(d.state, 'hex'), updated_at = d.now"
    "  FROM unnest($1::text::uuid[], $2::text::text[], $3::text::float8[]) AS d (learner, state, now)"
    "  WHERE p.learner_id = d.learner),"
    f" logged AS ({_insert('school_evidence', _EVIDENCE, '$5')}),"
    f" chosen AS ({_insert('school_decision', _DECISION, '$6')}),"
    f" entered AS ({_insert('school_masteryentry', _ENTRY, '$7')})"
    " SELECT pg_notify('headway_live', $4 || ':learner:' || learner) FROM unnest($1::text::text[]) AS learner"
)
"""Everything that a batch writes, in one statement, and the word to the boards, which they hear after the commit."""
