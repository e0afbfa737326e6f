# look.sh - `sitrep actors` and `sitrep places`: what is known, and which names are not.
. tests/cli/lib.sh.inc

exits 0 '' actors Taliban && python3 - "$tmp/out" <<'PY'
import json, sys
rows = {r["id"]: r for r in map(json.loads, open(sys.argv[1], encoding="utf-8"))}
t = rows["taliban"]
assert t["kind"] == "group" and t["name"] == "Taliban", t
assert [c["sector"] for c in t["codes"]] == ["REB", "GOV"] and t["codes"][0]["until"] == "2021-08-14", t
assert "TTP" in rows["ttp"]["acronyms"]
PY
ok "actors: JSON, with codes by date"
exits 0 '' actors --date 2015-06-01 taliban && python3 -c '
import json, sys
t = [r for r in map(json.loads, open(sys.argv[1])) if r["id"] == "taliban"][0]
assert [(c["code"], c["sector"]) for c in t["codes"]] == [("AFG", "REB")], t' "$tmp/out"; ok "actors: the code on a day"
exits 0 '' actors -f table amir khan muttaqi && grep -q 'AFG GOV, foreign minister, from 2021-09-07' "$tmp/out"; ok "actors: a page"
exits 0 '' actors && [ "$(wc -l < "$tmp/out")" -gt 9000 ] && python3 -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"): json.loads(line)' "$tmp/out"; ok "actors: all of them"
exits 1 'no actor "Nobody Anywhere"' actors Nobody Anywhere; ok "actors: none"
exits 2 'not a date' actors -d yesterday Taliban; ok "actors: a bad date"
exits 2 'table or jsonl' actors -f csv Taliban; ok "actors: a bad format"
printf 'actor orange_front\n  kind group\n  name Orange Front\n  code MEX REB\n' > "$tmp/book"
exits 0 '' actors -c "$tmp/book" orange front && grep -q '"id":"orange_front"' "$tmp/out"; ok "actors: of an overlay too"

cat > "$tmp/doc" <<'END'
Ahmad Tarvani accused Iran of murder on Monday. Ahmad Tarvani threatened Israel.

Iran rejected the demands of Israel.
END
exits 0 '' actors --unknown "$tmp/doc" && grep -q '^ *2 .*Ahmad Tarvani$' "$tmp/out" && ! grep -q -e Iran -e Israel "$tmp/out"; ok "actors --unknown: by frequency, none that is known"
exits 2 'one format only' actors --unknown -f table "$tmp/doc"; ok "actors --unknown: no formats"
exits 1 'no such file' actors --unknown "$tmp/missing"; ok "actors --unknown: a missing file"

exits 0 '' places springfield && python3 - "$tmp/out" <<'PY'
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
assert len(rows) > 3 and all(r["name"] == "Springfield" and r["country_code"] for r in rows), rows
people = [r.get("population", 0) for r in rows]
assert people == sorted(people, reverse=True), people
PY
ok "places: the most populous first"
exits 0 '' places -f table khan younis && grep -q 'Palestine' "$tmp/out"; ok "places: by a spelling of the news"
exits 1 'no place "Nowhereville"' places Nowhereville; ok "places: none"
exits 2 'a name is wanted' places; ok "places: no name"
finish
