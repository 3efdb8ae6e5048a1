"""Bringing who is in a district in line with what a roster says, set by set, inside the transaction of whoever asks.

A caller fills the temporary tables of :func:`open_tables` and calls :func:`settle`. People, schools and sections that are
gone stay as rows that are not active, so that evidence keeps its owner and they find it again when they come back; seats, roles
and family links say who may see what now, so these go.
"""

from __future__ import annotations

from uuid import UUID

from django.db.backends.utils import CursorWrapper

TABLES = """
CREATE TEMP TABLE settle_school (sourced_id text, key uuid, name text, here boolean) ON COMMIT DROP;
CREATE TEMP TABLE settle_person (sourced_id text, key uuid, given text, family text, email text, grade text,
    language text, interests text, here boolean) ON COMMIT DROP;
CREATE TEMP TABLE settle_section (sourced_id text, key uuid, school text, title text, subject text, grade text,
    period text, here boolean) ON COMMIT DROP;
CREATE TEMP TABLE settle_role_of (person text) ON COMMIT DROP;
CREATE TEMP TABLE settle_role (person text, name text, school text) ON COMMIT DROP;
CREATE TEMP TABLE settle_seat_of (section text, person text) ON COMMIT DROP;
CREATE TEMP TABLE settle_seat (section text, person text, role text, begin_on date, end_on date) ON COMMIT DROP;
CREATE TEMP TABLE settle_family_of (learner text) ON COMMIT DROP;
CREATE TEMP TABLE settle_family (guardian text, learner text, relation text) ON COMMIT DROP;
"""
NAMES = (
    "settle_school", "settle_person", "settle_section", "settle_role_of", "settle_role", "settle_seat_of",
    "settle_seat", "settle_family_of", "settle_family",
)  # fmt: skip

SCHOOLS = """
INSERT INTO school_school AS old (id, district_id, sourced_id, name, is_active)
SELECT key, %(district)s, sourced_id, name, true FROM settle_school WHERE here
ON CONFLICT (district_id, sourced_id) DO UPDATE SET name = excluded.name, is_active = true
    WHERE (old.name, old.is_active) IS DISTINCT FROM (excluded.name, true);
UPDATE school_school s SET is_active = false FROM settle_school w
WHERE s.sourced_id = w.sourced_id AND NOT w.here AND s.is_active;
"""

PEOPLE = """
INSERT INTO school_person AS old (id, district_id, password, sourced_id, given_name, family_name, email, grade, language,
    interests, simulated, is_active)
SELECT key, %(district)s, '!', sourced_id, given, family, email, grade, coalesce(nullif(language, ''), 'en'),
    coalesce(to_jsonb(string_to_array(nullif(interests, ''), ',')), '[]'), false, true FROM settle_person WHERE here
ON CONFLICT (district_id, sourced_id) DO UPDATE SET given_name = excluded.given_name, family_name = excluded.family_name,
    email = excluded.email, grade = excluded.grade, is_active = true;
UPDATE school_person p SET language = w.language FROM settle_person w
WHERE p.sourced_id = w.sourced_id AND w.language <> '' AND p.language <> w.language;
UPDATE school_person p SET is_active = false FROM settle_person w
WHERE p.sourced_id = w.sourced_id AND NOT w.here AND p.is_active;
"""
"""Language and interests belong to the person once they are here: a roster fills them in and does not take them back."""

SECTIONS = """
INSERT INTO school_section AS old (id, district_id, sourced_id, school_id, title, subject, grade, period, is_active)
SELECT w.key, %(district)s, w.sourced_id, s.id, w.title, w.subject, w.grade, w.period, true
FROM settle_section w JOIN school_school s ON s.sourced_id = w.school WHERE w.here
ON CONFLICT (district_id, sourced_id) DO UPDATE SET school_id = excluded.school_id, title = excluded.title,
    subject = excluded.subject, grade = excluded.grade, period = excluded.period, is_active = true;
UPDATE school_section s SET is_active = false FROM settle_section w
WHERE s.sourced_id = w.sourced_id AND NOT w.here AND s.is_active;
"""

