"""Rows of rosters as their source sent them, imports, uploads; schools and sections that are gone stay."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0027_environment_lessons"),
    ]

    operations = [
        migrations.AddField(
            model_name="school",
            name="is_active",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="section",
            name="is_active",
            field=models.BooleanField(default=True),
        ),
        migrations.CreateModel(
            name="RosterRecord",
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
                ("cells", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("changed_at", models.FloatField()),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.district",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RosterImport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.FloatField()),
                ("way", models.TextField(choices=[("command", "command"), ("page", "page"), ("schedule", "schedule")])),
                ("name", models.TextField()),
                ("outcome", models.TextField(choices=[("taken", "taken"), ("refused", "refused")])),
                ("files", models.JSONField()),
                ("counts", models.JSONField()),
                ("findings", models.JSONField()),
                ("words", models.TextField(blank=True, default="")),
                ("seconds", models.FloatField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.district",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["district", "-at"], name="roster_import_newest")],
            },
        ),
        migrations.CreateModel(
            name="RosterUpload",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.FloatField()),
                ("name", models.TextField()),
                ("content", models.BinaryField()),
                ("state", models.TextField()),
                ("step", models.IntegerField(default=0)),
                ("seen_at", models.FloatField()),
                ("body", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.district",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["district", "-at"], name="roster_upload_newest")],
            },
        ),
    ]
