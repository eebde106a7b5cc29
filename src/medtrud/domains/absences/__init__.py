"""Absences from work: sick leaves and other time off, and what they tell of a workforce.

Requirements: E15.
Law: order 1089н of Минздрав (reason codes); names of codes await a comparison.
Invariants: an absence is replaced by a new version, never changed; days of one person at one employer are
never counted twice; a diagnosis stands in a table of its own that an employer never reads.
"""
