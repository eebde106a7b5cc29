"""Letters: a notice leaves the product as its title and a link, never with its text.

The server is named by MEDTRUD_MAIL_URL; without it letters are written into a folder. A letter that
cannot be sent is tried again by the outbox and then parked on the support desk.

Requirements: P4.
"""
