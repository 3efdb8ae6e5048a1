"""Frameworks of standards beside the district's skills."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0039_exchange_content"),
    ]

    operations = [
        migrations.CreateModel(
            name="Framework",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("identifier", models.TextField()),
                ("title", models.TextField()),
                ("creator", models.TextField(blank=True, default="")),
                ("licence", models.TextField(blank=True, default="")),
                ("package", models.BinaryField()),
                ("chosen", models.BooleanField(default=False)),
                ("source", models.TextField(blank=True, default="")),
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
        ),
        migrations.CreateModel(
            name="FrameworkMatch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("identifier", models.TextField()),
                ("skill", models.TextField()),
                ("how", models.TextField()),
                ("share", models.FloatField(default=1.0)),
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
                    "framework",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matches",
                        to="school.framework",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FrameworkStandard",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("identifier", models.TextField()),
                ("code", models.TextField(blank=True, default="")),
                ("statement", models.TextField()),
                ("kind", models.TextField(blank=True, default="")),
                ("grades", models.JSONField(default=list)),
                ("parent", models.TextField(blank=True, default="")),
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
                    "framework",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standards",
                        to="school.framework",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="framework",
            constraint=models.UniqueConstraint(fields=("district", "identifier"), name="framework_once"),
        ),
        migrations.AddConstraint(
            model_name="framework",
            constraint=models.UniqueConstraint(
                condition=models.Q(("chosen", True)), fields=("district",), name="framework_one_chosen"
            ),
        ),
        migrations.AddConstraint(
            model_name="frameworkmatch",
            constraint=models.UniqueConstraint(
                fields=("framework", "identifier", "skill"), name="framework_match_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="frameworkstandard",
            constraint=models.UniqueConstraint(fields=("framework", "number"), name="standard_place"),
        ),
    ]
