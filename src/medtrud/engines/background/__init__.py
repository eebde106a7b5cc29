"""Work behind the screens: outbox of events, long jobs with progress, the schedule.

An event is one row written in the transaction of its action, with one delivery per subscriber.
A job keeps the account and the seat that started it and acts as that actor. Only this module
knows which queue carries them (procrastinate, tables of the same database).

Invariants: a delivery's effects and its mark are one transaction; a job runs in one process at a
time (an advisory lock that dies with the process); what failed for good is parked where it is seen.

Requirements: U3.
"""
