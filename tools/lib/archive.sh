# archive.sh ROOT JAVA FOLDER: makes the class-data archives in FOLDER (java's -XX:SharedArchiveFile) that let the
# programs start fast, one for each class path, of the classes that a short session of real commands loads. Where that
# fails an empty file is left, so that it is not tried again at each start.
root=$1 java=$2 archives=$3
unset PFKEY_JAVA_OPTS

mkdir -p "$archives" || exit 1
exec 9>"$archives/lock"
! command -v flock >/dev/null || flock -n 9 || exit 0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

here=$root/tools/bin
. "$root/tools/lib/launch.sh"
locate

PFKEY_CLASSLISTS=$work timeout 60 "$here/pfkey" run --dialect solaris -- sh "$root/tools/lib/session.sh" "$work"

# dump NAME OPTION...
dump() {
    name=$1
    shift
    class_path "$name"
    awk '!seen[$0]++' "$work/$name".*.classes >"$work/$name.classes" &&
        "$java" -Xshare:dump -XX:SharedClassListFile="$work/$name.classes" -XX:SharedArchiveFile="$work/$name.jsa" \
            -XX:+UseG1GC "$@" -cp "$class_path" && mv "$work/$name.jsa" "$archives/$name.jsa" ||
        : >"$archives/$name.jsa"
}

dump server --enable-native-access=ALL-UNNAMED &
dump pfkey
dump ipseckey
dump setkey
dump ipsec
wait
