"""Pieces of files are kept as they come: PDF and ZIP are packed already, packing them again only costs time."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Another way of keeping the same column; what is there stays readable."""

    dependencies: ClassVar = [("background", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(
            "ALTER TABLE background_part ALTER COLUMN content SET STORAGE EXTERNAL",
            "ALTER TABLE background_part ALTER COLUMN content SET STORAGE EXTENDED",
        )
    ]
