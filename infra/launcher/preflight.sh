# What a build and a start need, checked before either begins; `plumbline` reads this file. Each missing thing is named with
# what was found, what is needed and what to do. It needs Bash and the usual commands of Linux alone.

needed_jdk=25
needed_node=20
# The usual ports of an installation; `PreflightTests` holds them against what the launcher starts.
usual_ports=(8080 8101 8102 8103 8104 8105 8106 8107 8108 8180 9080 9101 9102 9103 9104 9105 9106 9107 9108 15432 19092 19093)

problems=()

lacks() {
  problems+=("$1: found $2; needed: $3. $4")
}

# The specification version of a JDK's folder, such as 25 or 1.8.
jdk_version() {
  # A JDK that does not start has none.
  "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p' || true
}

# Sets JAVA_HOME to the first JDK that is new enough of: JAVA_HOME, the usual folders, the one that PATH leads to.
find_jdk() {
  local candidates=() candidate version found=()
  [[ -n "${JAVA_HOME:-}" ]] && candidates+=("$JAVA_HOME")
  candidates+=(/usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*)
  if command -v javac >/dev/null; then
    candidates+=("$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")")
  fi
  for candidate in "${candidates[@]}"; do
    [[ -x "$candidate/bin/javac" && -x "$candidate/bin/java" ]] || continue
    version="$(jdk_version "$candidate")"
    if [[ "$version" =~ ^[0-9]+$ ]] && ((version >= needed_jdk)); then
      export JAVA_HOME="$candidate"
      return
    fi
    found+=("$version in $candidate")
  done
  lacks JDK "$(joined "${found[@]:-none}")" "$needed_jdk or newer" \
    "Install one (Debian: apt-get install openjdk-25-jdk-headless; others: https://adoptium.net), or point JAVA_HOME to it."
}

joined() {
  local text
  text="$(printf '%s, ' "$@")"
  echo "${text%, }"
}

check_platform() {
  local found
  found="$(uname -s) on $(uname -m)"
  [[ "$found" == "Linux on x86_64" ]] ||
    lacks System "$found" "Linux on x86_64" "PostgreSQL comes as binaries for it. Use a virtual machine or a container."
}

check_node() {
  local found=none
  command -v node >/dev/null && found="$(node --version 2>&1 || true)"
  local major="${found#v}"
  major="${major%%.*}"
  if ! [[ "$major" =~ ^[0-9]+$ ]] || ((major < needed_node)); then
    lacks Node.js "$found" "$needed_node or newer, with npm, to build the portal" "Install it from https://nodejs.org."
  elif ! command -v npm >/dev/null; then
    lacks npm none "the one that comes with Node.js" "Install it (Debian: apt-get install npm)."
  fi
}

# Whichever is less: what the machine has to give, or what the container may still take.
available_memory_mb() {
  local available limit used files
  available="$(awk '/^MemAvailable:/ { print int($2 / 1024) }' "${MEMINFO:-/proc/meminfo}")"
  limit="$(cat /sys/fs/cgroup/memory.max 2>/dev/null || echo max)"
  used="$(cat /sys/fs/cgroup/memory.current 2>/dev/null || echo 0)"
  # Of files that were read and need not stay.
  files="$(sed -n 's/^inactive_file //p' /sys/fs/cgroup/memory.stat 2>/dev/null || true)"
  used=$((used - ${files:-0}))
  if [[ "$limit" =~ ^[0-9]+$ ]] && (((limit - used) / 1048576 < available)); then
    available=$(((limit - used) / 1048576))
  fi
  echo "$available"
}

check_memory() {
  local needed="$1" available
  available="$(available_memory_mb)"
  ((available >= needed)) ||
    lacks Memory "$available MB available" "$needed MB" "End other programs, or give the machine or container more."
}

# For a first build, whose downloads, files, unpacked servers and data take about as much; a later one replaces files.
check_disk() {
  local needed="$2" available
  available="$(df -Pm "$1" | awk 'NR == 2 { print $4 }')"
  ((available >= needed)) ||
    lacks Disk "$available MB free in $1" "$needed MB for a first build" "Free some, or clone to another disk."
}

# Before the launcher is built, which says more about who holds a port.
check_ports() {
  local offset="$1" port taken=()
  for port in "${usual_ports[@]}"; do
    if (exec 3<>"/dev/tcp/127.0.0.1/$((port + offset))") 2>/dev/null; then
      taken+=("$((port + offset))")
    fi
  done
  ((${#taken[@]} == 0)) ||
    lacks Ports "$(joined "${taken[@]}") taken" "all ports of an installation" \
      "End what listens there (\`ss -ltnp\` shows it), or set other ports: write 2000 to .plumbline/port-offset."
}

# Prints all that is missing and ends, or goes on.
require_all() {
  ((${#problems[@]} == 0)) && return
  printf 'plumbline: this machine lacks something:\n' >&2
  printf '  %s\n' "${problems[@]}" >&2
  exit 1
}
