"""Organisations and who works there: employers, clinics, divisions, posts, workplaces, employments, staff.

Requirements: N2, N3.
Law: order 29н of Минздрав, Порядок, п. 5 (standing commission), пп. 8, 21, 23 (who stands in the lists).
Invariants: requisites and employments are dated and never overwritten; one main job of a person at an
employer; one post of a person at an employer never overlaps itself; a clinic sees an employer only after
the employer has accepted the contract.
"""
