"""The door of printed forms."""

from .drivers import (
    Attachment,
    FormError,
    form_preview,
    form_render,
    forms_render_many,
    pdf_bind,
    qr_drawing,
    qr_svg,
)

__all__ = [
    "Attachment",
    "FormError",
    "form_preview",
    "form_render",
    "forms_render_many",
    "pdf_bind",
    "qr_drawing",
    "qr_svg",
]
