#!/bin/sh
# Installs a release of optimize-assets: downloads its archive, compares it with the release's SHA256SUMS and unpacks it.
# Nothing is compiled, and root is not needed. action.yml runs it; for other services, copy it to the site.
#
#   sh install-optimize-assets.sh RELEASES VERSION FOLDER
#
# RELEASES is the address of what holds a folder vVERSION for each release, such as
# https://github.com/OWNER/optimize-assets/releases/download. The program is FOLDER/bin/optimize-assets then.
set -eu

# One line, and on GitHub an annotation. It is split into words and joined again, for what it quotes may have line breaks.
fail() {
  set -f
  # shellcheck disable=SC2086
  set -- $1
  if [ "${GITHUB_ACTIONS:-}" = true ]; then
    echo "::error title=optimize-assets::$*"
  else
    echo "optimize-assets is not installed: $*" >&2
  fi
  exit 69
}

[ $# = 3 ] || { echo "usage: sh install-optimize-assets.sh RELEASES VERSION FOLDER" >&2; exit 64; }
releases=${1%/} version=${2#v} folder=$3
case $version in
  "" | *[!0-9A-Za-z.+~-]*) fail "'$version' is no version; one reads 1.2.3" ;;
esac
for tool in curl sha256sum tar xz; do
  command -v "$tool" >/dev/null || fail "$tool is missing; install it"
done

release=$releases/v$version
archive=optimize-assets-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m).tar.xz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# download NAME: a file of the release, to the working folder.
download() {
  status=0
  curl --fail --silent --show-error --location --retry 3 --connect-timeout 20 \
    --output "$work/$1" "$release/$1" 2>"$work/problem" || status=$?
  case $status in
    0) ;;
    # What servers answer, and a file that is not there.
    22 | 37) fail "there is no $1 at $release; is $version a release?" ;;
    *) fail "$release cannot be reached ($(head -n 1 "$work/problem"))" ;;
  esac
}

download SHA256SUMS
sum=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' "$work/SHA256SUMS")
[ -n "$sum" ] || fail "release $version has no $archive; build the program from its source on such a machine"
download "$archive"
echo "$sum  $work/$archive" | sha256sum --check --status ||
  fail "$archive is not the file that SHA256SUMS names; download it again"

unpack() { mkdir -p "$folder" && tar --extract --xz --file "$work/$archive" --directory "$folder" --strip-components 1; }
unpack 2>"$work/problem" || fail "$archive cannot be unpacked in $folder ($(head -n 1 "$work/problem"))"
"$folder/bin/optimize-assets" --version >/dev/null 2>"$work/problem" ||
  fail "the program does not start here ($(head -n 1 "$work/problem")); it needs glibc 2.35: Debian 12, Ubuntu 22.04 or later"
echo "optimize-assets $version is in $folder/bin"
