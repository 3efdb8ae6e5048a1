"""Results from other systems."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0047_path_outside"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutsideResult",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.TextField(default="said")),
                ("source", models.TextField(blank=True, default="")),
                ("activity", models.TextField(blank=True, default="")),
                ("about", models.UUIDField(null=True)),
                ("title", models.TextField(blank=True, default="")),
                ("skill", models.TextField(blank=True, default="")),
                ("success", models.BooleanField(null=True)),
                ("scaled", models.FloatField(null=True)),
                ("minutes", models.FloatField(default=0)),
                ("words", models.TextField(blank=True, default="")),
                ("happened_at", models.FloatField()),
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
                    "learner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside_results",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.outsideresult",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["learner", "-at"], name="outside_result_newest"),
                    models.Index(
                        fields=["of"], name="outside_said_later", condition=models.Q(("of", None), _negated=True)
                    ),
                    models.Index(
                        fields=["district", "about"], name="outside_by_about", condition=models.Q(("kind", "said"))
                    ),
                ],
            },
        ),
    ]
