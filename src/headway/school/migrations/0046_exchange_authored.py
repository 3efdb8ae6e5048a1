"""Questions that teachers write."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0045_path_shipped_policy"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuthoredQuestion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.TextField(blank=True, default="")),
                (
                    "state",
                    models.TextField(
                        choices=[("draft", "draft"), ("shared", "shared"), ("back", "back")], default="draft"
                    ),
                ),
                ("body", models.JSONField()),
                ("at", models.FloatField()),
                ("shared_at", models.FloatField(default=0.0)),
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
                (
                    "school",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.school",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["district", "-at"], name="authored_newest")],
            },
        ),
    ]
