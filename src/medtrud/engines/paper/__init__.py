"""Printed forms: data and a typst template become a PDF/A.

Requirements: D5
Invariants: data are data: no text of theirs is ever read as a template; the fonts are the product's own,
so a form looks alike on every host; what is printed is what the caller gave, nothing is looked up here.
"""
