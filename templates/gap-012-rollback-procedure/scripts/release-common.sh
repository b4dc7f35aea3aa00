# shellcheck shell=bash
# Sourced by the deploy script and by rollback.sh. Each deployment is a release: its images keep a tag of their own, so
# that it can be started again without a build. A release is named after its time and commit: 20260131T031500Z-1a2b3c4.
#
#   release_begin   before the build: takes the lock, looks for disk space, names what runs now, exports RELEASE
#   release_finish  after the containers were started: waits until they work, then deletes old releases
#
# If the script ends in between, for whatever reason, the release that ran before is started again.
#
#   RELEASE_KEEP          how many releases to keep (default: 5)
#   RELEASE_WAIT_SECONDS  how long the containers may take to work (default: 300)
#   RELEASE_RESERVE_MB    how much disk space must be free before a build (default: 2048)
#
# Needs bash, docker, flock and GNU date. .releases/log lists what was deployed. The tag latest always names the release
# in service, so that Compose commands without RELEASE start the same images.

# The services that are built here, and their images.
release_images=(
  'web app-web'
)
# Those of them that answer visitors: a release has to wait for them, whatever was wrong before.
release_front=' web '
release_compose() { docker compose -f "$release_root/docker-compose.yml" "$@" </dev/null; }

release_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
release_dir=$release_root/.releases
# What ran before this deployment, and whether this deployment is still to be finished.
release_before=''
release_open=''

release_say() { printf '[release] %s\n' "$*"; }
release_die() {
  printf '[release] error: %s\n' "$*" >&2
  exit 1
}

# release_setting NAME DEFAULT: a whole number from the environment, at least one.
release_setting() {
  local value=${!1:-$2}
  [[ $value =~ ^[1-9][0-9]{0,8}$ ]] || release_die "$1 is not a number: $value"
  printf '%s' "$value"
}

# One deployment or rollback at a time. The lock goes with this process, however it ends.
release_lock() {
  command -v flock >/dev/null || release_die 'flock is not installed (package util-linux)'
  mkdir -p "$release_dir" || release_die "$release_dir cannot be made"
  { exec 8>>"$release_dir/lock"; } 2>/dev/null ||
    release_die "$release_dir belongs to $(stat -c %U "$release_dir"): run this as that user, or with sudo"
  flock --nonblock 8 || release_die 'another deployment or rollback is running'
  : >>"$release_dir/log" || release_die "$release_dir/log cannot be written"
}

# release_excuse SERVICE...: these do not hold a release up, unless they answer visitors.
release_excuse() {
  local service
  for service in "$@"; do
    if [[ $release_front$release_lame != *" $service "* ]]; then release_lame+="$service "; fi
  done
}

# release_note RELEASE WHAT: adds a line to the log, with the services that are known not to work.
release_lame=' '
release_note() { printf '%s\t%s\t%s\t%s\n' "$(date -u +%FT%TZ)" "$1" "$2" "$release_lame" >>"$release_dir/log"; }

# The releases that worked, the last one first, each once.
release_worked() {
  [[ -s $release_dir/log ]] || return 0
  tac "$release_dir/log" | awk -F '\t' '$3 ~ /^(deployed|rolled back|found running)$/ && !seen[$2]++ { print $2 }'
}

# The release in service, then those before it, in the order of the log. Going back to a release takes back all that
# came after it: none of them is gone back to without its name. Single services of a newer one change nothing here.
release_good() {
  [[ -s $release_dir/log ]] || return 0
  awk -F '\t' '
    $3 ~ /^(deployed|found running)$/ { line[++n] = $2 }
    $3 ~ /^(going|rolled) back/ {
      for (at = n; at > 0 && line[at] != $2; at--);
      if (at == 0) {
        if ($3 ~ /:/ && n > 0 && $2 > line[n]) next
        while (n > 0 && line[n] >= $2) n--
        at = n + 1
      }
      line[n = at] = $2
    }
    END { while (n > 0) print line[n--] }
  ' "$release_dir/log"
}
release_current() { release_good | sed -n 1p; }

release_image_id() { docker image inspect --format '{{.Id}}' "$1" 2>/dev/null; }

