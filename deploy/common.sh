# What deploy/run, deploy/test and deploy/lock share: a Python, an environment, the system's packages.
# Sourced, never run. $root is the checkout. Talk goes to stderr, since stdout belongs to the kiosk.
# shellcheck shell=sh
: "${root:?is set by the script that reads this file}"

not_ready=69                        # sysexits' "unavailable": set-up failed, so nothing was started

say() { printf '%s\n' "$*" >&2; }

stop() {
    for line; do say "$line"; done
    exit "$not_ready"
}

works() { command -v "$1" >/dev/null 2>&1 && "$@" >/dev/null 2>&1; }

# --- Python ----------------------------------------------------------------------------------------------------------

# Prints the interpreter behind a name (also behind a version manager's shim, or an active environment).
interpreter() {
    "$1" -I -c 'import sqlite3, sys
sys.exit(1) if sys.version_info < (3, 11) else print(getattr(sys, "_base_executable", None) or sys.executable)' 2>/dev/null
}

# Prints the first Python that is new enough. One that can make environments by itself goes before one that can't.
find_python() {
    for ready in 'import venv; from ensurepip import version' 'pass'; do
        for name in python3.13 python3.12 python3.11 python3 python; do
            found=$(interpreter "$name") && "$found" -I -c "$ready" 2>/dev/null && printf '%s\n' "$found" && return 0
        done
    done
    return 1
}

need_python() {
    find_python && return 0
    seen=$(python3 -V 2>/dev/null) || seen='no Python'
    stop "The kiosk needs Python 3.11 or newer with SQLite, and found $seen." \
        'Install one (Debian, Ubuntu: sudo apt-get install python3 python3-venv), then run this again.'
}

# --- The system's packages -------------------------------------------------------------------------------------------

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

apt_quietly() {
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=60 -o Acquire::Retries=1 -o Acquire::http::Timeout=20 "$@" >/dev/null 2>&1 </dev/null
}

# Installs packages; a machine whose lists are empty or old gets new ones first. Fails without a word.
apt_install() {
    apt_quietly install -y --no-install-recommends "$@" && return 0
    apt_quietly update && apt_quietly install -y --no-install-recommends "$@"
}

# True when the voice has its library and its player. Looks at files only: this runs on every start.
has_sound() {
    command -v aplay >/dev/null 2>&1 || return 1
    for library in /usr/lib/*/libespeak-ng.so.1 /usr/lib*/libespeak-ng.so.1 /usr/local/lib*/libespeak-ng.so.1 \
        /lib/*/libespeak-ng.so.1; do
        [ -e "$library" ] && return 0
    done
    return 1
}

# --- The environment -------------------------------------------------------------------------------------------------

# Where the environment lives: beside the code, or in the home folder when the checkout can't be written to.
environment_folder() {
    if [ -n "${KIOSK_VENV:-}" ]; then
        case $KIOSK_VENV in /*) printf '%s\n' "$KIOSK_VENV" ;; *) printf '%s\n' "$PWD/$KIOSK_VENV" ;; esac
    elif [ -w "$root" ] || [ -e "$root/.venv/kiosk-stamp" ]; then
        printf '%s\n' "$root/.venv"
    elif [ -n "${XDG_DATA_HOME:-${HOME:-}}" ]; then
        printf '%s\n' "${XDG_DATA_HOME:-$HOME/.local/share}/front-office-kiosk/$(printf %s "$root" | cksum | tr ' ' -)"
    else
        stop "$root can't be written to, and there is no home folder to use instead." \
            'Name a folder for the kiosk to live in: KIOSK_VENV=/some/folder sh deploy/run'
    fi
}

is_beside_the_code() { [ "$(dirname -- "$1")" = "$root" ]; }

# What a finished environment is known by: where its code is, which Python it runs on, and every package in it.
stamp() {                           # $1 environment, $2 lock
    if is_beside_the_code "$1"; then echo '# code: beside'; else printf '# code: %s\n' "$root"; fi
    printf '# python: %s\n' "$(readlink -f "$1/bin/python")"
    cat "$2"
}

# True when the environment was finished, and holds exactly what the lock says. No Python is started for this.
is_current() {                      # $1 environment, $2 lock
    [ -x "$1/bin/python" ] && [ -f "$1/kiosk-stamp" ] && stamp "$1" "$2" | cmp -s - "$1/kiosk-stamp"
}

# Makes the environment unless it is there. On failure says why, puts the former one back, and stops.
ensure_environment() {              # $1 environment, $2 lock, $3 Python (empty: look for one)
    is_current "$1" "$2" && return 0
    python=${3:-$(need_python)} || exit "$not_ready"
    mkdir -p "$(dirname -- "$1")" 2>/dev/null || stop "The folder for $1 can't be made: check its path and its rights."
    one_at_a_time
    put_back_former "$1"
    is_current "$1" "$2" || make_environment "$1" "$2" "$python"
    exec 9<&-                       # the kiosk itself must not hold the lock
}

# Two first starts at once must not build in the same folder.
one_at_a_time() {
    exec 9<"$root/deploy/common.sh"
    ! command -v flock >/dev/null 2>&1 || flock 9 || :      # a drive that can't lock still opens
}

# An update that was cut off left the finished one under another name.
put_back_former() {
    if [ -e "$1.former/kiosk-stamp" ]; then rm -rf "$1" && mv "$1.former" "$1"; fi
}

make_environment() {                # $1 environment, $2 lock, $3 Python
    building=$1
    log=$(mktemp "${TMPDIR:-/tmp}/kiosk-setup.XXXXXX") || stop 'There is no room for temporary files: free some space.'
    need_ours "$1"
    trap 'put_back_former "$building"; rm -f "$log"; exit 130' INT TERM HUP
    say "Setting up with $("$3" -V). This happens once and takes about a minute."
    if [ -e "$1/kiosk-stamp" ]; then rm -rf "$1.former" && mv "$1" "$1.former"; else rm -rf "$1"; fi
    if fill_environment "$@" >"$log" 2>&1; then
        rm -rf "$1.former" "$log"
    else
        rm -rf "$1"
        put_back_former "$1"
        explain_failure "$1"
    fi
    trap - INT TERM HUP
}

# Only a folder this script made, finished or not, may be replaced; never an environment of somebody else's.
need_ours() {
    [ ! -e "$1" ] || [ -e "$1/kiosk-stamp" ] || [ -e "$1/kiosk-unfinished" ] || rmdir "$1" 2>/dev/null ||
        stop "$1 is there already and was not made by the kiosk: move it away, or set KIOSK_VENV to another folder."
}

# Hashes are required and nothing is compiled from source, so what runs here is what was locked. The stamp comes last.
fill_environment() {                # $1 environment, $2 lock, $3 Python
    mkdir "$1" && : >"$1/kiosk-unfinished" || return 1
    if works uv --version; then fill_with_uv "$@"; else fill_with_pip "$@"; fi || return 1
    printf '*\n' >"$1/.gitignore" &&
        point_at_code "$1" &&
        stamp "$1" "$2" >"$1/kiosk-stamp.new" &&
        mv "$1/kiosk-stamp.new" "$1/kiosk-stamp" &&
        rm "$1/kiosk-unfinished"
}

fill_with_uv() {
    export UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1    # schools often inspect TLS: trust what the machine trusts
    uv venv --quiet --no-project --no-python-downloads --allow-existing --python "$3" "$1" &&
        uv pip install --quiet --python "$1/bin/python" --compile-bytecode --no-deps --require-hashes \
            --only-binary :all: -r "$2"
}

fill_with_pip() {
    has_ensurepip "$3" &&
        "$3" -I -m venv "$1" &&
        "$1/bin/python" -I -m pip --disable-pip-version-check --no-input --retries 2 --timeout 20 install --quiet \
            --no-deps --require-hashes --only-binary :all: -r "$2"
}

# Debian and Ubuntu leave environments out of their Python: add them, when we may.
has_ensurepip() {
    "$1" -I -c 'import venv; from ensurepip import version' && return 0
    may_install && apt_install "$(venv_package "$1")" && "$1" -I -c 'import venv; from ensurepip import version' && return 0
    echo 'kiosk: no ensurepip'
    return 1
}

venv_package() { "$1" -I -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'; }

# The code stays where it is: one line in the environment names the checkout, and bin/kiosk starts it. Beside the code
# that line is relative, so a checkout moved as a whole still opens, with no network.
point_at_code() {
    for packages in "$1"/lib/python3*/site-packages; do :; done
    if is_beside_the_code "$1"; then echo ../../../..; else printf '%s\n' "$root"; fi \
        >"$packages/front-office-kiosk.pth" &&
        cp "$root/deploy/launcher" "$1/bin/kiosk" && chmod 755 "$1/bin/kiosk" && name_version "$1"
}

