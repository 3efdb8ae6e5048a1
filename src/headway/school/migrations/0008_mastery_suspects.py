"""What a wrong answer speaks for is evidence: the suspects beside the misconception that is named."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0007_coaching_language_model"),
    ]

    operations = [
        migrations.AddField(model_name="evidence", name="suspects", field=models.JSONField(default=list)),
    ]
