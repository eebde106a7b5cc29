"""The federal registry of medical documents: conclusions become СЭМД, are checked, signed and registered.

A conclusion given by a clinic that switched the exchange on is written as an XML document of the guide,
checked by its schema, by every assertion of its schematron and by the reference books, signed by the
chairman and the organisation, and sent. Every message and every answer stays in the exchange journal.
Off until a clinic switches it on. The official schemas are not ours to ship: an operator loads them.

Requirements: P4, D4.
"""
