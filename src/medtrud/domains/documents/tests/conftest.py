"""A plant and a clinic."""

import pytest

from medtrud.kernel.actor import Role
from medtrud.registries.organizations.types import Kind

from .houses import House, house


@pytest.fixture
def plant() -> House:
    return house(Kind.EMPLOYER, Role.EMPLOYER, "3525000013")


@pytest.fixture
def clinic() -> House:
    return house(Kind.CLINIC, Role.CLINIC, "3525000020")
