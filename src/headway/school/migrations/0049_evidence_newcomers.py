"""Learners who come to a pilot after its start: when and with which chance their arm was dealt, and the shares of each week."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0048_mastery_outside"),
    ]

    operations = [
        migrations.AddField("pilotseat", "week", models.SmallIntegerField(default=0)),
        migrations.AddField("pilotseat", "since", models.FloatField(null=True)),
        migrations.AddField("pilotseat", "chance", models.FloatField(null=True)),
        migrations.CreateModel(
            name="PilotWeek",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.SmallIntegerField()),
                ("shares", models.JSONField()),
                ("found", models.JSONField(default=dict)),
                ("seed", models.BigIntegerField()),
                ("at", models.FloatField()),
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
                    "pilot",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="weeks",
                        to="school.pilot",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("pilot", "number"), name="pilot_week_once")],
            },
        ),
    ]
