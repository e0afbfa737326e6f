# gazetteer.sh - other gazetteers laid over the built-in one: `sitrep places import`, `places compile`,
# --places; what is wrong in them is told by file and line, and the rest is loaded.
. tests/cli/lib.sh.inc

row() { printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\tAF\t\t29\t2901\t\t\t%s\t\t100\tAsia/Kabul\t2020-01-01\n' "$@"; } # id name ascii alternates lat lon class code people
mkdir "$tmp/dump"
{
    row 90000001 'Zörkábad' Zorkabad 'Zorqabad,Зоркабад,ZKB' 34.5 70.1 P PPL 0
    row 90000002 Police Police '' 34.5 70.2 P PPL 50
    row 90000003 'Hotel Zork' 'Hotel Zork' '' 34.5 70.2 S HTL 0
    row 1138958 Kabul Kabul '' 34.5 69.1 P PPLC 5
    row 90000004 Zorkgate Zorkgate '' 134.5 70.2 S CSTM 0
    printf 'half a row\n'
    row 90000005 'Zork Pass' 'Zork Pass' 'Kotal-e Zork' 34.25 70.25 T PASS 0
} > "$tmp/dump/AF.txt"
printf 'AF.29\tZork Province\tZork\t90000010\n' > "$tmp/dump/admin1CodesASCII.txt"
printf 'AF.29.2901\tOuter Zork\tOuter Zork\t90000011\n' > "$tmp/dump/admin2Codes.txt"

exits 4 'AF.txt:6: not a row' places import geonames "$tmp/dump"; ok "a dump with bad rows"
grep -q 'AF.txt:5: not degrees' "$tmp/err" && grep -q '2 places written, 2 faults' "$tmp/err"; ok "both are told"
cp "$tmp/out" "$tmp/zork.tsv"
[ "$(cut -f1 "$tmp/zork.tsv" | tail -n +2 | paste -sd, -)" = 'Zörkábad,Zork Pass' ]; ok "no hotels, no English words, nothing twice"
grep -q "^Zörkábad	Zorqabad	34.5	70.1	P	PPL	AFG	Zork Province	Outer Zork	1000	90000001$" "$tmp/zork.tsv"; ok "province, district, other names in Latin letters"
exits 4 '' places import geonames "$tmp/dump/AF.txt" && cmp -s "$tmp/out" "$tmp/zork.tsv"; ok "one file of it"

exits 1 'no place "Zorkabad"' places Zorkabad; ok "not known before"
exits 0 '' places --places "$tmp/zork.tsv" zorqabad && grep -q '"geonameid":90000001' "$tmp/out"; ok "a table laid over"
exits 0 '' places --places "$tmp/zork.tsv" Kandahar && "$SITREP" places Kandahar | cmp -s - "$tmp/out"; ok "the places below it stay"
printf 'Gunmen killed three soldiers in Zorkabad, Afghanistan.\n' > "$tmp/a.txt"
exits 0 '' code --places "$tmp/zork.tsv" --format jsonl "$tmp/a.txt" && grep -q '"resolved_place":"Zörkábad"' "$tmp/out"; ok "an event is there"
cp "$tmp/out" "$tmp/by_table"
exits 0 '' places compile "$tmp/zork.tsv"; ok "compiled"
cp "$tmp/out" "$tmp/zork.places"
exits 0 '' code --places "$tmp/zork.places" --format jsonl "$tmp/a.txt" && cmp -s "$tmp/out" "$tmp/by_table"; ok "compiled, it gives the same record"
printf 'actor zorks\n  kind     group\n  name     Zork Front\n  code     AFG REB\n' > "$tmp/over.txt"
printf 'The Zork Front killed three soldiers in Zorkabad, Afghanistan.\n' > "$tmp/b.txt"
exits 0 '' code --places "$tmp/zork.places" --codebook "$tmp/over.txt" --format jsonl "$tmp/b.txt" && grep -q '"resolved_place":"Zörkábad"' "$tmp/out" && grep -q '"entity_text":"The Zork Front"' "$tmp/out"; ok "with a codebook over it"
"$SITREP" places --places "$tmp/zork.places" Kabul > "$tmp/here" && "$SITREP" places Kabul | cmp -s - "$tmp/here"; ok "places below it, compiled"

printf 'ADM0_EN,ADM0_PCODE,ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_PCODE,ADM2_FR,center_lat,center_lon
#country,#country+code,#adm1+name,#adm1+code,#adm2+name,#adm2+code,,,
Afghanistan,AF,Nangarhar,AF06,"Zork ""West""",AF0699,Zorque,34.28,69.96
Afghanistan,AF,Nangarhar,AF06,Zorkistan,AF0698,,,
Afghanistan,AF,Kunduz,AF19,Kunduz,AF1901,,,
Atlantis,AT9,X,X1,Y,X2,,1,1\r
' > "$tmp/p.csv"
exits 4 'p.csv:6: no such country: "AT9"' places import pcodes "$tmp/p.csv"; ok "P-codes with a bad row"
grep -q '^Zork "West"	AF0699;Zorque	34.28	69.96	A	ADM2	AFG	Nangarhar	Zork "West"	1000	0$' "$tmp/out"; ok "as the table has them"
grep -q '^Zorkistan	AF0698	34\.' "$tmp/out"; ok "without coordinates: where its province is"
grep -q '^Kunduz	AF1901	36.87' "$tmp/out"; ok "without coordinates: where the gazetteer has it"
cp "$tmp/out" "$tmp/p.tsv"
exits 0 '' places --places "$tmp/p.tsv" --places "$tmp/zork.places" AF1901 && grep -q '"name":"Kunduz"' "$tmp/out"; ok "looked up by its P-code, over a compiled file"
printf 'Location,Admin Level,P-Code,Name,Parent P-Code\nAFG,1,AF06,Nangarhar,AF\nAFG,2,AF0611,Zorkistan,AF06\nAFG,x,AF0612,Zorkia,AF06\n' > "$tmp/g.csv"
exits 4 'g.csv:4: not a level: "x"' places import pcodes "$tmp/g.csv" && grep -q '^Zorkistan	AF0611	34.*	Nangarhar	Zorkistan	0	0$' "$tmp/out"; ok "the table of all states"
exits 1 'README.md:1: no columns' places import pcodes README.md; ok "no table of P-codes"

printf '# columns: as they are\nshort\nZork\t\t10\t10\tP\tPPL\tAFG\t\t\t5\t1\nZork\t\t10\t910\tP\tPPL\tAFG\t\t\t5\t1\nZork\t\t10\t10\tP\tPPL\tafg\t\t\t5\t1\n' > "$tmp/bad.tsv"
exits 0 'bad.tsv:2: 1 columns, not 11' places --places "$tmp/bad.tsv" Zork && grep -q 'bad.tsv:4: not a place' "$tmp/err" && grep -q 'bad.tsv:5: not a place' "$tmp/err" && [ "$(wc -l < "$tmp/out")" = 1 ]
ok "a table with faults: they are told, the good row counts"
head -c 100000 "$tmp/zork.places" > "$tmp/cut.places"
exits 3 'cut.places: codebook: cut short' places --places "$tmp/cut.places" Kabul; ok "a compiled file cut short"
exits 3 'a second compiled gazetteer' places -p "$tmp/zork.places" -p "$tmp/zork.places" Kabul; ok "two compiled files"
exits 3 'nowhere.tsv: no such file' places --places "$tmp/nowhere.tsv" Kabul; ok "a table that is not there"
exits 1 'neither allCountries.txt' places import geonames tests; ok "a folder without a dump"
exits 2 'import geonames PATH' places import osm x; ok "an unknown kind"
exits 2 'compile TABLE' places compile; ok "nothing to compile"
finish
