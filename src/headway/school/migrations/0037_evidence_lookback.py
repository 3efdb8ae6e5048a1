"""Looking back at what runs already."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0036_people_days_off"),
    ]

    operations = [
        migrations.CreateModel(
            name="LookBack",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("question", models.TextField()),
                ("schools", models.JSONField(default=list)),
                ("setup", models.JSONField()),
                ("body", models.JSONField()),
                ("at", models.FloatField()),
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
                "indexes": [models.Index(fields=["district", "-at"], name="lookback_newest")],
            },
        ),
    ]
