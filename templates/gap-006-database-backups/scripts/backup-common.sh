# shellcheck shell=bash
# shellcheck disable=SC2034 # the scripts that source this file use its variables
# Sourced by backup.sh and restore.sh: which stack to back up, where to, and how to reach its data.
#
#   BACKUP_DIR           where archives are stored and unpacked (default: backups/ in this checkout)
#   BACKUP_ASK_SECONDS   how long docker may take to answer a query (default: 60)
#   BACKUP_COPY_SECONDS  how long copying one part of the data may take (default: 3600)
#   BACKUP_RESERVE_MB    how much disk space to keep free (default: 512)
#   REDIS_PASSWORD       overrides the password that Redis was started with

# The deployed Compose file, and the env files that set its variables.
COMPOSE_PATH='infra/docker-compose.prod.yml'
ENV_FILES=()
# Folders that services write to outside of their volumes, as 'service VARIABLE folder'. The folder is relative to the
# service's working directory; VARIABLE overrides it if the service sets it.
EXTRA_FOLDERS=()
# Services whose database is not backed up here, because it has a dump program of its own.
LEFT_OUT=()

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
backup_dir=${BACKUP_DIR:-$root/backups}
stage=''

# Cron's PATH is only /usr/bin:/bin, and docker is often elsewhere.
export PATH="${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/sbin:/snap/bin" LC_ALL=C
# The archives contain users' data, so only their owner may read them.
umask 077

log() { printf '%s %s\n' "$(date -u +%FT%TZ)" "$*"; }
die() {
  log "error: $*" >&2
  exit 1
}

# Prints the comment at the top of the running script.
print_help() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; }

# setting NAME DEFAULT: a whole number from the environment, at least one.
setting() {
  local value=${!1:-$2}
  [[ $value =~ ^[0-9]{1,9}$ && $value != 0* ]] || die "$1 is not a number: $value"
  printf '%s' "$value"
}
ask_seconds=$(setting BACKUP_ASK_SECONDS 60)
copy_seconds=$(setting BACKUP_COPY_SECONDS 3600)
reserve=$(setting BACKUP_RESERVE_MB 512)
reserve=$((reserve * 1024 * 1024))

# Runs when a script fails; restore.sh overrides it.
on_failure() { :; }
finish() {
  local status=$?
  if [[ $status != 0 ]]; then
    on_failure
    log "FAILED with status $status" >&2
  fi
  rm -rf "$stage"
}

# Every Compose call needs the same env files as the deployment; without them, the Compose file's variables are blank.
# If a file is missing, stop with one clear error instead of Compose's many lines.
env_file_options=()
# The same command for people, to run from the root of the checkout.
compose_command="docker compose -f $COMPOSE_PATH"
require_env_files() {
  local each
  for each in "${ENV_FILES[@]}"; do
    [[ -f $root/$each ]] || die "there is no $root/$each, which the stack is deployed with"
    env_file_options+=(--env-file "$root/$each")
    compose_command+=" --env-file $each"
  done
}

# Allows one backup or restore at a time. The lock is released when this process ends, however it ends.
begin() {
  require_env_files
  mkdir -p "$backup_dir"
  exec 9>>"$backup_dir/.lock"
  flock --nonblock 9 || die "another backup or restore is running"
  # Left behind by a killed run.
  rm -rf "$backup_dir"/.partial.*
  trap finish EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  stage=$(mktemp -d "$backup_dir/.partial.XXXXXXXX")
}

# need_room BYTES: a full disk is worse than a missing backup, because the databases write to the same disk.
need_room() {
  local free
  free=$(df --output=avail -B1 "$backup_dir" | tail -n 1)
  ((free - $1 >= reserve)) ||
    die "no room: $1 bytes are needed, $free are free in $backup_dir, and $reserve must stay free (BACKUP_RESERVE_MB)"
}

# In a terminal, Ctrl-C has to reach docker.
in_front=()
if [[ -t 0 ]]; then in_front=(--foreground); fi

# A child that outlives this process must not keep its lock, and a hanging container must not block this process.
# timeout exits with 124. Prefix a call with LIMIT=seconds to give it more time.
docker() {
  # A $(…) subshell that waits for docker must not keep the lock either.
  [[ $BASHPID == "$$" ]] || exec 9>&-
  timeout "${in_front[@]}" --kill-after=10 "${LIMIT:-$ask_seconds}" docker "$@" 9>&-
}
compose() { docker compose -f "$root/$COMPOSE_PATH" "${env_file_options[@]}" "$@" </dev/null; }
field() { docker inspect --format "$2" "$1" </dev/null; }

# Finds the Compose project's containers by service, because Compose chooses their names. Ignores containers left over
# from 'docker compose run'.
declare -A containers=()
LABELS='{{index .Config.Labels "com.docker.compose.service"}} {{index .Config.Labels "com.docker.compose.oneoff"}}'
read_stack() {
  local ids id labels service once
  ids=$(compose ps --all --quiet) || die "docker compose could not list the containers"
  for id in $ids; do
    labels=$(field "$id" "$LABELS") || continue
    read -r service once <<<"$labels"
    [[ $once == True || -n ${containers[$service]:-} ]] || containers[$service]=$id
  done
}

