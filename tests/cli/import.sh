# import.sh - `sitrep codebook import`: the actor dictionaries of TABARI and PETRARCH.
. tests/cli/lib.sh.inc

cat > "$tmp/dict" <<'END'
# An actor dictionary of our own.
ZORVAN_FRONT_  [MEXREB]   ; rebels
+FRONT_OF_ZORVAN_
KALDOR_QUENN_
+PRESIDENT_QUENN_
	[CHLGOV 990101-20100630]  ; president
	[CHLELI >20100701]
WORLD_KITE_UNION_ [IGOUNOBUS]
HEADLESS_BODY_
+NOBODY_
	[12]
OLD_KING_ [PERGOV 400101-481231]
&SYNSET = {_THIS, _THAT}
END
exits 4 'dict:9: not a code: "12"' codebook import petrarch "$tmp/dict" && grep -q 'dict:13: not a line of an actor dictionary' "$tmp/err"; ok "what cannot be read is told by line"
cp "$tmp/out" "$tmp/book"
exits 0 '' codebook check "$tmp/book"; ok "the rest is a codebook"
exits 0 '' actors -c "$tmp/book" -f table zorvan && grep -q 'code       MEX REB$' "$tmp/out" && grep -q 'Front of Zorvan' "$tmp/out"; ok "names, synonyms, code"
exits 0 '' actors -c "$tmp/book" -f table kaldor && grep -q 'CHL GOV, from 1999-01-01, until 2010-06-30' "$tmp/out" && grep -q 'CHL ELI, from 2010-07-01' "$tmp/out"; ok "dates of office"
exits 0 '' actors -c "$tmp/book" -f table kite && grep -q 'UNO BUS' "$tmp/out"; ok "CAMEO's groups become PLOVER's code and sector"
exits 0 '' actors -c "$tmp/book" -f table old king && grep -q 'from 1940-01-01' "$tmp/out"; ok "two digits of a year"
printf 'Zorvan Front fighters attacked a police post in Mexico.\n' > "$tmp/doc"
exits 0 '' code -c "$tmp/book" "$tmp/doc" && grep -q '"identifier_text":"Zorvan Front"' "$tmp/out"; ok "the actor is found in text"
exits 0 '' codebook import tabari <(printf 'QUENTO_ [FRAMIL]\r\n') ; ok "TABARI, with line ends of DOS"
: > "$tmp/empty"
exits 1 'no actor in it' codebook import tabari "$tmp/empty"; ok "empty file"
head -c 3000 /bin/sh > "$tmp/binary"
exits 1 '' codebook import tabari "$tmp/binary"; ok "binary file"
exits 1 'no such file' codebook import tabari "$tmp/missing"; ok "missing file"
exits 2 'import petrarch FILE' codebook import icews "$tmp/dict"; ok "unknown kind"
finish
