from django.db import migrations

from medtrud.engines.store.public import append_only


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial")]

    operations = [
        append_only(
            "organizations_organizationversion",
            "Реквизиты прежних лет не изменяются и не удаляются: запишите новые с новой даты.",
        ),
    ]
