"""What was signed and numbered stays as it was."""

from django.db import migrations

from medtrud.engines.store.public import append_only


class Migration(migrations.Migration):
    """Versions and registrations are only added."""

    dependencies = [("documents", "0001_initial")]
    operations = [
        append_only("documents_version", "Версия документа не изменяется: добавьте следующую."),
        append_only("documents_registration", "Номер документа не изменяется и не отбирается."),
    ]
