"""Skills may be decks of fact cards."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0023_environment_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="skill",
            name="kind",
            field=models.TextField(choices=[("skill", "skill"), ("cards", "cards")], default="skill"),
        ),
    ]
