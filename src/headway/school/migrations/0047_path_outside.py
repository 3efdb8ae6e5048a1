"""Activities elsewhere: what was chosen, its history, on whose list it is, and who opened it."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0046_exchange_authored"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutsideActivity",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.TextField(blank=True, default="")),
                ("kind", models.TextField()),
                ("title", models.TextField()),
                ("address", models.TextField()),
                ("good_for", models.TextField()),
                ("minutes", models.SmallIntegerField()),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                ("language", models.TextField()),
                ("licence", models.TextField(blank=True, default="")),
                ("source", models.TextField(blank=True, default="")),
                ("seen", models.IntegerField(default=0)),
                ("shared", models.BooleanField(default=False)),
                ("ref", models.TextField(blank=True, default="")),
                ("at", models.FloatField()),
                ("retired_at", models.FloatField(null=True)),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.school",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OutsideChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("what", models.TextField()),
                ("body", models.JSONField()),
                ("at", models.FloatField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="history",
                        to="school.outsideactivity",
                    ),
                ),
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
            name="OutsideEvent",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("what", models.TextField()),
                ("title", models.TextField()),
                ("address", models.TextField()),
                ("minutes", models.SmallIntegerField(default=0)),
                ("at", models.FloatField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.outsideactivity",
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
                        related_name="outside_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OutsideGiven",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("why", models.TextField(blank=True, default="")),
                ("at", models.FloatField()),
                ("ended_at", models.FloatField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given",
                        to="school.outsideactivity",
                    ),
                ),
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
            ],
        ),
        migrations.AddIndex(
            model_name="outsideactivity",
            index=models.Index(fields=["district", "-at"], name="outside_newest"),
        ),
        migrations.AddIndex(
            model_name="outsideactivity",
            index=django.contrib.postgres.indexes.GinIndex(fields=["skills"], name="outside_by_skill"),
        ),
        migrations.AddConstraint(
            model_name="outsideactivity",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True), fields=("district", "key"), name="outside_key"
            ),
        ),
        migrations.AddIndex(
            model_name="outsidechange",
            index=models.Index(fields=["activity", "-id"], name="outside_change_newest"),
        ),
        migrations.AddIndex(
            model_name="outsideevent",
            index=models.Index(fields=["learner", "-at"], name="outside_by_learner"),
        ),
        migrations.AddIndex(
            model_name="outsideevent",
            index=models.Index(fields=["activity", "learner"], name="outside_by_activity"),
        ),
        migrations.AddConstraint(
            model_name="outsidegiven",
            constraint=models.CheckConstraint(
                condition=models.Q(("section__isnull", True), ("learner__isnull", True), _connector="XOR"),
                name="outside_given_to_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidegiven",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("learner", None)),
                fields=("section", "activity"),
                name="outside_section_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidegiven",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("section", None)),
                fields=("learner", "activity"),
                name="outside_learner_once",
            ),
        ),
    ]
