#!/usr/bin/env bash
# Makes a checkout ready on Debian 12, Debian 13 or Raspberry Pi OS: system packages, .venv, fonts.
#
#   scripts/setup.sh run     what it takes to run SmartQueue
#   scripts/setup.sh test    that, and what it takes to test it
#
# Does only what is not done yet; a second run takes a moment. PYTHON=... names another interpreter (3.11 to 3.13);
# SYSTEM=no leaves the system's packages alone. Where packages come from is the machine's own configuration.
set -euo pipefail
export LC_ALL=C

readonly wanted=${1:-run}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly root venv=$root/.venv log=$root/build/setup.log
terminal=no
if [[ -t 0 ]]; then terminal=yes; fi
readonly terminal

say() { printf 'set-up: %s\n' "$*"; }

fail() {
  printf 'set-up: %s\n' "$@" >&2
  exit 1
}

fail_with_log() {
  { tail -n 12 "$log" | cut -c -160 | sed 's/^/  | /'; } >&2
  fail "$@" "The whole log: build/setup.log"
}

# --- what the system has to bring -----------------------------------------------------------------------

on_a_raspberry_pi() { grep -qs 'Raspberry Pi' /proc/device-tree/model; }

# Prints "names reason" of each package that is needed here.
needs() {
  local when names reason
  while read -r when names reason; do
    case $when in
      run) ;;
      test) [[ $wanted == test ]] || continue ;;
      pi) on_a_raspberry_pi || continue ;;
      *) continue ;;
    esac
    printf '%s %s\n' "$names" "$reason"
  done <"$root/scripts/system-packages.txt"
}

# Names of one package in different releases are given as a/b.
installed() {
  local found
  # shellcheck disable=SC2086
  found=$(dpkg-query --show --showformat ' ${db:Status-Status} ' ${1//\// } 2>/dev/null) || true
  [[ $found == *' installed '* ]]
}

missing() {
  local names reason
  while read -r names reason; do
    installed "$names" || printf '%s %s\n' "$names" "$reason"
  done < <(needs)
}

available() {
  local name
  for name in ${1//\// }; do
    if apt-cache show "$name" >/dev/null 2>&1; then
      echo "$name"
      return
    fi
  done
  echo "${1%%/*}"
}

# As we are, or by sudo (which may ask for a password where there is a terminal). What is started does not inherit our lock.
as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@" </dev/null 9>&-
  elif [[ $terminal == yes ]]; then
    sudo "$@" </dev/null 9>&-
  else
    sudo -n "$@" </dev/null 9>&-
  fi
}

require_root() {
  [[ $(id -u) != 0 ]] || return 0
  if ! command -v sudo >/dev/null; then
    fail "Only root can install them, and there is no sudo here. As root, run" \
      "  apt-get install --no-install-recommends $*" "and start again."
  elif [[ $terminal == no ]] && ! sudo -n true 2>/dev/null; then
    fail "Only root can install them, and sudo wants a password that nobody can type here. Run" \
      "  sudo apt-get install --no-install-recommends $*" "and start again."
  fi
}

# Turns apt's machine-readable progress into a line for each fifth; the rest goes to the log.
apt_progress() {
  local line what percent fifth last=''
  while IFS= read -r line; do
    IFS=: read -r what _ percent _ <<<"$line"
    case $what in
      dlstatus) what=fetching ;;
      pmstatus) what=installing ;;
      *) printf '%s\n' "$line" >>"$log" && continue ;;
    esac
    fifth="$what, $((${percent%%.*} / 20 * 20)) % done"
    if [[ $fifth != "$last" ]]; then say "  $fifth"; fi
    last=$fifth
  done
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends \
    -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o APT::Status-Fd=1 "$@" 2>&1 | apt_progress
}

system_packages() {
  local lacking names=() name reason
  lacking=$(missing)
  [[ -n $lacking ]] || return 0
  say "The system lacks these packages:"
  while read -r name reason; do
    printf '    %-26s %s\n' "${name%%/*}" "$reason"
    names+=("${name%%/*}")
  done <<<"$lacking"
  require_root "${names[@]}"
  say "Refreshing the list of packages"
  as_root apt-get update --quiet >>"$log" 2>&1 || say "  it could not be refreshed; trying with the one that is here"
  names=()
  while read -r name _; do names+=("$(available "$name")"); done <<<"$lacking"
  say "Installing them"
  apt_install "${names[@]}" || fail_with_log "The system's packages could not be installed." \
    "Is this machine on a network, and does \`apt-get update\` work here?"
}

# --- the Python environment -----------------------------------------------------------------------------

