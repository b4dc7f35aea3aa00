#!/bin/bash
# Follows the deployment runbook of a checkout with a docker that keeps images, tags and containers:
#   drill.sh CHECKOUT SERVICES DOCKER DEPLOY SCENARIO COMPOSE-FILE...
# SERVICES is the table that the stand-in reads, DEPLOY the deploy script's path in the checkout. The commands are those
# of the document. Says 'seen<tab>what<tab>answer' for each thing that held, and ends with 1 and 'missing<tab>what' at
# the first that did not, or with 3 and 'lacks<tab>why' where the deploy script
# wants what a drill cannot give it.
set -euo pipefail
checkout=$1 services=$2 stand_in=$3 deploy=$4 scenario=$5
shift 5
here=$(mktemp -d "${TMPDIR:-/tmp}/drill.XXXXXXXX")
children=()
end() {
  local each
  rm -f "$here/hold"
  for each in "${children[@]}"; do kill -9 "$each" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$here"
}
trap end EXIT

seen() { printf 'seen\t%s\t%s\n' "$1" "$(tr '\n\t' '; ' <<<"${2%$'\n'}" | sed 's/; *$//')"; }
said() { grep '^\[release\]' "$here/said" | tail -n "${1:-1}" || tail -n 2 "$here/said"; }
missing() {
  printf 'missing\t%s\n' "$(tr '\n\t' '  ' <<<"$1; it said: $(tail -n 3 "$here/said")")"
  exit 1
}

lacks() {
  printf 'lacks\t%s\n' "$1"
  exit 3
}

# What a deploy script may call: nothing that leaves the drill.
PROGRAMS='awk basename bash cat chmod cp cut date df dirname env false find flock grep head id ln ls md5sum mkdir mktemp mv printf pwd readlink realpath rm sed seq sh sha256sum sort stat tac tail tee test timeout touch tr true uname uniq wc xargs'
runbook=docs/deployment-runbook.md
set_up() {
  local each target
  mkdir -p "$here/bin" "$here/images" "$here/tags" "$here/containers" "$here/work/docs" "$here/work/backups"
  : >"$here/said"
  cp "$services" "$here/services"
  cp "$stand_in" "$here/bin/docker"
  for each in $PROGRAMS; do ln -s "$(type -P "$each")" "$here/bin/$each"; done
  # Nobody waits in a drill, nobody is asked, and there is no remote repository.
  printf '#!/bin/sh\nexit 0\n' >"$here/bin/sleep"
  printf '#!/bin/sh\ncase " $* " in *" pull "* | *" checkout "*) exit 0 ;; esac\nPATH=%q exec git "$@"\n' "$PATH" >"$here/bin/git"
  echo 0 >"$here/later"
  rm "$here/bin/date"
  # shellcheck disable=SC2016 # expanded when it runs
  printf '#!/bin/bash\n%s\n' "date=$(type -P date) later=$here/later" '
now=$(($($date +%s) + $(<"$later")))
case " $* " in
  *" -d 1 second ago "*) exec $date -u -d "@$((now - 1))" "${@: -1}" ;;
  *" -d "*) exec $date "$@" ;;
