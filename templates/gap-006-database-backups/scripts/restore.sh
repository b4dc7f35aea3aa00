#!/usr/bin/env bash
# Puts the data of an archive of backup.sh back into the stack.
#
#   scripts/restore.sh [--yes] backups/backup-<UTC time>.tar.gz [service ...]
#
# Checks the archive, asks (unless --yes), stops the services whose data are in it (or those that are named),
# replaces their databases, checks them, and starts the services again. Files that are newer than the archive and
# not in it stay. When a step fails, the services stay stopped: mend the cause and run it again.
#
#   BACKUP_DIR      where there is room to unpack (default: backups/ of this checkout)
#   REDIS_PASSWORD  instead of the one that Redis is started with
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source-path=SCRIPTDIR
. "$(dirname "${BASH_SOURCE[0]}")/backup-common.sh"

usage() {
  echo 'usage: scripts/restore.sh [--yes] ARCHIVE [service ...]' >&2
  exit 2
}

sure=''
if [[ ${1:-} == --yes ]]; then
  sure=yes
  shift
fi
[[ $# -ge 1 && $1 != -* ]] || usage
archive=$(realpath -e "$1") || die "there is no archive $1"
shift
services=("$@")

# Unpacks the archive and trusts nothing in it before its checksums are right.
unpack() {
  local names
  names=$(tar -tzf "$archive") || die "$archive is damaged; nothing was changed"
  if grep -qvE '^(MANIFEST|SHA256SUMS|data/([0-9]{3,}\.[a-z]+)?)$' <<<"$names"; then
    die "$archive is not an archive of backup.sh; nothing was changed"
  fi
  tar -C "$stage" --no-same-owner -xzf "$archive" || die "$archive is damaged; nothing was changed"
  (cd "$stage" && sha256sum --quiet --strict --check SHA256SUMS) ||
    die "$archive is damaged; nothing was changed"
  # What the sums do not name, they do not protect.
  diff <(cd "$stage" && find MANIFEST data -type f | sort) <(sed 's/^[0-9a-f]*  //' "$stage/SHA256SUMS" | sort) >&2 ||
    die "$archive is incomplete; nothing was changed"
}

# The lines of the manifest that are asked for go into $lines, the services they belong to into $services.
lines=()
select_lines() {
  local line kind service path owner mode file wanted
  wanted=" ${services[*]} "
  while IFS= read -r line; do
    IFS=$'\t' read -r kind service path owner mode file <<<"$line"
    if [[ $wanted != '  ' && $wanted != *" $service "* ]]; then continue; fi
    [[ -f $stage/$file && -n $owner$mode ]] || die "the manifest names $file, which is not in the archive"
    [[ -n ${containers[$service]:-} ]] || die "$service has no container; create the stack first: docker compose up --no-start"
    lines+=("$line")
    log "will replace $service:$path ($kind)"
  done < <(grep -v '^#' "$stage/MANIFEST")
  [[ ${#lines[@]} -gt 0 ]] || die "nothing in the archive belongs to:$wanted"
  mapfile -t services < <(printf '%s\n' "${lines[@]}" | cut -f 2 | sort -u)
}

confirm() {
  local answer=''
  if [[ -n $sure ]]; then return; fi
  [[ -t 0 ]] || die "nobody is there to ask; --yes says yes"
  read -r -p "Stop ${services[*]} and replace this data? Type yes: " answer
  [[ $answer == yes ]] || die 'not confirmed; nothing was changed'
}

# Runs a program in a new container with the volumes of one that is stopped. The first word is the user.
with_volumes() {
  local id=$1 user=$2
  shift 2
  docker run --rm -i --network none --volumes-from "$id" --user "$user" --entrypoint sh "$(field "$id" '{{.Image}}')" -c "$@"
}

# A WAL of the old database, replayed into the new one, would destroy it.
PUT_SQLITE=$(
  cat <<'SH'
set -eu
mkdir -p "$(dirname "$1")"
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

put_sqlite() {
  local id=$1 path=$2 owner=$3 mode=$4 file=$5 answer
  with_volumes "$id" 0:0 "$PUT_SQLITE" sh "$path" "$owner" "$mode" <"$file"
  answer=$(with_volumes "$id" "$owner" "set -eu; $RUN_SQL"$'\n'"$CHECK_SQLITE" sh "$path" </dev/null)
  [[ $answer == ok ]] || die "$path is damaged after the restore: $answer"
}

# A server with an append-only file reads that one and never dump.rdb. It may begin with a dump, in every version
# since 4; later ones move it to where they want it.
PUT_REDIS=$(
  cat <<'SH'
set -eu
cd "$1"
owner=$(stat -c %u:%g .)
rm -rf appendonlydir appendonly.aof dump.rdb
cat >dump.rdb
cat dump.rdb >appendonly.aof
chown "$owner" dump.rdb appendonly.aof
SH
)

# A folder outside of the volumes can only be reached while the container runs.
put_files() {
  local id=$1 path=$2 file=$3
  if is_mounted "$id" "$path"; then
    with_volumes "$id" 0:0 "$PUT_FILES" sh "$path" <"$file"
  else
    compose start "$service"
    docker exec -i --user 0:0 "$id" sh -c "$PUT_FILES" sh "$path" <"$file"
    compose stop "$service"
  fi
}

PUT_FILES=$(
  cat <<'SH'
set -eu
mkdir -p "$1"
tar -C "$1" -xf -
SH
)

put() {
  local kind service path owner mode file id
  IFS=$'\t' read -r kind service path owner mode file <<<"$1"
  id=${containers[$service]}
  case $kind in
    sqlite) put_sqlite "$id" "$path" "$owner" "$mode" "$stage/$file" ;;
    redis) with_volumes "$id" 0:0 "$PUT_REDIS" sh "$path" <"$stage/$file" ;;
    files) put_files "$id" "$path" "$stage/$file" ;;
    *) die "the manifest holds $kind, which this script does not know" ;;
  esac
  log "put back $service:$path"
}

COUNT_KEYS=$(
  cat <<'SH'
redis-cli -p "$1" dbsize
SH
)

# Waits until Redis has read its data, and believes it only when there are keys where the dump has some.
check_redis() {
  local id=$1 file=$2 answer=''
  for _ in {1..60}; do
    if answer=$(in_redis "$id" "$COUNT_KEYS" 2>&1); then break; fi
    sleep 1
  done
  [[ $answer =~ ^[0-9]+$ ]] || die "Redis does not answer: $answer"
  # A dump without keys is smaller than this.
  [[ $answer -gt 0 || $(stat -c %s "$file") -lt 200 ]] || die 'Redis started without the keys of the dump'
  log "Redis holds $answer keys"
}

begin
unpack
read_stack
select_lines
confirm
# Databases last: the folder around them has to be there.
mapfile -t lines < <(printf '%s\n' "${lines[@]}" | sort -s -k 1,1)
compose stop "${services[@]}"
for line in "${lines[@]}"; do put "$line"; done
compose start "${services[@]}"
for line in "${lines[@]}"; do
  IFS=$'\t' read -r kind service _ _ _ file <<<"$line"
  if [[ $kind == redis ]]; then check_redis "${containers[$service]}" "$stage/$file"; fi
done
log "restored $archive"