is_running() { [[ $(field "$1" '{{.State.Status}}') == running ]]; }

# with_volumes CONTAINER USER PROGRAM ARGUMENT...: runs a program in a new container with the same image and volumes.
with_volumes() {
  docker run --rm -i --network none --volumes-from "$1" --user "$2" --entrypoint "$3" "$(field "$1" '{{.Image}}')" "${@:4}"
}

# beside CONTAINER PROGRAM ARGUMENT...: runs a program with access to a container's data.
beside() {
  local id=$1
  shift
  if is_running "$id"; then
    docker exec -i "$id" "$@"
  else
    with_volumes "$id" "$(field "$id" '{{.Config.User}}')" "$@"
  fi
}

# Prints the mount points of a container, one per line.
mounts_of() { field "$1" '{{range .Mounts}}{{println .Destination}}{{ end }}'; }

# is_mounted CONTAINER PATH: whether the path is in a mount of the container.
is_mounted() {
  local mounts mount
  mounts=$(mounts_of "$1") || die "docker could not list the mounts of $1"
  while IFS= read -r mount; do
    if [[ -n $mount && ($2 == "$mount" || $2 == "$mount"/*) ]]; then return 0; fi
  done <<<"$mounts"
  return 1
}

# extra_path CONTAINER VARIABLE FOLDER: the path in the container of a folder listed in EXTRA_FOLDERS.
extra_path() {
  local environment path workdir
  environment=$(field "$1" '{{range .Config.Env}}{{println .}}{{ end }}') || return 1
  workdir=$(field "$1" '{{.Config.WorkingDir}}') || return 1
  path=$(sed -n "s/^$2=//p" <<<"$environment" | tail -n 1)
  path=${path:-$3}
  if [[ $path != /* ]]; then path=$workdir/$path; fi
  path=$(realpath -m -s "$path")
  [[ ${workdir:-/}/ != "${path%/}"/* ]] || die "$2 names $path, which holds the program itself and is not a data folder"
  printf '%s' "$path"
}

# without FOLDER DATABASE...: tar options that exclude databases, given by their paths in the container.
without() {
  local folder=$1 each name
  for each in "${@:2}"; do
    if [[ $each != "$folder"/* ]]; then continue; fi
    name=./${each#"$folder"/}
    printf '%s\n' "--exclude=$name" "--exclude=$name-wal" "--exclude=$name-shm" "--exclude=$name-journal"
  done
}

# option CONTAINER OPTION: the value of an option on the container's command line, such as --requirepass or --port.
option() {
  local words i
  words=$(field "$1" '{{range .Args}}{{println .}}{{ end }}')
  mapfile -t words <<<"$words"
  for ((i = 0; i + 1 < ${#words[@]}; i++)); do
    if [[ ${words[i]} == "$2" ]]; then
      printf '%s' "${words[i + 1]}"
      return
    fi
  done
}

# The programs below run in a container's shell, which may be BusyBox.

# run_sql FILE STATEMENT: uses what the image has: better-sqlite3, node:sqlite, Python, or the sqlite3 program.
# Returns 9 if there is none.
RUN_SQL=$(
  cat <<'SH'
run_sql() {
  # Opening a missing database would create it.
  if [ ! -f "$1" ]; then
    echo "there is no database $1" >&2
    return 1
  fi
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
  if [ "$status" -eq 9 ]; then echo 'nothing in this image can read SQLite' >&2; fi
  return "$status"
}
SH
)

# The password arrives on stdin, because everyone on the machine can read command lines.
REDIS_LOGIN=$(
  cat <<'SH'
IFS= read -r given || true
REDISCLI_AUTH=${given:-${REDIS_PASSWORD:-${REDISCLI_AUTH:-}}}
if [ -n "$REDISCLI_AUTH" ]; then export REDISCLI_AUTH; else unset REDISCLI_AUTH; fi
# redis-cli exits with 0 even if the password is wrong, so check its reply.
answer=$(redis-cli -p "$1" ping 2>&1) || true
if [ "$answer" != PONG ]; then
  echo "Redis answers: $answer" >&2
  exit 1
fi
SH
)

# in_redis CONTAINER PROGRAM ARGUMENT...: passes the port before the arguments. Uses the password that the server was
# started with unless REDIS_PASSWORD is set.
in_redis() {
  local id=$1 program=$2 port password
  shift 2
  port=$(option "$id" --port)
  password=${REDIS_PASSWORD:-$(option "$id" --requirepass)}
  printf '%s\n' "$password" |
    docker exec -i "$id" sh -c "set -eu; $REDIS_LOGIN"$'\n'"$program" sh "${port:-6379}" "$@"
}
