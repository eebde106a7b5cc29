"""A forecast is written once; a new value or edition is a new row."""

from django.db import migrations

from medtrud.engines.store.public import append_only


class Migration(migrations.Migration):
    dependencies = [("risk", "0001_initial")]

    operations = [append_only("risk_forecast")]
