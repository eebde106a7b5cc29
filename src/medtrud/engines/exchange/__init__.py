"""Taking in foreign files: a wizard that recognises columns, checks rows, commits them whole and can undo.

Requirements: E2, N2, P5, U3 (basis).
Invariants: a file is committed whole in one transaction or not at all; the same file twice changes
nothing; every record made or changed remembers its file, sheet and row; raw rows stay in the file.
"""
