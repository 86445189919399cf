# Sourced by kaitsu-simulate and kaitsu-faults with $tests set: builds what they run, and sets $java and $classpath.
# shellcheck shell=bash

root=$(cd "$tests/.." && pwd -P)
target=$tests/target/simulation
stamp=$target/.built
core=$root/core/target/fast/classes

say() {
  printf 'kaitsu: %s\n' "$*" >&2
}

if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
  java=$JAVA_HOME/bin/java
else
  java=$(command -v java) || {
    say 'no Java 17 or newer (JDK) found. Install JDK 17 and put it on the PATH, or set JAVA_HOME.'
    exit 5
  }
fi

is_built() {
  [ -f "$stamp" ] && [ -f "$target/classpath" ] && [ -d "$core" ] || return 1
  local changed
  changed=$(find "$root/pom.xml" "$root/core/pom.xml" "$root/core/src/main" \
    "$tests/src/test/java/io/github/kaitsu/simulate" "$tests/src/test/resources/io/github/kaitsu/simulate" \
    -newer "$stamp" -print -quit)
  [ -z "$changed" ]
}

# In a subshell with its own -e: what is asked with || is not stopped by a command that fails in it.
build() (
  set -e
  say 'building, since this is the first use or something has changed (may take a minute) …'
  mkdir -p "$target"
  : >"$stamp.new" # the time before the build, so that what changes meanwhile is noticed
  rm -f "$stamp"
  (
    cd "$root"
    ./mvnw --quiet --batch-mode --no-transfer-progress -Dfast -Dmaven.test.skip=true --projects core \
      package dependency:build-classpath -Dmdep.includeScope=runtime "-Dmdep.outputFile=$target/classpath.new"
  ) >&2 </dev/null
  rm -rf "$target/classes"
  local sources
  mapfile -d '' sources < <(find "$tests/src/test/java/io/github/kaitsu/simulate" -name '*.java' ! -name '*Test.java' -print0)
  mkdir -p "$target/classes"
  "$(dirname "$(readlink -f "$java")")/javac" -proc:none -encoding UTF-8 -d "$target/classes" \
    -cp "$core:$(cat "$target/classpath.new")" \
    "${sources[@]}" \
    "$tests/src/test/java/io/github/kaitsu/store/ActivationStores.java" >&2
  mkdir -p "$target/classes/io/github/kaitsu/simulate"
  cp "$tests"/src/test/resources/io/github/kaitsu/simulate/*.properties "$target/classes/io/github/kaitsu/simulate/"
  mv "$target/classpath.new" "$target/classpath"
  mv "$stamp.new" "$stamp"
)

# One build at a time; a second command waits for the first one's.
mkdir -p "$tests/target"
exec 9>"$tests/target/.simulation-building"
if command -v flock >/dev/null; then
  flock 9
fi
if ! is_built; then
  set +e
  build
  built=$?
  set -e
  if [ $built != 0 ]; then
    say 'the build failed. See the output above, check the network and that this is a JDK 17, then try again.'
    exit 5
  fi
fi
exec 9>&-
# shellcheck disable=SC2034 # for whoever sources this
classpath=$target/classes:$core:$(cat "$target/classpath")
