# desk.sh - whole articles and sentences coded by hand: events, dyads, tolls, statements, talks.
. tests/gold/lib.sh.inc
desk=$SITREP_SHARED/desk
[ -r "$desk/score.py" ] || skip_all "no desk articles"

score gold python3 "$desk/score.py" run "$desk/gold.jsonl" -- "$SITREP" code --format jsonl -
at_least 71 "$(f1 gold type)" "gold: type F1"
at_least 45 "$(f1 gold dyad)" "gold: dyad F1"
at_least 74 "$(f1 gold toll)" "gold: toll F1"
at_least 79 "$(f1 gold statements)" "gold: statements F1"
at_least 27 "$(f1 gold talks)" "gold: talks F1"
at_least 69 "$(f1 gold positions)" "gold: positions F1"
at_least 93 "$(share gold factuality)" "gold: factuality"

score train python3 "$desk/score.py" run "$desk/train.jsonl" -- "$SITREP" code --format jsonl -j 2 -
at_least 84 "$(f1 train type)" "train: type F1"
at_least 63.5 "$(f1 train dyad)" "train: dyad F1"
at_least 84 "$(f1 train toll)" "train: toll F1"
at_least 87 "$(f1 train statements)" "train: statements F1"

# The article that the README shows is a gold one in other words.
grep '"id": "talks-istanbul"' "$desk/gold.jsonl" > "$tmp/one.jsonl"
score one python3 "$desk/score.py" run "$tmp/one.jsonl" -- "$SITREP" code --format jsonl -
at_least 95 "$(f1 one dyad)" "one article: dyad F1"
at_least 99 "$(f1 one talks)" "one article: talks F1"
at_least 95 "$(f1 one positions)" "one article: positions F1"
finish