esac
exec $date -d "@$now" "$@"' >"$here/bin/date"
  chmod 755 "$here"/bin/docker "$here/bin/sleep" "$here/bin/git" "$here/bin/date"
  copy "$runbook" "$deploy" scripts
  # The Compose files with what stands beside them.
  for each in "$@"; do if [[ $each == */* ]]; then copy "${each%/*}"; else copy "$each"; fi; done
  for each in backup restore; do
    if [[ -e $here/work/scripts/$each.sh ]]; then
      # shellcheck disable=SC2016 # expanded when it runs
      printf '#!/bin/bash\necho "%s $*: $(cat "$STACK"/containers/*/status | sort -u | tr "\\n" " ")" >>"$STACK/data"\n' "$each" >"$here/work/scripts/$each.sh"
      chmod 755 "$here/work/scripts/$each.sh"
    fi
  done
  # No repository holds the env files of its server.
  while read -r each; do
    target=${each%.example}
    if [[ -e $target ]]; then continue; fi
    sed -E 's/^([A-Za-z_]*(SECRET|KEY|TOKEN|PASSWORD)[A-Za-z_]*)=.*/\1=drill-0123456789abcdef0123456789abcdef/; s/^([A-Za-z_]*URL)=.*/\1=https:\/\/drill.test/; s/^([A-Za-z_]*EMAILS?)=.*/\1=drill@drill.test/; s/^SIGN_UP=.*/SIGN_UP=open/; s/^([A-Za-z_]+)=$/\1=drill/' "$each" >"$target"
    printf '%s\n' "DRILL_ODD='a b  \$x # \"'" >>"$target"
  done < <(find "$here/work" -name '*.example')
  (cd "$here/work" && git init -q && git -c user.name=drill -c user.email=drill@drill.test commit -q --allow-empty -m drill)
}
copy() {
  local each
  for each in "$@"; do
    [[ -e $checkout/$each ]] || missing "$each in the repository"
    mkdir -p "$here/work/$(dirname "$each")"
    (cd "$checkout" && tar -cf - --exclude=node_modules --exclude=.next "$each") | tar -C "$here/work" -xf -
  done
}
# step HEADING [release=NAME archive=FILE]: runs the commands below a heading of the runbook, as somebody would paste them.
step() {
  local heading=$1 each text
  shift
  text=$(awk -v heading="$heading" '
    /^#+ / && !inside { here = ($0 ~ "^#+ " heading "$") }
    /^```/ { if (here && !inside && /^```bash/) { inside = 1; next } else if (inside) { inside = 0; next } }
    inside && here { print }
  ' "$here/work/$runbook")
  [[ -n $text ]] || missing "commands below the heading $heading"
  for each in "$@"; do text=$(awk -v set="$each" 'BEGIN { name = substr(set, 1, index(set, "=")) } index($0, name) == 1 { $0 = set } 1' <<<"$text"); done
  run_text "$text"
}
run_text() {
  local status=0
  (cd "$here/work" && exec timeout -k 5 "$limit" env -i "PATH=$here/bin" HOME=/nonexistent "STACK=$here" "${settings[@]}" bash -euo pipefail -c "$1") \
    >"$here/said" 2>&1 </dev/null || status=$?
  if [[ $status == 127 ]] && grep -q 'command not found' "$here/said"; then
    lacks "it calls $(sed -n 's/.*line [0-9]*: \(.*\): command not found.*/\1/p' "$here/said" | tail -n 1), which a drill does not"
  fi
  return "$status"
}
# Seconds that a step may take.
limit=120
settings=(RELEASE_RESERVE_MB=1 RELEASE_WAIT_SECONDS=30)

