# $1 root, $2 release. Its manifest.
echo "$0"
cat "$1/releases/$2.json"
