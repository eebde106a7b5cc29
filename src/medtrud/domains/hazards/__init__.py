"""Hazards of work: factors, works and classes of conditions, and who meets them.

Requirements: H1, H2, H3, H6.
Law: order 29н of Минздрав, annex to the Порядок (in force until 2027-04-01).
Invariants: a letter (А К Р Ф О) belongs to a substance, not to the row; a heading is assigned to nobody.
"""
