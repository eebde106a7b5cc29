"""What lists of workers have in common: filters by division and position, the search, the place."""

from django.db.models import Q
from django.utils.html import format_html

from medtrud.engines.ui.public import Search, Select
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Employment, divisions, posts
from medtrud.registries.people.public import persons_search


def by_name(actor: Actor) -> Search:
    """Search rows of people by name or number."""
    return Search("ФИО или СНИЛС", lambda rows, text: rows.filter(person__in=persons_search(actor, text)))


def place_cell(row: Employment, _: object) -> object:
    """Show where somebody works, the unit below."""
    return format_html('{}<br><small class="muted">{}</small>', row.workplace or "—", row.division or "")


def division_filter(actor: Actor, employer: int) -> Select:
    """Offer the divisions; one is asked for with the divisions below it."""
    paths = {str(row.pk): row.path for row in divisions(actor, employer=employer)}

    def within(value: str) -> Q:
        return Q(division__path=paths[value]) | Q(division__path__startswith=f"{paths[value]} / ")

    return Select("division", "Все подразделения", list(paths.items()), where=within)


def post_filter(actor: Actor, employer: int) -> Select:
    """Offer the positions, one of a name: divisions have the same ones."""
    titles = {row.title_key: row.title for row in posts(actor, employer=employer)}
    return Select("post", "Все должности", list(titles.items()), "post__title_key")
