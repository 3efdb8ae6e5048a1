"""Families: consent to the weekly mail, which weeks were sent, what was taught at home."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0029_path_choices"),
    ]

    operations = [
        migrations.CreateModel(
            name="FamilyChoice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("weekly", models.BooleanField()),
                ("language", models.TextField()),
                ("email", models.TextField(blank=True, default="")),
                ("at", models.FloatField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="family_choices",
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
                "indexes": [models.Index(fields=["by", "-id"], name="family_choice_newest")],
            },
        ),
        migrations.CreateModel(
            name="TeachBack",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("skill", models.TextField()),
                ("activity", models.TextField()),
                ("answer", models.TextField()),
                ("correct", models.BooleanField()),
                ("explained", models.TextField()),
                ("words", models.TextField(blank=True, default="")),
                ("check_activity", models.TextField(blank=True, default="")),
                ("row", models.UUIDField(null=True)),
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
                    "learner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taught",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["learner", "-id"], name="teach_back_by_learner")],
            },
        ),
        migrations.CreateModel(
            name="WeekSent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("week", models.IntegerField()),
                ("email", models.TextField()),
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
                    "learner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("to", "learner", "week"), name="week_sent_once")],
            },
        ),
    ]
