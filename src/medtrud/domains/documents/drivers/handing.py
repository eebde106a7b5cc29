"""A file of the archive as an answer."""

from pathlib import Path

from django.http import FileResponse

from medtrud.engines.files.types import Opened
from medtrud.kernel.errors import NotFound


def handed(opened: Opened) -> FileResponse:
    """Give a file; a copy made for this answer is removed after it."""
    path = Path(opened.path)
    try:
        stream = path.open("rb")
    except FileNotFoundError as error:
        raise NotFound("Контейнера нет на диске. Сообщите службе поддержки: его ищут в копиях.") from error
    if path.suffix == ".zip":
        path.unlink()  # stays readable until the answer is sent
    answer = FileResponse(stream, as_attachment=True, filename=opened.name, content_type=opened.mime)
    answer["Cache-Control"] = "no-store"
    return answer
