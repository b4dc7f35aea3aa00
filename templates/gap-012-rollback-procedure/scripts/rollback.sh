#!/usr/bin/env bash
# Starts an earlier release again, with the images that it was deployed with. Builds nothing, and touches no data.
#
#   scripts/rollback.sh --list                               the releases that can be started, and the one in service
#   scripts/rollback.sh                                      the release before; after half a deployment, the last whole one
#   scripts/rollback.sh [--no-start] RELEASE [service ...]   that release, or only these services of it
#
# Ends with 0 once the containers work. --no-start makes the containers and does not start them, for a restore.
# The Compose file and the env files stay as they are in this checkout.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR
. "$(dirname "${BASH_SOURCE[0]}")/release-common.sh"

# Prints the releases that still have images, the newest first.
list() {
  local release
  for release in $(release_good | sort -r); do
    if release_has "$release"; then printf '%s\n' "$release"; fi
  done
}

# The release before the one in service: by its name, because names begin with the time.
older() {
  local current=$1 release
  for release in $(list); do
    if [[ $release < $current ]]; then
      printf '%s' "$release"
      return
    fi
  done
  release_die "there is no release before ${current:-the first}; scripts/rollback.sh --list shows those that are kept"
}

# After a rollback or a deployment that was cut short, the one that it should have ended with.
default_target() {
  local current last
  current=$(release_current)
  last=$(release_interrupted)
  release_look || release_die 'docker compose could not list the containers'
  if [[ -n $last ]] && ! release_runs "$last"; then
    printf '%s' "$last"
  elif [[ -z $current ]] || release_runs "$current"; then
    older "$current"
  else
    printf '%s' "$current"
  fi
}

start=yes
case ${1:-} in
  -h | --help)
    sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  --list)
    release_look || release_die 'docker compose could not list the containers'
    current=$(release_current)
    list | while read -r release; do
      note=''
      if [[ $release == "$current" ]]; then
        note='  <- in service'
        release_runs "$release" || note='  <- deployed last, and not what runs now'
      fi
      printf '%s%s\n' "$release" "$note"
    done
    exit 0
    ;;
  --no-start)
    start=''
    shift
    ;;
esac
if [[ ${1:-} == -* || (-z $start && $# == 0) ]]; then
  echo 'usage: scripts/rollback.sh [--list | [--no-start] RELEASE [service ...]]' >&2
  exit 2
fi

release_lock
target=${1:-}
services=("${@:2}")
for service in "${services[@]}"; do
  [[ " ${release_images[*]% *} " == *" $service "* ]] || release_die "$service is no service that is built here"
done
if [[ -z $target ]]; then target=$(default_target); fi
if [[ ! $target =~ ^[A-Za-z0-9_][A-Za-z0-9._-]*$ ]] || ! release_has "$target" "${services[@]}"; then
  release_die "there are no images of the release $target; scripts/rollback.sh --list shows those that are kept"
fi

if [[ -z $start ]]; then
  release_start "$target" --no-start -- "${services[@]}"
  release_say "the containers of $target are made, and not started"
  exit 0
fi
# What runs now keeps a name until the next deployment has cleaned up.
release_name_running left
# What did not work when the release was new does not have to work now.
release_lame=$(awk -F '\t' -v release="$target" '$2 == release && $4 != "" { lame = $4 } END { print lame == "" ? " " : lame }' "$release_dir/log")
if [[ ${#services[@]} -gt 0 ]]; then
  release_say "going back to $target: ${services[*]}"
  release_start "$target" -d --no-deps -- "${services[@]}"
else
  release_note "$target" 'going back'
  release_say "going back to $target"
  release_start "$target" -d
fi
release_wait "$target" "${services[@]}" || exit 1
release_keep "$target" 'rolled back' "${services[@]}"
release_say "$target is in service"
