"""Reports of what helps later."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0034_evidence_outcomes"),
    ]

    operations = [
        migrations.CreateModel(
            name="EfficacyReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("state", models.TextField(default="running")),
                ("words", models.JSONField(default=dict)),
                ("body", models.JSONField(default=dict)),
                ("began_at", models.FloatField()),
                ("seen_at", models.FloatField()),
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
                "indexes": [models.Index(fields=["district", "-began_at"], name="efficacy_by_time")],
            },
        ),
    ]
