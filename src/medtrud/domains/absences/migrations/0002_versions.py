"""A version of an absence is written once; all that may change is whether it still counts."""

from django.db import migrations

from medtrud.engines.store.public import written_once


class Migration(migrations.Migration):
    dependencies = [("absences", "0001_initial")]

    operations = [
        written_once("absences_absence", "replaced_at", "replaced_by_import"),
        written_once("absences_absencemedical", "replaced_at"),
    ]
