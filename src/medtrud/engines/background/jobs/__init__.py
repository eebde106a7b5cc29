"""The machinery: events, long jobs, the schedule. Other modules use it through the door."""

from . import care, clock, long, outbox

__all__ = ["care", "clock", "long", "outbox"]
