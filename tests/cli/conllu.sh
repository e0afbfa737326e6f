# conllu.sh - CoNLL-U as input: what is broken is named by line and fault, the rest is read.
. tests/cli/lib.sh.inc

# row ID FORM HEAD REL: one word.
row() { printf '%s\t%s\t_\tNOUN\tNN\t_\t%s\t%s\t_\t_\n' "$@"; }
good() { printf '# sent_id = 1\n'; row 1 Iran 2 nsubj; row 2 agreed 0 root; echo; }
# fault TEXT LINE PATTERN: the file $tmp/bad is refused by parse, code and eval in the same words.
fault() {
    exits 1 "bad:$2: .*$3" parse --input conllu "$tmp/bad" && [ ! -s "$tmp/out" ] && [ "$(wc -l < "$tmp/err")" = 1 ] &&
        exits 1 "bad:$2: .*$3" code --input conllu "$tmp/bad" && grep -q '"error":"' "$tmp/out" &&
        good > "$tmp/good" && exits 1 "bad:$2: .*$3" eval "$tmp/good" "$tmp/bad" && [ ! -s "$tmp/out" ]
    ok "$1"
}

echo 'one two' > "$tmp/bad"; fault "no columns" 1 'ten columns divided by tabs'
{ good; printf '1\tIran\tIran\n'; } > "$tmp/bad"; fault "columns missing" 5 'ten columns expected, 3 found'
{ good; row 1 Iran 0 root | sed 's/$/\tmore/'; } > "$tmp/bad"; fault "a column too many" 5 'ten columns expected, 11 found'
{ good; row 1 '' 0 root; } > "$tmp/bad"; fault "empty form" 5 'FORM is empty'
{ good; row 1 Iran 0 'root '; } > "$tmp/bad"; fault "a space" 5 'a space in DEPREL'
{ good; row one Iran 0 root; } > "$tmp/bad"; fault "id that is no number" 5 '"one" is no id'
{ row 1 Iran 2 nsubj; row 3 agreed 0 root; echo; good; } > "$tmp/bad"; fault "id left out" 2 'id 3 where 2 is expected'
{ row 1 Iran 0 root; row 1 agreed 1 dep; } > "$tmp/bad"; fault "id twice" 2 'id 1 where 2 is expected'
{ row 2-1 "don't" _ _; row 1 do 0 root; } > "$tmp/bad"; fault "range backwards" 1 '"2-1" is no range'
{ row 2-3 "don't" _ _; row 1 do 0 root; } > "$tmp/bad"; fault "range in the wrong place" 1 'range 2-3 stands where 1 begins'
{ row 1-2 "don't" _ _; row 1 do 0 root; row 2-3 x _ _; row 2 y 1 dep; row 3 z 1 dep; } > "$tmp/bad"; fault "ranges overlap" 3 'begins within'
{ row 1-2 "don't" _ _; row 1 do 0 root; echo; good; } > "$tmp/bad"; fault "range without its words" 3 'ends within the multi-word token'
{ row 1 Iran 0 root; row 3.1 x _ _; } > "$tmp/bad"; fault "empty node in the wrong place" 2 'id 3.1 does not follow 1'
{ row 1 Iran x nsubj; row 2 agreed 0 root; } > "$tmp/bad"; fault "head that is no number" 1 'HEAD "x" is no number'
{ row 1 Iran 1 nsubj; row 2 agreed 0 root; } > "$tmp/bad"; fault "own head" 1 'is its own head'
{ row 1 Iran 7 nsubj; row 2 agreed 0 root; } > "$tmp/bad"; fault "head outside" 1 'head of word 1 is not in the sentence'
{ row 1 Iran 99999999 nsubj; row 2 agreed 0 root; } > "$tmp/bad"; fault "huge head" 1 'head of word 1 is not in the sentence'
{ row 1 Iran 0 root; row 2 agreed 0 root; } > "$tmp/bad"; fault "two roots" 2 'a second root; the first is word 1'
{ row 1 Iran 2 conj; row 2 agreed 0 conj; } > "$tmp/bad"; fault "root without its relation" 2 'HEAD 0 and DEPREL conj'
{ row 1 Iran 2 root; row 2 agreed 0 root; } > "$tmp/bad"; fault "relation root elsewhere" 1 'HEAD 2 and DEPREL root'
{ row 1 Iran 2 nsubj; row 2 agreed 1 conj; row 3 it 0 root; } > "$tmp/bad"; fault "a circle" 1 'make no tree: word 1 is below itself'
{ row 1 Iran _ _; row 2 agreed 0 root; } > "$tmp/bad"; fault "some heads" 2 'only some words'

{ echo '# newdoc id = a'; good; echo '# newdoc id = b'; row 1 x 5 dep; echo; echo '# newdoc id = c'; good; } > "$tmp/bad"
exits 4 'bad:7: ' parse --input conllu "$tmp/bad" && [ "$(grep -c '^# newdoc' "$tmp/out")" = 2 ] && grep -q '1 of 3 documents failed' "$tmp/err"
ok "one broken document: the others are read, lines count from the start of the file"
{ row 1 New\ York _ _; echo; } > "$tmp/words"
exits 0 '' parse --input conllu "$tmp/words" && grep -q $'^1\tNew York\t' "$tmp/out"; ok "words without heads, with a space within"
{ row 1-2 cannot _ _; row 1 can 0 root; row 1.1 x _ _; row 2 not 1 advmod; } | sed 's/$/\r/' > "$tmp/words"
exits 0 '' parse --input conllu "$tmp/words" && grep -q $'^1-2\tcannot\t' "$tmp/out"; ok "tokens, empty nodes, line ends of DOS, no empty line at the end"

"$SITREP" parse examples/*.txt > "$tmp/1"
exits 0 '' eval "$tmp/1" "$tmp/1" && [ "$(awk 'NR > 1 && $4 != "100.00"' "$tmp/out" | wc -l)" = 0 ]; ok "what parse prints is CoNLL-U, and like itself"
grep -q 'Voice=Pass' "$tmp/1" && grep -q 'Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin' "$tmp/1"; ok "parse prints features"
finish
