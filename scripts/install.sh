#!/bin/sh
# Installs the product into .venv: libraries from requirements.lock by hash, then the package itself.
# Usage: sh scripts/install.sh [python]; without an argument the first Python >= 3.11 of PATH is taken.
set -eu
cd "$(dirname "$0")/.."

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

suits() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

python=${1:-}
if [ -z "$python" ]; then
    for name in python3 python3.13 python3.12 python3.11 python3.14 python; do
        if command -v "$name" >/dev/null 2>&1 && suits "$name"; then
            python=$name
            break
        fi
    done
fi
[ -n "$python" ] || fail "Не найден Python 3.11 или новее." \
    "Установите его (Debian, Ubuntu: apt-get install python3 python3-venv) и повторите команду."
suits "$python" || fail "Программа «$python» не является Python 3.11 или новее." \
    "Укажите другую: make demo PYTHON=/путь/к/python3.12"
"$python" -c 'import ensurepip, venv' 2>/dev/null || fail \
    "У Python нет модулей venv и ensurepip, без них среда не создаётся." \
    "Установите их (Debian, Ubuntu: apt-get install python3-venv) и повторите команду."
[ -w . ] || fail "Нет права записи в папку $(pwd)." \
    "Клонируйте репозиторий в свою папку или запустите команду от имени владельца."

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
    || [ "$(cat .venv/ready 2>/dev/null)" != "$(pwd -P)" ]; then
    echo "Создаётся среда Python в папке .venv"
    rm -rf .venv
    "$python" -m venv .venv
fi
rm -f .venv/ready
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
echo "Устанавливаются библиотеки из requirements.lock"
.venv/bin/python -m pip install -qq --require-hashes -r requirements.lock || fail \
    "Библиотеки не установлены: сообщение pip выше." \
    "Проверьте доступ к сети или к вашему зеркалу PyPI и повторите команду: сделанное не пропадёт."
# The tools that build the package came with the lock: nothing is fetched past the hashes.
.venv/bin/python -m pip install -qq --no-deps --no-build-isolation --editable . || fail \
    "Библиотеки установлены, сам продукт — нет: сообщение pip выше."
pwd -P >.venv/ready
echo "Готово: команды продукта показывает .venv/bin/medtrud"
