"""A score of a probe can be taken back: the form was not taken after all. The earlier lines stay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0012_coaching_held_hints"),
    ]

    operations = [
        migrations.AddField(
            model_name="probescore",
            name="taken",
            field=models.BooleanField(default=True),
        ),
    ]
