"""All students and all teachers of a district are listed in the order of their sourcedIds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0056_mastery_in_order"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="rosterrecord",
            index=models.Index(
                models.F("district"),
                models.F("cells__2"),
                models.F("cells__0"),
                condition=models.Q(("kind", "roles")),
                name="roster_users_of_role",
            ),
        ),
    ]
