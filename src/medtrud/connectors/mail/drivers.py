"""The wire: Django's mail back end, as the settings of the process configure it."""

from uuid import UUID

from django.core.mail import EmailMessage


def letter_send(*, to: str, subject: str, body: str, key: UUID) -> None:
    """Send one letter; its Message-ID is the key, so a repeated one can be told by the receiver."""
    headers = {"Message-ID": f"<{key}@medtrud>", "Auto-Submitted": "auto-generated"}
    EmailMessage(subject=subject, body=body, to=[to], headers=headers).send()
