#!/usr/bin/env bash
# Starts an earlier release again, with the images that it was deployed with. Builds nothing, and touches no data.
#
#   scripts/rollback.sh --list                               the releases that can be started, and the one in service
#   scripts/rollback.sh                                      the release before; after half a deployment, the last whole
#                                                            one; after a rollback that did not end well, the same again
#   scripts/rollback.sh [--no-start] RELEASE [service ...]   that release, or only these services of it
#
# Without a name, no release is started that was taken back before. Ends with 0 once the containers work. --no-start makes
# the containers and does not start them, for a restore. The Compose file and the env files stay as they are.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR
. "$(dirname "${BASH_SOURCE[0]}")/release-common.sh"

# Prints the releases that still have images, the newest first.
list() {
  local release
  for release in $(release_worked | sort -r); do
    if release_has "$release"; then printf '%s\n' "$release"; fi
  done
}

# The release before the one in service: the one that its deployment came after.
older() {
  local release
  for release in $(release_good | sed 1d); do
    if release_has "$release"; then
      printf '%s' "$release"
      return
    fi
  done
  release_die "there is no release before ${1:-the first} that was not taken back; scripts/rollback.sh --list shows those that are kept"
}

# After a rollback that was cut short or did not work, and after half a deployment, the one to end with. Never a newer
# one.
default_target() {
  local current
  current=$(release_current)
  release_look || release_die 'docker compose could not list the containers'
  if [[ -z $current ]] || { release_runs "$current" && ! release_cut_short 'going back'; }; then
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
    good=$(release_good)
    list | while read -r release; do
      note=''
      if [[ $release == "$current" ]]; then
        note='  <- in service'
        release_runs "$release" || note='  <- to be in service, and not what runs now'
      elif ! grep -qxF "$release" <<<"$good"; then
        note='  <- taken back'
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

# keep_others: images for the services that the release has none of, before anything is changed.
keep_others() {
  if [[ ${#services[@]} -gt 0 ]]; then return; fi
  release_fill "$target" || release_die "$target cannot be started as a whole; nothing was changed"
}

if [[ -z $start ]]; then
  release_look || release_die 'docker compose could not list the containers'
  keep_others
  release_start "$target" --no-start -- "${services[@]}"
  release_say "the containers of $target are made, and not started"
  exit 0
fi
# What runs now keeps a name until the next deployment has cleaned up.
release_name_running left
# What did not work when the release was new does not have to work now.
read -ra lame < <(awk -F '\t' -v release="$target" '$2 == release && $4 != "" { lame = $4 } END { print lame }' "$release_dir/log")
release_lame=' '
release_excuse "${lame[@]}"
keep_others
what="going back${services[*]:+: ${services[*]}}"
before=$(release_current)
release_note "$target" "$what"
if [[ -n $before ]] && ! grep -qxF "$before" <<<"$(release_good)"; then release_lame='' release_note "$before" withdrawn; fi
release_say "going back to $target${services[*]:+: ${services[*]}}"
if [[ ${#services[@]} -gt 0 ]]; then
  release_start "$target" -d --no-deps -- "${services[@]}"
else
  release_start "$target" -d
fi
release_wait "$target" "${services[@]}" ||
  release_die "without a name, the next rollback tries $(release_current) again; scripts/rollback.sh --list shows the others"
release_keep "$target" 'rolled back' "${services[@]}"
release_say "$target is in service"
