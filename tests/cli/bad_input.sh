# bad_input.sh - input that is strange or broken: a clear message, the right status, nothing lost.
. tests/cli/lib.sh.inc
art=examples/talks-in-istanbul.txt

: > "$tmp/empty"
exits 1 'empty: the text is empty' code "$tmp/empty" && grep -q '"error":"' "$tmp/out"; ok "empty file"
printf ' \n\t\n' > "$tmp/blank"
exits 1 'the text is empty' code "$tmp/blank"; ok "blank file"
exits 1 'is a directory' code "$tmp"; ok "directory"
exits 1 'no such file' code "$tmp/missing"; ok "missing file"
exits 4 'no such file' code "$tmp/missing" $art && [ "$(wc -l < "$tmp/out")" = 2 ] && grep -q '1 of 2 documents failed' "$tmp/err"
ok "a missing file between others"
head -c 3000 /bin/sh > "$tmp/binary"
exits 1 'binary' code "$tmp/binary" && grep -q '"events":\[\]' "$tmp/out"; ok "binary"
gzip -c $art > "$tmp/gz"
exits 1 'gzip' code "$tmp/gz"; ok "gzip says so"

printf '{"id":"a","text":"Iran accused Israel of murder."}\n{"id":"b","text":\n{"id":"c","txt":1}\n\n[]\n{"id":"d","text":"France condemned it."}\n' > "$tmp/lines"
exits 4 'lines:2: broken JSON' code "$tmp/lines" && python3 -c '
import json, sys
r = [json.loads(l) for l in open(sys.argv[1])]
assert len(r) == 5 and [bool(x.get("error")) for x in r] == [0, 1, 1, 1, 0], r
assert r[0]["id"] == "a" and r[2]["id"] == "c" and r[4]["id"] == "d"
assert all(x["schema"] == "sitrep/1" and x["id"] and x["events"] is not None for x in r)' "$tmp/out"
ok "broken lines: an error record for each, the rest coded"
exits 4 '' code -j 2 "$tmp/lines" && "$SITREP" code "$tmp/lines" 2>/dev/null | cmp -s - "$tmp/out"; ok "the same with -j 2"

printf 'Iran\001 accused\033[2J Israel\177 of \342\200\256murder\342\200\254 \000today.\n' > "$tmp/control"
run code "$tmp/control"
[ $status -le 1 ] && python3 -c 'import json,sys; json.loads(open(sys.argv[1]).read())' "$tmp/out"; ok "control characters: JSON stays JSON"
printf 'Iran accused\033[2J Israel of \342\200\256murder\342\200\254 again.\n' > "$tmp/rtl"
exits 0 '' code -f table "$tmp/rtl" && ! grep -q $'\033' "$tmp/out" && ! grep -q $'\342\200\256' "$tmp/out"; ok "table: nothing reaches the terminal"
printf 'Iran accused \351t\351 Israel of murder.\n' > "$tmp/latin"
exits 0 '' code "$tmp/latin" && python3 -c 'import json,sys; assert json.load(open(sys.argv[1]))["warnings"]' "$tmp/out"; ok "windows-1252"
printf '\377\376I\000r\000a\000n\000.\000' > "$tmp/utf16"
exits 0 '' code "$tmp/utf16"; ok "UTF-16"

awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "[" }' > "$tmp/brackets"
run code "$tmp/brackets"; [ $status -le 1 ] && [ "$(wc -l < "$tmp/out")" = 1 ]; ok "a million open brackets"
awk 'BEGIN { printf "{\"text\":"; for (i = 0; i < 1000000; i++) printf "["; print "" }' > "$tmp/nested"
exits 1 'nested deeper' code "$tmp/nested"; ok "a million open brackets in JSON"

if [[ $SITREP_BUILD == *asan* ]]; then
    count=$((count + 1)); echo "ok $count - # SKIP 50 MB is for the release build"
