# tables.sh - actors and places as reporting names them, each in a sentence: floors a little below what
# was reached.
. tests/cli/lib.sh.inc
export SITREP
at_least() { # at_least FLOOR KIND
    local got
    got=$(tests/tables/score "$2" "tests/tables/$2.tsv") && awk -v a="${got%% *}" -v b="$1" 'BEGIN { exit !(a >= b) }'
    ok "$2: $got, floor $1"
}
at_least 88 actors
at_least 91 places
finish
