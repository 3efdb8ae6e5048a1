"""The record store's statements to the database."""

from __future__ import annotations

TENANT = "SELECT set_config('headway.district', %s, false)"

WRITE = """
INSERT INTO school_xapistatement (district_id, statement, stored, body, keys, refers, voids, credential_id)
SELECT %(district)s, statement, now(),
       head || ',"stored":"' || at || CASE WHEN stamped THEN '"}' ELSE '","timestamp":"' || at || '"}' END,
       keys::bigint[], refers, voids, credential
FROM unnest(%(statements)s::uuid[], %(heads)s::text[], %(stamped)s::bool[], %(keys)s::text[], %(refers)s::uuid[],
            %(voids)s::uuid[], %(credentials)s::uuid[])
     WITH ORDINALITY AS sent(statement, head, stamped, keys, refers, voids, credential, place),
     (SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at) AS clock
ORDER BY place
"""
"""Every statement of a batch, in its order, with the transaction's time as ``stored``."""

EARLIER = "SELECT statement, body FROM school_xapistatement WHERE district_id = %s AND statement = ANY(%s)"

FILES = """
INSERT INTO school_xapifile (district_id, statement, sha2, kind, content)
SELECT %s, * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::bytea[])
"""

LOCK_ACTIVITIES = "SELECT pg_advisory_xact_lock(hashtext('xapi activities ' || %s))"
ACTIVITIES = "SELECT key, definition FROM school_xapiactivity WHERE district_id = %s AND key = ANY(%s)"
KEEP_ACTIVITIES = """
INSERT INTO school_xapiactivity (district_id, key, iri, definition)
SELECT %s, * FROM unnest(%s::bytea[], %s::text[], %s::text[])
ON CONFLICT (district_id, key) DO UPDATE SET definition = excluded.definition
"""

READ = """
SELECT s.number, s.stored, s.statement, s.body FROM school_xapistatement s
WHERE s.district_id = %(district)s {conditions}
ORDER BY s.stored {way}, s.number {way} LIMIT %(most)s
"""

NOT_VOIDED = """AND (s.voids IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM school_xapistatement v WHERE v.district_id = s.district_id AND v.voids = s.statement
    AND v.credential_id = s.credential_id))"""
"""A system takes back what it sent itself, and nothing of others."""
VOIDED = """AND s.voids IS NULL AND EXISTS (
    SELECT 1 FROM school_xapistatement v WHERE v.district_id = s.district_id AND v.voids = s.statement
    AND v.credential_id = s.credential_id)"""

FITS = """AND (s.keys @> %(keys)s::bigint[] OR (s.refers IS NOT NULL AND EXISTS (
    WITH RECURSIVE chain(statement, refers, keys, depth) AS (
        SELECT t.statement, t.refers, t.keys, 1 FROM school_xapistatement t
        WHERE t.district_id = s.district_id AND t.statement = s.refers
        UNION ALL
        SELECT t.statement, t.refers, t.keys, chain.depth + 1 FROM school_xapistatement t
        JOIN chain ON t.statement = chain.refers WHERE t.district_id = s.district_id AND chain.depth < 16)
    SELECT 1 FROM chain WHERE chain.keys @> %(keys)s::bigint[])))"""
"""A statement fits, or it is about one that fits, or about one that is about one that fits."""

CONSISTENT = """
SELECT least(now(), min(xact_start)) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND xact_start IS NOT NULL
"""
"""No transaction that is still open began before this time, and ``stored`` is the time when one began."""

UNREAD = """
SELECT s.number, s.stored, s.statement, CASE WHEN s.credential_id = %(credential)s THEN s.body END,
       CASE WHEN s.credential_id = %(credential)s THEN s.voids END
FROM school_xapistatement s
WHERE s.district_id = %(district)s AND (s.stored, s.number) > (%(at)s, %(number)s)
ORDER BY s.stored, s.number LIMIT %(most)s
"""
"""What was stored after a statement, in that order; the words, and what is taken back, only of what one credential sent."""
