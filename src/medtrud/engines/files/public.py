"""The door of files."""

from .actions import file_destroy, file_open, file_put, file_share, file_unshare, files_put_many
from .drivers import content_look, root_set, scanner_declare, scanner_place, scanner_place_set, scanners_told
from .models import File
from .queries import content_at, content_of, file_of, files, verify, virus_in

__all__ = [
    "File",
    "content_at",
    "content_look",
    "content_of",
    "file_destroy",
    "file_of",
    "file_open",
    "file_put",
    "file_share",
    "file_unshare",
    "files",
    "files_put_many",
    "root_set",
    "scanner_declare",
    "scanner_place",
    "scanner_place_set",
    "scanners_told",
    "verify",
    "virus_in",
]
