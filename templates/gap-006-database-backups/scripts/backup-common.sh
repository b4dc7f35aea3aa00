# shellcheck shell=bash
# shellcheck disable=SC2034 # what stands here is used by the two scripts that read it
# Read by backup.sh and restore.sh: which stack is backed up, where to, and how its data are reached.
#
#   BACKUP_DIR           where archives go, and where there is room to unpack one (default: backups/ of this checkout)
#   BACKUP_ASK_SECONDS   how long docker may take to answer a question (default: 60)
#   BACKUP_COPY_SECONDS  how long it may take to move the data of one part (default: 3600)
#   BACKUP_RESERVE_MB    how much of the disk stays free (default: 512)
#   REDIS_PASSWORD       instead of the one that Redis was started with

# The Compose file that is deployed, and the env files that fill in its variables.
COMPOSE_PATH='infra/docker-compose.prod.yml'
ENV_FILES=()
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

# What the script says about itself at its top.
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

# What else a script does when it fails: restore.sh has one of its own.
on_failure() { :; }
finish() {
  local status=$?
  if [[ $status != 0 ]]; then
    on_failure
    log "FAILED with status $status" >&2
  fi
  rm -rf "$stage"
}

# Every call of Compose names the env files, as the deployment does: without them, variables of the Compose file are
# blank. Compose would say so in many lines where a file is missing.
env_file_options=()
# The same call for a person, from the root of the checkout.
compose_command="docker compose -f $COMPOSE_PATH"
require_env_files() {
  local each
  for each in "${ENV_FILES[@]}"; do
    [[ -f $root/$each ]] || die "there is no $root/$each, which the stack is deployed with"
    env_file_options+=(--env-file "$root/$each")
    compose_command+=" --env-file $each"
  done
}

# One backup or restore at a time. The lock goes with this process, however it ends.
begin() {
  require_env_files
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

# need_room BYTES: a full disk is worse than a missing backup, because the databases write to it as well.
need_room() {
  local free
  free=$(df --output=avail -B1 "$backup_dir" | tail -n 1)
  ((free - $1 >= reserve)) ||
    die "no room: $1 bytes are needed, $free are free in $backup_dir, and $reserve have to stay free (BACKUP_RESERVE_MB)"
}

# At a terminal, Ctrl-C has to reach docker.
in_front=()
if [[ -t 0 ]]; then in_front=(--foreground); fi

# A child that outlives this process must not hold its lock, and a container that hangs must not hold this process:
# timeout ends with 124. LIMIT=seconds in front of a call gives it more time.
docker() {
  # Not the subshell of $(…) either, which waits for it.
  [[ $BASHPID == "$$" ]] || exec 9>&-
  timeout "${in_front[@]}" --kill-after=10 "${LIMIT:-$ask_seconds}" docker "$@" 9>&-
}
compose() { docker compose -f "$root/$COMPOSE_PATH" "${env_file_options[@]}" "$@" </dev/null; }
field() { docker inspect --format "$2" "$1" </dev/null; }

# Finds the containers of the Compose project, by service: names are Compose's affair. What 'docker compose run' left
# is none of them.
declare -A containers=()
LABELS='{{index .Config.Labels "com.docker.compose.service"}} {{index .Config.Labels "com.docker.compose.oneoff"}}'
read_stack() {
  local ids id labels service once
  ids=$(compose ps --all --quiet) || die "docker compose does not say what is running"
  for id in $ids; do
    labels=$(field "$id" "$LABELS") || continue
    read -r service once <<<"$labels"
    [[ $once == True || -n ${containers[$service]:-} ]] || containers[$service]=$id
  done
}

is_running() { [[ $(field "$1" '{{.State.Status}}') == running ]]; }

# with_volumes CONTAINER USER PROGRAM ARGUMENT...: runs a program in a new container of the same image, with the
# same volumes.
with_volumes() {
  docker run --rm -i --network none --volumes-from "$1" --user "$2" --entrypoint "$3" "$(field "$1" '{{.Image}}')" "${@:4}"
}

# beside CONTAINER PROGRAM ARGUMENT...: runs a program where the data of a container are.
beside() {
  local id=$1
  shift
  if is_running "$id"; then
    docker exec -i "$id" "$@"
  else
    with_volumes "$id" "$(field "$id" '{{.Config.User}}')" "$@"
  fi
}

# Every place that is mounted into a container, one a line.
mounts_of() { field "$1" '{{range .Mounts}}{{println .Destination}}{{ end }}'; }

# is_mounted CONTAINER PATH: whether the path is in a volume of the container.
is_mounted() {
  local mounts mount
  mounts=$(mounts_of "$1") || die "docker does not say what is mounted into $1"
  while IFS= read -r mount; do
    if [[ -n $mount && ($2 == "$mount" || $2 == "$mount"/*) ]]; then return 0; fi
  done <<<"$mounts"
  return 1
}

# extra_path CONTAINER VARIABLE FOLDER: where the folder of a line of EXTRA_FOLDERS is in the container.
extra_path() {
  local environment path workdir
  environment=$(field "$1" '{{range .Config.Env}}{{println .}}{{ end }}') || return 1
  workdir=$(field "$1" '{{.Config.WorkingDir}}') || return 1
  path=$(sed -n "s/^$2=//p" <<<"$environment" | tail -n 1)
  path=${path:-$3}
  if [[ $path != /* ]]; then path=$workdir/$path; fi
  path=$(realpath -m -s "$path")
  [[ ${workdir:-/}/ != "${path%/}"/* ]] || die "$2 names $path, which is the program itself and no folder of data"
  printf '%s' "$path"
}

# without FOLDER DATABASE...: options of tar that leave out databases, by their paths in the container.
without() {
  local folder=$1 each name
  for each in "${@:2}"; do
    if [[ $each != "$folder"/* ]]; then continue; fi
    name=./${each#"$folder"/}
    printf '%s\n' "--exclude=$name" "--exclude=$name-wal" "--exclude=$name-shm" "--exclude=$name-journal"
  done
}

# The value that follows an option on the command line of a container: --requirepass, --port.
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

# From here on: programs for the shell of a container, which may be busybox.

# run_sql FILE STATEMENT, with what the image has: better-sqlite3, node:sqlite, Python, the sqlite3 program.
# 9 says that there is nothing.
RUN_SQL=$(
  cat <<'SH'
run_sql() {
  # To open a database that is not there would make one.
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

# in_redis CONTAINER PROGRAM ARGUMENT...: the port comes before the arguments; the password is the one that the server
# was started with, unless REDIS_PASSWORD is set.
in_redis() {
  local id=$1 program=$2 port password
  shift 2
  port=$(option "$id" --port)
  password=${REDIS_PASSWORD:-$(option "$id" --requirepass)}
  printf '%s\n' "$password" |
    docker exec -i "$id" sh -c "set -eu; $REDIS_LOGIN"$'\n'"$program" sh "${port:-6379}" "$@"
}
