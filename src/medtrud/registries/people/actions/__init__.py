"""What is done with cards of people; one function is one action."""

from .change import card_open, person_change
from .forget import persons_forget_many
from .merge import double_dismiss, persons_merge, persons_unmerge
from .register import person_register, persons_register_many
from .renumber import doubles_find, persons_rank, persons_reseal, persons_settle
from .share import person_share, person_unshare

__all__ = [
    "card_open",
    "double_dismiss",
    "doubles_find",
    "person_change",
    "person_register",
    "person_share",
    "person_unshare",
    "persons_forget_many",
    "persons_merge",
    "persons_rank",
    "persons_register_many",
    "persons_reseal",
    "persons_settle",
    "persons_unmerge",
]
