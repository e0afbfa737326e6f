# formats.sh - each form of output, and that options do what they say.
. tests/cli/lib.sh.inc
art=examples/talks-in-istanbul.txt

exits 0 '' code $art && python3 - "$tmp/out" $art <<'PY'
import json, sys
record = json.loads(open(sys.argv[1], encoding="utf-8").read())
text = open(sys.argv[2], encoding="utf-8").read()
def spans(x):
    if isinstance(x, dict):
        for words in ("text", "extracted_place"):
            if words in x and "start" in x:
                assert text[x["start"]:x["end"]] == x[words], x
        if "entity_text" in x:
            assert text[x["start"]:x["end"]] == x.get("via", x["entity_text"]), x
        for v in x.values(): spans(v)
    elif isinstance(x, list):
        for v in x: spans(v)
spans(record)
assert record["schema"] == "sitrep/1" and record["date"] == "2025-10-28" and record["language"] == "en"
assert record["events"] and record["statements"]
for e in record["events"]:
    assert len(e["event"]) == 1 and e["trigger"]["text"] and e["rule"]
    for field in ("mode", "context", "auxiliary", "actor", "recipient", "issue", "event_loc", "toll", "instrument", "attribution"):
        assert isinstance(e[field], list), field
    info = e["text_info"]
    assert info["start"] <= e["trigger"]["start"] < e["trigger"]["end"] <= info["end"]
ids = [e["id"] for e in record["events"]] + [s["id"] for s in record["statements"]] + [t["id"] for t in record["talks"]]
assert len(ids) == len(set(ids))
assert "text" not in record and "names" not in record
PY
ok "JSON: the contract, and offsets that slice the text"

exits 0 '' code --with-text --mentions $art && python3 -c '
import json, sys
r = json.load(open(sys.argv[1], encoding="utf-8"))
assert r["text"].startswith("Istanbul round") and r["names"] and r["places"] and r["times"]
assert any(t.get("value") == "2025-10-26" for t in r["times"])' "$tmp/out"; ok "--with-text and --mentions"

exits 0 '' code -f csv $art && python3 -c '
import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding="utf-8", newline="")))
assert rows[0][0] == "id" and "actor_code" in rows[0] and len(rows) > 5
assert all(len(r) == len(rows[0]) for r in rows)' "$tmp/out"; ok "CSV"

exits 0 '' code -f table --width 60 $art && grep -q -- '── Incidents' "$tmp/out" && grep -q 'Who says what' "$tmp/out" &&
    python3 -c 'import sys; assert all(len(l.rstrip("\n")) <= 60 for l in open(sys.argv[1], encoding="utf-8"))' "$tmp/out"
ok "table, within its width"
exits 0 '' code -f table --ascii $art && ! grep -q '─' "$tmp/out"; ok "table in ASCII"
exits 0 '' code -f table --color always $art && grep -q $'\033\[4m' "$tmp/out"; ok "table in colour"
NO_COLOR=1 exits 0 '' code -f table $art && ! grep -q $'\033' "$tmp/out"; ok "no colour in a pipe"

exits 0 '' parse $art && python3 -c '
import sys
rows = [l.rstrip("\n").split("\t") for l in open(sys.argv[1], encoding="utf-8") if l.strip() and l[0] != "#"]
assert len(rows) > 100 and all(len(r) == 10 for r in rows)' "$tmp/out"; ok "parse: CoNLL-U"
cp "$tmp/out" "$tmp/trees.conllu"
exits 0 '' parse --input conllu "$tmp/trees.conllu" &&
    [ "$(grep -c '^[0-9]' "$tmp/out")" = "$(grep -c '^[0-9]' "$tmp/trees.conllu")" ]; ok "parse: given words are kept"
"$SITREP" code "$art" | python3 -c 'import json,sys; print([e["event"] for e in json.load(sys.stdin)["events"]])' > "$tmp/a"
"$SITREP" code --input conllu --date 2025-10-28 "$tmp/trees.conllu" |
    python3 -c 'import json,sys; print([e["event"] for e in json.load(sys.stdin)["events"]])' > "$tmp/b"
[ -s "$tmp/a" ] && [ -s "$tmp/b" ]; ok "code: given trees"

exits 0 '' explain $art
for part in '== read' '== parse' '== mention' '== code' '== origin'; do grep -q "$part" "$tmp/out"; ok "explain shows $part"; done
grep -Eq '^ +entry +[a-z_]+' "$tmp/out" && grep -q '▸' "$tmp/out"; ok "explain names entries and ways through the tree"
exits 0 '' explain --why-not $art && grep -q '== dropped' "$tmp/out"; ok "explain --why-not"

printf '{"text":"He met them."}\n{"id":7,"text":"Iran accused Israel of murder.","date":"2024-01-02","title":"T","url":"u","publication":"P"}\n' > "$tmp/two"
exits 0 '' code "$tmp/two" && [ "$(wc -l < "$tmp/out")" = 2 ] &&
    sed -n 2p "$tmp/out" | grep -q '"id":"7","date":"2024-01-02","title":"T","url":"u","publication":"P"'; ok "metadata of a JSON record"
exits 0 '' code - < "$tmp/two" && [ "$(wc -l < "$tmp/out")" = 2 ]; ok "standard input"
exits 0 '' code -d 2020-02-29 "$tmp/two" && head -1 "$tmp/out" | grep -q '"date":"2020-02-29"'; ok "--date"
exits 0 '' code -- "$tmp/two" && [ -s "$tmp/out" ]; ok "-- ends the options"

printf 'actor ruritania\n  kind country\n  name Ruritania\n  code RUR GOV\n' > "$tmp/book"
echo 'Ruritania accused Iran of murder.' > "$tmp/rur"
exits 0 '' code -c "$tmp/book" "$tmp/rur" && grep -q '"code":"RUR"' "$tmp/out"; ok "--codebook"
"$SITREP" version > "$tmp/v1"; "$SITREP" version -c "$tmp/book" > "$tmp/v2"
! cmp -s "$tmp/v1" "$tmp/v2"; ok "version names the codebook with its overlays"
printf 'event request.zz\n  type REQUEST\n  verb demand zzz\n  counter Iran ate bread.\n' > "$tmp/book2"
"$SITREP" codebook check "$tmp/book2" > "$tmp/out" 2> "$tmp/err"; grep -q 'examples passed' "$tmp/out"; ok "codebook check with a file"
exits 0 '' bench --megabytes 1 $art && grep -q '^parse ' "$tmp/out" && grep -q '^memory:' "$tmp/out"; ok "bench"
finish
