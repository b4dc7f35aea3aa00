#!/usr/bin/env bash
# Backs up what the running stack keeps: SQLite databases, Redis and the other files of its volumes, found by
# asking Docker what the services of the Compose project mount. Needs bash, docker, flock and GNU tar.
#
#   scripts/backup.sh
#
# Writes one archive, backups/backup-<UTC time>.tar.gz: a MANIFEST, SHA256SUMS and the data. It gets its name when
# it is whole; any failure ends with a status other than 0 and leaves the archives that are there as they are.
#
#   BACKUP_DIR      where archives go (default: backups/ of this checkout)
#   BACKUP_DAYS     how long they are kept (default: 30)
#   BACKUP_SKIP     what is not taken: 'service' or 'service:/path', separated by blanks
#   REDIS_PASSWORD  instead of the one that Redis was started with
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source-path=SCRIPTDIR
. "$(dirname "${BASH_SOURCE[0]}")/backup-common.sh"

days=${BACKUP_DAYS:-30}
[[ $days =~ ^[1-9][0-9]*$ ]] || die "BACKUP_DAYS is not a number of days: $days"
read -r -a skipped <<<"${BACKUP_SKIP:-}"
manifest=''
count=0
declare -A taken=()

# next_file KIND SERVICE PATH OWNER MODE: a line of the manifest; the file for the data goes into $file.
file=''
next_file() {
  count=$((count + 1))
  file=$(printf 'data/%03d.%s' "$count" "$1")
  (IFS=$'\t' && printf '%s\n' "$*"$'\t'"$file") >>"$manifest"
}

