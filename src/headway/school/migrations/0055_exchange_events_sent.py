"""How far receivers of Caliper events have been sent what is recorded."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0054_exchange_xapi_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="EventsSent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("address", models.TextField()),
                ("log", models.BigIntegerField(default=0)),
                ("ledger", models.BigIntegerField(default=0)),
                ("taken", models.BigIntegerField(default=0)),
                ("at", models.FloatField(default=0.0)),
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
                "constraints": [models.UniqueConstraint(fields=("district", "address"), name="events_sent_address")],
            },
        ),
    ]
