"""What the papers of the employer refer to."""

import datetime as dt

from medtrud.kernel.law import Row

from .law import tables_on


def paper_law(code: str, day: dt.date) -> Row:
    """Return the row of the table `papers` for a paper on a day: its title, its place, what to bring."""
    return tables_on(day)["papers"][code]
