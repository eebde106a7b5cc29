#!/bin/sh
# Installs what the browser tests need from the system: Chromium and at least one font.
# Does nothing when they are present, when it may not install, or where there is no apt-get.
set -u

missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 \
    || command -v google-chrome >/dev/null 2>&1 || missing="chromium"
[ -n "$(find /usr/share/fonts -name '*.[ot]tf' 2>/dev/null | head -n 1)" ] \
    || missing="$missing fonts-dejavu-core"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Для проверок в браузере не хватает:$missing. Без них эти проверки пропускаются." >&2
    exit 0
fi
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # the list is split on purpose
if { apt-get update && apt-get install --yes --no-install-recommends $missing; } >"$log" 2>&1; then
    echo "Установлено для проверок в браузере: $missing"
else
    tail -n 5 "$log" >&2
    echo "Не удалось установить: $missing. Проверки в браузере будут пропущены." >&2
fi
rm -f "$log"
exit 0
