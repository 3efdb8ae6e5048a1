"""A writing task can name the skill that its texts are evidence of; the log keeps judged texts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0014_measurement_counts"),
    ]

    operations = [
        migrations.AddField(
            model_name="writingtask",
            name="skill",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="kind",
            field=models.TextField(
                choices=[
                    ("response", "response"),
                    ("start", "start"),
                    ("screening", "screening"),
                    ("judged", "judged"),
                ]
            ),
        ),
    ]
