"""The log of actions, openings and refusals: append-only, chained by hashes, kept apart from accounts.

Each line names the actor by value, the action, the object by uid, a few facts and the hash of the
line before. The head row is sealed with the key of the installation, so a cut tail is seen too.

Invariants: lines are appended last in the transaction of their action, under one lock; a line is
never changed or deleted (trigger); a broken head stops all writing; no names, no diagnoses.

Requirements: S3.
"""