# The version is written once, in pyproject.toml. The environment is told it, so that `kiosk --version` and crash reports
# can say it; an update of the code alone needs nothing else. The code is compiled then: a running kiosk never does it.
name_version() {                    # $1 environment
    for packages in "$1"/lib/python3*/site-packages; do :; done
    code_version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$root/pyproject.toml")
    told=$packages/front_office_kiosk-$code_version.dist-info
    [ ! -e "$told/METADATA" ] || return 0
    rm -rf "$packages"/front_office_kiosk-*.dist-info && mkdir "$told" &&
        printf 'Metadata-Version: 2.1\nName: front-office-kiosk\nVersion: %s\n' "$code_version" >"$told/METADATA" ||
        return 1
    "$1/bin/python" -I -m compileall -q "$root/kiosk" "$root/db" "$root/protocols" || :
}

# One calm sentence for what the installer said at length. Reads $log and $python; stops.
explain_failure() {
    reason=$(cat "$log")
    rm -f "$log"
    case $reason in
        *'no ensurepip'*)
            stop 'This Python can not make environments yet. Type this, then run the kiosk again:' \
                "    sudo apt-get install -y $(venv_package "$python")" ;;
        *'DO NOT MATCH THE HASHES'* | *[Hh]'ash mismatch'*)
            stop 'A package that arrived is not the one the kiosk was tested with. Nothing was installed.' \
                'Try on another network; if it stays so, ask whoever looks after your package mirror.' ;;
        *'No space left'*)
            stop "There is no room left for $1: free about 150 MB, then run this again." ;;
        *'Permission denied'* | *'Read-only file system'*)
            stop "$1 can't be written to: check its rights, or set KIOSK_VENV to another folder." ;;
        *CERTIFICATE_VERIFY_FAILED* | *'invalid peer certificate'*)
            stop 'This network inspects encrypted traffic with a certificate that Python does not know.' \
                "Ask your IT for that certificate's file, then: PIP_CERT=FILE SSL_CERT_FILE=FILE sh deploy/run" ;;
        *NewConnectionError* | *ConnectTimeout* | *'name resolution'* | *unreachable* | *'(Connect)'* | *'timed out'*)
            stop 'There is no way to the network. Connect this machine once, for this first start, then run this again.' ;;
        *)
            stop 'The packages could not be installed. The installer ended with:' \
                "$(printf '%s\n' "$reason" | sed '/^$/d; s/^/    /' | tail -n 3)" ;;
    esac
}
