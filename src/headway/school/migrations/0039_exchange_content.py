"""Content of other systems: what was handed in, its pictures, and how problems read before they were changed."""

import uuid
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def district() -> Any:
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.district"
    )


def person() -> Any:
    return models.ForeignKey(
        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
        to=settings.AUTH_USER_MODEL,
    )  # fmt: skip


STATES = [("looked", "looked"), ("taken", "taken"), ("aside", "aside"), ("failed", "failed")]


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0038_exchange_sign_on"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContentImport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.FloatField()),
                ("way", models.TextField(choices=[("command", "command"), ("page", "page")])),
                ("name", models.TextField()),
                ("format", models.TextField(blank=True, default="")),
                ("source", models.TextField(blank=True, default="")),
                ("state", models.TextField(choices=STATES)),
                ("licence", models.TextField(blank=True, default="")),
                ("content", models.BinaryField(default=b"")),
                ("body", models.JSONField(default=dict)),
                ("by", person()),
                ("confirmed_by", person()),
                ("district", district()),
            ],
        ),
        migrations.CreateModel(
            name="ContentPicture",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("data", models.BinaryField()),
                ("district", district()),
            ],
        ),
        migrations.CreateModel(
            name="ProblemVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.TextField()),
                ("payload", models.JSONField()),
                ("until", models.DateTimeField(auto_now_add=True)),
                ("district", district()),
            ],
        ),
        migrations.AddIndex(
            model_name="contentimport",
            index=models.Index(fields=["district", "-at"], name="content_import_newest"),
        ),
        migrations.AddIndex(
            model_name="contentimport",
            index=models.Index(fields=["district", "format", "source", "-at"], name="content_import_source"),
        ),
        migrations.AddConstraint(
            model_name="contentpicture",
            constraint=models.UniqueConstraint(fields=("district", "name"), name="content_picture_name"),
        ),
        migrations.AddIndex(
            model_name="problemversion",
            index=models.Index(fields=["district", "key", "-id"], name="problem_version_newest"),
        ),
    ]
