"""LTI 1.3: platforms that open Headway with their launches, links and grades; tools of others with their scores."""

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
            name="LtiPlacement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("skill", models.TextField()),
                ("title", models.TextField()),
                ("url", models.TextField()),
                ("custom", models.JSONField(default=dict)),
                ("at", models.FloatField()),
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
            name="LtiLineItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("label", models.TextField()),
                ("maximum", models.FloatField()),
                ("resource", models.TextField(blank=True, default="")),
                ("tag", models.TextField(blank=True, default="")),
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
                    "placement",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.ltiplacement",
                    ),
                ),
            ],
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
            name="LtiScore",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("given", models.FloatField(null=True)),
                ("maximum", models.FloatField(null=True)),
                ("progress", models.TextField()),
                ("grading", models.TextField()),
                ("comment", models.TextField(blank=True, default="")),
                ("made_at", models.FloatField()),
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
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="school.ltilineitem",
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
            name="LtiTool",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("login_url", models.TextField()),
                ("launch_url", models.TextField()),
                ("redirects", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("keys_url", models.TextField()),
                ("keys", models.JSONField(default=dict)),
                ("keys_at", models.FloatField(default=0.0)),
                ("names", models.BooleanField(default=False)),
                ("counts", models.BooleanField(default=False)),
                ("at", models.FloatField()),
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
            ],
        ),
        migrations.AddField(
            model_name="ltiplacement",
            name="tool",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.ltitool"
            ),
        ),
        migrations.AddField(
            model_name="ltilineitem",
            name="tool",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.ltitool"
            ),
        ),
        migrations.CreateModel(
            name="LtiUsed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.TextField()),
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
                    "tool",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.ltitool",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LtiVisit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("skill", models.TextField(blank=True, default="")),
                ("at", models.FloatField()),
                ("gone_at", models.FloatField(null=True)),
                ("back_at", models.FloatField(null=True)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.ltiplacement",
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
                    "tool",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.ltitool",
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
            model_name="ltiscore",
            constraint=models.UniqueConstraint(
                fields=("district", "item", "learner", "made_at"), name="lti_score_once"
            ),
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
        migrations.AddIndex(
            model_name="ltitool",
            index=models.Index(fields=["district", "at"], name="lti_tool_order"),
        ),
        migrations.AddIndex(
            model_name="ltiplacement",
            index=models.Index(fields=["district", "section", "skill"], name="lti_placement_of_section"),
        ),
        migrations.AddIndex(
            model_name="ltilineitem",
            index=models.Index(fields=["district", "tool", "section"], name="lti_line_item_of_section"),
        ),
        migrations.AddConstraint(
            model_name="ltiused",
            constraint=models.UniqueConstraint(fields=("district", "tool", "name"), name="lti_used_once"),
        ),
        migrations.AddIndex(
            model_name="ltivisit",
            index=models.Index(fields=["district", "at"], name="lti_visit_order"),
        ),
    ]
