"""How big a file may be until the operator decides otherwise."""

from django.db import migrations

SHIPPED = """
INSERT INTO exchange_limit (uid, code, value, since) VALUES
(gen_random_uuid(), 'megabytes', 40, '2000-01-01'),
(gen_random_uuid(), 'unpacked', 800, '2000-01-01'),
(gen_random_uuid(), 'rows', 300000, '2000-01-01')
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [migrations.RunSQL(SHIPPED, migrations.RunSQL.noop)]
