# $1 root, $2 what is online now, $3 what shall be, $4 the upload that becomes it (empty: it is kept), $5 how many are kept.
# Nobody is between the look and the rename: the lock is held by this script alone, which lasts a moment.
set -eu
cd "$1"
exec 9>>lock
flock 9
now=$(readlink current || true)
[ "${now#releases/}" = "$2" ] || exit 41
if [ -n "$4" ]; then
  [ ! -e "releases/$3.json" ] || exit 41
  rm -rf "releases/$3"
  mv -T "incoming/$4/site" "releases/$3"
  mv "incoming/$4/manifest.json" "releases/$3.json"
fi
[ -d "releases/$3" ] || exit 44
past=$(ls incoming 2>/dev/null) || true  # uploads that were compared with what was online until now; none that come after
ln -sfn "releases/$3" next
mv -T next current
# Readers are served; what follows tidies.
set +e
echo "$past" | while read -r each; do
  [ -z "$each" ] || rm -rf "incoming/$each"
done
ls releases | sed -n 's/\.json$//p' | sort -r | tail -n "+$(($5 + 1))" | while read -r old; do
  [ "$old" = "$3" ] || rm -rf "releases/$old.json" "releases/$old"
done
for each in releases/*/; do
  each=${each%/}
  [ -e "$each.json" ] || rm -rf "$each"
done
exit 0
