"""What steps are called on screens."""

STEPS = {
    "planned": "запланировано",
    "changed": "исправлено",
    "moved": "срок перенесён",
    "started": "начато",
    "done": "выполнено",
    "cancelled": "снято",
    "opened": "зарегистрировано",
    "investigated": "начато расследование",
    "leave_linked": "связано с листком",
    "closed": "закрыто",
    "annulled": "аннулировано",
}
