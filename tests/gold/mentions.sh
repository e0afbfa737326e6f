# mentions.sh - times, places, attribution and incidents on public corpora.
. tests/gold/lib.sh.inc
eval=$SITREP_SHARED/eval data=$SITREP_SHARED/data

# on NAME SCORER CORPUS: scores it, or skips it when it is not there.
on() {
    if [ ! -r "$eval/$2" ] || [ ! -r "$data/$3" ]; then
        count=$((count + 1))
        echo "ok $count - # SKIP $1: no corpus"
        return 1
    fi
    score "$1" python3 "$eval/$2" run "$data/$3" -- "$SITREP" code --format jsonl --mentions -
}

if on times times_score.py _restricted/timeml_tbaq; then
    at_least 91 "$(f1 times relaxed)" "times: relaxed F1"
    at_least 75 "$(f1 times value)" "times: value F1"
fi
if on geovirus places_score.py geoparsing_geovirus/GeoVirus.xml; then
    at_least 91 "$(awk '$1 == "found" { print $7 }' "$tmp/geovirus")" "GeoVirus: found F1"
    at_least 84 "$(awk '$1 == "161km" { print $2 }' "$tmp/geovirus")" "GeoVirus: within 161 km"
fi
if on lgl places_score.py _restricted/geoparsing_lgl/lgl.xml; then
    at_least 68 "$(awk '$1 == "found" { print $7 }' "$tmp/lgl")" "LGL: found F1"
    at_least 70 "$(awk '$1 == "161km" { print $2 }' "$tmp/lgl")" "LGL: within 161 km"
fi
if on polnear statements_score.py _restricted/attribution_polnear/dev; then
    at_least 56 "$(f1 polnear source+content)" "PolNeAR: source and content F1"
fi
if on muc4 muc4_score.py muc4/gtt/dev.json; then
    at_least 22 "$(f1 muc4 strict.all)" "MUC-4: strict F1"
    at_least 29 "$(f1 muc4 head.all)" "MUC-4: head F1"
fi
if [ -r "$data/ner_uner_ewt" ] && [ -r "$data/ud_english_gum" ]; then
    export SITREP SITREP_SHARED
    score names tests/gold/scores names coref
    last() { awk -F'|' -v row=" $1 " '$2 == row { print $(NF - 1) + 0 }' "$tmp/names"; } # the last figure of a row
    at_least 67 "$(last 'UNER, EWT dev: web')" "names: UNER F1"
    at_least 55.5 "$(last 'GUM dev')" "names: GUM F1"
    at_least 77 "$(last 'GMB dev: news')" "names: GMB F1"
    at_least 50 "$(last pronouns)" "pronouns, GUM: F1"
    at_least 33 "$(last nouns)" "descriptions, GUM: F1"
fi
finish
