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
  in_redis eval "for i = 1, 500 do redis.call('set', 'key:' .. i, string.rep('x', 50)) end" 0 >/dev/null
}

set_up() {
  local name kind workdir mounts
  compose_file=$(sed -n "s/^COMPOSE_PATH='\(.*\)'$/\1/p" "$checkout/scripts/backup-common.sh")
  mkdir -p "$here/bin" "$here/container-bin" "$here/services" "$BACKUP_DIR"
  cp "$stand_in" "$here/bin/docker"
  # shellcheck disable=SC2016 # expanded when it runs
  printf '#!/bin/sh\nprintf "%%s\\0" "redis-cli $*" >>"$CALLS"\nPATH=${PATH#*:} exec redis-cli "$@"\n' >"$here/container-bin/redis-cli"
  chmod 755 "$here/bin/docker" "$here/container-bin/redis-cli"
  echo "$PATH" >"$here/path"
  cut -f 1 "$stack" >"$here/declared"
  while IFS=$'\t' read -r name kind workdir mounts; do add_service "$name" "$kind" "$workdir" "$mounts"; done <"$stack"
  for name in "${databases[@]}"; do
    until [[ $(rows "$name" two) -gt 5 ]]; do sleep 0.05; done
  done
}

# As cron runs it: nearly no environment, and from another folder.
as_cron() { (cd / && exec env -i "PATH=$here/bin:/usr/bin:/bin" "BACKUP_DIR=$BACKUP_DIR" "$@") >"$here/said" 2>&1; }
backup() { as_cron "$@" "$checkout/scripts/backup.sh"; }
restore() { as_cron "$checkout/scripts/restore.sh" --yes "$@"; }
archives() { (cd "$BACKUP_DIR" && sha256sum backup-*.tar.gz); }
newest() { find "$BACKUP_DIR" -name 'backup-*.tar.gz' | sort | tail -n 1; }
# Names hold seconds.
good_backup() {
  sleep 1.1
  backup || missing "a backup that succeeds: $(said)"
}

round_trip() {
  local -A before=()
  local each file copies=$here/copies path kind service counts keys=''
  for each in "${databases[@]}"; do before[$each]=$(rows "$each" one); done
  good_backup
  seen 'backup.sh in an empty environment, databases under writes' "$(basename "$(newest)"), $(stat -c '%a' "$(newest)")"
  [[ $(stat -c %a "$(newest)") == 600 ]] || missing 'an archive that only its owner can read'
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
    unset "todo[$each]"
  done <"$copies/MANIFEST"
  for each in "${databases[@]}"; do
    grep -qF "${each#"$here"/services/*/root}" "$copies/MANIFEST" || missing "${each#"$here"/services/} in the archive"
  done
  if grep -zqF "$password" "$here/calls"; then missing 'a Redis password that stands on no command line'; fi
  seen 'the Redis password' "on none of $(tr -cd '\0' <"$here/calls" | wc -c) command lines"
  stop_writing
  if [[ -n $redis_service ]]; then
    keys=$(in_redis dbsize)
    in_redis flushall >/dev/null
  fi
  for each in "${databases[@]}"; do
    # The WAL of a process that was killed: whoever opens the database next puts it in.
    sqlite3 "$each" 'PRAGMA wal_autocheckpoint=0;' 'DELETE FROM one; DELETE FROM two; CREATE TABLE later (n);' \
      ".system cp '$each-wal' '$each.old'" >/dev/null
    mv "$each.old" "$each-wal"
    rm "$(dirname "$each")/sub/note.txt"
  done
  restore "$(newest)" || missing "a restore that succeeds: $(said)"
  for each in "${databases[@]}"; do
    [[ ! -e $each-wal ]] || missing "${each#"$here"/services/} without the WAL of the old one"
    [[ $(sqlite3 "$each" 'PRAGMA integrity_check') == ok ]] || missing "${each#"$here"/services/} whole after the restore"
    counts="$(rows "$each" one) $(rows "$each" two)"
    [[ $counts == "${before[$each]} ${before[$each]}" ]] || missing "${before[$each]} rows after the restore, not $counts"
    [[ -s $(dirname "$each")/sub/note.txt ]] || missing 'the other files after the restore'
    seen "${each#"$here"/services/} after the restore" "integrity ok, rows $counts"
  done
  if [[ -n $redis_service ]]; then
    [[ $(in_redis dbsize) == "$keys" ]] || missing "$keys Redis keys after the restore, not $(in_redis dbsize)"
    seen "Redis ($redis_service) after the restore" "$keys keys, as before"
  fi
  refuse_damaged
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

# unharmed WHAT: after a run that had to fail, the archives are what they were.
unharmed() {
  [[ $(archives) == "$good" ]] || missing "the last good archive after $1"
  seen "$1" "ended with $status: $(said)"
}

failures() {
  local old=backup-20200101T000000Z.tar.gz young=backup-20991231T000000Z.tar.gz pid each
  good_backup
  for each in "$old" "$young"; do cp "$(newest)" "$BACKUP_DIR/$each"; done
  touch -d '40 days ago' "$BACKUP_DIR/$old"
  touch -d '29 days ago' "$BACKUP_DIR/$young"
  good=$(archives)
  if [[ -n $redis_service ]]; then
    status=0
    sleep 1.1
    backup REDIS_PASSWORD=wrong || status=$?
    [[ $status != 0 ]] || missing 'a failure with the wrong Redis password'
    unharmed 'a backup with the wrong Redis password'
  fi
  fill_disk
  kill_it KILL
  kill_it TERM
  good_backup
  [[ ! -e $BACKUP_DIR/$old && -e $BACKUP_DIR/$young ]] || missing '30 days of archives, and no more, after a good backup'
  [[ -z $(find "$BACKUP_DIR" -name '.partial*') ]] || missing 'a backup folder without leftovers'
  seen 'the next backup' "succeeds, deletes the archive of 40 days ago, keeps that of 29 days ago"
}

# A limit on the size of files makes writes fail as a full disk does, and needs no rights.
backup_with_little_room() {
  status=0
  (
    trap '' XFSZ
    ulimit -f 1000
    backup
  ) || status=$?
  [[ $status != 0 ]] || missing "a failure on $1"
  unharmed "a backup on $1"
}

fill_disk() {
  local note
  note=$(find "$here"/services/*/root -name note.txt | head -n 1)
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
  (cd / && exec env -i "PATH=$here/bin:/usr/bin:/bin" "BACKUP_DIR=$BACKUP_DIR" "$checkout/scripts/backup.sh") \
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
  [[ $status != 0 ]] || missing "a failure when it is ended by SIG$1"
  cp "$here/killed" "$here/said"
  unharmed "a backup ended by SIG$1"
}

set_up
"$scenario"
