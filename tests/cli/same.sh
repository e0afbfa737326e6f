# same.sh - the same input gives the same bytes: again, on any number of threads, in any company.
. tests/cli/lib.sh.inc
for i in 1 2 3 4 5 6; do
    for f in examples/*.txt; do
        python3 -c 'import json,sys; print(json.dumps({"id": sys.argv[2], "text": open(sys.argv[1], encoding="utf-8").read()}))' "$f" "$i-$(basename "$f")"
    done
    [ $i = 3 ] && echo '{"broken'
    [ $i = 4 ] && echo '{"text":"He left."}'
done > "$tmp/docs"
for format in jsonl csv table; do
    "$SITREP" code -f $format -m "$tmp/docs" > "$tmp/1" 2> "$tmp/e1"; s1=$?
    for j in 1 2 3 8; do
        "$SITREP" code -f $format -m -j $j "$tmp/docs" > "$tmp/2" 2> "$tmp/e2"; s2=$?
        [ $s1 = $s2 ] && [ $s1 = 4 ] && cmp -s "$tmp/1" "$tmp/2" && cmp -s "$tmp/e1" "$tmp/e2"; ok "$format: -j $j"
    done
    LC_ALL=C TZ=Asia/Tokyo "$SITREP" code -f $format -m "$tmp/docs" 2>/dev/null | cmp -s - "$tmp/1"; ok "$format: another locale and time zone"
done
"$SITREP" code "$tmp/docs" 2>/dev/null | sed -n 5p > "$tmp/1"
sed -n 5p "$tmp/docs" | "$SITREP" code - > "$tmp/2"
cmp -s "$tmp/1" "$tmp/2"; ok "a document does not depend on those before it"
"$SITREP" explain -w examples/*.txt > "$tmp/1"; "$SITREP" explain -w -j 2 examples/*.txt > "$tmp/2"
cmp -s "$tmp/1" "$tmp/2"; ok "explain"
"$SITREP" parse examples/*.txt > "$tmp/1"; "$SITREP" parse -j 2 examples/*.txt > "$tmp/2"
cmp -s "$tmp/1" "$tmp/2"; ok "parse"
# A filter under another program: each record comes before the next document is asked for.
python3 - "$SITREP" <<'PY'
import json, subprocess, sys
for jobs in "1", "2":
    p = subprocess.Popen([sys.argv[1], "code", "-j", jobs, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for i in range(3):
        p.stdin.write(json.dumps({"id": str(i), "text": "Iran accused Israel of murder."}) + "\n")
        p.stdin.flush()
        assert json.loads(p.stdout.readline())["id"] == str(i)
    p.stdin.close()
    assert p.wait() == 0
PY
ok "as a filter: a line in, a line out"
finish
