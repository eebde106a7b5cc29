"""The first rules of suspicion; the security administrator changes them."""

import uuid

from django.db import migrations

WATCHES = [
    ("many_refusals", "Много отказов подряд: ищет чужие записи или не своё дело", "", "refused", 20, 10),
    ("wrong_passwords", "Много неудачных входов: подбирают пароль", "access.sign_in", "refused", 5, 10),
    ("many_openings", "Открыто необычно много медицинских карт", "record.entry_open", "", 150, 60),
    ("many_exports", "Много выгрузок журнала", "journal.line_export", "", 10, 60),
]


def fill(apps, schema_editor):
    model = apps.get_model("journal", "Watch")
    for code, title, action, outcome, times, minutes in WATCHES:
        model(
            uid=uuid.uuid4(),
            code=code,
            title=title,
            action=action,
            outcome=outcome,
            times=times,
            minutes=minutes,
        ).save()


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