built() { awk -F '\t' '$2 == "yes" { print $1 }' "$services"; }
in_service() { for each in $(built); do echo "$(cat "$here/containers/$each/source" 2>/dev/null) $(cat "$here/containers/$each/status" 2>/dev/null)"; done | sort -u | xargs; }
# runs SOURCE WHAT
runs() {
  [[ $(in_service) == "$1 running" ]] || missing "$2: images of $1 that run, not '$(in_service)'"
  seen "$2" "$1 runs; $(said)"
}
# Names hold seconds.
tick() { echo $(($(<"$here/later") + 2)) >"$here/later"; }
# deployed SOURCE: a deployment that works.
deployed() {
  echo "$1" >"$here/source"
  tick
  if ! step 'Normal deployment'; then
    grep -q '^\[release\]' "$here/said" || lacks "it ends before it builds: $(tail -n 1 "$here/said")"
    missing "a deployment of $1 that succeeds"
  fi
  [[ $(in_service) == "$1 running" ]] || missing "$1 in service after its deployment, not '$(in_service)'"
}
# refused SOURCE WHAT: a deployment that has to fail.
refused() {
  local status=0
  echo "$1" >"$here/source"
  tick
  step 'Normal deployment' || status=$?
  [[ $status != 0 ]] || missing "an error at $2"
}
# by_hand WORD...: Compose without RELEASE.
by_hand() {
  (cd "$here/work" && env -i "PATH=$here/bin" HOME=/nonexistent bash -c '. scripts/release-common.sh && release_compose "$@"' bash "$@") \
    >"$here/said" 2>&1
}
names() { (cd "$here/work" && env -i "PATH=$here/bin" HOME=/nonexistent scripts/rollback.sh --list); }
ids() { cat "$here"/containers/*/id | sort | xargs; }
volumes_are_there() { [[ ! -e $here/volumes-lost ]] || missing 'volumes that are still there'; }

releases() {
  local first before targets
  deployed A
  seen 'deploy A' "$(said 2)"
  deployed B
  seen 'deploy B' "$(said 2)"
  [[ $(names | wc -l) == 2 ]] || missing 'two releases to choose from'
  first=$(names | tail -n 1)
  first=${first%% *}
  step Rollback || missing 'a rollback that succeeds'
  runs A 'roll back'
  by_hand up -d
  runs A 'docker compose up by hand, without RELEASE'
  before=$(ids)
  step 'Restart one service' || missing 'a restart that succeeds'
  runs A 'restart one service'
  [[ $(ids) != "$before" ]] || missing 'a new container after the restart of one service'
  deployed C
  step 'A release of your choice' "release=$first" || missing 'a way back to a release by its name'
  runs A "back to $first by its name"
  deployed D
  if [[ -e $here/work/scripts/restore.sh ]]; then
    : >"$here/data"
    step 'Emergency: everything down, data restored' "release=$first" archive=backups/drill.tar.gz || missing 'an emergency that ends well'
    runs A 'everything down, data restored, A started'
    grep -q '^restore .*drill.tar.gz: created $' "$here/data" || missing "a restore while nothing runs, not: $(cat "$here/data")"
    volumes_are_there
  fi
  for before in E F G; do deployed "$before"; done
  [[ $(names | wc -l) == 5 ]] || missing "the last five releases, not $(names | wc -l)"
  # B, C and, in the emergency, D were taken back.
  if [[ -e $here/work/scripts/restore.sh ]]; then targets='F E A'; else targets='F E D A'; fi
  for before in $targets; do
    step Rollback || missing 'another rollback'
    runs "$before" 'roll back once more'
  done
  if step Rollback; then missing 'an error where no release is left to go back to'; fi
  runs A 'roll back where nothing is left'
}

failures() {
  local before
  echo OLD >"$here/source"
  by_hand build
  by_hand up -d
  refused broken 'the first release, which breaks'
  runs OLD 'the first release breaks, and what ran before had no name'
  deployed A
  deployed B
  refused broken 'a release whose containers do not get healthy'
  runs B 'a deployment that breaks' 
  grep -q 'runs again' "$here/said" || missing 'a word about the release that runs again'
  before=$(ids)
  refused unbuildable 'a build that fails'
  runs B 'a build that fails'
  [[ $(ids) == "$before" ]] || missing 'containers that nobody touched after a build that failed'
  settings+=(RELEASE_RESERVE_MB=99999999)
  refused C 'a full disk'
  runs B 'a disk that is nearly full'
  [[ $(ids) == "$before" ]] || missing 'containers that nobody touched on a full disk'
  settings=("${settings[@]/#RELEASE_RESERVE_MB=*/RELEASE_RESERVE_MB=1}")
  cut_short TERM
  runs B 'a deployment ended by SIGTERM half-way'
  cut_short KILL
  refused broken 'a release that breaks after half a deployment'
  runs B 'a deployment that breaks after half a deployment'
  cut_short KILL
  step Rollback || missing 'a rollback after half a deployment'
  runs B 'rollback after half a deployment (SIGKILL)'
  deployed D
  cut_rollback
  step Rollback || missing 'a rollback after half a rollback'
  runs B 'rollback after half a rollback'
  deployed E
  seen 'the next deployment' "$(said 2)"
}

# goes_back SOURCE WHAT: the runbook's rollback, without a name.
goes_back() {
  step Rollback || missing "$2: a rollback that succeeds"
  runs "$1" "$2"
}
# The name of the release that was deployed last.
newest() { names | sed -n '1s/ .*//p'; }

# A release that was taken back is not the one before the next one.
fled() {
  deployed A
  deployed B
  goes_back A 'B is taken back'
  deployed C
  goes_back A 'C is taken back, and B was taken back before it'
  if step Rollback; then missing 'an error where all others were taken back'; fi
  runs A 'nothing is left to go back to'
}

# Taking one service back is the first half of a rollback.
by_service() {
  local first service
  service=$(built | head -n 1)
  deployed A
  first=$(newest)
  deployed B
  run_text "scripts/rollback.sh $first $service" || missing 'a rollback of one service'
  [[ $(<"$here/containers/$service/source") == A ]] || missing "A in $service alone"
  goes_back A "the whole of A, after $service alone was taken back to it"
}

