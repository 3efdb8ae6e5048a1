"""What judges say of a text by tapping: an aspect works, or is the writer's next step."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0017_measurement_sheets"),
    ]

    operations = [
        migrations.CreateModel(
            name="PieceMark",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("aspect", models.TextField()),
                ("works", models.BooleanField()),
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
                (
                    "piece",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="school.piece",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["piece"], name="mark_by_piece")]},
        ),
    ]
