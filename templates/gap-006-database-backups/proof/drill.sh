#!/bin/bash
# Tries the backup scripts of a checkout on a stack of its own: drill.sh CHECKOUT STACK DOCKER SCENARIO.
# STACK lists the services, 'name kind workdir mounts' with tabs between: kind app (SQLite under writes), redis, or
# other; mounts are separated by commas. Says 'seen<tab>what<tab>answer' for each thing that held, and ends with 1 and
# 'missing<tab>what' at the first that did not.
set -euo pipefail
checkout=$1 stack=$2 stand_in=$3 scenario=$4
here=$(mktemp -d "${TMPDIR:-/tmp}/drill.XXXXXXXX")
export BACKUP_DIR=$here/backups
password=drill-$RANDOM$RANDOM
writers=()
end() {
  local each
  rm -f "$here/hold"
  for each in "${writers[@]}" $(cat "$here"/services/*/pid 2>/dev/null); do kill -9 "$each" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$here"
}
trap end EXIT

seen() { printf 'seen\t%s\t%s\n' "$1" "$2"; }
missing() {
  printf 'missing\t%s\n' "$(tr '\n\t' '  ' <<<"$1")"
  exit 1
}
said() { tail -n 3 "$here/said" | tr '\n\t' '; '; }

free_port() {
  local port
  for port in $(shuf -i 20000-32000 -n 50); do
    if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
}

# The folders outside of volumes that the scripts know of, each with a file in it.
extras=()
add_extras() {
  local line service folder
  line=$(sed -n 's/^EXTRA_FOLDERS=(\(.*\))$/\1/p' "$checkout/scripts/backup-common.sh")
  while read -r service _ folder; do
    if [[ -z $service || ! -d $here/services/$service ]]; then continue; fi
    folder=$here/services/$service/root$(<"$here/services/$service/workdir")/$folder
    mkdir -p "$folder"
    echo "kept by $service" >"$folder/kept.json"
    extras+=("$folder")
  done < <(tr "'" '\n' <<<"$line")
}

# No repository holds the env files of its server.
add_env_files() {
  local line each
  line=$(sed -n 's/^ENV_FILES=(\(.*\))$/\1/p' "$checkout/scripts/backup-common.sh")
  while read -r each; do
    if [[ -z $each || -e $checkout/$each ]]; then continue; fi
    mkdir -p "$(dirname "$checkout/$each")"
    : >"$checkout/$each"
  done < <(tr "'" '\n' <<<"$line")
}

in_redis() { REDISCLI_AUTH=$password redis-cli -p "$port" "$@"; }
rows() { sqlite3 -readonly "$1" "SELECT count(*) FROM $2" 2>/dev/null || echo -1; }

# Each transaction writes a row to both tables: a copy in which they differ was taken in the middle of one. Nothing
# is checkpointed, so that all of it stands in the WAL.
write_on() {
  local file=$1
  {
    echo '.timeout 20000'
    echo 'PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;'
    echo 'CREATE TABLE one (n INTEGER); CREATE TABLE two (n INTEGER);'
    while :; do
      echo 'BEGIN IMMEDIATE; INSERT INTO one VALUES (1); INSERT INTO two VALUES (1); COMMIT;'
      sleep 0.01
    done
  } | sqlite3 "$file" >/dev/null &
  writers+=("$!")
}

stop_writing() {
  local each
  for each in "${writers[@]}"; do pkill -P "$each" 2>/dev/null || kill "$each" 2>/dev/null || true; done
  wait "${writers[@]}" 2>/dev/null || true
  writers=()
}

databases=()
redis_service=''
add_service() {
  local name=$1 kind=$2 workdir=$3 mounts=$4 folder=$here/services/$1 mount
  mkdir -p "$folder/root$workdir"
  echo "$workdir" >"$folder/workdir"
  tr ',' '\n' <<<"$mounts" >"$folder/mounts"
  echo running >"$folder/status"
  printf 'node\nserver.js\n' >"$folder/args"
  while read -r mount; do
    if [[ -z $mount ]]; then continue; fi
    mkdir -p "$folder/root$mount/sub"
    if [[ $kind != redis ]]; then echo "kept by $name" >"$folder/root$mount/sub/note.txt"; fi
    if [[ $kind == app ]]; then
      databases+=("$folder/root$mount/drill.db")
      write_on "$folder/root$mount/drill.db"
    fi
  done <"$folder/mounts"
  if [[ $kind == redis ]]; then add_redis "$name" "$folder"; fi
}

add_redis() {
  redis_service=$1
  port=$(free_port)
  printf 'redis-server\n--appendonly\nyes\n--requirepass\n%s\n--port\n%s\n' "$password" "$port" >"$2/args"
  printf 'bind 127.0.0.1\nport %s\nappendonly yes\nrequirepass %s\npidfile %s\ndaemonize no\n' \
    "$port" "$password" "$2/pid" >"$2/redis.conf"
  "$here/bin/docker" compose -f "$checkout/$compose_file" start "$1"
  for _ in {1..100}; do
    if [[ $(in_redis ping 2>/dev/null) == PONG ]]; then break; fi
    sleep 0.05
  done
  # Few keys make a dump that is hardly longer than an empty one.
  in_redis mset one 1 two 2 >/dev/null
}

set_up() {
  local name kind workdir mounts
  compose_file=$(sed -n "s/^COMPOSE_PATH='\(.*\)'$/\1/p" "$checkout/scripts/backup-common.sh")
  mkdir -p "$here/bin" "$here/container-bin" "$here/services" "$BACKUP_DIR"
  add_env_files
  cp "$stand_in" "$here/bin/docker"
  # shellcheck disable=SC2016 # expanded when it runs
  printf '#!/bin/sh\nprintf "%%s\\0" "redis-cli $*" >>"$CALLS"\nPATH=${PATH#*:} exec redis-cli "$@"\n' >"$here/container-bin/redis-cli"
  chmod 755 "$here/bin/docker" "$here/container-bin/redis-cli"
  echo "$PATH" >"$here/path"
  cut -f 1 "$stack" >"$here/declared"
  while IFS=$'\t' read -r name kind workdir mounts; do add_service "$name" "$kind" "$workdir" "$mounts"; done <"$stack"
  add_extras
  for name in "${databases[@]}"; do
    until [[ $(rows "$name" two) -gt 5 ]]; do sleep 0.05; done
  done
}

# As cron runs it: nearly no environment, and from another folder.
as_cron() {
  (cd / && exec env -i "PATH=$here/bin:/usr/bin:/bin" "BACKUP_DIR=$BACKUP_DIR" BACKUP_RESERVE_MB=1 "$@") >"$here/said" 2>&1
}
# Names hold seconds.
backup() {
  sleep 1.1
  as_cron "$@" "$checkout/scripts/backup.sh"
}
restore() { as_cron "$checkout/scripts/restore.sh" --yes "$@"; }
start_all() { cut -f 1 "$stack" | xargs "$here/bin/docker" compose -f "$checkout/$compose_file" start; }
archives() { (cd "$BACKUP_DIR" && sha256sum backup-*Z.tar.gz); }
newest() { find "$BACKUP_DIR" -name 'backup-*.tar.gz' | sort | tail -n 1; }
good_backup() { backup || missing "a backup that succeeds: $(said)"; }
short() { printf '%s' "${1#"$here"/services/}"; }
# A file beside the data of a service that is not Redis; empty where there is none.
any_note() { find "$here"/services/*/root -name note.txt | sort | head -n 1; }

round_trip() {
  local -A before=()
  local each
  for each in "${databases[@]}"; do before[$each]=$(rows "$each" one); done
  if [[ -n $redis_service ]]; then in_redis set gone soon px 4000 >/dev/null; fi
  good_backup
  check_archive
  check_password
  wreck
  restore "$(newest)" || missing "a restore that succeeds: $(said)"
  check_restored
  refuse_damaged
}

check_archive() {
  local each copies=$here/copies path kind service counts file
  seen 'backup.sh in an empty environment, databases under writes' "$(basename "$(newest)"), $(stat -c '%a' "$(newest)")"
  [[ $(stat -c %a "$(newest)") == 600 ]] || missing 'an archive that only its owner can read'
  [[ $(find "$BACKUP_DIR/last-success" -mmin -1 -size +0) ]] || missing 'the time of this backup in last-success'
  [[ -z $(find "$here"/services -name '.backup.sh-*') ]] || missing 'no copies that stay beside the databases'
  mkdir "$copies"
  tar -C "$copies" -xzf "$(newest)"
  (cd "$copies" && sha256sum --quiet --check SHA256SUMS) || missing 'checksums that fit'
  while IFS=$'\t' read -r kind service path _ _ file; do
    if [[ $kind != sqlite ]]; then continue; fi
    each=$here/services/$service/root$path
    counts="$(rows "$copies/$file" one) $(rows "$copies/$file" two)"
    [[ $(sqlite3 "$copies/$file" 'PRAGMA integrity_check') == ok ]] || missing "$service:$path without damage"
    [[ ${counts% *} == "${counts#* }" && ${counts% *} -ge ${before[$each]} ]] ||
      missing "$service:$path as of one moment: $counts rows, ${before[$each]} before"
    seen "$service:$path in the archive" "integrity ok, rows $counts; ${before[$each]} before, $(rows "$each" one) after"
    before[$each]=${counts% *}
  done <"$copies/MANIFEST"
  holds_databases
}

# The newest archive holds every database, and Redis unless something is said.
holds_databases() {
  local each lines
  lines=$(tar -xzOf "$(newest)" MANIFEST)
  for each in "${databases[@]}"; do
    if [[ $each == "$here/services/${1:--}/"* ]]; then continue; fi
    grep -qF "sqlite"$'\t'"$(short "$each" | sed 's|/root/|\t/|')"$'\t' <<<"$lines" || missing "$(short "$each") in the archive"
  done
  for each in "${extras[@]}"; do
    if [[ $each == "$here/services/${1:--}/"* ]]; then continue; fi
    grep -qF $'\t'"$(short "$each" | sed 's|/root/|\t/|')"$'\t' <<<"$lines" || missing "$(short "$each") in the archive"
  done
  [[ -z $redis_service || ${1:-} == "$redis_service" ]] || grep -q '^redis' <<<"$lines" || missing 'Redis in the archive'
}

check_password() {
  if grep -zqF "$password" "$here/calls"; then missing 'a Redis password that stands on no command line'; fi
  seen 'the Redis password' "on none of $(tr -cd '\0' <"$here/calls" | wc -c) command lines"
}

# Takes everything away, and leaves what a process leaves that was killed: a WAL, which goes into whatever database
# is opened next.
wreck() {
  local each
  stop_writing
  if [[ -n $redis_service ]]; then
    until [[ $(in_redis exists gone) == 0 ]]; do sleep 0.1; done
    keys=$(in_redis dbsize)
    in_redis flushall >/dev/null
  fi
  for each in "${databases[@]}"; do
    sqlite3 "$each" 'PRAGMA wal_autocheckpoint=0;' 'DELETE FROM one; DELETE FROM two; CREATE TABLE later (n);' \
      ".system cp '$each-wal' '$each.old'" >/dev/null
    mv "$each.old" "$each-wal"
    rm "$(dirname "$each")/sub/note.txt"
  done
  for each in "${extras[@]}"; do rm -r "$each"; done
}

check_restored() {
  local each counts
  for each in "${databases[@]}"; do
    [[ ! -e $each-wal ]] || missing "$(short "$each") without the WAL of the old one"
    [[ $(sqlite3 "$each" 'PRAGMA integrity_check') == ok ]] || missing "$(short "$each") whole after the restore"
    counts="$(rows "$each" one) $(rows "$each" two)"
    [[ $counts == "${before[$each]} ${before[$each]}" ]] || missing "${before[$each]} rows after the restore, not $counts"
    [[ -s $(dirname "$each")/sub/note.txt ]] || missing 'the other files after the restore'
    seen "$(short "$each") after the restore" "integrity ok, rows $counts"
  done
  for each in "${extras[@]}"; do
    [[ -s $each/kept.json ]] || missing "$(short "$each") after the restore"
    seen "$(short "$each"), which is in no volume, after the restore" "$(cat "$each/kept.json")"
  done
  [[ $(find "$BACKUP_DIR"/before-restore-* -name '*.tar' -size +0 | wc -l) -gt 0 ]] ||
    missing 'a copy of the old data after a restore that succeeds'
  if [[ -z $redis_service ]]; then return; fi
  [[ $(in_redis dbsize) == "$keys" ]] || missing "$keys Redis keys after the restore, not $(in_redis dbsize)"
  seen "Redis ($redis_service) after the restore" "$keys keys, as before; the one that has expired did not come back"
}

refuse_damaged() {
  local damaged=$here/damaged.tar.gz size calls
  size=$(stat -c %s "$(newest)")
  cp "$(newest)" "$damaged"
  printf 'XXXXXXXX' | dd of="$damaged" bs=1 seek=$((size / 2)) conv=notrunc status=none
  : >"$here/calls"
  if restore "$damaged"; then missing 'a damaged archive that is refused'; fi
  truncate -s $((size / 2)) "$damaged"
  if restore "$damaged"; then missing 'half an archive that is refused'; fi
  calls=$(tr -cd '\0' <"$here/calls" | wc -c)
  [[ $calls == 0 ]] || missing 'a damaged archive that is refused before anything is touched'
  seen 'restore.sh with a damaged archive, and with half of one' "refused: $(said)"
}

# Each of these costs its own part, and nothing else.
parts() {
  busy_file
  if [[ -n $(any_note) ]]; then
    damaged_database
    stopped_service
  fi
  if [[ -n $redis_service ]]; then
    loses Redis 'a backup with the wrong Redis password' "$redis_service" REDIS_PASSWORD=wrong
    "$here/bin/docker" compose -f "$checkout/$compose_file" stop "$redis_service"
    loses Redis 'a backup while Redis is down' "$redis_service"
    start_all
  fi
  hung_service
  failed_restore
}

# loses WHAT CASE WITHOUT [VARIABLE=value]: a backup that says what it lacks and has all the rest.
loses() {
  local status=0 last
  last=$(cat "$BACKUP_DIR/last-success" 2>/dev/null || true)
  backup "${@:4}" || status=$?
  [[ $status != 0 ]] || missing "$2 that ends in failure"
  [[ $(newest) == *-incomplete.tar.gz ]] || missing "an archive of the rest after $2: $(said)"
  holds_databases "$3"
  grep -qF "missing: $1" "$here/said" || missing "a word about $1 after $2: $(said)"
  tar -xzOf "$(newest)" MANIFEST | grep -qF "# missing"$'\t'"$1" || missing "$1 named in the manifest after $2"
  [[ $(cat "$BACKUP_DIR/last-success" 2>/dev/null || true) == "$last" ]] || missing "the old time in last-success after $2"
  seen "$2" "ended with $status: $(said)"
}

busy_file() {
  local note busy
  note=$(any_note)
  if [[ -z $note ]]; then return; fi
  busy=${note%note.txt}busy.log
  truncate -s 50M "$busy"
  while printf . >>"$busy"; do :; done 2>/dev/null &
  writers+=("$!")
  good_backup
  tar -xzOf "$(newest)" MANIFEST | grep -q '^files~' || missing 'a mark in the manifest for a file that changed while it was read'
  holds_databases
  seen 'a backup while a file is written all the time' "$(grep -o '[^ ]* is taken as it is' "$here/said")"
  kill "${writers[-1]}"
  wait "${writers[-1]}" || true
  unset 'writers[-1]'
  rm -f "$busy"
}

damaged_database() {
  local note damaged
  note=$(any_note)
  damaged=${note%note.txt}damaged.db
  printf 'SQLite format 3\0and nothing that makes sense' >"$damaged"
  loses "$(short "$damaged" | sed 's|/root/|:/|')" 'a backup with a damaged database' -
  rm "$damaged"
}

stopped_service() {
  local note service
  note=$(any_note)
  service=$(short "$note")
  service=${service%%/*}
  echo exited >"$here/services/$service/status"
  good_backup
  holds_databases
  seen "a backup while $service is down" "$(said)"
  echo running >"$here/services/$service/status"
}

hung_service() {
  local service status=0
  service=$(awk -F '\t' '$4 != "" { print $1; exit }' "$stack")
  touch "$here/services/$service/hung"
  backup timeout 60 env BACKUP_ASK_SECONDS=1 BACKUP_COPY_SECONDS=20 || status=$?
  rm "$here/services/$service/hung"
  [[ $status != 124 ]] || missing 'an end of the backup when a service does not answer'
  [[ $status != 0 ]] || missing 'a failure when a service does not answer'
  if [[ $(grep -c . "$stack") -gt 1 && $(newest) == *-incomplete.tar.gz ]]; then holds_databases "$service"; fi
  seen "a backup while $service does not answer" "ended with $status: $(said)"
  good_backup
  seen 'the next backup' 'succeeds'
}

# An archive with an owner that cannot be set: the restore fails when the data are half in place.
failed_restore() {
  local odd=$here/odd status=0 each=${databases[0]:-} count
  if [[ -z $each ]]; then return; fi
  good_backup
  stop_writing
  count=$(rows "$each" one)
  mkdir "$odd"
  tar -C "$odd" -xzf "$(newest)"
  sed -i 's/^\(sqlite\t[^\t]*\t[^\t]*\t\)[^\t]*/\14294967295:0/' "$odd/MANIFEST"
  (cd "$odd" && sha256sum MANIFEST data/* >SHA256SUMS && tar -czf "$here/odd.tar.gz" MANIFEST SHA256SUMS data)
  restore "$here/odd.tar.gz" || status=$?
  [[ $status != 0 ]] || missing 'a failure of a restore that cannot set an owner'
  [[ $(find "$BACKUP_DIR"/before-restore-* -name '*.tar' -size +0 | wc -l) -gt 0 ]] ||
    missing 'a copy of what was there after a restore that failed'
  [[ -z $(find "$here/services" -name '*.restoring') ]] || missing 'nothing half written after a restore that failed'
  [[ $(rows "$each" one) == "$count" ]] || missing 'the old database after a restore that failed'
  seen 'a restore that fails half-way' "ended with $status: $(said)"
  # What a restore leaves that was killed.
  printf 'SQLite format 3\0half of it' >"$each.restoring"
  start_all
  good_backup
  rm "$each.restoring"
  seen 'the next backup, with what a killed restore left' 'succeeds'
}

# unharmed WHAT: after a run that had to fail, the archives are what they were.
unharmed() {
  [[ $status != 0 ]] || missing "a failure at $1"
  [[ $(archives) == "$good" ]] || missing "the last good archive after $1"
  seen "$1" "ended with $status: $(said)"
}

failures() {
  local old=backup-20200101T000000Z.tar.gz young=backup-20991231T000000Z.tar.gz pid each
  good_backup
  touch -d '40 days ago' "$(newest)"
  cp "$(newest)" "$BACKUP_DIR/$old"
  touch -d '41 days ago' "$BACKUP_DIR/$old"
  good=$(archives)
  no_room
  fill_disk
  kill_it KILL
  kill_it TERM
  for each in 1 2 3; do cp "$(newest)" "$BACKUP_DIR/${young/1T/${each}T}"; done
  touch -d '29 days ago' "$BACKUP_DIR/$young"
  good_backup
  [[ ! -e $BACKUP_DIR/$old && -e $BACKUP_DIR/$young ]] || missing '30 days of archives, and no more, where there are newer ones'
  [[ -z $(find "$BACKUP_DIR" -name '.partial*') ]] || missing 'a backup folder without leftovers'
  seen 'the next backup' "succeeds, deletes the archives of 40 days ago, keeps that of 29 days ago"
}

no_room() {
  status=0
  : >"$here/calls"
  backup BACKUP_RESERVE_MB=99999999 || status=$?
  unharmed 'a backup on a disk that has hardly any room'
  [[ ! -s $here/calls ]] || missing 'a look at the disk before anything is taken'
}

backup_with_little_room() {
  status=0
  (
    trap '' XFSZ
    ulimit -f 1000
    backup
  ) || status=$?
  unharmed "a backup on $1"
}

fill_disk() {
  local note
  note=$(any_note)
  if [[ -n $note ]]; then
    head -c 3000000 /dev/urandom >"${note%note.txt}large"
  else
    head -c 3000000 /dev/urandom | in_redis -x set large >/dev/null
  fi
  backup_with_little_room 'a disk that is full after 1 MB'
  if [[ -z $note || ${#databases[@]} == 0 ]]; then return; fi
  # Each file finds room, and the archive of them does not.
  head -c 600000 /dev/urandom >"${note%note.txt}large"
  sqlite3 -cmd '.timeout 20000' "${databases[0]}" 'CREATE TABLE large AS SELECT randomblob(600000);'
  backup_with_little_room 'a disk that is full while the archive is written'
  rm "${note%note.txt}large"
}

kill_it() {
  touch "$here/hold"
  rm -f "$here/held"
  # Not through a function: the process that is killed has to be the script itself.
  (cd / && exec env -i "PATH=$here/bin:/usr/bin:/bin" "BACKUP_DIR=$BACKUP_DIR" BACKUP_RESERVE_MB=1 "$checkout/scripts/backup.sh") \
    >"$here/killed" 2>&1 &
  pid=$!
  for _ in {1..400}; do
    if [[ -e $here/held ]]; then break; fi
    sleep 0.05
  done
  [[ -e $here/held ]] || missing "a backup that reads files: $(tail -n 1 "$here/killed")"
  if backup timeout 10 || ! grep -q 'another backup' "$here/said"; then
    missing 'a second backup at the same time that is refused'
  fi
  seen 'a second backup at the same time' "$(said)"
  kill "-$1" "$pid"
  if [[ $1 == TERM ]]; then rm "$here/hold"; fi
  status=0
  wait "$pid" || status=$?
  rm -f "$here/hold"
  cp "$here/killed" "$here/said"
  unharmed "a backup ended by SIG$1"
}

set_up
"$scenario"
