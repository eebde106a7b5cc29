import pytest

from medtrud.kernel.actor import Actor, Role

CLINIC, OTHER_CLINIC = 11, 12
PERMISSIONS = frozenset(
    f"people.{name}"
    for name in (
        "double_dismiss",
        "doubles_find",
        "person_change",
        "person_register",
        "person_share",
        "person_unshare",
        "persons_merge",
        "persons_register_many",
        "persons_unmerge",
    )
)


@pytest.fixture
def registrar() -> Actor:
    return Actor(
        role=Role.CLINIC, name="регистратор", organization=CLINIC, account=1, permissions=PERMISSIONS
    )


@pytest.fixture
def neighbour() -> Actor:
    return Actor(role=Role.CLINIC, name="сосед", organization=OTHER_CLINIC, permissions=PERMISSIONS)


@pytest.fixture
def job() -> Actor:
    return Actor.job("test")
