"""The demand for protective equipment as it is shown and printed."""

from dataclasses import dataclass

HEAD = ("№", "СИЗ", "Единица", "Работников", "Нужно", "Цена, руб.", "Стоимость, руб.")


@dataclass(frozen=True)
class DemandForm:
    """What a period needs: the cells in the order of the head, and the sum; money as it is written."""

    employer: str
    period: str
    rows: tuple[tuple[str, ...], ...]
    total: str
    unpriced: int
