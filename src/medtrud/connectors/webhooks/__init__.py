"""Webhooks: what has happened in the main job leaves for the systems of an organisation, signed.

An organisation subscribes an address, the security administrator admits it, each event becomes one
sending that is tried again with growing pauses and then parked. Nothing of a person leaves: uids,
numbers and dates only, the details are asked from the API by whoever holds its key.

Requirements: P1.
"""
