"""Where the official schemas lie; `project` says so at start."""

from pathlib import Path

_FOLDER = {"schemas": Path("semd")}


def schemas_set(folder: Path) -> None:
    """Remember the folder."""
    _FOLDER["schemas"] = folder


def schemas_folder() -> Path:
    """Return the folder."""
    return _FOLDER["schemas"]
