"""Results, programmes, acts and the people behind them are written once; a correction is a new row."""

from django.db import migrations

from medtrud.engines.store.public import append_only


class Migration(migrations.Migration):
    dependencies = [("exams", "0001_initial")]

    operations = [
        append_only("exams_prescribedprogramme"),
        append_only("exams_lineresult"),
        append_only("exams_conclusionmedical"),
        append_only("exams_furtherexamnote"),
        append_only("exams_finalact"),
        append_only("exams_actmember"),
        append_only("exams_actmembermedical"),
    ]
