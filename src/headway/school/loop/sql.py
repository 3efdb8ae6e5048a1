"""The statements of the hot path. Each handles a whole batch; the tenant is set first, so all of them see one district."""

TENANT = "SELECT set_config('headway.district', %s, true)"

SHARE_DISTRICT = "SELECT pg_advisory_xact_lock_shared(hashtextextended('headway.plan.' || %s, 0))"
"""Plans of the whole district change under the exclusive form of this lock, so a batch sees all of a change or none."""

OWN_DISTRICT = "SELECT pg_advisory_xact_lock(hashtextextended('headway.plan.' || %s, 0))"

LOCK_PROFILES = (
    "SELECT learner_id, state FROM school_profile WHERE learner_id = ANY(%s) ORDER BY learner_id FOR NO KEY UPDATE"
)

EARLIER = "SELECT event, learner_id, digest, outcome FROM school_evidence WHERE event = ANY(%s)"

PLANS = (
    "SELECT learner_id, id::text, source, effect, value, coalesce(by_id::text, ''), reason, starts, coalesce(ends, 0)"
    " FROM school_planrow WHERE learner_id = ANY(%s) OR learner_id IS NULL"
)

CURRICULUM = (
    "SELECT v.version, d.time_zone FROM school_curriculumversion v JOIN school_district d ON d.id = v.district_id"
    " WHERE v.current"
)

CURRICULUM_DATA = "SELECT data FROM school_curriculumversion WHERE version = %s"

NEWCOMERS = (
    "SELECT p.id, p.grade, p.interests FROM school_person p WHERE p.id = ANY(%s) AND p.is_active"
    " AND EXISTS (SELECT 1 FROM school_role r WHERE r.person_id = p.id AND r.name = 'learner') ORDER BY p.id"
)

ADD_PROFILE = (
    "INSERT INTO school_profile (district_id, learner_id, beginning, state, updated_at)"
    " SELECT %s, %s, first, first, 0 FROM (SELECT %s::bytea AS first) AS fresh"
    " ON CONFLICT (learner_id) DO NOTHING"
)

SAVE_PROFILES = (
    "UPDATE school_profile p SET state = d.state, updated_at = d.now"
    " FROM unnest(%s::uuid[], %s::bytea[], %s::float8[]) AS d (learner, state, now) WHERE p.learner_id = d.learner"
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


def _insert(table: str, columns: dict[str, str]) -> str:
    """Insert the rows of one JSON array, in its order (so that the log's numbers follow the batch)."""
    names = ", ".join(f'"{name}"' for name in columns)
    typed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    rows = f"json_to_recordset(%s::json) AS rows ({typed})"
    return f"INSERT INTO {table} (district_id, {names}) SELECT %s, {names} FROM {rows}"  # noqa: S608 (our own constants)


ADD_EVIDENCE = _insert("school_evidence", _EVIDENCE)
ADD_DECISIONS = _insert("school_decision", _DECISION)
ADD_ENTRIES = _insert("school_masteryentry", _ENTRY)

ANNOUNCE = "SELECT pg_notify('headway_live', %s || ':learner:' || learner) FROM unnest(%s::text[]) AS learner"
