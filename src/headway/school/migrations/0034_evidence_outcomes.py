"""What a district wants with its readings, its vision, and what schools have to work with."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0033_evidence_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutcomeAim",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.TextField()),
                ("body", models.JSONField()),
                ("gone", models.BooleanField(default=False)),
                ("at", models.FloatField()),
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
                "indexes": [models.Index(fields=["district", "code", "-id"], name="aim_by_code")],
            },
        ),
        migrations.CreateModel(
            name="OutcomeTake",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("measure", models.TextField()),
                ("day", models.IntegerField()),
                ("count", models.IntegerField()),
                ("learners", models.BinaryField()),
                ("values", models.BinaryField()),
                ("errors", models.BinaryField()),
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
                "indexes": [models.Index(fields=["district", "measure", "-day", "-id"], name="take_newest")],
            },
        ),
        migrations.CreateModel(
            name="SchoolMeans",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("name", models.TextField()),
                ("body", models.JSONField(default=dict)),
                ("gone", models.BooleanField(default=False)),
                ("day", models.IntegerField()),
                ("at", models.FloatField()),
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
                (
                    "school",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="means",
                        to="school.school",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["school", "-id"], name="means_by_school")],
            },
        ),
        migrations.CreateModel(
            name="VisionLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("strand", models.UUIDField(null=True)),
                ("kind", models.TextField()),
                ("words", models.TextField(blank=True, default="")),
                ("body", models.JSONField(default=dict)),
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
                "indexes": [models.Index(fields=["district", "strand", "id"], name="vision_by_strand")],
            },
        ),
    ]
