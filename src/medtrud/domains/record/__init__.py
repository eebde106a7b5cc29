"""The worker's lifelong record (ЭМКр): one dated timeline per person, every module writes into it.

Requirements: R1.
Invariants: an entry is never changed or deleted; a correction is a new entry that replaces the old one.
Only an undone import takes its entries back: they told of jobs that have never been.
An employer never sees an entry: what he may know stands in the tables made for him.
"""
