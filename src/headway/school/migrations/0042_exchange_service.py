"""Programs of other systems, and the gradebook that they write over OneRoster's service."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


def _to(model: str, *, index: bool = False, null: bool = False) -> "models.ForeignKey[object, object]":
    return models.ForeignKey(db_index=index, null=null, on_delete=PROTECT, related_name="+", to=model)


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0041_exchange_xapi"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="rosterrecord",
            index=models.Index(
                models.F("district"),
                models.F("cells__0"),
                condition=models.Q(("kind", "roles")),
                name="roster_role_of_user",
            ),
        ),
        migrations.CreateModel(
            name="ApiProgram",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("digest", models.BinaryField()),
                ("scopes", models.JSONField(default=list)),
                ("at", models.FloatField()),
                ("seen_at", models.FloatField(null=True)),
                ("ended_at", models.FloatField(null=True)),
                ("by", _to(settings.AUTH_USER_MODEL)),
                ("district", _to("school.district")),
            ],
            options={"indexes": [models.Index(fields=["district", "at"], name="api_program_order")]},
        ),
        migrations.CreateModel(
            name="GradebookRecord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "kind", "sourced_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.TextField()),
                ("sourced_id", models.TextField()),
                ("status", models.TextField(choices=[("active", "active"), ("tobedeleted", "tobedeleted")])),
                ("section", models.TextField(blank=True, default="")),
                ("line_item", models.TextField(blank=True, default="")),
                ("learner", _to(settings.AUTH_USER_MODEL, index=True, null=True)),
                ("body", models.JSONField()),
                ("program", _to("school.apiprogram")),
                ("changed_at", models.FloatField()),
                ("district", _to("school.district")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "kind", "section"], name="gradebook_by_section"),
                    models.Index(fields=["district", "line_item"], name="gradebook_by_line_item"),
                ],
            },
        ),
    ]
