# usage.sh - help, versions and every kind of usage error.
. tests/cli/lib.sh.inc

exits 2 'usage: sitrep'; ok "no command"
exits 2 'no such command: frobnicate' frobnicate; ok "unknown command"
exits 2 'sitrep help code' code --frobnicate; ok "unknown option names the help"
exits 2 'no such option: -z' code -z; ok "unknown letter"
exits 2 'wants FORMAT' code --format; ok "missing value"
exits 2 'format is table, jsonl or csv' code --format xml; ok "unknown format"
exits 2 'takes no value' code --with-text=yes; ok "value for a flag"
exits 2 'wants a number' code -j 0; ok "no jobs"
exits 2 'wants a number' code -j two; ok "jobs not a number"
exits 2 'not a date' code --date 28.10.2025 examples/talks-in-istanbul.txt; ok "bad date"
exits 2 'input is auto' parse --input xml; ok "unknown input"
exits 2 'color is always' code --color maybe; ok "unknown colour"
exits 2 'There are: check, import' codebook; ok "codebook without a verb"
exits 2 'no such option' explain --format csv; ok "an option of another command"

exits 0 '' help && grep -q '^commands:' "$tmp/out"; ok "help"
exits 0 '' --help && grep -q '^commands:' "$tmp/out"; ok "--help"
for c in code explain parse codebook bench eval version help; do
    exits 0 '' help $c && grep -q "^usage: sitrep $c" "$tmp/out" &&
        "$SITREP" $c --help | cmp -s - "$tmp/out"; ok "help $c"
done
exits 0 '' train --help && grep -q '^usage: sitrep train' "$tmp/out" && "$SITREP" help train | cmp -s - "$tmp/out"; ok "help train"
exits 2 'takes two files' eval one; ok "eval without a system"
exits 2 'no such command' help frobnicate; ok "help for an unknown command"
"$SITREP" help code | awk 'length($0) > 80 { bad = 1 } END { exit bad }'; ok "help fits 80 columns"

exits 0 '' --version && grep -Eq '^sitrep [0-9]+\.[0-9]+\.[0-9]+$' "$tmp/out" &&
    grep -Eq '^model [0-9a-f]+$' "$tmp/out" && grep -Eq '^codebook [0-9a-f]+$' "$tmp/out"; ok "--version names all three"

# The man page's middle comes from the option table and is not edited by hand.
"$SITREP" help --man > "$tmp/man" &&
    sed -n '/^\.SH SYNOPSIS/,/^\.SH "*EXIT/p' docs/sitrep.1 | sed '$d' | cmp -s - "$tmp/man"
ok "docs/sitrep.1 agrees with the option table (make it with: sitrep help --man)"
finish
