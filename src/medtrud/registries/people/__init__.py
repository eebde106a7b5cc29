"""People: identity (sealed, apart from everything else), doubles, who may see whom.

One row of `Person` is one card. Names, СНИЛС and contacts lie in one sealed box; a search compares keyed
hashes, so a stolen table names nobody. Other modules keep the key of the card they were made with: when
two cards are merged, nothing elsewhere is rewritten, the old key leads to the surviving card.

Requirements: N1, R9, S4.
"""
