"""What the screens take from others: fonts, icons, htmx, hint tours, charts.

build  npm ci, copy, bundle, one sprite of icons, MANIFEST.json; needs node and the registry
check  compare sha256 with MANIFEST.json; needs neither, so tests run it
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "medtrud" / "engines" / "ui" / "static" / "ui" / "vendor"
MODULES = HERE / "node_modules"
LOGO = (
    '<symbol id="logo" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1d7f93" stroke="none"/>'
    '<path d="M5 17h5l3-8 5 15 3-7h6" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" '
    'stroke-linejoin="round"/></symbol>'
)


def build() -> int:
    """Take the locked versions and write the folder anew."""
    subprocess.run(["npm", "ci"], cwd=HERE, check=True)
    wanted = tomllib.loads((HERE / "vendor.toml").read_text(encoding="utf8"))
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    manifest: dict[str, dict[str, Any]] = {}
    for name, source in (wanted["copy"] | wanted["licences"]).items():
        (OUT / name).write_bytes(without_map((MODULES / source).read_bytes(), name))
        manifest[name] = origin(package_of(source))
    for name, bundle in wanted["bundle"].items():
        write_bundle(bundle["entry"], OUT / name)
        manifest[name] = origin(bundle["package"])
    (OUT / "icons.svg").write_text(sprite(wanted["icons"]["names"]), encoding="utf8")
    manifest["icons.svg"] = origin(wanted["icons"]["package"])
    for name, about in manifest.items():
        about["sha256"] = digest(OUT / name)
    text = json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True)
    (OUT / "MANIFEST.json").write_text(f"{text}\n", encoding="utf8")
    return check()


def check() -> int:
    """Tell what differs from the manifest; 0 when nothing does."""
    manifest = json.loads((OUT / "MANIFEST.json").read_text(encoding="utf8"))
    there = {path.name for path in OUT.iterdir()} - {"MANIFEST.json"}
    bad = sorted(there ^ set(manifest))
    bad += sorted(name for name in there & set(manifest) if digest(OUT / name) != manifest[name]["sha256"])
    sys.stdout.write(f"differs from MANIFEST.json: {', '.join(bad)}\n" if bad else "ok\n")
    return bool(bad)


def write_bundle(entry: str, out: Path) -> None:
    """Bundle one entry into one module."""
    flags = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--legal-comments=none"]
    subprocess.run([MODULES / ".bin/esbuild", HERE / entry, *flags, f"--outfile={out}"], check=True)


def sprite(names: list[str]) -> str:
    """Return one SVG with a symbol per icon."""
    symbols = [LOGO]
    for name in sorted(set(names)):
        text = (MODULES / "@tabler/icons/icons/outline" / f"{name}.svg").read_text(encoding="utf8")
        drawing = re.sub(
            r"\s*\n\s*", "", text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")]
        )
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>')
    lines = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{lines}\n</svg>\n'


def origin(package: str) -> dict[str, Any]:
    """Return version and licence of a package as the lock file knows them."""
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf8"))
    entry = lock["packages"][f"node_modules/{package}"]
    return {"package": package, "version": entry["version"], "licence": entry["license"]}


def package_of(source: str) -> str:
    """Return the package of a path: @scope/name or name."""
    return "/".join(source.split("/")[: 2 if source.startswith("@") else 1])


def without_map(content: bytes, name: str) -> bytes:
    """Drop the pointer to a source map that is not shipped."""
    if not name.endswith((".js", ".css")):
        return content
    return re.sub(rb"(?m)^//# sourceMappingURL=.*$|/\*# sourceMappingURL=.*?\*/", b"", content)


def digest(path: Path) -> str:
    """Return the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit({"build": build, "check": check}[sys.argv[1]]())
