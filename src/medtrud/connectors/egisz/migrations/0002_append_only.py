from django.db import migrations

from medtrud.engines.store.public import append_only


class Migration(migrations.Migration):
    dependencies = [("egisz", "0001_initial")]
    operations = [append_only("egisz_message", "Журнал обмена не изменяется и не удаляется.")]
