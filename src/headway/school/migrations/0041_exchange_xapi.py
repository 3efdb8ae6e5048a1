"""The learning record store: statements, documents and the systems that may use them."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0040_curriculum_frameworks"),
    ]

    operations = [
        migrations.CreateModel(
            name="XapiActivity",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.BinaryField()),
                ("iri", models.TextField()),
                ("definition", models.TextField()),
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
            name="XapiCredential",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("digest", models.BinaryField()),
                ("scopes", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("at", models.FloatField()),
                ("ended_at", models.FloatField(null=True)),
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
            name="XapiDocument",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.BinaryField()),
                ("place", models.BinaryField()),
                ("registration", models.TextField(blank=True, default="")),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("content", models.BinaryField()),
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
            name="XapiFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("statement", models.UUIDField()),
                ("sha2", models.TextField()),
                ("kind", models.TextField()),
                ("content", models.BinaryField()),
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
            name="XapiStatement",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("statement", models.UUIDField()),
                ("stored", models.DateTimeField()),
                ("body", models.TextField()),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("refers", models.UUIDField(null=True)),
                ("voids", models.UUIDField(null=True)),
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
        ),
        migrations.AddIndex(
            model_name="xapicredential",
            index=models.Index(fields=["district", "at"], name="xapi_credential_order"),
        ),
        migrations.AddIndex(
            model_name="xapidocument",
            index=models.Index(fields=["district", "place", "at"], name="xapi_document_place"),
        ),
        migrations.AddConstraint(
            model_name="xapifile",
            constraint=models.UniqueConstraint(fields=("district", "statement", "sha2"), name="xapi_file_once"),
        ),
        migrations.AddIndex(
            model_name="xapistatement",
            index=models.Index(fields=["district", "stored", "number"], name="xapi_statement_order"),
        ),
        migrations.AddIndex(
            model_name="xapistatement",
            index=django.contrib.postgres.indexes.GinIndex(fields=["keys"], name="xapi_statement_keys"),
        ),
        migrations.AddIndex(
            model_name="xapistatement",
            index=models.Index(
                condition=models.Q(("refers", None), _negated=True),
                fields=["district", "refers"],
                name="xapi_statement_refers",
            ),
        ),
        migrations.AddIndex(
            model_name="xapistatement",
            index=models.Index(
                condition=models.Q(("voids", None), _negated=True),
                fields=["district", "voids"],
                name="xapi_statement_voids",
            ),
        ),
        migrations.AddConstraint(
            model_name="xapistatement",
            constraint=models.UniqueConstraint(fields=("district", "statement"), name="xapi_statement_once"),
        ),
    ]
