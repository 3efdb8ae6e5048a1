"""A section's misconceptions are looked up over a term; a partial index has only the answers that show one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0009_measurement_writing"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                fields=["learner", "misconception"],
                name="evidence_by_misconception",
                condition=models.Q(("misconception", ""), _negated=True),
            ),
        ),
    ]
