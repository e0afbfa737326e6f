# parse.sh - the parser on the development parts of the treebanks, from raw text and on gold words.
. tests/gold/lib.sh.inc
scorer=$SITREP_SHARED/eval/conllu_score.py
[ -r "$scorer" ] || skip_all "no treebank scorer"

row() { awk -v row="$2" '$1 == row { print $2 }' "$tmp/$1"; }
any=
for bank in ewt gum; do
    gold=$(ls "$SITREP_SHARED"/data/ud_english_$bank/*dev*.conllu 2>/dev/null | head -1)
    [ -r "$gold" ] || continue
    any=1
    # `# text` alone can hide what the reader does to the text, so raw text is scored too.
    python3 "$scorer" --text "$gold" > "$tmp/raw.txt"
    "$SITREP" parse "$tmp/raw.txt" > "$tmp/raw.conllu"
    score "$bank-raw" python3 "$scorer" "$gold" "$tmp/raw.conllu"
    "$SITREP" parse --input conllu "$gold" > "$tmp/words.conllu"
    score "$bank-words" python3 "$scorer" "$gold" "$tmp/words.conllu"
    at_least 99 "$(row $bank-raw tokens)" "$bank, raw text: tokens"
    at_least 80 "$(row $bank-raw las)" "$bank, raw text: LAS"
    at_least 94 "$(row $bank-words upos)" "$bank, gold words: UPOS"
    at_least 82 "$(row $bank-words las)" "$bank, gold words: LAS"
done
[ -n "$any" ] || skip_all "no treebanks"
finish
