"""A model is a folder: its declaration, its tables, its rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from medtrud.domains.hazards.types.methodology import sout_table
from medtrud.kernel.law import LawError, strict_yaml

from ..types import Band, Declaration, Edition, Input, Licence, Output, Reference, Rule

KINDS = Path(__file__).parents[1] / "kinds"
SHARED = KINDS / "inputs.yaml"
TABLE = {"title", "edition", "source", "mark", "values"}
GATES = {"free", "attribution", "permission", "forbidden-text"}
STATUSES = {"solid", "information", "loadable"}
LEVELS = {"primary", "secondary", "tertiary"}
MARKS = set("SRDM")
WHEN = {"always", "age", "exposure"}  # a person gets the forecast: always, at his age, when exposed


@dataclass(frozen=True)
class Model:
    """One folder of `kinds`; its texts and tables are read when they are first asked for."""

    folder: Path
    rule: Rule | None = None

    @property
    def code(self) -> str:
        """Return the name of the folder."""
        return self.folder.name

    @cached_property
    def declared(self) -> Declaration:
        """Return the declaration; what the loader does not understand is refused."""
        return declaration(self.code, strict_yaml(self.folder / "model.yaml"))

    @cached_property
    def tables(self) -> Mapping[str, Any]:
        """Return the values of the tables by name, those of the law as well."""
        own = {name.rsplit("/", 1)[-1]: _table(path) for name, path in self._paths()}
        return own | {name: sout_table(name) for name in self.declared.law}

    @cached_property
    def fingerprint(self) -> str:
        """Return a name for the content of the declaration, the rule and the tables."""
        files = [self.folder / "model.yaml", self.folder / "__init__.py", *(p for _, p in self._paths())]
        digest = sha256()
        for path in [*files, *sorted(Path(__file__).parent.glob("*.py"))]:
            digest.update(path.read_bytes())
        for name in self.declared.law:
            digest.update(repr([(code, dict(row)) for code, row in sout_table(name).items()]).encode())
        return digest.hexdigest()[:16]

    def _paths(self) -> Iterable[tuple[str, Path]]:
        for name in self.declared.tables:
            owner, _, short = name.rpartition("/")
            yield name, (KINDS / owner if owner else self.folder) / "tables" / f"{short}.yaml"


def model(here: str, rule: Rule | None = None) -> Model:
    """Return the model of the folder a file stands in."""
    return Model(Path(here).parent, rule)


@cache
def _table(path: Path) -> Any:
    raw = strict_yaml(path)
    if raw.keys() != TABLE:
        raise LawError(f"{path.name}: the head of a table is {sorted(TABLE)}")
    return raw["values"]


@cache
def _shared() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = strict_yaml(SHARED)
    return found


def declaration(code: str, raw: dict[str, Any]) -> Declaration:
    """Read a declaration strictly."""
    known = {field.name for field in fields(Declaration)} - {"code"}
    if unknown := raw.keys() - known:
        raise LawError(f"{code}: unknown keys {sorted(unknown)}")
    made = {
        **raw,
        "editions": tuple(Edition(name, **(about or {})) for name, about in raw.get("editions", {}).items()),
        "variants": raw.get("variants", {}),
        "personal": raw.get("personal", {}),
        "inputs": tuple(_input(code, name, about or {}) for name, about in raw.get("inputs", {}).items()),
        "output": Output(**raw["output"]),
        "licence": Licence(**raw["licence"]),
        "references": tuple(_reference(code, line) for line in raw["references"]),
        "bands": tuple(Band(name, **about) for name, about in raw.get("bands", {}).items()),
        **{name: tuple(raw.get(name, ())) for name in ("audience", "refusals", "cautions", "tables", "law")},
    }
    try:
        found = Declaration(code=code, **made)
    except TypeError as error:
        raise LawError(f"{code}: {error}") from error
    wrong = (
        not found.editions,
        found.status not in STATUSES,
        found.level not in LEVELS,
        found.licence.gate not in GATES,
        bool(found.personal) and found.personal.get("when") not in WHEN,
    )
    if any(wrong):
        raise LawError(f"{code}: editions, status, level, licence gate or personal are not known: {wrong}")
    return found


def _reference(code: str, line: str) -> Reference:
    text, _, mark = line.rpartition(" | ")
    if not text or not set(mark.replace(" ", "")) <= MARKS:
        raise LawError(f"{code}: a reference is 'text | marks', not {line!r}")
    return Reference(text, mark)


def _input(code: str, name: str, about: dict[str, Any]) -> Input:
    said = {**_shared().get(name, {}), **about}
    columns = tuple(_input(code, column, more or {}) for column, more in said.pop("columns", {}).items())
    said["of"] = tuple(said.get("of", ()))
    try:
        return Input(code=name, columns=columns, **said)
    except TypeError as error:
        raise LawError(f"{code}: input {name}: {error}") from error
