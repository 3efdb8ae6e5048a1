"""A sitting remembers whose difficulties it uses."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0031_measurement_projects"),
    ]

    operations = [
        migrations.AddField(
            model_name="screeningsitting",
            name="model",
            field=models.TextField(blank=True, default=""),
        ),
    ]
