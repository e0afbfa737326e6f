# parse.sh - the parser on the development parts of the treebanks, from raw text and on gold words.
. tests/gold/lib.sh.inc
scorer=$SITREP_SHARED/eval/conllu_score.py
[ -r "$scorer" ] || skip_all "no treebank scorer"

f1_of() { awk -v row="$2" '$1 == row { print $4 }' "$tmp/$1"; }
# bank NAME FILE LAS-RAW UPOS UFEATS LEMMAS LAS: floors.
bank() {
    local gold=$SITREP_SHARED/data/$2
    # `# text` alone can hide what the reader does to the text, so raw text is scored too.
    python3 "$scorer" --text "$gold" > "$tmp/raw.txt"
    "$SITREP" parse "$tmp/raw.txt" > "$tmp/raw.conllu"
    score "$1-raw" "$SITREP" eval "$gold" "$tmp/raw.conllu"
    "$SITREP" parse --input conllu "$gold" > "$tmp/words.conllu"
    score "$1-words" "$SITREP" eval "$gold" "$tmp/words.conllu"
    at_least 99 "$(f1_of $1-raw tokens)" "$1, raw text: tokens"
    at_least "$3" "$(f1_of $1-raw LAS)" "$1, raw text: LAS"
    at_least "$4" "$(f1_of $1-words UPOS)" "$1, gold words: UPOS"
    at_least "$5" "$(f1_of $1-words UFeats)" "$1, gold words: features"
    at_least "$6" "$(f1_of $1-words lemmas)" "$1, gold words: lemmas"
    at_least "$7" "$(f1_of $1-words LAS)" "$1, gold words: LAS"
}
[ -r "$SITREP_SHARED/data/ud_english_ewt" ] || skip_all "no treebanks"
bank EWT ud_english_ewt/en_ewt-ud-dev.conllu 82 94.9 95 96.3 84.3
bank GUM ud_english_gum/en_gum_open-ud-dev.conllu 83.6 95.7 92.5 97 84

# 200 news sentences; only tags and trees are annotated.
tests/gold/news_trees "$SITREP_SHARED/data" > "$tmp/news.conllu"
"$SITREP" parse --input conllu "$tmp/news.conllu" > "$tmp/news.out"
score news "$SITREP" eval "$tmp/news.conllu" "$tmp/news.out"
at_least 97.5 "$(f1_of news UPOS)" "news: UPOS"
at_least 87.8 "$(f1_of news LAS)" "news: LAS"
finish
