# pairs.sh - sentences with a labelled actor, event and recipient.
. tests/gold/lib.sh.inc
scorer=$SITREP_SHARED/eval/pairs_score.py
gold=$SITREP_SHARED/data/_restricted/plv_train/plv_train.jsonl
[ -r "$scorer" ] && [ -r "$gold" ] || skip_all "no labelled sentences"

score pairs python3 "$scorer" run "$gold" -- "$SITREP" code --format jsonl -j 2 -
at_least 61 "$(f1 pairs type)" "type F1"
at_least 73 "$(f1 pairs quad)" "quad class F1"
finish
