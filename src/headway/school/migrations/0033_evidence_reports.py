"""Reports: closed weeks and their sums, who wants one by e-mail, and an index of the log by time."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("school", "0032_measurement_sitting_model"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportCell",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("week", models.IntegerField()),
                ("population", models.TextField()),
                ("sorting", models.TextField()),
                ("blocks", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="ReportChoice",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("wanted", models.BooleanField()),
                ("language", models.TextField()),
                ("email", models.TextField(blank=True, default="")),
                ("at", models.FloatField()),
            ],
        ),
        migrations.CreateModel(
            name="ReportSent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("week", models.IntegerField()),
                ("email", models.TextField()),
                ("at", models.FloatField()),
            ],
        ),
        migrations.CreateModel(
            name="ReportWeek",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("week", models.IntegerField()),
                ("answers", models.IntegerField(default=0)),
                ("simulated", models.BooleanField(default=False)),
                ("at", models.FloatField()),
            ],
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["now"], name="evidence_by_time"
            ),
        ),
        migrations.AddField(
            model_name="reportcell",
            name="district",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.district"
            ),
        ),
        migrations.AddField(
            model_name="reportcell",
            name="school",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.school"
            ),
        ),
        migrations.AddField(
            model_name="reportchoice",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reportchoice",
            name="district",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.district"
            ),
        ),
        migrations.AddField(
            model_name="reportsent",
            name="district",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.district"
            ),
        ),
        migrations.AddField(
            model_name="reportsent",
            name="to",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reportweek",
            name="district",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="school.district"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportcell",
            constraint=models.UniqueConstraint(
                fields=("district", "sorting", "week", "school", "population"), name="report_cell_once"
            ),
        ),
        migrations.AddIndex(
            model_name="reportchoice",
            index=models.Index(fields=["by", "-id"], name="report_choice_newest"),
        ),
        migrations.AddConstraint(
            model_name="reportsent",
            constraint=models.UniqueConstraint(fields=("to", "week"), name="report_sent_once"),
        ),
        migrations.AddConstraint(
            model_name="reportweek",
            constraint=models.UniqueConstraint(fields=("district", "week"), name="report_week_once"),
        ),
    ]
