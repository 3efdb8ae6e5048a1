"""Models that a district has fitted, the refits and reports they come from, and what people decided about them."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0015_measurement_writing_skill"),
    ]

    operations = [
        migrations.CreateModel(
            name="Refit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("state", models.TextField(default="running")),
                ("step", models.IntegerField(default=0)),
                ("steps", models.IntegerField(default=1)),
                ("words", models.TextField(blank=True, default="")),
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
        ),
        migrations.CreateModel(
            name="ModelChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("model", models.TextField()),
                ("before", models.TextField()),
                ("digest", models.TextField(blank=True, default="")),
                ("reason", models.TextField(blank=True, default="")),
                ("at", models.FloatField()),
                ("starts", models.FloatField(default=0)),
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
                    "refit",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.refit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ModelVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("data", models.BinaryField()),
                ("simulated", models.BooleanField()),
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
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("district", "name"), name="model_once")],
            },
        ),
        migrations.CreateModel(
            name="RefitReport",
            fields=[
                (
                    "refit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="report",
                        serialize=False,
                        to="school.refit",
                    ),
                ),
                ("champion", models.TextField()),
                ("challenger", models.TextField()),
                ("verdict", models.TextField()),
                ("simulated", models.BooleanField()),
                ("body", models.JSONField()),
                ("content", models.JSONField(default=dict)),
                ("digest", models.TextField()),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="refit",
            index=models.Index(fields=["district", "-began_at"], name="refit_by_time"),
        ),
        migrations.AddIndex(
            model_name="modelchange",
            index=models.Index(fields=["district", "-id"], name="model_change_newest"),
        ),
    ]