# release_has RELEASE [SERVICE...]: whether there is an image of that release for each service, or for any at all.
release_has() {
  local line service image missing=0 found=0
  for line in "${release_images[@]}"; do
    read -r service image <<<"$line"
    if [[ $# -gt 1 && " ${*:2} " != *" $service "* ]]; then continue; fi
    if release_image_id "$image:$1" >/dev/null; then found=1; else missing=1; fi
  done
  if [[ $# -gt 1 ]]; then [[ $missing == 0 && $found == 1 ]]; else [[ $found == 1 ]]; fi
}

# Looks at the containers: the image of each service, and whether it works. One without a health check has to run for
# some seconds, because a container that keeps crashing also runs between its restarts. One that has ended well was a
# task, and not a service.
declare -A release_image_of=() release_state_of=()
RELEASE_FACTS='{{index .Config.Labels "com.docker.compose.service"}} {{index .Config.Labels "com.docker.compose.oneoff"}} {{.Image}} {{.State.Status}} {{with .State.Health}}{{.Status}}{{ else }}none{{ end }} {{.State.ExitCode}} {{.State.StartedAt}}'
release_look() {
  local ids facts service once image status health code started
  release_image_of=()
  release_state_of=()
  ids=$(release_compose ps --all --quiet 2>/dev/null) || return 1
  [[ -n $ids ]] || return 0
  # shellcheck disable=SC2086 # one id a word
  facts=$(docker inspect --format "$RELEASE_FACTS" $ids 2>/dev/null) || return 1
  while read -r service once image status health code started; do
    if [[ $once == True ]]; then continue; fi
    if [[ $status == running && $health == none ]]; then
      (($(date +%s) - $(date -d "$started" +%s) >= 5)) || health=starting
    fi
    # Of several containers the one that does not work counts.
    if [[ ${release_state_of[$service]:-works} == works ]]; then
      release_image_of[$service]=$image
      release_state_of[$service]="$status, $health"
      case "$status $health $code" in
        'running healthy '* | 'running none '* | 'exited '*' 0') release_state_of[$service]=works ;;
      esac
    fi
  done <<<"$facts"
}

# Looks again until nothing has only just been started: whether it works is not known before.
release_look_settled() {
  local seconds waited
  seconds=$(release_setting RELEASE_WAIT_SECONDS 300) || return 1
  for ((waited = 0; ; waited += 3)); do
    release_look || return 1
    if [[ "${release_state_of[*]}" != *', starting'* ]] || ((waited >= seconds)); then return 0; fi
    sleep 3
  done
}

# release_runs RELEASE: whether all services run with the images of that release, as of the last look.
release_runs() {
  local line service image id
  [[ -n $1 ]] || return 1
  for line in "${release_images[@]}"; do
    read -r service image <<<"$line"
    id=$(release_image_id "$image:$1") || continue
    [[ ${release_image_of[$service]:-} == "$id" && ${release_state_of[$service]} =~ ^(works|running) ]] || return 1
  done
  release_has "$1"
}

# release_cut_short WHAT: whether the log ends with that, and nothing about how it ended.
release_cut_short() {
  awk -F '\t' '$3 != "withdrawn" { last = $3 } END { print last }' "$release_dir/log" | grep -qE "^($1)"
}

# release_name_running WHAT: what runs now needs a name to go back to, even if nobody gave it one. What does not work,
# and what was cut short, gets none: then the last release that worked is the one to go back to.
release_name_running() {
  local line service image found='' broken=''
  release_lame=' '
  release_before=$(release_current)
  if [[ $1 == left ]]; then release_look; else release_look_settled; fi || release_die 'docker compose could not list the containers'
  for line in "${release_images[@]}"; do
    read -r service image <<<"$line"
    if [[ -z ${release_state_of[$service]:-} ]]; then continue; fi
    found=yes
    if [[ ${release_state_of[$service]} != works ]]; then
      broken=yes
      release_excuse "$service"
    fi
  done
  if [[ -z $found ]] || release_runs "$release_before"; then return 0; fi
  if [[ -n $release_before && -n $broken ]]; then return 0; fi
  if [[ -n $release_before ]] && release_cut_short 'begun|going back'; then return 0; fi
  release_before=$(date -u -d '1 second ago' +%Y%m%dT%H%M%SZ)-found
  for line in "${release_images[@]}"; do
    read -r service image <<<"$line"
    if [[ -z ${release_image_of[$service]:-} ]]; then continue; fi
    docker tag "${release_image_of[$service]}" "$image:$release_before" ||
      release_die "the image of $service, which runs now, cannot be kept; nothing was changed"
  done
  release_note "$release_before" "$1"
  release_say "what runs now is kept as $release_before"
}

# A full disk in the middle of a build can stop the databases that write to it.
release_need_room() {
  local reserve folder free
  reserve=$(release_setting RELEASE_RESERVE_MB 2048) || exit 1
  folder=$(docker info --format '{{.DockerRootDir}}' 2>/dev/null) || folder=$release_root
  [[ -d $folder ]] || folder=$release_root
  for _ in 1 2; do
    free=$(df -Pm "$folder" | awk 'END { print $4 }')
    if ((free >= reserve)); then return 0; fi
    release_prune 2
  done
  release_die "$free MB are free in $folder, and a build needs $reserve (RELEASE_RESERVE_MB); docker system df shows what takes the room; nothing was changed"
}

release_commit() {
  local commit
  commit=$(git -C "$release_root" rev-parse --short HEAD 2>/dev/null) || commit=unknown
  git -C "$release_root" diff --quiet HEAD -- 2>/dev/null || commit+=-changed
  printf '%s' "$commit"
}

release_begin() {
  release_lock
  # Wrong settings have to end the script here and not after the containers were replaced.
  release_setting RELEASE_KEEP 5 >/dev/null || exit 1
  release_setting RELEASE_WAIT_SECONDS 300 >/dev/null || exit 1
  release_name_running 'found running'
  release_need_room
  RELEASE=$(date -u +%Y%m%dT%H%M%SZ)-$(release_commit)
  export RELEASE
  release_note "$RELEASE" begun
  release_open=yes
  trap release_on_exit EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  release_say "release $RELEASE begins; before: ${release_before:-nothing}"
}

# release_wait RELEASE [SERVICE...]: waits until the services run with the images of the release and work. A service
# that did not work before does not hold a release up.
release_wait() {
  local line service image id seconds waited bad hopeless=0
  local -a wanted=("${@:2}")
  seconds=$(release_setting RELEASE_WAIT_SECONDS 300) || return 1
  for ((waited = 0; ; waited += 3)); do
    bad=''
    if release_look; then
      for line in "${release_images[@]}"; do
        read -r service image <<<"$line"
        if [[ ${#wanted[@]} -gt 0 && " ${wanted[*]} " != *" $service "* ]]; then continue; fi
        id=$(release_image_id "$image:$1") || continue
        if [[ ${release_image_of[$service]:-} != "$id" ]]; then
          bad+="$service does not run with this release; "
        elif [[ ${release_state_of[$service]} != works && $release_lame != *" $service "* ]]; then
          bad+="$service: ${release_state_of[$service]}; "
        fi
      done
      if [[ -z $bad ]]; then break; fi
      # Docker has given up on it, and for half a minute nothing changed.
      if [[ $bad == *', unhealthy;'* || $bad == *'exited,'* ]]; then hopeless=$((hopeless + 1)); else hopeless=0; fi
      if ((hopeless > 10)); then break; fi
    else
      bad='docker compose could not list the containers; '
    fi
    ((waited < seconds)) || break
    sleep 3
  done
  if [[ -z $bad ]]; then
    if [[ $release_lame != ' ' ]]; then release_say "did not work before either, and was not waited for:$release_lame"; fi
    return 0
  fi
  release_say "release $1 does not work: ${bad%; }" >&2
  return 1
}

# release_fill RELEASE: where a release has no image of a service, the one that runs, as of the last look, or the one in
# service takes its place, and does not hold the release up. Without it, Compose would look for the image elsewhere.
release_fill() {
  local line service image spare
  local -a spares=() excused=()
  for line in "${release_images[@]}"; do
    read -r service image <<<"$line"
    if release_image_id "$image:$1" >/dev/null; then continue; fi
    spare=${release_image_of[$service]:-}
    if [[ -z $spare ]] && ! spare=$(release_image_id "$image:latest"); then
      release_say "there is no image $image:$1, and no other one of $service" >&2
      return 1
    fi
    spares+=("$spare $image:$1")
    excused+=("$service")
  done
  for line in "${spares[@]}"; do
    read -r spare image <<<"$line"
    release_say "warning: there is no image $image; the one in service takes its place" >&2
    docker tag "$spare" "$image" || return 1
  done
  release_excuse "${excused[@]}"
}

# release_start RELEASE [UP-OPTION...] [-- SERVICE...]: starts the images of a release, and builds nothing.
release_start() {
  local line service image
  local -a options=() services=() there=()
  RELEASE=$1
  export RELEASE
  shift
  while [[ $# -gt 0 && $1 != -- ]]; do
    options+=("$1")
    shift
  done
  if [[ $# -gt 0 ]]; then services=("${@:2}"); fi
  if [[ ${#services[@]} == 0 ]]; then
    for line in "${release_images[@]}"; do
      read -r service image <<<"$line"
      if release_image_id "$image:$RELEASE" >/dev/null; then
        there+=("$service")
      else
        release_say "warning: $service has no image of $RELEASE, and stays as it is" >&2
      fi
    done
    if ((${#there[@]} < ${#release_images[@]})); then services=("${there[@]}"); fi
  fi
  release_compose up --no-build "${options[@]}" "${services[@]}"
}

# release_keep RELEASE WHAT [SERVICE...]: writes down that a release works; Compose takes it where RELEASE is not set.
release_keep() {
  local line service image
  for line in "${release_images[@]}"; do
    read -r service image <<<"$line"
    if [[ $# -gt 2 && " ${*:3} " != *" $service "* ]]; then continue; fi
    if release_image_id "$image:$1" >/dev/null; then docker tag "$image:$1" "$image:latest" || return 1; fi
  done
  if [[ $# -gt 2 ]]; then release_note "$1" "$2: ${*:3}"; else release_note "$1" "$2"; fi
}

# release_prune COUNT: deletes the images of all releases but the newest that worked. Only tags that release_begin made
# are touched, and docker itself refuses to delete what a container uses.
release_prune() {
  local line image tags kept tag
  for line in "${release_images[@]}"; do
    read -r _ image <<<"$line"
    tags=$(docker image ls --format '{{.Tag}}' "$image" | grep -E '^[0-9]{8}T[0-9]{6}Z-' | sort -r) || continue
    # Where the log is lost, the newest tags count.
    kept=$({ release_good && release_worked && echo "$tags"; } | awk '!seen[$0]++' | grep -xF "$tags" | sed -n "1,$1p")
    for tag in $tags; do
      if [[ $tag == "${RELEASE:-}" || $tag == "$release_before" ]] || grep -qxF "$tag" <<<"$kept"; then continue; fi
      if docker image rm "$image:$tag" >/dev/null 2>&1; then release_say "deleted $image:$tag"; fi
    done
  done
}

release_finish() {
  local line service image
  for line in "${release_images[@]}"; do
    read -r service image <<<"$line"
    if ! release_image_id "$image:$RELEASE" >/dev/null; then
      release_say "the build made no image of $service" >&2
      exit 1
    fi
  done
  release_wait "$RELEASE" || exit 1
  release_open=''
  release_keep "$RELEASE" deployed || release_die "$RELEASE is in service, and that could not be written down"
  release_say "release $RELEASE is in service"
  release_prune "$(release_setting RELEASE_KEEP 5)"
}

release_on_exit() {
  local status=$?
  if [[ -n $release_open ]]; then
    release_open=''
    # A second Ctrl-C, or a reader of the output that is gone, must not leave half of each release.
    trap '' HUP INT TERM PIPE
    if [[ $status == 0 ]]; then status=1; fi
    release_go_back || true
  fi
  exit "$status"
}

release_go_back() {
  local failed=$RELEASE service
  release_note "$failed" failed || true
  if [[ -z $release_before ]]; then
    release_say "release $failed failed, and nothing ran before that could be started again" >&2
    return 1
  fi
  if release_look && release_runs "$release_before"; then
    release_say "release $failed failed before anything was changed; $release_before still runs" >&2
    return 0
  fi
  for service in "${!release_state_of[@]}"; do
    if [[ ${release_state_of[$service]} == works ]]; then continue; fi
    release_say "the last words of $service (${release_state_of[$service]}):" >&2
    release_compose logs --no-color --tail 20 "$service" >&2 || true
  done
  release_say "release $failed failed; going back to $release_before" >&2
  release_fill "$release_before" || true
  if release_start "$release_before" -d && release_wait "$release_before"; then
    release_say "release $failed failed; $release_before runs again" >&2
  else
    release_say "release $failed failed, AND $release_before COULD NOT BE STARTED: docker ps and docker logs show what runs, and why the rest does not" >&2
    return 1
  fi
}
