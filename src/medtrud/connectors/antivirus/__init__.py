"""Viruses: every file is shown to ClamAV before it is kept.

The daemon is named by MEDTRUD_CLAMD_URL, or found at its usual socket. When a named daemon is silent no
file is taken (`silent=accept` in the address turns this around); without one only the EICAR test is known.

Requirements: D3.
"""
