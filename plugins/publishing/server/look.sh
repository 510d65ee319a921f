# $1 root. The release that is online, the names of those that are kept, an empty line, and the first one's manifest.
set -eu
echo "$0"
cd "$1" 2>/dev/null || exit 0
now=$(readlink current || true)
[ -n "$now" ] || ! [ -e current ] || exit 43
echo "${now#releases/}"
ls releases 2>/dev/null | sed -n 's/\.json$//p'
echo
[ -z "$now" ] || ! [ -e "$now.json" ] || cat "$now.json"
