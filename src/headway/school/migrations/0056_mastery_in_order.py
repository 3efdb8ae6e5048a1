"""The log and the ledger are read in the order of time, as the record store gives them out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0055_exchange_events_sent"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                fields=["district", "now", "id"],
                name="evidence_in_order",
                condition=models.Q(simulated=False, kind__in=("response", "start", "screening")),
            ),
        ),
        migrations.AddIndex(
            model_name="masteryentry",
            index=models.Index(
                fields=["district", "at", "id"], name="mastery_in_order", condition=models.Q(kind="reached")
            ),
        ),
    ]
