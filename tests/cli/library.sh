# library.sh - sitrep.h for C and C++, the example against the shared library.
. tests/cli/lib.sh.inc
skip() { count=$((count + 1)); echo "ok $count - # SKIP $1"; }

printf '#include "sitrep.h"\nint main(void) { return 0; }\n' > "$tmp/h.c"
if command -v gcc > /dev/null; then
    gcc -std=c11 -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only "$tmp/h.c" 2> "$tmp/err"; ok "C11"
else skip "no gcc"; fi
if command -v g++ > /dev/null; then
    g++ -std=c++11 -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only -x c++ "$tmp/h.c" 2> "$tmp/err"; ok "C++11"
else skip "no g++"; fi
if [[ $SITREP_BUILD == *asan* ]]; then
    skip "the example is linked against the release library"
else
    gcc -std=c11 -Wall -Wextra -Werror -Iinclude examples/minimal.c -L"$SITREP_BUILD" -lsitrep -o "$tmp/minimal" 2> "$tmp/err" &&
        ln -s "$(realpath "$SITREP_BUILD")/libsitrep.so" "$tmp/libsitrep.so.0" &&
        LD_LIBRARY_PATH="$tmp" "$tmp/minimal" > "$tmp/out" 2> "$tmp/err" &&
        grep -q '"id":"report-1"' "$tmp/out" && grep -q '"ASSAULT"' "$tmp/out"; ok "examples/minimal.c"
    ! nm -D --defined-only "$SITREP_BUILD/libsitrep.so" | grep ' [TDB] ' | grep -qv -e ' sr_' -e ' _'; ok "the library shows its own names alone"
fi
grep -q '^Cflags' sitrep.pc.in; ok "sitrep.pc.in"
finish
