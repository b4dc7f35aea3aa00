#!/usr/bin/env bash
# Restores the data from an archive of backup.sh into the stack.
#
#   scripts/restore.sh [--yes] backups/backup-<UTC time>.tar.gz [service ...]
#
# Checks the archive, asks for confirmation (unless --yes), stops the services whose data it contains (or only those
# that you name), replaces their data, checks the databases, starts the services again, and waits until they work.
# Files that are not in the archive stay. The replaced data is kept in backups/before-restore-<UTC time>/, which a
# later backup deletes after a week. If a step fails, that folder stays until you delete it, and stopped services stay
# stopped: fix the cause and run the script again.
#
# On a new machine: clone the repository, copy the Compose file's env files there (no archive contains them), and run
# this script. If a container is missing, it prints the command that creates all of them. Then run it again.
#
#   RESTORE_START_SECONDS  how long the services may take to start working (default: 300)
#   BACKUP_DIR, BACKUP_ASK_SECONDS, BACKUP_COPY_SECONDS, BACKUP_RESERVE_MB, REDIS_PASSWORD: see backup-common.sh
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source-path=SCRIPTDIR
. "$(dirname "${BASH_SOURCE[0]}")/backup-common.sh"

start_seconds=$(setting RESTORE_START_SECONDS 300)

usage() {
  echo 'usage: scripts/restore.sh [--yes] ARCHIVE [service ...]' >&2
  exit 2
}

sure=''
if [[ ${1:-} == --yes ]]; then
  sure=yes
  shift
fi
if [[ ${1:-} == -h || ${1:-} == --help ]]; then
  print_help
  exit 0
fi
[[ $# -ge 1 && $1 != -* ]] || usage
archive=$(realpath -e "$1") || die "there is no archive $1"
shift
services=("$@")
kept=''
# Progress: nothing, stopped, replacing, or started.
step=nothing

on_failure() {
  case $step in
    stopped)
      log 'nothing was changed; starting the services again' >&2
      compose start "${services[@]}" >&2 || true
      rm -rf "$kept"
      ;;
    replacing | started)
      if [[ $step == replacing ]]; then log "these services stay stopped: ${services[*]}" >&2; fi
      log "the replaced data is in $kept, as one tar file per line of its MANIFEST; it stays until you delete it" >&2
      ;;
  esac
}

# Unpacks the archive and trusts nothing in it until its checksums match.
unpack() {
  local names listing
  names=$(tar -tzf "$archive") || die "$archive is damaged; nothing was changed"
  listing=$(tar -tvzf "$archive") || die "$archive is damaged; nothing was changed"
  if grep -qvE '^(MANIFEST|SHA256SUMS|data/([0-9]{3,}\.[a-z]+)?)$' <<<"$names" || grep -qv '^[-d]' <<<"$listing"; then
    die "$archive is not an archive of backup.sh; nothing was changed"
  fi
  need_room "$(awk '{ size += $3 } END { printf "%.0f", size }' <<<"$listing")"
  tar -C "$stage" --no-same-owner -xzf "$archive" || die "$archive is damaged; nothing was changed"
  (cd "$stage" && sha256sum --quiet --strict --check SHA256SUMS) ||
    die "$archive is damaged; nothing was changed"
  # Files that the checksums do not list are not protected.
  diff <(cd "$stage" && find MANIFEST data ! -type d | sort) <(sed 's/^[0-9a-f]*  //' "$stage/SHA256SUMS" | sort) >&2 ||
    die "$archive is incomplete; nothing was changed"
}

