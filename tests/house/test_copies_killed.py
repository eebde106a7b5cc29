"""Whoever kills the server among a thousand copies finds the job again where it was: no copy twice, none lost."""

import io
import signal
import subprocess
import sys
import zipfile

import pytest
from django.db import connection
from pypdf import PdfReader

from medtrud.domains.documents.jobs import COPIES, PORTION
from medtrud.domains.documents.public import documents, papers_file
from medtrud.domains.documents.tests import conftest as world
from medtrud.domains.documents.tests.houses import ON, House
from medtrud.domains.documents.types import DocumentIn, Paper
from medtrud.engines.background.jobs.long import run
from medtrud.engines.background.public import file_of, job_of, job_start
from medtrud.engines.files import drivers
from medtrud.kernel.actor import Actor

plant = world.plant  # a fixture
pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 2 * PORTION + 3


def test_copies_killed_in_the_middle_go_on_from_their_portion(plant: House) -> None:
    papers = [
        Paper(DocumentIn(kind="memo", title=f"Записка {n}", on=ON), f"текст {n}".encode(), f"{n}.txt")
        for n in range(COUNT)
    ]
    papers_file(plant.actor, papers=papers)
    uids = list(documents(plant.actor).values_list("uid", flat=True))
    job = job_start(plant.actor, job=COPIES, title="Копии", documents=uids)
    assert killed(job.pk, 2) == -signal.SIGKILL
    standing = job_of(Actor.job("test"), job.uid)
    assert standing.position["next"] == PORTION
    assert not standing.finished
    run(job.pk)
    done = job_of(Actor.job("test"), job.uid)
    assert done.result["text"] == f"Копий в архиве: {COUNT}."
    content = b"".join(file_of(done))
    assert len(content) == done.result["file"]["size"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        shown = PdfReader(io.BytesIO(archive.read(names[-1])))
    assert len(set(names)) == len({name[5:] for name in names}) == COUNT
    assert next(iter(shown.attachments.values()))[0].startswith("текст".encode())


def killed(job: int, portion: int) -> int:
    """Run the job in another process on the same database; return how it ended."""
    settings = connection.settings_dict
    address = f"postgresql:///{settings['NAME']}?host={settings['HOST']}&user={settings['USER']}"
    files = str(drivers.blob_path("0" * 64).parents[2])
    command = [sys.executable, "-m", "tests.house.killed_copies", address, files, str(job), str(portion)]
    return subprocess.run(command, check=False).returncode
