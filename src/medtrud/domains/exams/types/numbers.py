"""The final act as numbers: 28 items of п. 46, each with its breakdown and a way to the rows behind it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Count:
    """A number of the act with the breakdown the item asks for; None where it asks for none."""

    total: int
    women: int | None = None
    minors: int | None = None
    disabled: int | None = None


@dataclass(frozen=True)
class DiseaseLine:
    """A line of items 24–26: an ICD-10 class and how many were newly found, without persons."""

    icd_class: str
    title: str
    count: int


@dataclass(frozen=True)
class ActNumbers:
    """Every computed number of the act; lists stand apart, in the members of the act."""

    counts: dict[int, Count]
    coverage: str
    chronic: tuple[DiseaseLine, ...] = ()
    occupational: tuple[DiseaseLine, ...] = ()
    infectious: tuple[DiseaseLine, ...] = ()
    missing: dict[int, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return what is stored with the act and shown by every edge."""

        def lines(rows: tuple[DiseaseLine, ...]) -> list[dict[str, object]]:
            return [{"icd_class": r.icd_class, "title": r.title, "count": r.count} for r in rows]

        return {
            "counts": {
                str(item): {
                    "total": c.total,
                    "women": c.women,
                    "minors": c.minors,
                    "disabled": c.disabled,
                }
                for item, c in self.counts.items()
            },
            "coverage": self.coverage,
            "chronic": lines(self.chronic),
            "occupational": lines(self.occupational),
            "infectious": lines(self.infectious),
            "missing": {str(item): text for item, text in self.missing.items()},
        }
