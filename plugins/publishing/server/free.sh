# $1 root. Kibibytes that are free on its disk, or on that of the folder where it will be.
set -eu
echo "$0"
d=$1
while [ ! -d "$d" ]; do d=$(dirname "$d"); done
df -Pk "$d" | awk 'NR == 2 { print $4 }'
