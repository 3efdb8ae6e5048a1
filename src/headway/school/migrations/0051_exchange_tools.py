"""Other providers' tools (LTI 1.3 as a platform): who they are, where they stand, who went there, what they wrote."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0050_curriculum_frameworks_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="LtiTool",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("base", models.TextField()),
                ("login_url", models.TextField()),
                ("launch_url", models.TextField()),
                ("choose_url", models.TextField(blank=True, default="")),
                ("redirects", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("keys_url", models.TextField(blank=True, default="")),
                ("keys", models.JSONField(default=dict)),
                ("keys_at", models.FloatField(default=0.0)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                (
                    "shares",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                ("custom", models.JSONField(default=dict)),
                ("at", models.FloatField()),
                ("agreed_at", models.FloatField(null=True)),
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
        migrations.CreateModel(
            name="LtiPlacement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("skill", models.TextField(blank=True, default="")),
                ("title", models.TextField()),
                ("url", models.TextField(blank=True, default="")),
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
                    "like",
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
            name="LtiColumn",
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
            name="LtiAccount",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
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
            name="LtiToolInvitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.BinaryField()),
                ("base", models.TextField()),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                (
                    "shares",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
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
            name="LtiUsed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("until", models.FloatField()),
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
                ("at", models.FloatField()),
                ("gone_at", models.FloatField(null=True)),
                ("chosen", models.JSONField(null=True)),
                ("placed_at", models.FloatField(null=True)),
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
                    "column",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="school.lticolumn",
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
                "constraints": [
                    models.UniqueConstraint(fields=("district", "column", "learner", "made_at"), name="lti_score_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="ltitool",
            index=models.Index(fields=["district", "at"], name="lti_tool_order"),
        ),
        migrations.AddIndex(
            model_name="ltiplacement",
            index=models.Index(fields=["district", "section", "at"], name="lti_placement_of_section"),
        ),
        migrations.AddConstraint(
            model_name="ltiplacement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("like", "section"), name="lti_placement_like_once"
            ),
        ),
        migrations.AddIndex(
            model_name="lticolumn",
            index=models.Index(fields=["district", "tool", "section", "at"], name="lti_column_of_section"),
        ),
        migrations.AddConstraint(
            model_name="ltiaccount",
            constraint=models.UniqueConstraint(fields=("district", "tool", "person"), name="lti_account_once"),
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
