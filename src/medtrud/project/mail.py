"""The mail server out of one address, as DATABASE_URL names the database."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

BACKENDS = "django.core.mail.backends"
SENDER = "medtrud@localhost"


@dataclass(frozen=True)
class Mail:
    """What Django's settings of mail want to know."""

    backend: str
    folder: str = ""
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    sender: str = SENDER


def mail_from_url(url: str, folder: Path) -> Mail:
    """Read smtp://, smtps://, console: or nothing, which keeps letters as files in the folder."""
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    sender = options.get("from", SENDER)
    match parts.scheme:
        case "":
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            return Mail(f"{BACKENDS}.filebased.EmailBackend", folder=str(folder), sender=sender)
        case "console":
            return Mail(f"{BACKENDS}.console.EmailBackend", sender=sender)
        case "smtp" | "smtps" as scheme:
            return Mail(
                f"{BACKENDS}.smtp.EmailBackend",
                host=parts.hostname or "localhost",
                port=parts.port or (465 if scheme == "smtps" else 587),
                user=unquote(parts.username or ""),
                password=unquote(parts.password or ""),
                starttls=scheme == "smtp" and options.get("tls", "1") == "1",
                tls=scheme == "smtps",
                sender=sender,
            )
        case _:
            raise ValueError("MEDTRUD_MAIL_URL: smtp://…, smtps://… or console: is expected")