is_skipped() {
  local each
  for each in "${skipped[@]}" "${LEFT_OUT[@]}"; do
    if [[ $each == "$1" || $each == "$1:$2" ]]; then return 0; fi
  done
  [[ $2 == /var/log || $2 == /var/log/* ]]
}

LIST_SQLITE=$(
  cat <<'SH'
set -eu
cd "$1"
find . -type f ! -name '*-wal' ! -name '*-shm' -exec grep -l '^SQLite format 3' {} + |
  while IFS= read -r file; do
    if [ "$(head -c 15 "$file")" = 'SQLite format 3' ]; then printf '%s\n' "$file"; fi
  done
SH
)

# VACUUM INTO reads in one transaction, so what still stands in the WAL comes along and no writer has to wait.
COPY_SQLITE=$(
  cat <<'SH'
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
run_sql "$1" "VACUUM INTO '$folder/copy'" >&2
answer=$(run_sql "$folder/copy" 'PRAGMA integrity_check')
if [ "$answer" != ok ]; then
  echo "the copy of $1 is damaged: $answer" >&2
  exit 1
fi
cat "$folder/copy"
SH
)

take_sqlite() {
  local id=$1 service=$2 path=$3 owner mode
  read -r owner mode <<<"$(beside "$id" stat -c '%u:%g %a' "$path" </dev/null)"
  next_file sqlite "$service" "$path" "$owner" "$mode"
  beside "$id" sh -c "set -eu; $RUN_SQL"$'\n'"$COPY_SQLITE" sh "$path" </dev/null >"$stage/$file"
  log "took $service:$path, $(stat -c %s "$stage/$file") bytes"
}

is_excluded() {
  local each
  for each in "${@:2}"; do
    if [[ $1 == "${each#--exclude=}" || $1 == "${each#--exclude=}"/* ]]; then return 0; fi
  done
  return 1
}

# Everything in a folder: its databases one by one, the rest as it lies there. What else is mounted inside of it is
# not a part of it.
take_folder() {
  local id=$1 service=$2 path=${3%/} list database mount attempt
  local -a databases=() without=()
  for mount in $(field "$id" '{{range .Mounts}}{{println .Destination}}{{ end }}'); do
    if [[ $mount == "$path"/* ]]; then without+=("--exclude=./${mount#"$path"/}"); fi
  done
  list=$(beside "$id" sh -c "$LIST_SQLITE" sh "$path" </dev/null)
  [[ -z $list ]] || mapfile -t databases <<<"$list"
  for database in "${databases[@]}"; do
    if is_excluded "$database" "${without[@]}"; then continue; fi
    take_sqlite "$id" "$service" "$path/${database#./}"
    without+=("--exclude=$database" "--exclude=$database-wal" "--exclude=$database-shm" "--exclude=$database-journal")
  done
  next_file files "$service" "$path" - -
  # A file that changes while tar reads it is read again. GNU tar and the busybox of Alpine know --exclude.
  for attempt in 1 2 3; do
    if beside "$id" tar -C "$path" -cf - "${without[@]}" . </dev/null >"$stage/$file"; then
      log "took the other files in $service:$path, $(stat -c %s "$stage/$file") bytes"
      return
    fi
    log "$service:$path could not be read (attempt $attempt)"
  done
  die "$service:$path could not be read"
}

# The server sends the dump as it would to a replica: no file of its own to wait for, no old one to mistake for it.
DUMP_REDIS=$(
  cat <<'SH'
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
redis-cli -p "$1" --rdb "$folder/dump" >&2
redis-check-rdb "$folder/dump" >&2
cat "$folder/dump"
SH
)

take_redis() {
  local id=$1 service=$2 path=$3
  is_running "$id" || die "$service is not running, so that Redis cannot be asked for its data"
  next_file redis "$service" "$path" - -
  in_redis "$id" "$DUMP_REDIS" >"$stage/$file"
  log "took Redis ($service), $(stat -c %s "$stage/$file") bytes"
}

take_place() {
  local status=0
  beside "$1" test -d "$3" </dev/null || status=$?
  case $status in
    0) take_folder "$@" ;;
    1) log "$2:$3 is not a folder and was not taken" ;;
    *) die "$2:$3 cannot be looked at: put '$2:$3' into BACKUP_SKIP if it may be lost" ;;
  esac
}

# Each mounted place that the service may write to, once, whoever else mounts it.
take_mounts() {
  local service=$1 id=$2 program mounts source path
  program=$(field "$id" '{{.Path}}{{range .Args}} {{.}}{{ end }}')
  mounts=$(field "$id" '{{range .Mounts}}{{if .RW}}{{println .Source .Destination}}{{ end }}{{ end }}')
  while read -r source path; do
    if [[ -z $path ]] || is_skipped "$service" "$path" || [[ -n ${taken[$source]:-} ]]; then continue; fi
    if [[ $program =~ (redis|valkey|keydb)-server ]]; then
      take_redis "$id" "$service" "$path"
    elif [[ $program =~ (^|[ /])(postgres|mysqld|mariadbd|mongod)( |$) ]]; then
      die "$service runs ${BASH_REMATCH[2]}, whose files may not be copied while it runs: dump it, and put '$service' into BACKUP_SKIP"
    else
      take_place "$id" "$service" "$path"
    fi
    taken[$source]=1
  done <<<"$mounts"
}

take_extra() {
  local service variable folder id path
  read -r service variable folder <<<"$1"
  if is_skipped "$service" "$folder"; then return; fi
  id=${containers[$service]:-}
  { [[ -n $id ]] && is_running "$id"; } || die "$service is not running, and $folder is not in a volume"
  path=$(docker exec -i "$id" printenv "$variable" </dev/null) || path=$folder
  if [[ $path != /* ]]; then path=$(field "$id" '{{.Config.WorkingDir}}')/$path; fi
  if is_mounted "$id" "$path"; then
    log "$service:$path is in a volume"
  elif docker exec -i "$id" test -d "$path" </dev/null; then
    take_folder "$id" "$service" "$path"
  else
    log "$service has no $path yet"
  fi
}

take_all() {
  local declared service extra
  read_stack
  declared=$(compose config --services)
  for service in $declared; do
    [[ -n ${containers[$service]:-} ]] || is_skipped "$service" '' ||
      die "$service has no container, so that nobody knows what it keeps: start the stack, or put '$service' into BACKUP_SKIP"
  done
  for service in $(printf '%s\n' "${!containers[@]}" | sort); do
    take_mounts "$service" "${containers[$service]}"
  done
  for extra in "${EXTRA_FOLDERS[@]}"; do take_extra "$extra"; done
  [[ $count -gt 0 ]] || die "the stack keeps nothing"
}

# Packs what was taken, reads it back, and only then gives it its name.
pack() {
  local name
  name=backup-$(date -u +%Y%m%dT%H%M%SZ).tar.gz
  (cd "$stage" && sha256sum MANIFEST data/* >SHA256SUMS)
  tar -C "$stage" -czf "$stage/archive" MANIFEST SHA256SUMS data
  tar -C "$stage" -dzf "$stage/archive"
  sync "$stage/archive"
  [[ ! -e $backup_dir/$name ]] || die "$name is there already"
  mv "$stage/archive" "$backup_dir/$name"
  sync "$backup_dir"
  log "wrote $backup_dir/$name, $(stat -c %s "$backup_dir/$name") bytes"
}

begin
mkdir "$stage/data"
manifest=$stage/MANIFEST
printf '# kind\tservice\tpath\towner\tmode\tfile\n' >"$manifest"
take_all
pack
# Nothing is deleted before there is something newer.
find "$backup_dir" -maxdepth 1 -type f -name 'backup-*.tar.gz' -mtime "+$days" -print -delete