else
    awk 'BEGIN { for (i = 0; i < 2000000; i++) printf "Iran accused Israel again "; print "" }' > "$tmp/line"
    exits 1 'SR_DOC_TEXT_MAX' code "$tmp/line"; ok "50 MB on one line"
    { printf '{"text":"Iran accused Israel."}\n{"text":"'; tr -d '\n' < "$tmp/line"; printf '"}\n{"text":"Iran accused Israel."}\n'; } > "$tmp/long"
    exits 4 'long:2' code "$tmp/long" && [ "$(wc -l < "$tmp/out")" = 3 ]; ok "50 MB in one record, the others coded"
    awk 'BEGIN { for (i = 0; i < 40000; i++) print "{\"text\":\"Iran accused Israel of murder on Monday.\"}" }' > "$tmp/many"
    peak=$( { /usr/bin/env python3 - "$SITREP" "$tmp/many" <<'PY'
import resource, subprocess, sys
subprocess.run([sys.argv[1], "code", "-j", "2", sys.argv[2]], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
PY
} )
    [ "${peak:-999}" -lt 200 ]; ok "memory is bounded by the document ($peak MB)"
    head -c 4000000 "$tmp/line" > "$tmp/dump"
    peak=$( { /usr/bin/env python3 - "$SITREP" "$tmp/dump" <<'PY'
import resource, subprocess, sys
subprocess.run([sys.argv[1], "parse", sys.argv[2]], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
PY
} )
    [ "${peak:-999}" -lt 64 ]; ok "parse: a text of any length in little memory ($peak MB)"
fi

# Model and codebook.
head -c 2000 model/sitrep.model > "$tmp/cut"
exits 3 'cut' version --model "$tmp/cut"; ok "model cut short"
{ printf 'X'; tail -c +2 model/sitrep.model; } > "$tmp/other"
exits 3 'other' code --model "$tmp/other" $art && [ ! -s "$tmp/out" ]; ok "not a model"
python3 - model/sitrep.model "$tmp/flipped" <<'PY'
import sys
b = bytearray(open(sys.argv[1], "rb").read())
b[len(b) // 2] ^= 1
open(sys.argv[2], "wb").write(b)
PY
exits 3 'flipped' code --model "$tmp/flipped" $art; ok "model with one bit changed"
exits 3 'no such file' code --model "$tmp/missing" $art; ok "missing model"
printf 'actor x\n  nonsense y\nactor z\n  rubbish w\n' > "$tmp/book"
exits 3 'book:2: ' code -c "$tmp/book" $art && grep -q 'book:4: ' "$tmp/err" && [ ! -s "$tmp/out" ]; ok "codebook: all that is wrong, by line"
head -c 300 /bin/sh > "$tmp/binbook"
exits 3 'binbook' code -c "$tmp/binbook" $art; ok "codebook: binary"

# Output that cannot be written, readers that go away.
if [ -e /dev/full ]; then
    "$SITREP" code $art > /dev/full 2> "$tmp/err"; [ $? -eq 1 ] && grep -q 'cannot write: no space left' "$tmp/err"; ok "disk full"
    "$SITREP" help > /dev/full 2> "$tmp/err"; [ $? -eq 1 ] && grep -q 'cannot write' "$tmp/err"; ok "disk full for help"
fi
for i in $(seq 500); do echo '{"text":"Iran accused Israel of murder."}'; done > "$tmp/500"
( "$SITREP" code "$tmp/500" 2> "$tmp/err"; echo $? > "$tmp/status" ) | head -1 > /dev/null
[ "$(cat "$tmp/status")" = 1 ] && [ ! -s "$tmp/err" ]; ok "a reader that goes away: quiet"
( "$SITREP" code -j 2 "$tmp/500" 2> "$tmp/err"; echo $? > "$tmp/status" ) | head -1 > /dev/null
[ "$(cat "$tmp/status")" = 1 ] && [ ! -s "$tmp/err" ]; ok "a reader that goes away with -j 2"
"$SITREP" code $art < /dev/null > /dev/null 2>&1; ok "standard input is left alone when files are named"

finish
