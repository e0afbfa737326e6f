# readme.sh - what README.md shows is what the program prints.
. tests/cli/lib.sh.inc
art=examples/talks-in-istanbul.txt

"$SITREP" code -f table --width 92 $art > "$tmp/page"
"$SITREP" code $art > "$tmp/record"
"$SITREP" explain $art > "$tmp/explain"
python3 - "$tmp" > "$tmp/err" <<'PY'
import json, re, sys
tmp = sys.argv[1]
read = lambda name: open(name, encoding="utf-8").read()
page, event, why = re.findall(r"^```\n(.*?)^```", read("README.md"), re.S | re.M)
def shown(block, printed, name):
    lines, at = printed.splitlines(), 0
    for line in block.splitlines():
        if line.strip():
            if line not in lines[at:]:
                sys.exit(print(f"{name} no longer prints, or not in that place: {line}") or 1)
            at = lines.index(line, at) + 1
shown(page.split("\n", 1)[1], read(tmp + "/page"), "sitrep code")
shown(why, read(tmp + "/explain"), "sitrep explain")
event = json.loads(event.replace(", …}", "}"))
real = next(e for e in json.loads(read(tmp + "/record"))["events"] if e["id"] == event["id"])
for field, value in event.items():
    if real[field] != value:
        sys.exit(print(f"{field} is now {json.dumps(real[field], ensure_ascii=False)}") or 1)
PY
ok "the example in README.md (refresh it with: sitrep code -f table --width 92 $art)"

# Every option and command that the documents use is one that there is.
bad=
for command in $(grep -oh 'sitrep [a-z]* ' README.md docs/*.md | awk '{ print $2 }' | sort -u); do
    case $command in code | explain | parse | codebook | bench | eval | train | version | help) "$SITREP" help "$command" > "$tmp/out" 2>&1 || bad="$bad $command" ;; esac
done
while read -r command options; do
    "$SITREP" help "$command" > "$tmp/help" 2>&1 || continue
    for option in $(grep -oE -- '--[a-z-]+' <<< "$options"); do grep -q -- "$option" "$tmp/help" || bad="$bad $command:$option"; done
done < <(grep -ohE 'sitrep (code|explain|parse|bench|codebook|version) [^`#|&]*' README.md docs/*.md | sed 's/^sitrep //')
[ -z "$bad" ]
status=$?; echo "$bad" > "$tmp/err"; (exit $status); ok "commands and options in the documents"
while read -r path; do [ -e "$path" ] || bad="$bad $path"; done < <(grep -ohE '`(docs|src|include|tests|examples|model|codebook|bench|tools)/[A-Za-z0-9_./-]*`' README.md src/README.md docs/*.md | tr -d '`')
[ -z "$bad" ]
status=$?; echo "$bad" > "$tmp/err"; (exit $status); ok "files that the documents name"
finish
