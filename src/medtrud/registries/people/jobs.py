"""What follows the entering of people, what is done at night, and the words of the journal."""

import datetime as dt

from medtrud.engines.access.public import People, names_declare
from medtrud.engines.background.public import every, job, on
from medtrud.engines.journal.public import titles_declare
from medtrud.engines.messages.public import address_declare
from medtrud.kernel.actor import Actor

from .actions import doubles_find, persons_rank, persons_settle
from .queries import email_of, key_by_snils, names_of
from .types import PersonsRegistered

names_declare(People(names=names_of, by_snils=key_by_snils))
address_declare(email_of)

titles_declare(
    {
        "people.persons_settle": "Досчитано после загрузки списка",
        "people.card_open": "Открыта карта человека",
        "people.double_dismiss": "Карты признаны картами разных людей",
        "people.doubles_find": "Найдены возможные двойники",
        "people.person_change": "Изменена карта человека",
        "people.person_register": "Заведена карта человека",
        "people.person_share": "Карта открыта организации",
        "people.person_unshare": "Карта закрыта для организации",
        "people.persons_forget_many": "Убраны карты отменённого списка",
        "people.persons_merge": "Объединены карты",
        "people.persons_rank": "Обновлён алфавитный порядок карт",
        "people.persons_register_many": "Заведены карты по списку",
        "people.persons_reseal": "Карты зашифрованы новым ключом",
        "people.persons_unmerge": "Отменено объединение карт",
    }
)


@on(PersonsRegistered)
def settle(event: PersonsRegistered) -> None:
    """Finish what the list left for later."""
    persons_settle(Actor.job("порядок карт после загрузки списка"))


@every("02:40")
def nightly(at: dt.datetime) -> None:
    """Close the gaps in the alphabet and look for doubles."""
    persons_rank(Actor.job("ночной порядок карт"))
    doubles_find(Actor.job("ночной поиск двойников"))


@job("people.doubles")
def doubles_search(actor: Actor) -> dict[str, str]:
    """Look for doubles when somebody asks."""
    found = doubles_find(actor)
    return {"text": f"Новых пар: {found}. Они ждут решения на странице «Двойники»."}
