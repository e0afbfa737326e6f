# train.sh - `sitrep train` on a handful of sentences: it runs, stops and goes on, twice with the same
# result; what is missing is named.
. tests/cli/lib.sh.inc
export ASAN_OPTIONS=detect_leaks=0 # it keeps what it has until it ends

# Treebanks made of the program's own trees, which is all that a trainer needs to run.
data=$tmp/data
mkdir -p "$data"/{ud_english_ewt,ud_english_gum,ner_gmb,ner_wikigold,ner_crossner_politics,ner_wnut17,raw_news_tehrantimes,masc_tagged/written}
"$SITREP" parse examples/*.txt > "$tmp/trees.conllu"
for part in train dev; do
    cp "$tmp/trees.conllu" "$data/ud_english_ewt/en_ewt-ud-$part.conllu"
    cp "$tmp/trees.conllu" "$data/ud_english_gum/en_gum_open-ud-$part.conllu"
done
printf 'Omar\tB-per\nleft\tO\nOslo\tB-geo\n.\tO\n\n' > "$data/ner_gmb/gmb-train.conll"
for f in ner_wikigold/wikigold.conll.txt ner_crossner_politics/train.txt ner_crossner_politics/dev.txt \
         ner_wnut17/wnut17train.conll ner_wnut17/emerging.dev.conll; do
    cp "$data/ner_gmb/gmb-train.conll" "$data/$f"
done
python3 -c '
import json, sys
for path in sys.argv[1:]:
    print(json.dumps({"id": path, "title": "", "text": open(path, encoding="utf-8").read()}))' examples/*.txt > "$data/raw_news_tehrantimes/part1.jsonl"
printf 'The_DT army_NN left_VBD ._.\nRebels_NNS returned_VBD to_TO Goma_NNP ._.\n' > "$data/masc_tagged/written/a.txt"

t="train --data $data --epochs 3 --teachers 2 --teacher-epochs 1 --silver 5 --names 3 --vector-epochs 1"
mkdir "$tmp/whole" "$tmp/parts"
exits 0 'model, pass 3: .*GUM dev' $t --work "$tmp/whole" --out "$tmp/whole.model"; ok "vectors, teachers, trees of both, the model"
exits 0 '' parse --model "$tmp/whole.model" examples/talks-in-istanbul.txt && grep -q '	root	' "$tmp/out"; ok "the model parses"
exits 0 '' $t --jobs 1 --out "$tmp/again.model" && cmp -s "$tmp/whole.model" "$tmp/again.model"; ok "the same with one job and without a work folder"

# Stopped somewhere, and again: it goes on from the last whole pass.
for i in 1 2 3; do
    "$SITREP" $t --work "$tmp/parts" --out "$tmp/parts.model" 2> /dev/null &
    pid=$!
    for wait in $(seq 100); do
        [ -e "$tmp/parts/model.checkpoint" ] && break
        kill -0 $pid 2> /dev/null || break
        sleep 0.05
    done
    kill -9 $pid 2> /dev/null
    wait $pid 2> /dev/null
done
exits 0 '' $t --work "$tmp/parts" --out "$tmp/parts.model" && cmp -s "$tmp/whole.model" "$tmp/parts.model"; ok "stopped and gone on: the same model"

# Names marked in the treebank change what is learnt; marks that do not fit are refused.
first=$(sed -n 's/^# sent_id = //p' "$data/ud_english_ewt/en_ewt-ud-train.conllu" | head -1)
marked="train --data $data --epochs 1 --teachers 0 --vector-epochs 0"
printf '# names\n%s\t1-2 PER\t4-4 LOC\n' "$first" > "$tmp/marks"
exits 0 '' $marked --out "$tmp/open.model" && exits 0 '' $marked --marks "$tmp/marks" --out "$tmp/marked.model" && ! cmp -s "$tmp/open.model" "$tmp/marked.model"; ok "names marked in EWT"
for bad in '1-2 PER\t2-3 LOC' '3-2 PER' '1-900 ORG' '1-1 CITY' 'PER'; do
    printf '# names\n%s\t%b\n' "$first" "$bad" > "$tmp/marks"
    exits 1 "marks:2: .* is no name of this sentence" $marked --marks "$tmp/marks" --out "$tmp/x.model"; ok "marked $bad"
done
printf 'nowhere\t1-1 PER\n' > "$tmp/marks"
exits 1 'marks:1: no sentence "nowhere"' $marked --marks "$tmp/marks" --out "$tmp/x.model"; ok "a name in a sentence that is not there"

head -c 100 "$tmp/whole/model.checkpoint" > "$tmp/parts/model.checkpoint"
exits 1 'parts/model.checkpoint is not a checkpoint' $t --work "$tmp/parts" --out "$tmp/parts.model"; ok "a checkpoint cut short"
mv "$data/ner_wnut17" "$tmp/gone"
exits 1 'no such file' $t --out "$tmp/x.model"; ok "a corpus that is not there"
exits 2 '^usage' train --data "$data" --out "$tmp/x.model" --teachers 9; ok "too many teachers"
exits 2 '^usage' train --data "$data"; ok "nowhere to write"
finish
