"""What steers exposure and items on trial in a screening window; a size of the text for each sitting."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0013_intervention_probe_taken_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="screeningsitting",
            name="text_size",
            field=models.FloatField(default=1.0),
        ),
        migrations.CreateModel(
            name="ScreeningCount",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("grade", models.TextField()),
                ("item", models.TextField()),
                ("given", models.IntegerField(default=0)),
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
                    "window",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counts",
                        to="school.screeningwindow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("window", "grade", "item"), name="screening_count_once"),
                ],
            },
        ),
    ]
