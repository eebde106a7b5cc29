"""Setting the exchange up, writing, signing and sending documents, taking answers."""

from .registry import answer_take, file_give, sending_record, submissions_retry
from .setting import exchange_set, post_code_set
from .submissions import (
    submission_build,
    submission_pack,
    submission_queue,
    submission_ready,
    submission_repeat,
    submissions_add,
)

__all__ = [
    "answer_take",
    "exchange_set",
    "file_give",
    "post_code_set",
    "sending_record",
    "submission_build",
    "submission_pack",
    "submission_queue",
    "submission_ready",
    "submission_repeat",
    "submissions_add",
    "submissions_retry",
]