# A release that does not work when it is started again is no reason to go forward.
no_help() {
  deployed A
  deployed B
  touch "$here/sick"
  if step Rollback; then missing 'an error where the release before does not work either'; fi
  grep -q 'does not work' "$here/said" || missing 'a word about the release that does not work'
  rm "$here/sick"
  goes_back A 'again, after the release before did not work at first'
}

# The service that answers visitors is waited for, whether or not it worked before; what has only just been started has
# time to work.
front() {
  local service
  service=$(built | tail -n 1)
  deployed A
  touch "$here/sick"
  refused broken 'a release that does not answer visitors, after one that did not either'
  rm "$here/sick"
  # shellcheck disable=SC2016 # expanded when it runs
  printf '#!/bin/bash\nrm -f "$STACK/starting"\n' >"$here/bin/sleep"
  touch "$here/starting"
  deployed B
  if grep -q "begun.* $service " "$here/work/.releases/log"; then missing "$service waited for while it starts"; fi
  seen 'deployed while the stack before still started' "$(said)"
}

# A service of which a release has no image keeps the one that runs; where there is none, nothing is changed.
no_image() {
  local first last each
  first=$(built | head -n 1)
  last=$(built | tail -n 1)
  awk -F '\t' -v OFS='\t' -v last="$last" -v first="$first" '$1 == last { $4 = first } 1' "$here/services" >"$here/new"
  mv "$here/new" "$here/services"
  deployed A
  each=$(newest)
  deployed B
  rm "$here/tags/"*"$first:$each"
  step Rollback || missing 'a rollback where a service has no image of the release'
  [[ $(<"$here/containers/$first/source") == B && $(<"$here/containers/$last/source") == A ]] ||
    missing "A in $last, and $first as it was"
  by_hand down
  rm "$here/tags/"*"$first:$each" "$here/tags/"*"$first:latest"
  if run_text "scripts/rollback.sh $each"; then missing 'an error where an image is gone'; fi
  grep -q "$first:$each" "$here/said" || missing 'the name of the image that is gone'
  [[ -z $(ls "$here/containers") ]] || missing 'nothing that was started'
  seen 'an image that is gone' "$(said)"
}

# What is repeated by its name stays where it is.
repeated() {
  local first
  deployed A
  deployed B
  first=$(newest)
  deployed C
  goes_back B 'C is taken back'
  for _ in 1 2; do
    step 'The Compose files of then' "release=$first" commit=HEAD || missing 'a rollback that can be repeated'
    runs B 'the same rollback, with the Compose files of then'
  done
}

hold_until_held() {
  for _ in {1..400}; do
    if [[ -e $here/held ]]; then return; fi
    /bin/sleep 0.05
  done
  missing 'containers that are being started'
}
gone() { while kill -0 "$1" 2>/dev/null; do /bin/sleep 0.05; done; }
background() {
  rm -f "$here/held"
  touch "$here/hold"
  set -m
  (cd "$here/work" && exec env -i "PATH=$here/bin" HOME=/nonexistent "STACK=$here" "${settings[@]}" "$@") >"$here/cut" 2>&1 </dev/null &
  children+=("$!")
  disown
  set +m
  hold_until_held
}

# A deployment that is ended while it starts containers; a second one at the same time is refused.
cut_short() {
  local pid
  echo C >"$here/source"
  tick
  background bash "$deploy"
  pid=${children[-1]}
  limit=20
  if step 'Normal deployment'; then missing 'a second deployment at the same time that is refused'; fi
  grep -q 'another deployment' "$here/said" || missing 'a word about the other deployment'
  limit=120
  seen 'a second deployment at the same time' "$(grep 'another deployment' "$here/said")"
  # As Ctrl-C does: what it has started itself ends, too.
  kill "-$1" -- "-$pid"
  rm -f "$here/hold"
  gone "$pid"
  cp "$here/cut" "$here/said"
}

cut_rollback() {
  background scripts/rollback.sh
  kill -KILL -- "-${children[-1]}"
  rm -f "$here/hold"
  gone "${children[-1]}"
}

set_up "$@"
"$scenario"
