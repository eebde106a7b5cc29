from django.db import migrations

from medtrud.engines.store.public import append_only, keys_at_once


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial"), ("people", "0001_initial")]

    operations = [
        append_only(
            "organizations_organizationversion",
            "Реквизиты прежних лет не изменяются и не удаляются: запишите новые с новой даты.",
        ),
        keys_at_once(
            "organizations_employment",
            person_id="people_person",
            employer_id="organizations_organization",
            division_id="organizations_division",
            post_id="organizations_post",
            workplace_id="organizations_workplace",
            previous_id="organizations_employment",
        ),
    ]
