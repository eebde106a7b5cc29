"""An invented price list, and the papers of accounting of a campaign that is closed."""

import datetime as dt

from medtrud.engines.access.public import accounts, actor_of
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import contracts

from ..actions import price_set, services_file
from ..models import Campaign
from ..queries.rows import campaigns
from ..queries.services import prices, services_of
from ..rules.services import services_on
from ..types.services import KOPECKS, AccountingPaper, NewPrice
from ..types.states import CampaignState

LIST, BY_CONTRACT = "прейскурант (вымышлен)", "приложение № 2 к договору (вымышлено)"
YEAR = dt.timedelta(days=400)
DOCTOR, TEST, STEP, STEPS = 480, 190, 70, 9  # rubles: where prices begin and how they differ
CHEAPER = 0.85  # of the common price, by a contract
AGREED = 6  # services the contract names


def play(actor: Actor) -> None:
    """Do it once; without the clinic and a closed campaign nothing is done."""
    account = accounts(actor).filter(login="commission").first()
    if account is None:
        return
    head = actor_of(account, None, on=today())
    held = list(campaigns(head).order_by("since"))
    closed = next((row for row in held if row.state == CampaignState.CLOSED), None)
    if closed is None or prices(head).exists():
        return
    _prices(head, closed, held)
    for kind in AccountingPaper:
        services_file(head, campaign=closed.uid, kind=kind, on=today())


def _prices(head: Actor, closed: Campaign, held: list[Campaign]) -> None:
    """Price everything but one service that only a campaign in the middle has: there it is told."""
    since = today() - YEAR
    done = {line.title for line in services_of(head, closed).lines}
    rest = (line.title for row in held for line in services_of(head, row).lines)
    without = next((title for title in rest if title not in done), "")
    agreed = contracts(head, employer=closed.employer_id).first()
    named = 0
    for number, service in enumerate(services_on(today())):
        if service.title == without:
            continue
        rubles = (DOCTOR if service.kind == "specialist" else TEST) + STEP * (number % STEPS)
        price_set(head, price=NewPrice(service.code, rubles * KOPECKS, since, LIST))
        if agreed and service.title in done and named < AGREED:
            cheaper = int(rubles * CHEAPER) * KOPECKS
            price_set(head, price=NewPrice(service.code, cheaper, since, BY_CONTRACT, agreed.pk))
            named += 1
