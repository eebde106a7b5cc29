#!/bin/sh
# Installs what the tests need from the system: Chromium and at least one font for the browser; the GOST
# engine and the programs of other authors (openssl, certtool, Java with BouncyCastle) that check our
# signatures and make theirs; ClamAV is not among them: its signatures are 300 MB.
# Does nothing when they are present, when it may not install, or where there is no apt-get.
set -u

missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 \
    || command -v google-chrome >/dev/null 2>&1 || missing="chromium"
[ -n "$(find /usr/share/fonts -name '*.[ot]tf' 2>/dev/null | head -n 1)" ] \
    || missing="$missing fonts-dejavu-core"
command -v openssl >/dev/null 2>&1 || missing="$missing openssl"
openssl dgst -engine gost -md_gost12_256 /dev/null >/dev/null 2>&1 || missing="$missing libengine-gost-openssl"
command -v certtool >/dev/null 2>&1 || missing="$missing gnutls-bin"
command -v javac >/dev/null 2>&1 || missing="$missing default-jdk-headless"
[ -f /usr/share/java/bcpkix.jar ] || missing="$missing libbcpkix-java"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Для проверок не хватает:$missing. Без них часть проверок (браузер, чужие программы подписи) пропускается." >&2
    exit 0
fi
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # the list is split on purpose
if { apt-get update && apt-get install --yes --no-install-recommends $missing; } >"$log" 2>&1; then
    echo "Установлено для проверок: $missing"
else
    tail -n 5 "$log" >&2
    echo "Не удалось установить: $missing. Часть проверок будет пропущена." >&2
fi
rm -f "$log"
exit 0
