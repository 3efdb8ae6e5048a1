"""Sign-on services of a district, whose account is whose, and who came in or was turned away."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0037_evidence_lookback"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignOnService",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.TextField(choices=[("oidc", "oidc"), ("saml", "saml")])),
                ("name", models.TextField()),
                ("issuer", models.TextField()),
                ("client", models.TextField(blank=True, default="")),
                ("secret", models.BinaryField(default=b"")),
                ("metadata", models.TextField(blank=True, default="")),
                ("claim", models.TextField()),
                ("field", models.TextField(choices=[("email", "email"), ("sourced_id", "sourced_id")])),
                (
                    "domains",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
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
        migrations.CreateModel(
            name="SignOnEvent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.FloatField()),
                ("outcome", models.TextField()),
                ("detail", models.TextField(blank=True, default="")),
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
                    "service",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.signonservice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignOnAccount",
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
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="school.signonservice",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="signonservice",
            index=models.Index(fields=["district", "at"], name="sign_on_service_order"),
        ),
        migrations.AddIndex(
            model_name="signonevent",
            index=models.Index(fields=["district", "-at"], name="sign_on_event_newest"),
        ),
        migrations.AddConstraint(
            model_name="signonaccount",
            constraint=models.UniqueConstraint(
                fields=("district", "service", "subject"), name="sign_on_account_subject"
            ),
        ),
        migrations.AddConstraint(
            model_name="signonaccount",
            constraint=models.UniqueConstraint(fields=("district", "service", "person"), name="sign_on_account_person"),
        ),
    ]
