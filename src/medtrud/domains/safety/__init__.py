"""Safety at work: measures with the hierarchy of controls, incidents, leading indicators.

Requirements: H4, H5, H7, H8.
Law: ТК РФ, ст. 226 (microinjuries); the hierarchy of controls of ГОСТ Р ИСО 45001, п. 8.1.2.
Invariants: a step of a measure or an incident is written once; a number of a register has no gaps.
"""
