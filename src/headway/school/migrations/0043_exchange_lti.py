"""LTI 1.3: the platforms that open Headway, with their launches, links, and the grades that go back."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0042_exchange_service"),
    ]

    operations = [
        migrations.AlterField(
            model_name="signonservice",
            name="kind",
            field=models.TextField(choices=[("oidc", "oidc"), ("saml", "saml"), ("lti", "lti")]),
        ),
        migrations.CreateModel(
            name="LtiInvitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.BinaryField()),
                ("rule", models.JSONField()),
                ("at", models.FloatField()),
                ("used_at", models.FloatField(null=True)),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LtiPlatform",
            fields=[
                (
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="lti",
                        serialize=False,
                        to="school.signonservice",
                    ),
                ),
                ("login_url", models.TextField()),
                ("token_url", models.TextField()),
                ("keys_url", models.TextField()),
                ("token_audience", models.TextField(blank=True, default="")),
                (
                    "deployments",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                (
                    "origins",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                ("grades", models.BooleanField(default=False)),
                ("keys", models.JSONField(default=dict)),
                ("keys_at", models.FloatField(default=0.0)),
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
            name="LtiLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("deployment", models.TextField()),
                ("resource", models.TextField()),
                ("title", models.TextField(blank=True, default="")),
                ("context", models.TextField(blank=True, default="")),
                ("context_title", models.TextField(blank=True, default="")),
                ("kind", models.TextField()),
                ("key", models.TextField(blank=True, default="")),
                ("items", models.TextField(blank=True, default="")),
                ("item", models.TextField(blank=True, default="")),
                ("members", models.TextField(blank=True, default="")),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
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
                    "platform",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.ltiplatform",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LtiLaunch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("nonce", models.TextField()),
                ("browser", models.BinaryField()),
                ("asked", models.JSONField()),
                ("at", models.FloatField()),
                ("claims", models.JSONField(null=True)),
                ("arrived_at", models.FloatField(null=True)),
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
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "platform",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.ltiplatform",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LtiSeat",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("subject", models.TextField()),
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
                    "link",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="school.ltilink",
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
            name="LtiGrade",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("value", models.FloatField()),
                ("at", models.FloatField()),
                ("tries", models.SmallIntegerField(default=0)),
                ("next_at", models.FloatField()),
                ("sent_at", models.FloatField(null=True)),
                ("words", models.TextField(blank=True, default="")),
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
                    "seat",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grades",
                        to="school.ltiseat",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LtiKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kid", models.TextField()),
                ("sealed", models.BinaryField()),
                ("public", models.JSONField()),
                ("at", models.FloatField()),
                ("ended_at", models.FloatField(null=True)),
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
                "constraints": [models.UniqueConstraint(fields=("district", "kid"), name="lti_key_name")],
            },
        ),
        migrations.AddConstraint(
            model_name="ltilink",
            constraint=models.UniqueConstraint(
                fields=("district", "platform", "deployment", "resource"), name="lti_link_once"
            ),
        ),
        migrations.AddIndex(
            model_name="ltilaunch",
            index=models.Index(fields=["district", "at"], name="lti_launch_order"),
        ),
        migrations.AddConstraint(
            model_name="ltiseat",
            constraint=models.UniqueConstraint(fields=("district", "link", "person"), name="lti_seat_once"),
        ),
        migrations.AddIndex(
            model_name="ltigrade",
            index=models.Index(fields=["district", "next_at"], name="lti_grade_due"),
        ),
        migrations.AddConstraint(
            model_name="ltigrade",
            constraint=models.UniqueConstraint(fields=("district", "seat", "value"), name="lti_grade_once"),
        ),
    ]
