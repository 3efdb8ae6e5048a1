"""What was decided about results from other systems."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0052_exchange_role_at_org"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutsideCheck",
            fields=[
                (
                    "result",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="check_row",
                        serialize=False,
                        to="school.outsideresult",
                    ),
                ),
                ("source", models.TextField(blank=True, default="")),
                ("skill", models.TextField()),
                ("can", models.BooleanField(null=True)),
                ("activity", models.TextField(blank=True, default="")),
                ("row", models.UUIDField(null=True)),
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
                        related_name="outside_checks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["learner", "-at"],
                        name="outside_check_by_learner",
                        condition=models.Q(("activity", ""), _negated=True),
                    )
                ],
            },
        ),
    ]
