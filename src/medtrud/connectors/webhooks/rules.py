"""Which addresses may be subscribed, and how a sending is signed; pure."""

import hashlib
import hmac
from urllib.parse import urlsplit

LONGEST = 500


def address_problem(url: str) -> str:
    """Say in Russian why an address cannot be subscribed; nothing when it can."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "Адрес не читается. Введите его полностью, например https://mis.example.ru/medtrud."
    if len(url) > LONGEST or any(sign.isspace() or ord(sign) < ord("!") for sign in url):
        return "В адресе есть пробелы, или он длиннее 500 знаков. Исправьте его."
    if parts.scheme not in ("https", "http") or not parts.hostname:
        return "Адрес должен начинаться с https:// и называть узел, например https://mis.example.ru/medtrud."
    if parts.username is not None or parts.fragment:
        return "В адресе не должно быть имени, пароля и знака «#»: получатель проверяет подпись, а не пароль."
    if port == 0:
        return "Порта 0 не бывает. Исправьте порт или уберите его."
    return ""


def signature_of(secret: bytes, moment: int, body: bytes) -> str:
    """Return the header: the moment and HMAC-SHA256 of «moment.body»; the receiver counts the same."""
    digest = hmac.new(secret, f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"
