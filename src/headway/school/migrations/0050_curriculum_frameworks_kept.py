"""Frameworks that a district looks after: their parts by identifier, who aligned them, who reads in which, and what waits.

The parts of packages that are there already are read out of them; a framework that was chosen becomes the district's choice.
"""

import gzip
import json
import uuid
from typing import Any
from uuid import UUID

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT
INSERT = (
    "INSERT INTO school_frameworkpart (district_id, framework_id, kind, identifier, origin, destination, body)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
CHOICE = (
    "INSERT INTO school_frameworkchoice (district_id, key, at)"
    " SELECT district_id, identifier, at FROM school_framework WHERE chosen"
)


def _to(model: str, *, null: bool = False) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(db_index=False, null=null, on_delete=PROTECT, related_name="+", to=model)


def _parts(package: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    found = [("CFDocuments", package["CFDocument"])]
    found += [(kind, row) for kind in ("CFItems", "CFAssociations") for row in package.get(kind, ())]
    return found + [(kind, row) for kind, rows in package.get("CFDefinitions", {}).items() for row in rows]


def fill(cursor: Any, district: UUID) -> None:
    """Read one district's packages."""
    cursor.execute("SELECT set_config('headway.district', %s, true)", [str(district)])
    cursor.execute(CHOICE)
    cursor.execute("SELECT id, package FROM school_framework")
    for key, data in cursor.fetchall():
        package = json.loads(gzip.decompress(bytes(data)))
        document = package["CFDocument"]
        told = [document.get("publisher", ""), document.get("version", ""), document["lastChangeDateTime"], key]
        cursor.execute("UPDATE school_framework SET publisher = %s, version = %s, changed = %s WHERE id = %s", told)
        rows = []
        for kind, row in _parts(package):
            ends = [row.get(end, {}).get("identifier", "") for end in ("originNodeURI", "destinationNodeURI")]
            rows.append([district, key, kind, row["identifier"], *ends, json.dumps(row)])
        cursor.executemany(INSERT, rows)


def fill_everywhere(apps: object, schema_editor: Any) -> None:
    """Do so for every district; row-level security shows them one by one."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM school_district")
        for (district,) in cursor.fetchall():
            fill(cursor, district)
        cursor.execute("SELECT set_config('headway.district', '', true)")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0049_evidence_newcomers"),
    ]

    operations = [
        *(
            migrations.AddField("framework", name, models.TextField(blank=True, default=""))
            for name in ("publisher", "version", "changed", "address")
        ),
        migrations.AddField("framework", "by", _to(settings.AUTH_USER_MODEL, null=True)),
        migrations.AddField("framework", "open", models.BooleanField(default=False)),
        migrations.AddField("framework", "withdrawn_at", models.FloatField(null=True)),
        migrations.AddField("frameworkmatch", "refused", models.BooleanField(default=False)),
        migrations.AddField("frameworkmatch", "by", _to(settings.AUTH_USER_MODEL, null=True)),
        migrations.AddField("frameworkmatch", "at", models.FloatField(default=0.0)),
        migrations.CreateModel(
            name="FrameworkPart",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("identifier", models.TextField()),
                ("origin", models.TextField(blank=True, default="")),
                ("destination", models.TextField(blank=True, default="")),
                ("body", models.TextField()),
                ("district", _to("school.district")),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="school.framework"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "identifier"], name="framework_part_key"),
                    models.Index(
                        condition=models.Q(("origin", ""), _negated=True),
                        fields=["district", "origin"],
                        name="framework_part_from",
                    ),
                    models.Index(
                        condition=models.Q(("destination", ""), _negated=True),
                        fields=["district", "destination"],
                        name="framework_part_to",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="FrameworkChoice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.TextField()),
                ("at", models.FloatField()),
                ("by", _to(settings.AUTH_USER_MODEL, null=True)),
                ("district", _to("school.district")),
                ("school", _to("school.school", null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("school",), name="framework_choice_school"),
                    models.UniqueConstraint(
                        condition=models.Q(("school", None)), fields=("district",), name="framework_choice_district"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="FrameworkUpload",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.FloatField()),
                ("name", models.TextField()),
                ("address", models.TextField(blank=True, default="")),
                ("state", models.TextField(choices=[(state, state) for state in ("looked", "taken", "aside")])),
                ("content", models.BinaryField(default=b"")),
                ("body", models.JSONField(default=dict)),
                ("by", _to(settings.AUTH_USER_MODEL)),
                ("district", _to("school.district")),
            ],
            options={"indexes": [models.Index(fields=["district", "-at"], name="framework_upload_newest")]},
        ),
        migrations.RunPython(fill_everywhere, migrations.RunPython.noop),
        migrations.RemoveConstraint("framework", "framework_one_chosen"),
        migrations.RemoveField("framework", "chosen"),
    ]
