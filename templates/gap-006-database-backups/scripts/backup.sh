#!/usr/bin/env bash
# Backs up what the running stack keeps: SQLite databases, Redis and the other files of its volumes, found by
# asking Docker what the services of the Compose project mount. Needs bash, docker, flock and GNU tar.
#
#   scripts/backup.sh
#
# Writes one archive, backups/backup-<UTC time>.tar.gz: a MANIFEST, SHA256SUMS and the data. It gets its name when
# it is whole. What cannot be taken costs its own part alone: the rest is in backup-<UTC time>-incomplete.tar.gz,
# which says what is missing, and the run ends with a status other than 0.
#
# Not in the archive: the environment files of the Compose file with their secrets. Keep them somewhere else; a new
# machine needs them before the stack, and so restore.sh, can start.
#
# Copies that the services themselves keep in their volumes are files like others: they are in every archive, until
# the service deletes them or BACKUP_SKIP names their folder.
#
# backups/last-success holds the time of the last backup of everything. A monitor that warns when it is older than
# 26 hours sees failures and nights without a run alike.
#
#   BACKUP_DAYS      how long archives are kept (default: 30); the newest three stay in any case
#   BACKUP_SKIP      what is not taken: 'service' or 'service:/path' of a folder or a file, separated by blanks
#   BACKUP_PING_URL  is requested after a backup of everything, for a service that warns when no request comes
#   BACKUP_DIR, BACKUP_ASK_SECONDS, BACKUP_COPY_SECONDS, BACKUP_RESERVE_MB, REDIS_PASSWORD: see backup-common.sh
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source-path=SCRIPTDIR
. "$(dirname "${BASH_SOURCE[0]}")/backup-common.sh"

case $#:${1:-} in
  0:) ;;
  1:-h | 1:--help)
    print_help
    exit 0
    ;;
  *)
    echo 'usage: scripts/backup.sh [--help]' >&2
    exit 2
    ;;
esac

days=$(setting BACKUP_DAYS 30)
read -r -a skipped <<<"${BACKUP_SKIP:-}"
# What could not be taken.
missing=()

# Old archives go, before there is less room than they need; a month of failures must not take the last good ones.
prune() {
  local all whole name
  all=$(find "$backup_dir" -maxdepth 1 -type f -name 'backup-*.tar.gz' -printf '%f\n' | sort -r)
  whole=$(grep -v -e '-incomplete' <<<"$all" || true)
  find "$backup_dir" -maxdepth 1 -type f -name 'backup-*.tar.gz' -mtime "+$days" -printf '%f\n' |
    { grep -vxF -f <(head -n 3 <<<"$all" && head -n 3 <<<"$whole") || true; } |
    while read -r name; do
      rm "$backup_dir/$name"
      log "deleted $name, which is older than $days days"
    done
  # What a restore replaced, a week after it ended well.
  find "$backup_dir" -maxdepth 1 -type d -name 'before-restore-*' -mtime +7 -exec test -e {}/finished \; -print |
    while read -r name; do
      rm -r "$name"
      log "deleted $name, which is older than 7 days"
    done
}

newest_size() {
  find "$backup_dir" -maxdepth 1 -type f -name 'backup-*.tar.gz' -printf '%f %s\n' | sort | tail -n 1 | cut -d ' ' -f 2
}

