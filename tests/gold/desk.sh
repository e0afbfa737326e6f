# desk.sh - whole articles and sentences coded by hand: events, dyads, tolls, statements, talks.
. tests/gold/lib.sh.inc
desk=$SITREP_SHARED/desk
[ -r "$desk/score.py" ] || skip_all "no desk articles"

score gold python3 "$desk/score.py" run "$desk/gold.jsonl" -- "$SITREP" code --format jsonl -
at_least 70 "$(f1 gold type)" "gold: type F1"
at_least 41 "$(f1 gold dyad)" "gold: dyad F1"
at_least 70 "$(f1 gold toll)" "gold: toll F1"
at_least 77 "$(f1 gold statements)" "gold: statements F1"
at_least 25 "$(f1 gold talks)" "gold: talks F1"
at_least 90 "$(share gold factuality)" "gold: factuality"

score train python3 "$desk/score.py" run "$desk/train.jsonl" -- "$SITREP" code --format jsonl -j 2 -
at_least 81 "$(f1 train type)" "train: type F1"
at_least 58 "$(f1 train dyad)" "train: dyad F1"
at_least 77 "$(f1 train toll)" "train: toll F1"
at_least 85 "$(f1 train statements)" "train: statements F1"
finish
