"""What people made of a finding about the content: an item held back, mended elsewhere, or fine."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0021_mastery_credit"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContentMark",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("subject", models.TextField()),
                ("verdict", models.TextField()),
                ("kind", models.TextField()),
                ("refit", models.UUIDField()),
                ("reason", models.TextField()),
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
            options={"indexes": [models.Index(fields=["district", "subject", "-id"], name="content_mark_newest")]},
        ),
    ]
