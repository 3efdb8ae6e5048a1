"""Cards by which young learners sign in, second steps of adults, and each try with them."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0043_exchange_lti"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("secret", models.BinaryField()),
                ("last", models.BigIntegerField()),
                ("at", models.FloatField()),
                ("ended_at", models.FloatField(null=True)),
                ("why", models.TextField(blank=True, default="")),
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
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.BinaryField()),
                ("used_at", models.FloatField(null=True)),
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
                    "step",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.secondstep",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SecondStepRule",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("needed", models.BooleanField()),
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
        ),
        migrations.CreateModel(
            name="SecondStepTry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.FloatField()),
                ("outcome", models.TextField()),
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
                    "step",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.secondstep",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignInCard",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("secret", models.BinaryField()),
                ("pictures", models.BinaryField()),
                ("at", models.FloatField()),
                ("expires_at", models.FloatField()),
                ("ended_at", models.FloatField(null=True)),
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
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "section",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.section",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CardTry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("way", models.TextField(choices=[("qr", "qr"), ("pictures", "pictures")])),
                ("at", models.FloatField()),
                ("outcome", models.TextField()),
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
                    "section",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.section",
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.signincard",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClassCode",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.TextField()),
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
                    "section",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.section",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("district", "section"), name="class_code_of_section"),
                    models.UniqueConstraint(fields=("district", "code"), name="class_code_once"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="secondstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("district", "person"), name="second_step_person"
            ),
        ),
        migrations.AddIndex(
            model_name="recoverycode",
            index=models.Index(fields=["district", "step"], name="recovery_code_of_step"),
        ),
        migrations.AddIndex(
            model_name="secondsteprule",
            index=models.Index(fields=["district", "-at"], name="second_step_rule_newest"),
        ),
        migrations.AddIndex(
            model_name="secondsteptry",
            index=models.Index(fields=["district", "step", "-at"], name="second_step_try_newest"),
        ),
        migrations.AddConstraint(
            model_name="signincard",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("district", "section", "learner"),
                name="sign_in_card_learner",
            ),
        ),
        migrations.AddConstraint(
            model_name="signincard",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("district", "section", "number"),
                name="sign_in_card_number",
            ),
        ),
        migrations.AddIndex(
            model_name="cardtry",
            index=models.Index(fields=["district", "section", "-at"], name="card_try_of_section"),
        ),
        migrations.AddIndex(
            model_name="cardtry",
            index=models.Index(fields=["district", "card", "-at"], name="card_try_of_card"),
        ),
    ]
