"""Days without school."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0035_evidence_efficacy"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayOff",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("first", models.IntegerField()),
                ("last", models.IntegerField()),
                ("name", models.TextField()),
                ("at", models.FloatField()),
                ("ended_at", models.FloatField(null=True)),
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
                "indexes": [models.Index(fields=["district", "last"], name="day_off_by_last")],
            },
        ),
    ]