suitable() {
  "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

find_python() {
  local name
  for name in ${PYTHON:-python3 /usr/bin/python3 python3.13 python3.12 python3.11}; do
    if command -v "$name" >/dev/null && suitable "$name"; then
      command -v "$name"
      return
    fi
  done
  return 1
}

# Its scripts name their interpreter by its path, so an environment that was moved is of no use.
usable_venv() { suitable "$venv/bin/python" && grep -qsF "$venv/bin/python" "$venv/bin/pip"; }

make_venv() {
  local python
  python=$(find_python) ||
    fail "No Python from 3.11 to 3.13 with venv is here (looked for ${PYTHON:-python3 and python3.11 to python3.13})."
  say "Making .venv with $("$python" --version)"
  "$python" -m venv --clear "$venv" >>"$log" 2>&1 || fail_with_log "The environment .venv could not be made."
}

# Together these files pin everything that is installed, by digest.
requirements() {
  if [[ $level == test ]]; then
    echo requirements/dev.txt
  else
    printf '%s\n' requirements/{hub,kiosk,display,caller}.txt
  fi
}

# Turns pip's talk into a line for every tenth package; all of it goes to the log.
pip_progress() {
  local line count=0
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    case $line in
      Collecting* | Processing* | Requirement*)
        count=$((count + 1))
        if ((count % 10 == 0)); then say "  $count of $1 packages"; fi
        ;;
      Installing*) say "  installing" ;;
    esac
  done
}

pip() { "$venv/bin/python" -m pip --disable-pip-version-check --no-input "$@" </dev/null; }

install_packages() {
  local files=() file total
  for file in $(requirements); do files+=(--requirement "$file"); done
  # shellcheck disable=SC2046
  total=$(grep -hE '^[A-Za-z].*==' $(requirements) | grep -v win32 | sort -u | wc -l)
  say "Fetching $total Python packages"
  pip install --require-hashes --only-binary :all: "${files[@]}" 2>&1 | pip_progress "$total" ||
    fail_with_log "The Python packages could not be installed. Is this machine on a network?"
  pip install --no-deps --no-build-isolation --editable . >>"$log" 2>&1 ||
    fail_with_log "SmartQueue itself could not be installed into .venv."
}

# The pins of a Raspberry Pi are driven by the distribution's lgpio, which .venv does not see by itself.
link_lgpio() {
  on_a_raspberry_pi || return 0
  local site
  site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("platlib"))')
  ln -sf /usr/lib/python3/dist-packages/{lgpio.py,_lgpio*.so} "$site/"
  "$venv/bin/python" -c 'import lgpio' 2>>"$log" ||
    fail_with_log "The distribution's lgpio does not fit this Python. Remove .venv and set up with PYTHON=/usr/bin/python3."
}

# Digest of all from which the environment is made.
inputs() {
  # shellcheck disable=SC2046
  { echo "$venv" && "$venv/bin/python" --version &&
    cat scripts/setup.sh pyproject.toml smartqueue/look/{fonts,font_making,merge,chinese}.py $(requirements); } 2>&1 |
    sha256sum
}

python_environment() {
  local level=$wanted
  # What was made for tests also runs, and stays as it is.
  if [[ -e $venv/set-up-test ]]; then level=test; fi
  if [[ -e $venv/set-up-$level && $(inputs) == "$(<"$venv/set-up-$level")" ]]; then return 0; fi
  rm -f "$venv"/set-up-*
  usable_venv || make_venv
  install_packages
  link_lgpio
  say "Preparing the fonts"
  "$venv/bin/smartqueue" fonts --installed >>"$log" 2>&1 </dev/null || fail_with_log "The fonts could not be prepared."
  inputs >"$venv/set-up-$level"
  say "Ready."
}

# --------------------------------------------------------------------------------------------------------

[[ $wanted == run || $wanted == test ]] || fail "usage: scripts/setup.sh run|test"
cd "$root"
mkdir -p build
exec 9>build/setup.lock
flock 9
: >"$log"
if [[ ${SYSTEM:-yes} == no ]]; then
  say "The system's packages are left as they are (SYSTEM=no)"
elif ! command -v apt-get >/dev/null; then
  fail "This is made for Debian 12, Debian 13 and Raspberry Pi OS; there is no apt-get here." \
    "Install what scripts/system-packages.txt names in another way, then run again with SYSTEM=no."
elif ! [[ $(dpkg --print-architecture) =~ ^(amd64|arm64)$ ]]; then
  fail "SmartQueue needs a 64-bit system (amd64 or arm64); this one is $(dpkg --print-architecture)."
else
  system_packages
fi
python_environment
