"""Lines and anchors are added, never changed or deleted."""

from django.db import migrations

from medtrud.engines.store.public import append_only

TEXT = "Журнал действий не изменяется и не сокращается: он показывает всё, что было."


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [append_only("journal_line", TEXT), append_only("journal_anchor", TEXT)]
