#!/usr/bin/env python3
"""Makes model/lemmas.txt, the base forms that src/parse/inflect.c looks lemmas up in.

  tools/make_lemmas.py --wordnet /usr/share/wordnet --propbank FRAMES.tsv --verbnet DIR > model/lemmas.txt

Sources: the word lists of WordNet 3.0 (Debian package wordnet-base: index.*, *.exc, and the counts of cntlist.rev), the verbs of
PropBank (frames.tsv: rolesets, parts of speech) and of VerbNet 3 (XML members). Nothing but words is taken from them.

A base form is listed when a rule needs it: all verbs; nouns whose plural could be read in two ways ("buses", "horses"); adjectives
short enough to be compared with -er. An inflected form is listed, with its base, when the rules of inflect.c would not find that base
or, with several listed words to choose from, not the most frequent. The functions below that make candidates are those rules.
"""
import argparse
import collections
import glob
import os
import re
import sys

WORD = re.compile(r"[a-z]{2,24}$")
VOWELS = "aeiou"
DOUBLED = "bdfgklmnprstvz"


def read_index(path):
    out = set()
    for line in open(path, encoding="latin-1"):
        if line[0] != " ":
            word = line.split(" ", 1)[0]
            if WORD.match(word):
                out.add(word)
    return out


def read_exceptions(path):
    out = collections.defaultdict(list)
    for line in open(path, encoding="latin-1"):
        form, *bases = line.split()
        for base in bases:
            if WORD.match(form) and WORD.match(base) and form != base:
                out[form].append(base)
    return out


def read_counts(path):
    """How often WordNet's own sample has a word as noun (1), verb (2), adjective (3, 5)."""
    out = collections.Counter()
    for line in open(path, encoding="latin-1"):
        key, _, n = line.split()
        word, rest = key.split("%", 1)
        out[word, {"1": "n", "2": "v", "3": "a", "5": "a"}.get(rest[0])] += int(n)
    return out


def read_propbank(path):
    out = set()
    for line in open(path, encoding="utf-8"):
        roleset, pos = line.split("\t")[:2]
        if "v" in pos.split(",") and WORD.match(roleset.split(".")[0]):
            out.add(roleset.split(".")[0])
    return out


def read_verbnet(folder):
    out = set()
    for path in glob.glob(os.path.join(folder, "*.xml")):
        out.update(w for w in re.findall(r'<MEMBER [^>]*?name="([^"]+)"', open(path, encoding="utf-8").read()) if WORD.match(w))
    return out


# ---- the rules of inflect.c -------------------------------------------------------------------------------------------------------


def doubles(stem):
    """Would this word of one syllable double its last letter: "plan" and "quit", not "creat" or "rain"?"""
    if len(stem) < 2 or stem[-1] in VOWELS + "wxy" or stem[-2] not in VOWELS:
        return False
    before = stem[:-2]
    return not any(c in VOWELS + "y" for c in (before[2:] if before.startswith("qu") else before))


def stems(stem):
    """Candidates of a word that lost an ending with a vowel."""
    out = []
    if not doubles(stem):
        out.append(stem)
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] in DOUBLED:
        out.append(stem[:-1])
    out.append(stem + "e")
    if doubles(stem):
        out.append(stem)
    if stem.endswith("ick"):
        out.append(stem[:-1])
    return out


def candidates(form, tag):
    if tag == "D":  # VBD, VBN
        if form.endswith("ied"):
            return [form[:-3] + "y", form[:-1]]
        return stems(form[:-2]) if form.endswith("ed") else []
    if tag == "G":
        if form.endswith("ying"):
            return [form[:-3], form[:-4] + "ie"]
        return stems(form[:-3]) if form.endswith("ing") else []
    if tag in "ZP":  # VBZ, NNS
        if tag == "P" and form.endswith("men"):
            return [form[:-2] + "an"]
        if not form.endswith("s"):
            return []
        out = []
        if form.endswith("ies"):
            out += [form[:-3] + "y"]
        if tag == "P" and form.endswith("ves"):
            out += [form[:-3] + "f", form[:-3] + "fe"]
        out.append(form[:-1])
        if form.endswith("es"):
            out.append(form[:-2])
        if form.endswith("sses") or form.endswith("zzes"):
            out.append(form[:-3])
        return out
    end = "er" if tag == "R" else "est"
    if not form.endswith(end):
        return []
    if form.endswith("i" + end):
        return [form[: -len(end) - 1] + "y"]
    return stems(form[: -len(end)])