is_skipped() {
  local each
  for each in "${skipped[@]}" "${LEFT_OUT[@]}"; do
    if [[ $each == "$1" || $each == "$1:$2" || $1:$2 == "${each%/}"/* ]]; then return 0; fi
  done
  [[ $2 == /var/log || $2 == /var/log/* ]]
}

# lacks WHAT WHY
lacks() {
  missing+=("$1")
  printf '# missing\t%s\n' "$1" >>"$stage/MANIFEST"
  log "error: $1 is not in this backup: $2" >&2
}

# part WHAT COMMAND...: takes one part of the data. It runs in a process of its own, so that its failure costs this
# part and no other. Its status is in $status afterwards.
count=0
file=''
status=0
part() {
  local what=$1
  shift
  count=$((count + 1))
  file=$(printf 'data/%03d' "$count")
  : >"$stage/said"
  set +e
  (
    exec 9>&-
    set -e
    "$@"
  )
  status=$?
  set -e
  if [[ $status == 0 ]]; then return; fi
  cat "$stage/said" >&2
  case $status in
    124 | 137) lacks "$what" 'the container gave no answer in time' ;;
    *) lacks "$what" 'see above' ;;
  esac
  rm -f "$stage/$file".*
}

# record KIND SERVICE PATH OWNER MODE: the line of the manifest for the part that was taken, into the file $file.
record() {
  (IFS=$'\t' && printf '%s\n' "$*"$'\t'"$file") >>"$stage/MANIFEST"
  log "took $2:$3 ($1), $(stat -c %s "$stage/$file") bytes"
}

LIST_SQLITE=$(
  cat <<'SH'
set -eu
cd "$1"
# Without these, databases would be taken for files.
for program in find head tr; do
  command -v "$program" >/dev/null 2>&1 || {
    echo "there is no $program in this image" >&2
    exit 1
  }
done
# Copies that a killed backup left here.
find . -type f -name '.backup.sh-??????*' -exec rm -f {} + || true
# tar reports folders that cannot be read.
find . -type f -size +0 ! -name '*-wal' ! -name '*-shm' ! -name '*.restoring' -exec sh -c '
  for file; do
    start=$(head -c 15 "$file" 2>/dev/null | tr -d "\\000") || continue
    if [ "$start" = "SQLite format 3" ]; then printf "%s\\n" "$file"; fi
  done
' sh {} + || true
SH
)

# VACUUM INTO reads in one transaction, so what still stands in the WAL comes along and no writer has to wait. The
# copy stands beside the database, because /tmp may be memory or a small layer; elsewhere only where it has to.
COPY_SQLITE=$(
  cat <<'SH'
umask 077
copy=$(mktemp "$(dirname "$1")/.backup.sh-XXXXXX" 2>/dev/null || mktemp)
trap 'rm -f "$copy" "$copy-journal"' EXIT
# The disk of the volume may be another than that of the archives.
free=$(df -Pk "$(dirname "$copy")" 2>/dev/null | tail -n 1 | tr -s ' ' | cut -d ' ' -f 4) || free=''
wal=$(stat -c %s "$1-wal" 2>/dev/null) || wal=0
need=$((($(stat -c %s "$1") + wal + $2) / 1024))
case $free in
  '' | *[!0-9]*) ;;
  *)
    if [ "$free" -lt "$need" ]; then
      echo "no room for a copy of $1: $free KB are free beside it, and $need KB are needed (BACKUP_RESERVE_MB)" >&2
      exit 1
    fi
    ;;
esac
quoted=$(printf '%s' "$copy" | sed "s/'/''/g")
run_sql "$1" "VACUUM INTO '$quoted'" >&2
answer=$(run_sql "$copy" 'PRAGMA integrity_check')
if [ "$answer" != ok ]; then
  echo "the copy of $1 is damaged: $answer" >&2
  exit 1
fi
cat "$copy"
SH
)

take_sqlite() {
  local service=$1 path=$2 id=${containers[$1]} facts owner mode size
  [[ $path != *[[:cntrl:]]* ]] || die "$path is a name that the manifest cannot hold"
  facts=$(beside "$id" stat -c '%u:%g %a %s' "$path" </dev/null)
  read -r owner mode size <<<"$facts"
  need_room "$((2 * size))"
  file=$file.sqlite
  LIMIT=$copy_seconds beside "$id" sh -c "set -eu; $RUN_SQL"$'\n'"$COPY_SQLITE" sh "$path" "$reserve" \
    </dev/null >"$stage/$file"
  record sqlite "$service" "$path" "$owner" "$mode"
}

# What says that it is a database and cannot be copied as one is in the archive for a person to look at, and restore.sh
# leaves it alone.
COPY_RAW=$(
  cat <<'SH'
set -eu
cd "$1"
shift
for name; do
  shift
  if [ -e "./$name" ]; then set -- "$@" "./$name"; fi
done
tar -cf - "$@"
SH
)

take_raw() {
  local service=$1 path=$2 id=${containers[$1]} name size
  size=$(beside "$id" stat -c %s "$path" </dev/null)
  need_room "$size"
  name=$(basename "$path")
  file=$file.raw
  LIMIT=$copy_seconds beside "$id" sh -c "$COPY_RAW" sh "$(dirname "$path")" "$name" "$name-wal" "$name-journal" \
    </dev/null >"$stage/$file"
  record raw "$service" "$path" - -
  log "$service:$path is in the archive as a plain copy only; put '$service:$path' into BACKUP_SKIP if it may be lost"
}

take_database() {
  part "$1:$2" take_sqlite "$1" "$2"
  # A container that gives no answer gives none to the next question.
  case $status in
    0 | 124 | 137) ;;
    *) part "the plain copy of $1:$2" take_raw "$1" "$2" ;;
  esac
}

# The server sends the dump as it would to a replica: no old file to mistake for it.
DUMP_REDIS=$(
  cat <<'SH'
umask 077
rm -f "$2"/.backup.sh-??????
dump=$(mktemp "$2/.backup.sh-XXXXXX" 2>/dev/null || mktemp)
trap 'rm -f "$dump"' EXIT
redis-cli -p "$1" --rdb "$dump" >&2
redis-check-rdb "$dump" >&2
cat "$dump"
SH
)

# The manifest holds how many keys there are to come back: those without a time to live.
take_redis() {
  local service=$1 path=$2 id=${containers[$1]} keys expires
  is_running "$id" || die "$service is not running, so that Redis cannot be asked for its data"
  file=$file.redis
  LIMIT=$copy_seconds in_redis "$id" "$DUMP_REDIS" "$path" >"$stage/$file" 2>"$stage/said"
  keys=$(sed -n 's/^\[info\] \([0-9]*\) keys read$/\1/p' "$stage/said")
  expires=$(sed -n 's/^\[info\] \([0-9]*\) expires$/\1/p' "$stage/said")
  record redis "$service" "$path" "$((${keys:-0} - ${expires:-0}))" -
}

# Folders to take, 'service<tab>path' each, with the databases in them, one a line.
places=()
declare -A databases=()

# options_of SERVICE PATH: tar leaves out the databases of a folder, what is skipped, and what else is mounted inside
# of it.
options_of() {
  local mounts mount each
  local -a inside
  mounts=$(mounts_of "${containers[$1]}")
  while IFS= read -r mount; do
    if [[ $mount == "$2"/* ]]; then printf '%s\n' "--exclude=./${mount#"$2"/}"; fi
  done <<<"$mounts"
  mapfile -t inside <<<"${databases[$1:$2]}"
  for each in "${skipped[@]}"; do
    if [[ $each == "$1:"* ]]; then inside+=("$(realpath -m -s "${each#"$1:"}")"); fi
  done
  without "$2" "${inside[@]}"
}

# What tar says of files that come, go and grow while it reads: the rest of what it writes is as good as ever.
CHANGED='^tar: \.(/.*)?: (file changed as we read it|File removed before we read it|No such file or directory)$|^tar: error exit delayed'

has_only_changes() {
  [[ -s $stage/said ]] && ! grep -qvE "$CHANGED" "$stage/said" && tar -tf "$stage/$file" >/dev/null
}

SIZE_OF=$(
  cat <<'SH'
du -sk "$1" 2>/dev/null | cut -f 1
SH
)

# A file that changes while tar reads it is read again, and after three times taken as it is, with a mark in the
# manifest: somebody always writes a log somewhere. GNU tar and the busybox of Alpine know --exclude.
take_files() {
  local service=$1 path=$2 id=${containers[$1]} kind=files list size attempt status
  local -a options=()
  list=$(options_of "$service" "$path")
  [[ -z $list ]] || mapfile -t options <<<"$list"
  size=$(LIMIT=$copy_seconds beside "$id" sh -c "$SIZE_OF" sh "$path" </dev/null)
  need_room "$((size * 1024))"
  file=$file.files
  for attempt in 1 2 3; do
    status=0
    LIMIT=$copy_seconds beside "$id" tar -C "$path" -cf - "${options[@]}" . \
      </dev/null >"$stage/$file" 2>"$stage/said" || status=$?
    if [[ $status != 1 ]]; then break; fi
    log "$service:$path was not read in one go (attempt $attempt)"
  done
  if [[ $status == 1 ]] && has_only_changes; then
    kind='files~'
    log "$service:$path is taken as it is, with files that changed meanwhile: $(tr '\n' ' ' <"$stage/said")"
  elif [[ $status != 0 ]]; then
    exit "$status"
  fi
  record "$kind" "$service" "$path" - -
}

# A folder outside of the volumes, of a container that is down: nothing writes to it.
take_stopped() {
  local service=$1 path=$2 status=0
  file=$file.files
  LIMIT=$copy_seconds docker cp "${containers[$service]}:$path/." - </dev/null >"$stage/$file" 2>"$stage/said" || status=$?
  if [[ $status != 0 ]] && grep -qE 'Could not find the file|No such container:path' "$stage/said"; then
    log "$service has no $path yet"
    rm "$stage/$file"
    return
  fi
  [[ $status == 0 ]] || exit "$status"
  record files "$service" "$path" - -
}

KIND_OF=$(
  cat <<'SH'
if [ -d "$1" ]; then echo folder; fi
SH
)

# look_into SERVICE PATH: remembers a folder to take, and the databases in it.
look_into() {
  local service=$1 path=${2%/} id=${containers[$1]} what names mounts name
  if ! what=$(beside "$id" sh -c "$KIND_OF" sh "$path" </dev/null); then
    lacks "$service:$path" "it cannot be looked at; put '$service:$path' into BACKUP_SKIP if it may be lost"
  elif [[ $what != folder ]]; then
    log "$service:$path is no folder and was not taken"
  elif ! names=$(LIMIT=$copy_seconds beside "$id" sh -c "$LIST_SQLITE" sh "$path" </dev/null) ||
    ! mounts=$(mounts_of "$id"); then
    lacks "$service:$path" 'its databases could not be listed'
  else
    places+=("$service"$'\t'"$path")
    databases[$service:$path]=''
    while IFS= read -r name; do
      name=$path/${name#./}
      if [[ $name != "$path/" ]] && ! is_in_another "$name" "$path" "$mounts"; then
        databases[$service:$path]+=$name$'\n'
      fi
    done <<<"$names"
  fi
}

# is_in_another FILE FOLDER MOUNTS: whether something that is mounted inside of the folder holds the file.
is_in_another() {
  local mount
  while IFS= read -r mount; do
    if [[ $mount == "$2"/* && $1 == "$mount"/* ]]; then return 0; fi
  done <<<"$3"
  return 1
}

# Each mounted place that the service may write to, once, whoever else mounts it. A tmpfs has no source.
WRITABLE='{{range .Mounts}}{{if .RW}}{{printf "%s\t%s\n" .Source .Destination}}{{ end }}{{ end }}'
seen=$'\n'
look_at_mounts() {
  local service=$1 id=${containers[$1]} program mounts source path
  if ! program=$(field "$id" '{{.Path}}{{range .Args}} {{.}}{{ end }}') || ! mounts=$(field "$id" "$WRITABLE"); then
    lacks "$service" 'docker does not say what is mounted into it'
    return
  fi
  while IFS=$'\t' read -r source path; do
    if [[ -z $path ]] || is_skipped "$service" "$path" || [[ $seen == *$'\n'"$source"$'\n'* ]]; then continue; fi
    seen+=$source$'\n'
    if [[ $program =~ (redis|valkey|keydb)-server ]]; then
      part "Redis ($service)" take_redis "$service" "$path"
    elif [[ $program =~ (^|[ /])(postgres|mysqld|mariadbd|mongod)( |$) ]]; then
      lacks "$service" "it runs ${BASH_REMATCH[2]}, whose files may not be copied while it runs: dump it, and put '$service' into BACKUP_SKIP"
    else
      look_into "$service" "$path"
    fi
  done <<<"$mounts"
}

# look_at_extra SERVICE VARIABLE FOLDER: a line of EXTRA_FOLDERS.
stopped=()
look_at_extra() {
  local service=$1 id=${containers[$1]:-} path
  if [[ -z $id ]] || is_skipped "$service" "$3"; then return; fi
  if ! path=$(extra_path "$id" "$2" "$3"); then
    lacks "$service:$3" 'its path in the container cannot be told'
  elif is_skipped "$service" "$path"; then
    return
  elif is_mounted "$id" "$path"; then
    log "$service:$path is in a volume"
  elif is_running "$id"; then
    look_into "$service" "$path"
  else
    stopped+=("$service"$'\t'"$path")
  fi
}

look_at_stack() {
  local declared service extra words
  read_stack
  declared=$(compose config --services)
  for service in $declared; do
    [[ -n ${containers[$service]:-} ]] || is_skipped "$service" '' ||
      lacks "$service" "it has no container, so that nobody knows what it keeps; start it, or put '$service' into BACKUP_SKIP"
  done
  for service in $(printf '%s\n' "${!containers[@]}" | sort); do look_at_mounts "$service"; done
  for extra in "${EXTRA_FOLDERS[@]}"; do
    read -r -a words <<<"$extra"
    look_at_extra "${words[@]}"
  done
}

# Databases first: they are the smallest, and what nobody can make again.
take_all() {
  local place service path name
  for place in "${places[@]}"; do
    IFS=$'\t' read -r service path <<<"$place"
    while IFS= read -r name; do
      if [[ -n $name ]] && ! is_skipped "$service" "$name"; then take_database "$service" "$name"; fi
    done <<<"${databases[$service:$path]}"
  done
  for place in "${places[@]}"; do
    IFS=$'\t' read -r service path <<<"$place"
    part "the files in $service:$path" take_files "$service" "$path"
  done
  for place in "${stopped[@]}"; do
    IFS=$'\t' read -r service path <<<"$place"
    part "the files in $service:$path" take_stopped "$service" "$path"
  done
  [[ $count -gt 0 || ${#missing[@]} -gt 0 ]] || die "the stack keeps nothing"
  [[ -n $(find "$stage/data" -type f) ]] || die "nothing could be taken"
}

# Packs what was taken, reads it back, and only then gives it its name.
pack() {
  local name size
  name=backup-$(date -u +%Y%m%dT%H%M%SZ)
  if [[ ${#missing[@]} -gt 0 ]]; then name+=-incomplete; fi
  name+=.tar.gz
  size=$(du -sb "$stage" | cut -f 1)
  need_room "$size"
  (cd "$stage" && sha256sum MANIFEST data/* >SHA256SUMS)
  tar -C "$stage" -czf "$stage/archive" MANIFEST SHA256SUMS data
  tar -C "$stage" -dzf "$stage/archive"
  sync "$stage/archive"
  [[ ! -e $backup_dir/$name ]] || die "$name is there already"
  mv "$stage/archive" "$backup_dir/$name"
  sync "$backup_dir"
  log "wrote $backup_dir/$name, $(stat -c %s "$backup_dir/$name") bytes"
}

# The address may hold a key, which is not for the list of processes. A monitor that is down does not make the backup
# fail.
ping_monitor() {
  if [[ -z ${BACKUP_PING_URL:-} ]]; then return; fi
  printf 'url = "%s"\n' "$BACKUP_PING_URL" |
    curl --config - --fail --silent --show-error --output /dev/null --max-time 20 --retry 2 9>&- ||
    log 'the address in BACKUP_PING_URL could not be reached' >&2
}

begin
prune
size=$(newest_size)
need_room "${size:-0}"
mkdir "$stage/data"
printf '# kind\tservice\tpath\towner\tmode\tfile\n' >"$stage/MANIFEST"
look_at_stack
take_all
pack
if [[ ${#missing[@]} -gt 0 ]]; then
  for each in "${missing[@]}"; do log "missing: $each" >&2; done
  exit 1
fi
date -u +%FT%TZ >"$stage/last-success"
mv "$stage/last-success" "$backup_dir/last-success"
ping_monitor
