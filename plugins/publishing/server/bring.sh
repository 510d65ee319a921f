# $1 root, $2 whose, $3 this upload's own name, $4 release to take from, $5 number of files.
# Reads a tar: `gone` (paths, each ended by NUL), `sums` (as sha256sum has them), `manifest.json`, `new/` (files).
set -eu
umask 022
mkdir -p "$1/releases" "$1/incoming"
cd "$1"
rm -rf "incoming/$2-"* 2>/dev/null || true  # of a killed upload of the same publisher; it may still be at it
d=incoming/$2-$3
trap 'rm -rf "$d"' EXIT
mkdir "$d"
tar -xmf - -C "$d"
mkdir "$d/site"
[ -z "$4" ] || cp -al "releases/$4/." "$d/site/"
root=$PWD
cd "$d/site"
xargs -0 rm -f -- < ../gone
find . -mindepth 1 -depth -type d -empty -exec rmdir {} +
[ ! -d ../new ] || cp -al ../new/. .
rm -rf ../new
sha256sum -c ../sums > ../checked 2>&1 && [ "$(find . -type f | wc -l)" -eq "$5" ] || { cd "$root"; exit 42; }
sync
cd "$root"
trap - EXIT
