"""Evidence is added, never changed: what happened to certificates and carriers, checks, stamps."""

from django.db import migrations

from medtrud.engines.store.public import append_only, written_once

TEXT = "Записи о сертификатах, носителях и проверках подписей не изменяются: они доказывают, что было."


class Migration(migrations.Migration):
    dependencies = [("signing", "0001_initial")]

    operations = [
        append_only("signing_certificatechange", TEXT),
        append_only("signing_carriermove", TEXT),
        append_only("signing_revocationlist", TEXT),
        append_only("signing_signaturecheck", TEXT),
        append_only("signing_archivestamp", TEXT),
        append_only("signing_archivepath", TEXT),
        written_once("signing_signature", "verdict", "checked_at"),
    ]
