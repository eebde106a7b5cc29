"""The repository holds nothing of the machine it was written on."""

import re
import subprocess
import tomllib

from tests.architecture.order import REPO

# Split, so that this file does not find itself.
FORBIDDEN = {
    "a path of a machine": re.compile(r"/(?:work|home|Users|farm)/[a-z]|/tmp/[a-z]|/opt/py" + "pi"),
    "a registry with its own address": re.compile(r"(?:index-" + r"url|find-" + r"links)[= ]\s*(?:https?|file|/)|https?://[^/\s]*@"),
    "a private key or a token": re.compile(r"-----BEGIN [A-Z ]*PRIVATE" + r" KEY|\bghp_[A-Za-z0-9]{20}|\bAKIA[A-Z0-9]{16}"),
}  # fmt: skip
BINARY = {".ttf", ".woff2", ".png", ".ico", ".gz", ".xlsx", ".pdf", ".jpg", ".gpkg", ".zip", ".mo"}


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPO, capture_output=True, check=False).stdout
    paths = [REPO / name for name in listed.decode().split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]


def test_no_machine_paths_registries_or_secrets_are_kept():
    found = [
        f"{path.relative_to(REPO)}: {what}"
        for path in tracked()
        if path.name != "test_repository.py"
        for what, pattern in FORBIDDEN.items()
        if pattern.search(path.read_text(encoding="utf8", errors="replace"))
    ]
    assert found == []


def test_references_of_the_documents_lead_somewhere():
    """A document names files and folders of this repository only, and they exist."""
    missing = [
        f"{path.relative_to(REPO)} → {target}"
        for path in [*REPO.glob("*.md"), *(REPO / "docs").rglob("*.md")]
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf8"))
        if not (path.parent / target).exists()
    ]
    assert missing == []


def test_the_lock_names_every_direct_dependency_by_hash():
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    lock = (REPO / "requirements.lock").read_text(encoding="utf8")
    locked = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))
    names = {re.split(r"[\[<>=~! ]", line)[0].lower().replace("_", "-") for line in wanted}
    assert names - locked == set()
    assert lock.count("--hash=sha256:") > len(locked)
