"""The people of a school are found by their roles there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0051_exchange_tools"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="rosterrecord",
            index=models.Index(
                models.F("district"),
                models.F("cells__5"),
                condition=models.Q(("kind", "roles")),
                name="roster_role_at_org",
            ),
        ),
    ]
