"""What a seat may do: the desk of its role, and what everybody may."""

from dataclasses import replace

from medtrud.kernel.actor import Desk, Role

_desks: dict[Role, Desk] = {}
_everyone: set[str] = set()


def desk_declare(desk: Desk) -> None:
    """Remember what a seat may do; called once per workplace at start."""
    _desks[desk.role] = desk


# What proves or changes who sits here: a stolen key must not be able to make itself at home.
PERSONAL = frozenset(
    {
        "access.password_change",
        "access.recovery_renew",
        "access.seat_choose",
        "access.session_end",
        "access.sessions_end_others",
        "access.sign_in",
        "access.sign_in_proved",
        "access.sign_in_second",
        "access.sign_out",
        "access.token_give",
        "access.totp_begin",
        "access.totp_confirm",
        "access.totp_remove",
    }
)


def everyone_may(*permissions: str) -> None:
    """Give permissions to every account that is signed in: what concerns only itself."""
    _everyone.update(permissions)


def desks() -> dict[Role, Desk]:
    """Return all desks with everything their seats may."""
    return {role: replace(desk, permissions=desk.permissions | _everyone) for role, desk in _desks.items()}


def permissions_of(role: Role) -> frozenset[str]:
    """Return what a seat of the role may; without a desk, only what everybody may."""
    own = _desks[role].permissions if role in _desks else frozenset()
    return own | _everyone


everyone_may(
    *PERSONAL,
    "access.account_me",
    "access.token_list",
    "access.token_revoke",
    "background.job_cancel",  # own jobs; background stands below and cannot say it itself
    "background.job_file",
    "background.job_list",
    "background.job_repeat",
    "background.job_show",
)
