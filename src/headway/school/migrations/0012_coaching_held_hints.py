"""Who opened a hint that is held back, for whom, and who took that back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0011_mastery_hints_shown"),
    ]

    operations = [
        migrations.CreateModel(
            name="HintOpening",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("activity", models.TextField()),
                ("step", models.SmallIntegerField()),
                ("hint", models.TextField()),
                ("open", models.BooleanField()),
                ("now", models.FloatField()),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.section",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["district", "activity", "id"], name="hint_opening_by_activity")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("learner__isnull", False), ("section__isnull", True), ("teacher__isnull", True)),
                            models.Q(("learner__isnull", True), ("section__isnull", False), ("teacher__isnull", True)),
                            models.Q(("learner__isnull", True), ("section__isnull", True), ("teacher__isnull", False)),
                            _connector="OR",
                        ),
                        name="hint_opening_for_one",
                    )
                ],
            },
        ),
    ]
