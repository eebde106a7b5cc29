"""Steps and readings are written once."""

from django.db import migrations

from medtrud.engines.store.public import append_only


class Migration(migrations.Migration):
    dependencies = [("safety", "0001_initial")]

    operations = [
        append_only("safety_measurestep"),
        append_only("safety_measurereading"),
        append_only("safety_incidentstep"),
        append_only("safety_investigationmember"),
        append_only("safety_audit"),
    ]
