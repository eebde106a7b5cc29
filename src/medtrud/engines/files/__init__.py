"""Blobs by the hash of their content; rows say whose they are and who may open them.

Content is written before its row and never changed: a row without its file cannot be, a file
without a row is harmless and is found by `medtrud files verify`.

Requirements: D3.
"""
