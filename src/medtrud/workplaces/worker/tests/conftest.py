import pytest

from medtrud.domains.exams.tests.conftest import icd10

__all__ = ["icd10"]


@pytest.fixture(autouse=True)
def _books(icd10: None) -> None:
    """Diagnoses of the visits."""
