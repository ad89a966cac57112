# Sourced by bin/rollcall, bin/verify and .ci/run: finds a JDK and Maven, or gets them.

JAVA_MIN=17

say() { printf 'rollcall: %s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# Prints the major version of the Java in folder $1; 0 if there is none.
java_major() {
    local version=
    if [ -x "$1/bin/java" ]; then
        # The release file spares the start of a JVM, but not every package has one.
        if [ -r "$1/release" ]; then
            version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
        fi
        if [ -z "$version" ]; then
            version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
        fi
    fi
    echo "${version:-0}"
}

# Sets JAVA_HOME to the newest Java of 17 or later that has the program $1 (java runs, javac builds too).
# A JAVA_HOME that will do stays, so that one can choose.
find_java() {
    local program=$1 home major best= best_major=$((JAVA_MIN - 1)) on_path=

    if [ -n "${JAVA_HOME:-}" ]; then
        if [ -x "$JAVA_HOME/bin/$program" ] && [ "$(java_major "$JAVA_HOME")" -ge "$JAVA_MIN" ]; then
            export JAVA_HOME
            return 0
        fi
        say "JAVA_HOME=$JAVA_HOME has no $program of version $JAVA_MIN or later; looking elsewhere"
    fi

    if command -v "$program" > /dev/null; then
        on_path=$(dirname "$(dirname "$(readlink -f "$(command -v "$program")")")")
    fi
    for home in "$on_path" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -x "$home/bin/$program" ]; then
            major=$(java_major "$home")
            if [ "$major" -gt "$best_major" ]; then
                best=$home
                best_major=$major
            fi
        fi
    done
    [ -n "$best" ] || return 1
    export JAVA_HOME="$best"
}

# Makes sure of a Java to run with ($1 = java), or of a JDK and Maven to build with ($1 = javac).
ensure_tools() {
    local missing='' packages=''

    if ! find_java "$1"; then
        missing="a JDK $JAVA_MIN or later"
    fi
    if [ "$1" = javac ] && ! command -v mvn > /dev/null; then
        missing="${missing:+$missing and }Maven"
        packages=maven
    fi
    [ -n "$missing" ] || return 0

    command -v apt-get > /dev/null ||
        fail "$missing not found: install it (or set JAVA_HOME, or put mvn on the PATH), then run this again"
    if [ "$(id -u)" -ne 0 ]; then
        find_java "$1" 2> /dev/null || packages="$(jdk_package) $packages"
        say "$missing not found. Type this, then run the same command again:"
        printf '    sudo apt-get update && sudo apt-get install -y %s\n' "$packages" >&2
        exit 1
    fi

    say "$missing not found: installing with apt-get (about 150 MB)"
    quietly apt-get update
    find_java "$1" 2> /dev/null || packages="$(jdk_package) $packages"
    # shellcheck disable=SC2086 # a list of words
    DEBIAN_FRONTEND=noninteractive quietly apt-get install -y --no-install-recommends $packages
    find_java "$1" || fail "apt-get installed $packages, but no JDK $JAVA_MIN or later is to be found"
}

# Runs the arguments; shows what they print only if they fail, and ends then.
quietly() {
    local output
    output=$("$@" 2>&1) || {
        printf '%s\n' "$output" >&2
        fail "'$*' failed"
    }
}

# Prints the name of the first JDK package that this release of Debian or Ubuntu has.
jdk_package() {
    local version
    for version in 17 21 25; do
        if [ -n "$(apt-cache show "openjdk-$version-jdk-headless" 2> /dev/null)" ]; then
            echo "openjdk-$version-jdk-headless"
            return
        fi
    done
    echo "openjdk-$JAVA_MIN-jdk-headless"
}

# Runs the rest of the arguments while no other build of this checkout runs. The lock lies on the root pom, which every
# checkout has and no clean removes; without flock two builds at once are the caller's business.
with_build_lock() {
    (
        if command -v flock > /dev/null; then
            flock -n 9 || {
                say "waiting for another build of this checkout"
                flock 9
            }
        fi
        "$@" 9>&-
    ) 9< "$root/pom.xml"
}