def regular(word, tag):
    """The forms that a speaker would make: those of which `word` is a candidate."""
    if tag in "DGRS":
        end = {"D": "ed", "G": "ing", "R": "er", "S": "est"}[tag]
        out = [word[:-1] + end if word.endswith("e") and (tag != "G" or not word.endswith(("ee", "oe", "ye"))) else word + end]
        if word.endswith("y") and word[-2] not in VOWELS and tag != "G":
            out = [word[:-1] + "i" + end]
        if word.endswith("ie") and tag == "G":
            out = [word[:-2] + "ying"]
        if word.endswith("ic") and tag in "DG":
            out = [word + "k" + end]
        if doubles(word):
            out = [word + word[-1] + end]
        elif word[-1] in DOUBLED and word[-2] in VOWELS and word[-3:-2] and word[-3] not in VOWELS:
            out.append(word + word[-1] + end)
        return out
    if word.endswith("y") and word[-2] not in VOWELS:
        return [word[:-1] + "ies"]
    return [word + "es"] if word.endswith(("s", "x", "z", "ch", "sh")) else [word + "s", word + "es"] if word.endswith("o") else [word + "s"]


def needed_noun(word, nouns):
    return word + "s" in nouns or word.endswith(("man", "ie", "f", "fe", "ve", "s", "se", "x", "xe", "z", "ze", "ch", "che", "sh", "she", "o", "oe"))


# ---- the table ----------------------------------------------------------------------------------------------------------------------


def forms_of(words, tags, pos, exceptions, counts, keep):
    """Inflected forms whose base the rules alone would miss."""
    bases = collections.defaultdict(set)
    for word in words:
        for tag in tags:
            for form in regular(word, tag):
                bases[form, tag].add(word)
    lines = {}
    for (form, tag), found in bases.items():
        if len(found) < 2:
            continue
        best = max(sorted(found), key=lambda w: counts[w, pos])
        first = next((c for c in candidates(form, tag) if c in words), None)
        if best != first and counts[best, pos] > counts[first, pos]:
            lines[form] = best
    for form, found in exceptions.items():
        found = [w for w in found if w in keep]
        if not found:
            continue
        best = max(found, key=lambda w: counts[w, pos])
        firsts = {next((c for c in candidates(form, tag) if c in words), None) for tag in tags if candidates(form, tag)}
        if firsts != {best}:
            lines[form] = best
    return lines


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("wordnet", "propbank", "verbnet"):
        args.add_argument("--" + name, required=True)
    args = args.parse_args()
    at = lambda name: os.path.join(args.wordnet, name)
    counts = read_counts(at("cntlist.rev"))
    nouns = read_index(at("index.noun"))
    verbs = read_index(at("index.verb")) | read_propbank(args.propbank) | read_verbnet(args.verbnet)
    short = {w for w in read_index(at("index.adj")) if len(w) <= 9 and not w.endswith(("ed", "ing", "er", "est"))}
    listed_nouns = {w for w in nouns if needed_noun(w, nouns)}
    lines = {f"{w} v" for w in verbs} | {f"{w} n" for w in listed_nouns} | {f"{w} a" for w in short}
    for words, tags, pos, name, keep in ((verbs, "DGZ", "v", "verb", verbs), (listed_nouns, "P", "n", "noun", nouns),
                                         (short, "RS", "a", "adj", short)):
        found = forms_of(words, tags, pos, read_exceptions(at(name + ".exc")), counts, keep)
        for form, base in found.items():
            # "found" is a verb of its own: the form is read as a past only where the tag says so
            lines.add(f"{form} {pos.upper()} {base}")
    print("""# lemmas.txt - base forms, for lemmas of words that the treebanks do not have (src/parse/inflect.c).
# Made by tools/make_lemmas.py from WordNet 3.0, PropBank and VerbNet; see NOTICE. Sorted by bytes, no two lines alike:
#
#   word v            a verb; n: a noun, a: an adjective, as far as a rule needs them
#   form V base       what inflection by rule would miss: of a verb, N noun, A adjective""")
    for line in sorted(lines):
        print(line)
    print(f"{len(lines)} lines", file=sys.stderr)


if __name__ == "__main__":
    main()
