"""Systems whose statements are taken as evidence, what became of these, and what people said that they mean."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0053_path_checks"),
    ]

    operations = [
        migrations.CreateModel(
            name="XapiTrust",
            fields=[
                (
                    "credential",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="trust",
                        serialize=False,
                        to="school.xapicredential",
                    ),
                ),
                ("at", models.FloatField()),
                ("ended_at", models.FloatField(null=True)),
                ("stored", models.DateTimeField(null=True)),
                ("number", models.BigIntegerField(default=0)),
                ("others", models.BigIntegerField(default=0)),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="XapiReading",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "statement", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("statement", models.UUIDField()),
                ("outcome", models.TextField()),
                ("actor", models.TextField()),
                ("about", models.UUIDField()),
                ("at", models.FloatField()),
                (
                    "credential",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.xapicredential",
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
            ],
            options={
                "indexes": [models.Index(fields=["credential", "outcome", "about"], name="xapi_reading_outcome")],
            },
        ),
        migrations.CreateModel(
            name="XapiActor",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("actor", models.TextField()),
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
                    "credential",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.xapicredential",
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
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["credential", "id"], name="xapi_actor_of")],
            },
        ),
        migrations.CreateModel(
            name="XapiAlignment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("about", models.UUIDField()),
                ("activity", models.TextField()),
                ("skill", models.TextField(blank=True, default="")),
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
                    "credential",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.xapicredential",
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
                "indexes": [models.Index(fields=["credential", "about", "-id"], name="xapi_alignment_of")],
            },
        ),
    ]