# Whether an archive may restore to this path: only into a mount or one of EXTRA_FOLDERS.
is_kept_place() {
  local service=$1 path=$2 id=${containers[$1]} extra words folder
  if is_mounted "$id" "$path"; then return 0; fi
  for extra in "${EXTRA_FOLDERS[@]}"; do
    read -r -a words <<<"$extra"
    if [[ ${words[0]} != "$service" ]]; then continue; fi
    folder=$(extra_path "$id" "${words[1]}" "${words[2]}") || continue
    if [[ $path == "$folder" || $path == "$folder"/* ]]; then return 0; fi
  done
  return 1
}

# check_line KIND SERVICE PATH OWNER MODE FILE: rejects manifest lines that backup.sh would not write.
check_line() {
  local kind=$1 service=$2 path=$3 owner=$4 mode=$5 file=$6
  [[ $kind =~ ^(sqlite|redis|raw|files~?)$ && $service =~ ^[A-Za-z0-9._-]+$ && $path == /* ]] ||
    die "the manifest has a line that backup.sh does not write: $*"
  [[ $path/ != */../* && $path/ != */./* ]] || die "the manifest names $path, which leads elsewhere"
  [[ $kind != sqlite || ($owner =~ ^[0-9]+:[0-9]+$ && $mode =~ ^[0-7]{3,4}$) ]] ||
    die "the manifest gives $path no valid owner and mode: $owner $mode"
  [[ $kind != redis || $owner =~ ^[0-9]+$ ]] || die "the manifest gives $path no valid number of keys: $owner"
  [[ $file =~ ^data/[0-9]{3,}\.[a-z]+$ && -f $stage/$file ]] ||
    die "the manifest names $file, which is not in the archive"
  [[ -n ${containers[$service]:-} ]] ||
    die "$service has no container; create the stack first: $compose_command up --no-start"
}

# Puts the requested manifest lines into $lines and their services into $services.
lines=()
# What cannot be restored, because the service no longer has that place.
unplaced=()
select_lines() {
  local line kind service path owner mode file each
  local -A wanted=() found=()
  for each in "${services[@]}"; do wanted[$each]=1; done
  while IFS= read -r line; do
    IFS=$'\t' read -r kind service path owner mode file <<<"$line"
    if [[ ${#wanted[@]} -gt 0 && -z ${wanted[$service]:-} ]]; then continue; fi
    check_line "$kind" "$service" "$path" "$owner" "$mode" "$file"
    if [[ $kind == raw ]]; then
      log "$service:$path could not be read as a database; its plain copy, the tar file $file of the archive, is not put back"
      continue
    fi
    if ! is_kept_place "$service" "$path"; then
      log "warning: $service keeps no data at $path; it is not put back" >&2
      unplaced+=("$service:$path")
      continue
    fi
    lines+=("$line")
    found[$service]=1
    log "will replace $service:$path ($kind)"
  done < <(grep -v '^#' "$stage/MANIFEST")
  for each in "${services[@]}"; do
    [[ -n ${found[$each]:-} ]] || die "nothing in the archive belongs to $each; nothing was changed"
  done
  [[ ${#lines[@]} -gt 0 ]] || die "nothing in the archive can be put back; nothing was changed"
  # Databases last, because their folder has to exist first.
  mapfile -t lines < <(printf '%s\n' "${lines[@]}" | sort -s -k 1,1)
  services=("${!found[@]}")
  while IFS= read -r line; do log "the archive lacks $line"; done < <(sed -n 's/^# missing\t//p' "$stage/MANIFEST")
}

confirm() {
  local answer=''
  if [[ -n $sure ]]; then return; fi
  [[ -t 0 ]] || die "there is no terminal to ask for confirmation; pass --yes to skip it"
  read -r -p "Stop ${services[*]} and replace this data? Type yes: " answer
  [[ $answer == yes ]] || die 'not confirmed; nothing was changed'
}

# at_place SERVICE PATH USER PROGRAM ARGUMENT...: runs a shell program with access to a path of a stopped service. A
# folder outside of the volumes is accessible only while the container runs.
at_place() {
  local service=$1 path=$2 user=$3 id=${containers[$1]} status=0
  shift 3
  if is_mounted "$id" "$path"; then
    LIMIT=$copy_seconds with_volumes "$id" "$user" sh -c "$1" sh "${@:2}"
    return
  fi
  compose start "$service" >&2
  LIMIT=$copy_seconds docker exec -i --user "$user" "$id" sh -c "$1" sh "${@:2}" || status=$?
  compose stop "$service" >&2
  return "$status"
}

# The programs below run in a container's shell.

# KEEP_NAMES FOLDER NAME...: archives those of the names that exist.
KEEP_NAMES=$(
  cat <<'SH'
set -eu
cd "$1" 2>/dev/null || exit 0
shift
for name; do
  shift
  if [ -e "$name" ]; then set -- "$@" "$name"; fi
done
if [ "$#" -gt 0 ]; then tar -cf - "$@"; fi
SH
)

KEEP_FOLDER=$(
  cat <<'SH'
set -eu
cd "$1" 2>/dev/null || exit 0
shift
tar -cf - "$@" .
SH
)

# The old database's WAL must go first: replayed into the new database, it would destroy it.
PUT_SQLITE=$(
  cat <<'SH'
set -eu
folder=$(dirname "$1")
if [ ! -d "$folder" ]; then
  mkdir -p "$folder"
  chown "$2" "$folder"
fi
trap 'rm -f "$1.restoring"' EXIT
cat >"$1.restoring"
chown "$2" "$1.restoring"
chmod "$3" "$1.restoring"
rm -f "$1-wal" "$1-shm" "$1-journal"
mv "$1.restoring" "$1"
SH
)

CHECK_SQLITE=$(
  cat <<'SH'
run_sql "$1" 'PRAGMA integrity_check'
SH
)

# A server with an append-only file never reads dump.rdb. Since version 4, the append-only file may start with a dump;
# newer versions move the file to where they want it. The old files are deleted only once the new ones are complete.
PUT_REDIS=$(
  cat <<'SH'
set -eu
cd "$1"
trap 'rm -f dump.rdb.restoring appendonly.aof.restoring' EXIT
cat >dump.rdb.restoring
redis-check-rdb dump.rdb.restoring >&2
cat dump.rdb.restoring >appendonly.aof.restoring
chown "$(stat -c %u:%g .)" dump.rdb.restoring appendonly.aof.restoring
rm -rf appendonlydir appendonly.aof dump.rdb
mv dump.rdb.restoring dump.rdb
mv appendonly.aof.restoring appendonly.aof
SH
)

PUT_FILES=$(
  cat <<'SH'
set -eu
mkdir -p "$1"
tar -C "$1" -xf -
SH
)

# How many keys Redis loaded at startup. Versions before 7 report only how many it holds now.
COUNT_KEYS=$(
  cat <<'SH'
loaded=$(redis-cli -p "$1" info persistence | tr -d '\r' | sed -n 's/^rdb_last_load_keys_loaded://p')
if [ -n "$loaded" ]; then echo "$loaded"; else redis-cli -p "$1" dbsize; fi
SH
)

# The steps of a restore.

# Saves the data that a manifest line is about to replace.
keep() {
  local kind service path file name options
  IFS=$'\t' read -r kind service path _ _ file <<<"$1"
  name=$kept/$(basename "$file").tar
  case $kind in
    sqlite)
      file=$(basename "$path")
      at_place "$service" "$path" 0:0 "$KEEP_NAMES" "$(dirname "$path")" "$file" "$file-wal" "$file-shm" "$file-journal"
      ;;
    redis) at_place "$service" "$path" 0:0 "$KEEP_NAMES" "$path" dump.rdb appendonly.aof appendonlydir ;;
    *)
      mapfile -t options < <(without "$path" "${databases[@]}")
      at_place "$service" "$path" 0:0 "$KEEP_FOLDER" "$path" "${options[@]}"
      ;;
  esac </dev/null >"$name"
  printf '%s\n' "$1" >>"$kept/MANIFEST"
}

put() {
  local kind service path owner mode file answer
  IFS=$'\t' read -r kind service path owner mode file <<<"$1"
  case $kind in
    sqlite)
      at_place "$service" "$path" 0:0 "$PUT_SQLITE" "$path" "$owner" "$mode" <"$stage/$file"
      answer=$(at_place "$service" "$path" "$owner" "set -eu; $RUN_SQL"$'\n'"$CHECK_SQLITE" "$path" </dev/null)
      [[ $answer == ok ]] || die "$path is damaged after the restore: $answer"
      ;;
    redis) at_place "$service" "$path" 0:0 "$PUT_REDIS" "$path" <"$stage/$file" ;;
    *) at_place "$service" "$path" 0:0 "$PUT_FILES" "$path" <"$stage/$file" ;;
  esac
  log "put back $service:$path"
}

# check_redis SERVICE KEYS: waits until Redis has loaded its data, and fails if keys that do not expire are missing.
check_redis() {
  local answer='' until=$((SECONDS + ask_seconds))
  while ! answer=$(in_redis "${containers[$1]}" "$COUNT_KEYS" 2>&1); do
    # Redis is still loading.
    if [[ $answer == *LOADING* && $SECONDS -lt $copy_seconds ]]; then until=$((SECONDS + ask_seconds)); fi
    ((SECONDS < until)) || die "Redis does not answer: $answer"
    sleep 1
  done
  [[ $answer =~ ^[0-9]+$ ]] || die "Redis does not answer: $answer"
  [[ $answer -ge $2 ]] || die "Redis started with $answer keys, but the dump has $2 that do not expire"
  log "Redis read $answer keys"
}

STATE='{{.State.Status}} {{with .State.Health}}{{.Status}}{{ else }}none{{ end }} {{.State.StartedAt}}'

# works CONTAINER: whether it is running and healthy. Without a health check, it has to run for a few seconds, because
# a container that keeps crashing also runs between its restarts.
works() {
  local status health started
  state=$(field "$1" "$STATE") || return 1
  read -r status health started <<<"$state"
  case "$status $health" in
    'running healthy') ;;
    'running none') (($(date +%s) - $(date -d "$started" +%s) >= 5)) ;;
    *) return 1 ;;
  esac
}

# check_services: waits until every restored service works, and fails after a timeout.
check_services() {
  local service state='' until=$((SECONDS + start_seconds))
  for service in "${services[@]}"; do
    until works "${containers[$service]}"; do
      ((SECONDS < until)) || die "$service does not work after the restore: ${state:-docker does not answer}"
      sleep 1
    done
    log "$service runs"
  done
}

# say_what_rests: after 'up --no-start' on a new machine, services without restored data have never been started.
say_what_rests() {
  local service rests=()
  for service in "${!containers[@]}"; do is_running "${containers[$service]}" || rests+=("$service"); done
  if [[ ${#rests[@]} -gt 0 ]]; then log "not running: ${rests[*]}; start them with: $compose_command up -d"; fi
}

begin
unpack
read_stack
select_lines
confirm
need_room "$(du -sb "$stage" | cut -f 1)"
kept=$(mktemp -d "$backup_dir/before-restore-$(date -u +%Y%m%dT%H%M%SZ)-XXXX")
mapfile -t databases < <(printf '%s\n' "${lines[@]}" | sed -n 's/^sqlite\t[^\t]*\t\([^\t]*\)\t.*/\1/p')
step=stopped
LIMIT=$copy_seconds compose stop "${services[@]}"
for line in "${lines[@]}"; do keep "$line"; done
step=replacing
for line in "${lines[@]}"; do put "$line"; done
LIMIT=$copy_seconds compose start "${services[@]}"
step=started
for line in "${lines[@]}"; do
  IFS=$'\t' read -r kind service _ keys _ <<<"$line"
  if [[ $kind == redis ]]; then check_redis "$service" "$keys"; fi
done
check_services
step=nothing
touch "$kept/finished"
log "restored $archive; the replaced data is in $kept"
say_what_rests
if [[ ${#unplaced[@]} -gt 0 ]]; then
  for each in "${unplaced[@]}"; do log "not put back: $each" >&2; done
  exit 1
fi
