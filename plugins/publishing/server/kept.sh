# $1 root, $2 release. Its manifest.
cat "$1/releases/$2.json"
