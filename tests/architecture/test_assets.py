"""What the screens are made of: vendored files, icons, keys, menus."""

import re
import subprocess
import sys

import pytest
from django.urls import NoReverseMatch, reverse

from medtrud.engines.access.public import desks

from .order import REPO, SOURCE

STATIC = SOURCE / "engines/ui/static/ui"
ICONS = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "vendor/icons.svg").read_text(encoding="utf8")))


def test_vendored_files_are_those_of_the_manifest():
    outcome = subprocess.run(
        [sys.executable, REPO / "assets/vendor.py", "check"], capture_output=True, text=True, check=False
    )
    assert (outcome.returncode, outcome.stdout) == (0, "ok\n")


def test_no_lock_file_names_a_registry():
    assert "resolved" not in (REPO / "assets/package-lock.json").read_text(encoding="utf8")


def test_every_icon_named_in_a_template_is_in_the_sprite():
    named = {
        (path.name, name)
        for path in SOURCE.rglob("templates/**/*.html")
        for name in re.findall(r'(?:{% icon |icon=)"([^"]+)"', path.read_text(encoding="utf8"))
    }
    assert {(path, name) for path, name in named if name not in ICONS} == set()


@pytest.mark.parametrize("desk", desks().values(), ids=lambda desk: desk.role)
def test_a_menu_leads_somewhere(desk):
    for item in desk.menu:
        assert item.icon in ICONS, f"add {item.icon} to assets/vendor.toml"
        assert item.permission in desk.permissions
        assert not item.key or re.fullmatch(r"Key[A-Z]", item.key)
        try:
            reverse(item.url_name)
        except NoReverseMatch:
            pytest.fail(f"{item.title}: no address is called {item.url_name}")
    keys = [item.key for item in desk.menu if item.key]
    assert len(keys) == len(set(keys)), "two sections answer to one letter"
    assert "KeyG" not in keys


def test_no_shortcut_is_taken_twice():
    scripts = "".join(path.read_text(encoding="utf8") for path in SOURCE.rglob("static/*/js/*.js"))
    combos = re.findall(r'^on\("([^"]+)"', scripts, re.MULTILINE)
    assert len(combos) > 10
    assert sorted(combos) == sorted(set(combos))


def test_pages_carry_no_inline_script_or_style():
    bad = [
        (path.name, found)
        for path in SOURCE.rglob("templates/**/*.html")
        for found in re.findall(
            r"<script(?![^>]*\bsrc=)|<style\b| style=| on(?:click|change|submit|load)=",
            path.read_text(encoding="utf8"),
        )
    ]
    assert bad == []
