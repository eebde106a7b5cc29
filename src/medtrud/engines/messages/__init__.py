"""Notices: an inbox for every account and person; the way outside belongs to connectors.

A notice names nobody and repeats no diagnosis: it says what to open. Whoever sends it holds the
person's key; the sending connector finds the address.

Requirements: none of its own; E4, R5 and S3 tell people through it.
"""
