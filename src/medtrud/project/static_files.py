"""Static files, compressed once per version of their content."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

DONE = ".collected"


def static_collect() -> bool:
    """Collect and compress what pages need, unless this version lies ready; drop older versions."""
    root = Path(settings.STATIC_ROOT)
    if (root / DONE).exists():
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    (root / DONE).touch()
    for other in root.parent.iterdir():
        if other != root and (other / DONE).exists():
            shutil.rmtree(other, ignore_errors=True)
    return True
