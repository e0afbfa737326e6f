# eval.sh - `sitrep eval`: counts on files made by hand, and the same figures as the shared scorer.
. tests/cli/lib.sh.inc
: "${SITREP_SHARED:=../shared}"
t() { printf '%b' "${1// /\\t}"; }

# "I don't know." in two sentences for gold; the system splits the token elsewhere and one head is wrong.
t '1 I I PRON PRP Case=Nom|Number=Sing 4 nsubj _ _\n2-3 don’t _ _ _ _ _ _ _ _\n2 do do AUX VBP _ 4 aux _ _\n3 n’t not PART RB Polarity=Neg 4 advmod _ _\n4 know know VERB VB VerbForm=Inf|Typo=Yes 0 root _ SpaceAfter=No\n5 . . PUNCT . _ 4 punct _ _\n\n1 Yes yes INTJ UH _ 0 root _ _\n\n' > "$tmp/gold"
t '1 I I PRON PRP Number=Sing|Case=Nom 4 nsubj:pass _ _\n2 do do AUX VB _ 4 aux _ SpaceAfter=No\n3 n’t not PART RB Polarity=Neg 2 advmod _ _\n4 know know VERB VB VerbForm=Inf 0 root _ SpaceAfter=No\n5 . . PUNCT . _ 4 punct _ _\n6 Yes yes INTJ UH _ 4 discourse _ _\n' > "$tmp/system"
exits 0 '' eval "$tmp/gold" "$tmp/system" && awk '{ print $1, $4, $5 }' "$tmp/out" > "$tmp/got"
cat > "$tmp/want" <<'END'
measure F1 aligned
tokens 72.73 
sentences 0.00 
words 100.00 
UPOS 100.00 100.00
XPOS 83.33 83.33
UFeats 100.00 100.00
lemmas 100.00 100.00
UAS 66.67 66.67
LAS 66.67 66.67
END
diff "$tmp/want" "$tmp/got" > "$tmp/err"; ok "by hand: multi-word token against two tokens, features in another order"
exits 0 '' eval "$tmp/gold" - < "$tmp/system" && awk '{ print $1, $4, $5 }' "$tmp/out" | cmp -s - "$tmp/want"; ok "from standard input"

sed 's/know/knew/' "$tmp/system" > "$tmp/other"
exits 1 'the texts differ: .*gold:5 has "ow\.Yes", .*other:4 "ew\.Yes"' eval "$tmp/gold" "$tmp/other"; ok "another text: both places are named"
sed '$d' "$tmp/system" > "$tmp/other"
exits 1 'the texts differ' eval "$tmp/gold" "$tmp/other"; ok "text cut short"
exits 1 'no such file' eval "$tmp/gold" "$tmp/missing"; ok "missing file"
: > "$tmp/empty"
exits 1 'no sentence in it' eval "$tmp/gold" "$tmp/empty"; ok "empty file"
sed 's/\t4\tnsubj/\t_\tnsubj/; s/\t[0-9]\t\([a-z]\)/\t_\t\1/' "$tmp/gold" > "$tmp/other"
exits 1 'a word without a head' eval "$tmp/gold" "$tmp/other"; ok "no heads"
awk 'BEGIN { OFS = "\t"
    for (i = 1; i <= 5000; i++) {
        if (i % 50 == 1) print i "-" i + 49, "w", "_", "_", "_", "_", "_", "_", "_", "_"
        print i, "w", "w", "X", "X", "_", i - 1, (i > 1 ? "dep" : "root"), "_", "_"
    } }' > "$tmp/long"
exits 0 '' eval "$tmp/long" "$tmp/long" && grep -q '^LAS .* 100.00' "$tmp/out"; ok "long sentence, long tokens"

scorer=$SITREP_SHARED/eval/conllu_score.py
for gold in "$SITREP_SHARED"/data/ud_english_*/*-dev.conllu; do
    if [ ! -r "$scorer" ] || [ ! -r "$gold" ]; then
        count=$((count + 1)); echo "ok $count - # SKIP no treebanks or scorer"
        continue
    fi
    python3 "$scorer" --text "$gold" > "$tmp/raw.txt"
    "$SITREP" parse "$tmp/raw.txt" > "$tmp/system"
    "$SITREP" eval "$gold" "$tmp/system" | awk 'NR > 1 && $1 != "UFeats" { print tolower($1), $4 }' > "$tmp/a"
    python3 "$scorer" "$gold" "$tmp/system" | awk '{ print $1, $2 }' > "$tmp/b"
    paste "$tmp/a" "$tmp/b" | awk '$1 != $3 || $2 - $4 > 0.011 || $4 - $2 > 0.011 { print; bad = 1 } END { exit bad || NR != 8 }' > "$tmp/err"
    ok "$(basename "$gold"): the figures of the shared scorer"
done
finish
