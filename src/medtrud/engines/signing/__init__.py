"""Keys and what is done with them; now: sealed fields and keyed hashes of identity.

The keys lie outside the database and its copies; `project` reads them and hands them over at start.

Requirements: S2, S4.
"""
