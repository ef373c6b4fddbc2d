# Read by the launchers in tools/bin, with $here set to the folder of the launcher: finds the JDK, builds what is
# missing or older than its sources, and becomes the Java program. Every process that is started here costs each
# command a millisecond, so most of it is done by the shell itself.

program=${0##*/}
terminal=

# Sets root, the checkout, and the jars of its modules.
locate() {
    root=$(cd "$here/../.." && pwd -P)
    protocol=$root/pfkey-protocol/target/pfkey-protocol.jar
    kernel=$root/kernel-sim/target/kernel-sim.jar
    tools=$root/tools/target/tools.jar
}

die() {
    printf '%s: %s\n' "$program" "$1" >&2
    exit 1
}

# Sets java, java_home and java_version (the build's full name, such as 17.0.15+6-Debian-1deb12u1).
find_java() {
    if [ -n "${JAVA_HOME-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
        java=$JAVA_HOME/bin/java
    else
        java=$(readlink -f "$(command -v java)") || java=
        [ -n "$java" ] || die "a JDK 17 or later is needed, but there is no java in PATH or JAVA_HOME"
    fi
    java_home=${java%/bin/java}
    java_version=
    if [ -r "$java_home/release" ]; then
        # lines such as JAVA_VERSION="17.0.15"
        while IFS='="' read -r name _ value _; do
            case $name in
            JAVA_RUNTIME_VERSION) java_version=$value && break ;;
            JAVA_VERSION) java_version=$value ;;
            esac
        done <"$java_home/release"
    fi
    if [ -z "$java_version" ]; then
        java_version=$("$java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')
    fi
    major=${java_version%%[!0-9]*}
    [ "${major:-0}" -ge 17 ] || die "a JDK 17 or later is needed, but $java is ${java_version:-of an unknown version}"
}

built() {
    [ -f "$protocol" ] && [ -f "$kernel" ] && [ -f "$tools" ] && [ -d "$root/kernel-sim/target/lib" ] &&
        [ -d "$root/tools/target/lib" ]
}

# Whether every jar is newer than its module's sources, and the modules were built in their order.
fresh() {
    built && ! [ "$protocol" -nt "$kernel" ] && ! [ "$kernel" -nt "$tools" ] && [ -z "$(
        cd "$root" && find pom.xml pfkey-protocol/pom.xml pfkey-protocol/src/main kernel-sim/pom.xml kernel-sim/src/main \
            tools/pom.xml tools/src/main tools/shim/build.sh tools/shim/*.[ch] \
            \( -path 'kernel-sim/*' -newer "$kernel" -o -path 'tools/*' -newer "$tools" \
            -o -newer "$protocol" ! -path 'kernel-sim/*' ! -path 'tools/*' \) -print -quit
    )" ]
}

build() {
    mkdir -p "$root/tools/target" 2>/dev/null && [ -w "$root/tools/target" ] ||
        die "not built, and $root cannot be written"
    exec 9>"$root/tools/target/build.lock"
    ! command -v flock >/dev/null || flock 9
    # another launcher may have built while this one waited
    if ! fresh; then
        [ -x "$java_home/bin/javac" ] || die "a JDK 17 or later is needed to build, but $java_home has no javac"
        command -v mvn >/dev/null || die "Maven is needed to build, but there is no mvn in PATH"
        log=$root/tools/target/build.log
        echo "$program: building, once (log: $log)" >&2
        (cd "$root" && JAVA_HOME=$java_home mvn -B -ntp -Dmaven.test.skip=true package 9>&-) </dev/null >"$log" 2>&1 ||
            die "the build failed, see $log"
    fi
    exec 9>&-
}

prepare() {
    locate
    find_java
    if [ -n "${PFKEY_IN_BUILD-}" ]; then
        built || die "not built, and this is inside a Maven build"
    else
        fresh || build
    fi
    # JDK 17 takes the objects in an archive with this collector alone
    case ${PFKEY_JAVA_OPTS-} in *Use*GC*) collector= ;; *) collector=-XX:+UseG1GC ;; esac
    archives=$root/tools/target/cds
    if ! [ -w "$root/tools/target" ]; then
        # one word for the path of this checkout
        key=$(IFS=/ && set -- $root && IFS=% && printf %s "$*")
        archives=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/pfkey/$key
    fi
    archives=$archives/$java_version
}

# Sets archive to the option that names the class-data archive of a program, or to nothing. An empty file means that
# making it has failed once: the archive saves time and is needed for nothing else.
find_archive() {
    if [ -n "${PFKEY_CLASSLISTS-}" ]; then
        archive=-XX:DumpLoadedClassList=$PFKEY_CLASSLISTS/$1.$$.classes # archive.sh asks for it
        return
    fi
    if ! [ "$archives/$1.jsa" -nt "$tools" ]; then
        sh "$root/tools/lib/archive.sh" "$root" "$java" "$archives" </dev/null >/dev/null 2>&1
    fi
    if [ -s "$archives/$1.jsa" ]; then archive=-XX:SharedArchiveFile=$archives/$1.jsa; else archive=; fi
}

# launch_client NAME MAIN-CLASS ARGUMENT...: a program that lives for a moment. For one message (compiler=-Xint) it is over
# before a compiler would help. With terminal=yes a person may type to it, and JLine is there for that.
launch_client() {
    prepare
    name=$1 main=$2
    shift 2
    class_path $name
    find_archive $name
    # the archive is good for a class path that begins with its own
    if [ -n "$terminal" ]; then
        for jar in reader terminal; do class_path=$class_path:$root/tools/target/lib/jline-$jar.jar; done
    fi
    set -f # words of PFKEY_JAVA_OPTS are not file names
    # the selector is named because the JDK would search the class path for another one
    exec "$java" ${compiler:--XX:TieredStopAtLevel=1} $collector -XX:-UsePerfData -Xshare:auto ${archive:+"$archive"} \
        -Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider ${PFKEY_JAVA_OPTS-} \
        -cp "$class_path" $main "$@"
}

# launch_server MAIN-CLASS ARGUMENT...
launch_server() {
    prepare
    main=$1
    shift
    class_path server
    find_archive server
    set -f
    # short pauses: everybody waits while the garbage of one client's dump or table is collected
    exec "$java" $collector -XX:MaxGCPauseMillis=3 -XX:-UsePerfData -Xshare:auto ${archive:+"$archive"} --enable-native-access=ALL-UNNAMED \
        -Dpfkey.preload="$root/tools/shim/libpfkey_preload.so" -Dpfkey.seccomp="$root/tools/shim/pfkey-seccomp" ${PFKEY_JAVA_OPTS-} -cp "$class_path" $main "$@"
}

# Sets class_path. The clients that speak for a native tool take nothing but our own two jars.
class_path() {
    case $1 in
    server)
        class_path=$kernel:$protocol
        for jar in "$root"/kernel-sim/target/lib/*.jar; do class_path=$class_path:$jar; done
        ;;
    pfkey) class_path=$tools:$protocol:$root/tools/target/lib/picocli.jar:$root/tools/target/lib/gson.jar ;;
    *) class_path=$tools:$protocol ;;
    esac
}
