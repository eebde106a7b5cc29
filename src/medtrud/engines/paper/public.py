"""The door of printed forms."""

from .drivers import FormError, form_preview, form_render, forms_render_many, qr_drawing, qr_svg

__all__ = ["FormError", "form_preview", "form_render", "forms_render_many", "qr_drawing", "qr_svg"]
