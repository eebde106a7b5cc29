"""What another module prints and hands in to be kept as a document."""

from dataclasses import dataclass

from .documents import DocumentIn


@dataclass(frozen=True)
class Paper:
    """A printed form: the row it prints stands in `document.about`; the same row again is a new version.

    signers: accounts asked to sign, one for each role of the kind; empty: nobody is asked yet.
    """

    document: DocumentIn
    content: bytes
    name: str
    reason: str = "напечатан заново"
    signers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Filed:
    """How a batch of papers went: what was printed the same is not kept twice."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Filed") -> "Filed":
        """Count two parts of a batch together."""
        return Filed(self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged)
