"""``frontier-6`` decides by default from here on; what was decided before was decided by ``frontier-2``, and says so.

Each district with evidence gets a row of the plan that remembers the old default until a moment after everything that has
been handled, as ``0020_mastery_shipped_model`` does for the model.
"""

from typing import Any
from uuid import UUID

from django.db import migrations

LEAD = 5.0
"""Seconds until the change-over, as ``school.path.actions.set_model`` has it."""

REMEMBER = (
    "INSERT INTO school_planrow (id, district_id, source, effect, value, reason, starts, ends)"
    " SELECT gen_random_uuid(), %(district)s, 'shipped', 'policy', 'frontier-2', '', 0, %(lead)s + greatest("
    "  extract(epoch FROM clock_timestamp()),"
    "  (SELECT max(p.updated_at) FROM school_profile p WHERE p.district_id = %(district)s))"
    " WHERE EXISTS (SELECT 1 FROM school_evidence e WHERE e.district_id = %(district)s)"
)


def remember(cursor: Any, district: UUID) -> None:
    """Write down for one district which policy decided until now."""
    cursor.execute("SELECT set_config('headway.district', %s, true)", [str(district)])
    cursor.execute(REMEMBER, {"district": district, "lead": LEAD})


def remember_everywhere(apps: object, schema_editor: Any) -> None:
    """Do so for every district; row-level security shows them one by one."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM school_district")
        for (district,) in cursor.fetchall():
            remember(cursor, district)
        cursor.execute("SELECT set_config('headway.district', '', true)")


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0044_exchange_cards_and_second_steps"),
    ]

    operations = [
        migrations.RunPython(remember_everywhere, migrations.RunPython.noop),
    ]