ROLES = """
CREATE TEMP TABLE settle_role_now ON COMMIT DROP AS
SELECT DISTINCT p.id AS person, w.name, s.id AS school FROM settle_role w JOIN school_person p ON p.sourced_id = w.person
LEFT JOIN school_school s ON s.sourced_id = w.school WHERE w.school = '' OR s.id IS NOT NULL;
DELETE FROM school_role r USING school_person p JOIN settle_role_of o ON o.person = p.sourced_id
WHERE r.person_id = p.id AND NOT EXISTS (SELECT FROM settle_role_now n
    WHERE n.person = r.person_id AND n.name = r.name AND n.school IS NOT DISTINCT FROM r.school_id);
INSERT INTO school_role (district_id, person_id, school_id, name)
SELECT %(district)s, person, school, name FROM settle_role_now ORDER BY person, name, school ON CONFLICT DO NOTHING;
DROP TABLE settle_role_now;
"""

SEATS = """
DELETE FROM school_enrolment e USING settle_seat_of o JOIN school_section s ON s.sourced_id = o.section
    JOIN school_person p ON p.sourced_id = o.person
WHERE e.section_id = s.id AND e.person_id = p.id AND NOT EXISTS (SELECT FROM settle_seat w
    WHERE w.section = o.section AND w.person = o.person AND w.role = e.role);
INSERT INTO school_enrolment AS old (district_id, section_id, person_id, role, "begin", "end")
SELECT %(district)s, s.id, p.id, w.role, min(w.begin_on), max(w.end_on) FROM settle_seat w
JOIN school_section s ON s.sourced_id = w.section JOIN school_person p ON p.sourced_id = w.person
GROUP BY s.id, p.id, w.role
ON CONFLICT (district_id, section_id, person_id, role) DO UPDATE SET "begin" = excluded."begin", "end" = excluded."end"
    WHERE (old."begin", old."end") IS DISTINCT FROM (excluded."begin", excluded."end");
"""

FAMILIES = """
DELETE FROM school_guardianship g USING school_person l JOIN settle_family_of o ON o.learner = l.sourced_id
WHERE g.learner_id = l.id AND NOT EXISTS (SELECT FROM settle_family w JOIN school_person p ON p.sourced_id = w.guardian
    WHERE w.learner = o.learner AND p.id = g.guardian_id);
INSERT INTO school_guardianship AS old (district_id, guardian_id, learner_id, relation)
SELECT DISTINCT ON (g.id, l.id) %(district)s, g.id, l.id, w.relation FROM settle_family w
JOIN school_person g ON g.sourced_id = w.guardian JOIN school_person l ON l.sourced_id = w.learner
ORDER BY g.id, l.id, w.relation
ON CONFLICT (district_id, guardian_id, learner_id) DO UPDATE SET relation = excluded.relation
    WHERE old.relation <> excluded.relation;
"""


def open_tables(cursor: CursorWrapper) -> None:
    """Make the empty temporary tables of this transaction; those of an earlier call in it go."""
    cursor.execute(f"DROP TABLE IF EXISTS {', '.join(NAMES)}")
    cursor.execute(TABLES)


def settle(cursor: CursorWrapper, *, district: UUID) -> None:
    """Make people, schools, sections, seats, roles and family links what the temporary tables say.

    ``*_of`` tables name whom the rows beside them speak of in full: what they lack is taken away. A school that is the empty
    text in ``settle_role`` is the whole district. Nobody who is not named is touched.
    """
    for name in NAMES:
        cursor.execute(f"ANALYZE {name}")
    for statement in (SCHOOLS, PEOPLE, SECTIONS, ROLES, SEATS, FAMILIES):
        for part in statement.split(";"):
            if part.strip():
                cursor.execute(part, {"district": district} if "%(" in part else None)
