"""Pages of a handed-in PDF as pictures, which is what judges see."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0016_mastery_models_fitted"),
    ]

    operations = [
        migrations.AddField(
            model_name="piece",
            name="sheets",
            field=models.SmallIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="PieceSheet",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.SmallIntegerField()),
                ("data", models.BinaryField()),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drawn",
                        to="school.piece",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("piece", "number"), name="sheet_once"),
                ],
            },
        ),
    ]
