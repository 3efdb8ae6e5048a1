"""Row-level security: which rows of which table the application's role may see and write.

``headway migrate`` applies this after every migration to every table, so a new table cannot be forgotten: one that is
neither tenanted nor listed in :data:`SHARED` stops the migration.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connections
from psycopg import sql

from headway.school.people.tenancy import SETTING, Tenanted

SHARED: dict[str, str] = {
    "django_migrations": "names of migrations, no records",
    "django_content_type": "names of tables, no records",
    "auth_permission": "Django's own list, unused",
    "auth_group": "Django's own list, unused",
    "auth_group_permissions": "Django's own list, unused",
    "django_session": "random keys and signed values; a session names its district before anything else is read",
}
"""Tables without a district, and why that is safe."""

APPEND_ONLY = frozenset(
    {
        "school_evidence",
        "school_attendance",
        "school_judgement",
        "school_piececomment",
        "school_piecemark",
        "school_masteryentry",
        "school_decision",
        "school_accesslog",
        "school_coachline",
        "school_hintopening",
        "school_phrasing",
        "school_tierrules",
        "school_tierdecision",
        "school_supportsession",
        "school_probeform",
        "school_probescore",
        "school_meetingnote",
        "school_screeninganswer",
        "school_measure",
        "school_modelversion",
        "school_refitreport",
        "school_modelchange",
        "school_profilefact",
        "school_selfreport",
        "school_profilenote",
        "school_goal",
        "school_goalend",
        "school_choiceoffer",
        "school_choicetaken",
        "school_awaydone",
        "school_outsidechange",
        "school_outsideevent",
        "school_masterycontest",
        "school_masteryrecheck",
        "school_credit",
        "school_signingkey",
        "school_contentmark",
        "school_problemversion",
        "school_preparation",
        "school_conference",
        "school_conferenceline",
        "school_pilotplan",
        "school_pilotseat",
        "school_pilotweek",
        "school_pilotlook",
        "school_pilotmark",
        "school_lookback",
        "school_rosterimport",
        "school_signonevent",
        "school_cardtry",
        "school_secondsteptry",
        "school_secondsteprule",
        "school_familychoice",
        "school_weeksent",
        "school_teachback",
        "school_rubric",
        "school_milestonemark",
        "school_rubricscore",
        "school_scorecontest",
        "school_chiplist",
        "school_observation",
        "school_awaywork",
        "school_outsideresult",
        "school_outsidecheck",
        "school_reportchoice",
        "school_reportsent",
        "school_outcomeaim",
        "school_outcometake",
        "school_visionline",
        "school_schoolmeans",
        "school_xapistatement",
        "school_xapifile",
        "school_ltiscore",
    }
)
"""The application may add rows to these and read them; nothing else."""

FILLED = ("school_rosterrecord", "school_person", "school_role", "school_section", "school_enrolment")
"""What a roster fills at once: the application may have these measured (ANALYZE), or the plans of the next minute are for empty
tables. PostgreSQL before 17 has no such right; there they wait for autovacuum."""

DIRECTORY = "school_district"
"""Readable by all (identifier and name route a sign-in), written only under its own identifier."""


def secure_tables(*, using: str, role: str) -> list[str]:
    """Apply grants and policies to every table of the public schema; return the names of the tenanted ones.

    Raises RuntimeError for a table that is neither tenanted nor listed as shared.
    """
    tenanted = {m._meta.db_table for m in apps.get_models() if issubclass(m, Tenanted)}
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {str(row[0]) for row in cursor.fetchall()}
        unknown = tables - tenanted - set(SHARED) - {DIRECTORY}
        if unknown:
            raise RuntimeError(
                f"{', '.join(sorted(unknown))}: no district and no reason why; derive the model from Tenanted, or "
                "give the reason in row_security.SHARED"
            )
        for statement in _statements(sorted(tables), tenanted, role):
            cursor.execute(statement)
        if connection.pg_version >= 170_000:  # type: ignore[attr-defined]
            filled = sql.SQL(", ").join(map(sql.Identifier, FILLED))
            cursor.execute(sql.SQL("GRANT MAINTAIN ON {} TO {}").format(filled, sql.Identifier(role)))
    return sorted(tenanted)


def _statements(tables: list[str], tenanted: set[str], role: str) -> list[sql.Composed]:
    """One for each table, whose parts PostgreSQL carries out together: no table is without its policies for a moment."""
    who = sql.Identifier(role)
    out = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(who),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(who),
    ]
    for name in tables:
        table = sql.Identifier(name)
        rights = "SELECT, INSERT" if name in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
        rights = "SELECT" if name == "django_migrations" else rights
        parts = [
            sql.SQL("REVOKE ALL ON {} FROM {}").format(table, who),
            sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), table, who),
        ]
        if name in tenanted or name == DIRECTORY:
            parts += _policies(name)
        out.append(sql.SQL("; ").join(parts))
    return out


def _policies(name: str) -> list[sql.Composed]:
    table, column = sql.Identifier(name), sql.Identifier("id" if name == DIRECTORY else "district_id")
    ours = sql.SQL("{} = NULLIF(current_setting({}, true), '')::uuid").format(column, sql.Literal(SETTING))
    seen = sql.SQL("true") if name == DIRECTORY else ours
    out = [
        sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(table),
        sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(table),
    ]
    for verb, clause in (
        ("SELECT", sql.SQL("USING ({})").format(seen)),
        ("INSERT", sql.SQL("WITH CHECK ({})").format(ours)),
        ("UPDATE", sql.SQL("USING ({0}) WITH CHECK ({0})").format(ours)),
        ("DELETE", sql.SQL("USING ({})").format(ours)),
    ):
        policy = sql.Identifier(f"tenant_{verb.lower()}")
        out.append(sql.SQL("DROP POLICY IF EXISTS {} ON {}").format(policy, table))
        out.append(sql.SQL("CREATE POLICY {} ON {} FOR {} {}").format(policy, table, sql.SQL(verb), clause))
    return out
