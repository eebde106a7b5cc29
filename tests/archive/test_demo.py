"""The demo of the archive: a year handed over, something that waits, all of it on the screens."""

from pathlib import Path

import pytest
from django.test import Client

from medtrud.domains.documents import demo
from medtrud.domains.documents.drivers.proof import prove
from medtrud.domains.documents.queries import archive
from medtrud.engines.access.public import Account, actor_of
from medtrud.engines.signing.public import Offline
from medtrud.engines.store.public import now, today
from medtrud.kernel.actor import Actor
from medtrud.project.discover import rooms

pytestmark = pytest.mark.django_db
JOB = Actor.job("test")
BELOW = ("reference", "access", "signing", "organizations")


@pytest.fixture
def shown(tmp_path: Path) -> list[str]:
    said: list[str] = []
    for label, room in rooms("demo"):
        if label in BELOW:
            room.fill(JOB)
    demo.play(JOB, said.append, tmp_path)
    demo.play(JOB, said.append, tmp_path)  # twice changes nothing
    return said


def taken(client: Client, url: str) -> bytes:
    """Take a file to its end: there the client closes its stream, and leaves the connection alone."""
    return b"".join(client.get(url).streaming_content)  # type: ignore[attr-defined]


def test_the_demo_hands_a_year_over_and_leaves_something_to_do(shown: list[str], tmp_path: Path) -> None:
    assert len(shown) == 2
    (place,) = tmp_path.glob("*.zip")
    assert prove(place, Offline(), now()).whole
    account = Account.objects.unscoped("test").get(login="archive")
    keeper = actor_of(account, None, on=today())
    waiting = archive.cases(keeper)
    assert {row.state for row in waiting} == {"kept", "stopped"}
    assert archive.cases_due(keeper, today()).exists()
    client = Client()
    client.force_login(account)
    inventory = archive.inventories(keeper).filter(vessel__isnull=False)[0]
    case = archive.cases(keeper).filter(vessel__isnull=False)[0]
    medium = archive.media(keeper)[0]
    item = archive.items(keeper)[0]
    transfer = archive.transfers(keeper)[0]
    issue = archive.issues(keeper)[0]
    for url in (
        "/archive/",
        "/documents/archive/cases/",
        "/documents/archive/cases/?tab=due",
        f"/documents/archive/cases/{case.uid}/",
        f"/documents/archive/cases/{case.uid}/hold/",
        "/documents/archive/inventories/",
        f"/documents/archive/inventories/{inventory.uid}/",
        f"/documents/archive/inventories/{inventory.uid}/pdf/",
        f"/documents/archive/inventories/transfers/{transfer.uid}/",
        "/documents/archive/headings/",
        "/documents/archive/headings/?year=2030",
        "/documents/archive/headings/2030/add/",
        "/documents/archive/media/",
        f"/documents/archive/media/{medium.uid}/",
        f"/documents/archive/media/{medium.uid}/label/",
        f"/documents/archive/media/{medium.uid}/check/",
        f"/documents/archive/media/{medium.uid}/end/",
        "/documents/archive/items/?q=осмотр",
        f"/documents/archive/items/{item.uid}/issue/",
        "/documents/archive/issues/",
        "/documents/archive/destruction/",
    ):
        assert client.get(url).status_code == 200, url
    for url, begins in (
        (f"/documents/archive/inventories/{inventory.uid}/package/", b"PK"),
        (f"/documents/archive/cases/{case.uid}/file/", b"PK"),
        (f"/documents/archive/issues/{issue.uid}/file/", b"%PDF"),
    ):
        assert taken(client, url).startswith(begins), url
    assert client.get("/documents/archive/destruction/open/").url.endswith("/cases/?tab=due")  # type: ignore[attr-defined]
    assert client.post("/documents/archive/destruction/open/", {"id": "мусор"}).status_code == 404
    page = client.post("/documents/archive/destruction/open/", {"id": str(case.uid)})
    assert "Отмечено дел: 1" in page.content.decode()
