# shellcheck shell=bash
# shellcheck disable=SC2034 # what stands here is used by the two scripts that read it
# Read by backup.sh and restore.sh: which stack is backed up, where to, and how its data are reached.

# The Compose file that is deployed. It is read as the deployment reads it: without --env-file.
COMPOSE_PATH='infra/docker-compose.prod.yml'
# Folders that a service writes outside of its volumes, one 'service VARIABLE folder' each: seen from the working
# directory of the service; VARIABLE, where the service has it, names the folder instead.
EXTRA_FOLDERS=()
# Services with a database that is not taken here, because it has a dump program of its own.
LEFT_OUT=()

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
backup_dir=${BACKUP_DIR:-$root/backups}
stage=''

# Cron's PATH is /usr/bin:/bin, and docker is often elsewhere.
export PATH="${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/sbin:/snap/bin" LC_ALL=C
# The archives hold what users trusted us with: for the owner's eyes only.
umask 077

log() { printf '%s %s\n' "$(date -u +%FT%TZ)" "$*"; }
die() {
  log "error: $*" >&2
  exit 1
}
finish() {
  local status=$?
  rm -rf "$stage"
  if [[ $status != 0 ]]; then log "FAILED with status $status" >&2; fi
}

# One backup or restore at a time. The lock goes with this process, however it ends.
begin() {
  mkdir -p "$backup_dir"
  exec 9>>"$backup_dir/.lock"
  flock --nonblock 9 || die "another backup or restore is running"
  # What a killed run left behind.
  rm -rf "$backup_dir"/.partial.*
  trap finish EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  stage=$(mktemp -d "$backup_dir/.partial.XXXXXXXX")
}

# A child that outlives this process must not hold its lock.
docker() { command docker "$@" 9>&-; }
compose() { docker compose -f "$root/$COMPOSE_PATH" "$@"; }
field() { docker inspect --format "$2" "$1" </dev/null; }

# Finds the containers of the Compose project, by service: names are Compose's affair.
declare -A containers=()
read_stack() {
  local ids id service
  ids=$(compose ps --all --quiet)
  for id in $ids; do
    service=$(field "$id" '{{index .Config.Labels "com.docker.compose.service"}}')
    [[ -n ${containers[$service]:-} ]] || containers[$service]=$id
  done
}

is_running() { [[ $(field "$1" '{{.State.Status}}') == running ]]; }

# Runs a program where the data of a container are: in it or, while it is down, in a new one of the same image
# with the same volumes.
beside() {
  local id=$1
  shift
  if is_running "$id"; then
    docker exec -i "$id" "$@"
  else
    docker run --rm -i --network none --volumes-from "$id" --user "$(field "$id" '{{.Config.User}}')" \
      --entrypoint "$1" "$(field "$id" '{{.Image}}')" "${@:2}"
  fi
}

# is_mounted CONTAINER PATH: whether the path is in a volume of the container.
is_mounted() {
  local mount
  for mount in $(field "$1" '{{range .Mounts}}{{println .Destination}}{{ end }}'); do
    if [[ $2 == "$mount" || $2 == "$mount"/* ]]; then return 0; fi
  done
  return 1
}

# The value that follows an option on the command line of a container: --requirepass, --port.
option() {
  local id=$1 name=$2 words i
  mapfile -t words < <(field "$id" '{{range .Args}}{{println .}}{{ end }}')
  for ((i = 0; i + 1 < ${#words[@]}; i++)); do
    if [[ ${words[i]} == "$name" ]]; then
      printf '%s' "${words[i + 1]}"
      return
    fi
  done
}

# From here on: programs for the shell of a container, which may be busybox.

# run_sql FILE STATEMENT, with what the image has: better-sqlite3, node:sqlite, Python, the sqlite3 program.
# 9 says that there is nothing.
RUN_SQL=$(
  cat <<'SH'
run_sql() {
  status=9
  if command -v node >/dev/null 2>&1; then
    status=0
    NODE_NO_WARNINGS=1 node -e '
      const [file, statement] = process.argv.slice(1);
      const load = () => {
        for (const name of ["better-sqlite3", "node:sqlite"]) {
          try {
            return require(name);
          } catch (error) {
            if (!/MODULE/.test(error.code)) throw error;
          }
        }
        process.exit(9);
      };
      const library = load();
      const db = new (library.DatabaseSync ?? library)(file);
      db.exec("PRAGMA busy_timeout = 60000");
      if (/^PRAGMA/.test(statement)) {
        for (const row of db.prepare(statement).all()) console.log(Object.values(row)[0]);
      } else db.exec(statement);
    ' "$1" "$2" || status=$?
  fi
  if [ "$status" -eq 9 ] && command -v python3 >/dev/null 2>&1; then
    status=0
    python3 -c '
import sys
try:
    import sqlite3
except ImportError:
    sys.exit(9)
db = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
for row in db.execute(sys.argv[2]):
    print(row[0])
' "$1" "$2" || status=$?
  fi
  if [ "$status" -eq 9 ] && command -v sqlite3 >/dev/null 2>&1; then
    status=0
    sqlite3 -bail -cmd '.timeout 60000' "$1" "$2" || status=$?
  fi
  if [ "$status" -eq 9 ]; then echo 'nothing in this image reads SQLite' >&2; fi
  return "$status"
}
SH
)

# The password comes over stdin: a command line can be read by everybody on the machine.
REDIS_LOGIN=$(
  cat <<'SH'
IFS= read -r given || true
REDISCLI_AUTH=${given:-${REDIS_PASSWORD:-${REDISCLI_AUTH:-}}}
if [ -n "$REDISCLI_AUTH" ]; then export REDISCLI_AUTH; else unset REDISCLI_AUTH; fi
# redis-cli ends with 0 when the password is wrong; only the answer tells.
answer=$(redis-cli -p "$1" ping 2>&1) || true
if [ "$answer" != PONG ]; then
  echo "Redis answers: $answer" >&2
  exit 1
fi
SH
)

# in_redis CONTAINER PROGRAM: with the password that the server was started with, unless REDIS_PASSWORD is set.
in_redis() {
  local id=$1 port
  port=$(option "$id" --port)
  printf '%s\n' "${REDIS_PASSWORD:-$(option "$id" --requirepass)}" |
    docker exec -i "$id" sh -c "set -eu; $REDIS_LOGIN"$'\n'"$2" sh "${port:-6379}"
}
