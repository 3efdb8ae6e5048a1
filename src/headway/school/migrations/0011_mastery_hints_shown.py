"""Hints that were opened in one window count for an answer that is given in another."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0010_environment_working"),
    ]

    operations = [
        migrations.CreateModel(
            name="HintsShown",
            fields=[
                (
                    "learner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="hints_shown",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("activity", models.TextField()),
                ("step", models.SmallIntegerField()),
                ("since", models.FloatField()),
                ("shown", models.SmallIntegerField()),
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
    ]
