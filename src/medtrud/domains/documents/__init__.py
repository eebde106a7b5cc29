"""Documents that stand in court: flows, versions, signatures, registers.

Requirements: D1, D2, D3, D4, D5, D6, D7, D8, D9.
Law: приказ Минздрава России № 947н (versions on correction, every opening journaled); № 63-ФЗ (signatures).
Invariants: a version, a signature and a registration are never changed or deleted; a document is registered
once; the bytes that were signed are the bytes that are kept; a medical paper is never shown to an employer
unless its kind is made for him.
"""
