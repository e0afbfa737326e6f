/* feats.c - morphological features of Universal Dependencies as English EWT 2.16 writes them.
 *
 * Nothing is learned and nothing is kept in the record: tags, forms and the tree decide. Words of
 * closed classes have their features in a table; nouns and adjectives have them from their Penn
 * tag; verbs from tag, auxiliaries and place in the tree. Finite verbs agree with their subject,
 * which for relative clauses is the noun before them:
 *
 *   soldiers who fled      fled ─acl:relcl▶ soldiers     Number=Plur|Person=3
 *   I came and saw         saw ─conj▶ came ─nsubj▶ I     Number=Sing|Person=1
 *
 * Left out: features that judge the writing (Typo, Style), fixed expressions (ExtPos), and NumType
 * where only the meaning tells it.
 */
#include "parse/feats.h"

enum { /* in the order of the format */
    ABBR, CASE, DEFINITE, DEGREE, FOREIGN, GENDER, MOOD, NUMBER, NUMFORM, NUMTYPE, PERSON, POLARITY,
    POSS, PRONTYPE, REFLEX, TENSE, VERBFORM, VOICE, N_KEYS
};

static const char *const keys[N_KEYS] = {
    "Abbr",    "Case",   "Definite", "Degree",   "Foreign", "Gender",   "Mood",   "Number",   "NumForm",
    "NumType", "Person", "Polarity", "Poss",     "PronType", "Reflex",  "Tense",  "VerbForm", "Voice"};

typedef struct feats {
    const char *v[N_KEYS]; /* NULL: not there */
} feats;

/* ---- closed classes --------------------------------------------------------------------------- */

typedef struct entry {
    const char *form; /* folded */
    uint8_t upos, xpos; /* SR_X_NONE: any */
    const char *feats;
} entry;

#define ME "Number=Sing|Person=1"
#define WE "Number=Plur|Person=1"
#define HE "Gender=Masc|Number=Sing|Person=3"
#define SHE "Gender=Fem|Number=Sing|Person=3"
#define IT "Gender=Neut|Number=Sing|Person=3"
#define THEY "Number=Plur|Person=3"

/* "Case=?" is Nom for a subject, else Acc. */
static const entry closed[] = {
    {"i", SR_PRON, SR_X_PRP, "Case=Nom|" ME "|PronType=Prs"},
    {"me", SR_PRON, SR_X_PRP, "Case=Acc|" ME "|PronType=Prs"},
    {"we", SR_PRON, SR_X_PRP, "Case=Nom|" WE "|PronType=Prs"},
    {"us", SR_PRON, SR_X_PRP, "Case=Acc|" WE "|PronType=Prs"},
    {"'s", SR_PRON, SR_X_PRP, "Case=Acc|" WE "|PronType=Prs"},
    {"you", SR_PRON, SR_X_PRP, "Case=?|Person=2|PronType=Prs"},
    {"he", SR_PRON, SR_X_PRP, "Case=Nom|" HE "|PronType=Prs"},
    {"him", SR_PRON, SR_X_PRP, "Case=Acc|" HE "|PronType=Prs"},
    {"she", SR_PRON, SR_X_PRP, "Case=Nom|" SHE "|PronType=Prs"},
    {"her", SR_PRON, SR_X_PRP, "Case=Acc|" SHE "|PronType=Prs"},
    {"it", SR_PRON, SR_X_PRP, "Case=?|" IT "|PronType=Prs"},
    {"they", SR_PRON, SR_X_PRP, "Case=Nom|" THEY "|PronType=Prs"},
    {"them", SR_PRON, SR_X_PRP, "Case=Acc|" THEY "|PronType=Prs"},
    {"one", SR_PRON, SR_X_PRP, "Number=Sing|Person=3|PronType=Prs"},
    {"myself", SR_PRON, SR_X_PRP, "Case=Acc|" ME "|PronType=Prs|Reflex=Yes"},
    {"ourselves", SR_PRON, SR_X_PRP, "Case=Acc|" WE "|PronType=Prs|Reflex=Yes"},
    {"yourself", SR_PRON, SR_X_PRP, "Case=Acc|Number=Sing|Person=2|PronType=Prs|Reflex=Yes"},
    {"yourselves", SR_PRON, SR_X_PRP, "Case=Acc|Number=Plur|Person=2|PronType=Prs|Reflex=Yes"},
    {"himself", SR_PRON, SR_X_PRP, "Case=Acc|" HE "|PronType=Prs|Reflex=Yes"},
    {"herself", SR_PRON, SR_X_PRP, "Case=Acc|" SHE "|PronType=Prs|Reflex=Yes"},
    {"itself", SR_PRON, SR_X_PRP, "Case=Acc|" IT "|PronType=Prs|Reflex=Yes"},
    {"themselves", SR_PRON, SR_X_PRP, "Case=Acc|" THEY "|PronType=Prs|Reflex=Yes"},
    {"mine", SR_PRON, SR_X_PRP, ME "|Poss=Yes|PronType=Prs"},
    {"ours", SR_PRON, SR_X_PRP, WE "|Poss=Yes|PronType=Prs"},
    {"yours", SR_PRON, SR_X_PRP, "Person=2|Poss=Yes|PronType=Prs"},
    {"his", SR_PRON, SR_X_PRP, HE "|Poss=Yes|PronType=Prs"},
    {"hers", SR_PRON, SR_X_PRP, SHE "|Poss=Yes|PronType=Prs"},
    {"theirs", SR_PRON, SR_X_PRP, THEY "|Poss=Yes|PronType=Prs"},
    {"my", SR_PRON, SR_X_PRPS, "Case=Gen|" ME "|Poss=Yes|PronType=Prs"},
    {"our", SR_PRON, SR_X_PRPS, "Case=Gen|" WE "|Poss=Yes|PronType=Prs"},
    {"your", SR_PRON, SR_X_PRPS, "Case=Gen|Person=2|Poss=Yes|PronType=Prs"},
    {"his", SR_PRON, SR_X_PRPS, "Case=Gen|" HE "|Poss=Yes|PronType=Prs"},
    {"her", SR_PRON, SR_X_PRPS, "Case=Gen|" SHE "|Poss=Yes|PronType=Prs"},
    {"its", SR_PRON, SR_X_PRPS, "Case=Gen|" IT "|Poss=Yes|PronType=Prs"},
    {"it's", SR_PRON, SR_X_PRPS, "Case=Gen|" IT "|Poss=Yes|PronType=Prs"},
    {"their", SR_PRON, SR_X_PRPS, "Case=Gen|" THEY "|Poss=Yes|PronType=Prs"},
    {"this", SR_PRON, SR_X_DT, "Number=Sing|PronType=Dem"},
    {"that", SR_PRON, SR_X_DT, "Number=Sing|PronType=Dem"},
    {"these", SR_PRON, SR_X_DT, "Number=Plur|PronType=Dem"},
    {"those", SR_PRON, SR_X_DT, "Number=Plur|PronType=Dem"},
    {"that", SR_PRON, SR_X_WDT, "PronType=Rel"},
    {"that", SR_PRON, SR_X_IN, "PronType=Rel"},
    {"whose", SR_PRON, SR_X_WPS, "Poss=Yes|PronType=?"},
    {"anybody", SR_PRON, SR_X_NN, "Number=Sing|PronType=Ind"},
    {"anyone", SR_PRON, SR_X_NN, "Number=Sing|PronType=Ind"},
    {"anything", SR_PRON, SR_X_NN, "Number=Sing|PronType=Ind"},
    {"somebody", SR_PRON, SR_X_NN, "Number=Sing|PronType=Ind"},
    {"someone", SR_PRON, SR_X_NN, "Number=Sing|PronType=Ind"},
    {"something", SR_PRON, SR_X_NN, "Number=Sing|PronType=Ind"},
    {"everybody", SR_PRON, SR_X_NN, "Number=Sing|PronType=Tot"},
    {"everyone", SR_PRON, SR_X_NN, "Number=Sing|PronType=Tot"},
    {"everything", SR_PRON, SR_X_NN, "Number=Sing|PronType=Tot"},
    {"nobody", SR_PRON, SR_X_NN, "Number=Sing|PronType=Neg"},
    {"nothing", SR_PRON, SR_X_NN, "Number=Sing|PronType=Neg"},
    {"one", SR_PRON, SR_X_NN, "Number=Sing|PronType=Neg"}, /* no one */
    {"none", SR_PRON, SR_X_NN, "PronType=Neg"},
    {"a", SR_DET, SR_X_DT, "Definite=Ind|PronType=Art"},
    {"an", SR_DET, SR_X_DT, "Definite=Ind|PronType=Art"},
    {"the", SR_DET, SR_X_DT, "Definite=Def|PronType=Art"},
    {"this", SR_DET, SR_X_DT, "Number=Sing|PronType=Dem"},
    {"that", SR_DET, SR_X_DT, "Number=Sing|PronType=Dem"},
    {"these", SR_DET, SR_X_DT, "Number=Plur|PronType=Dem"},
    {"those", SR_DET, SR_X_DT, "Number=Plur|PronType=Dem"},
    {"all", SR_DET, SR_X_NONE, "PronType=Tot"},
    {"both", SR_DET, SR_X_NONE, "PronType=Tot"},
    {"every", SR_DET, SR_X_NONE, "PronType=Tot"},
    {"another", SR_DET, SR_X_NONE, "PronType=Ind"},
    {"any", SR_DET, SR_X_NONE, "PronType=Ind"},
    {"either", SR_DET, SR_X_NONE, "PronType=Ind"},
    {"quite", SR_DET, SR_X_NONE, "PronType=Ind"},
    {"some", SR_DET, SR_X_NONE, "PronType=Ind"},
    {"such", SR_DET, SR_X_NONE, "PronType=Ind"},
    {"half", SR_DET, SR_X_PDT, "NumForm=Word|NumType=Frac|PronType=Ind"},
    {"no", SR_DET, SR_X_NONE, "PronType=Neg"},
    {"neither", SR_DET, SR_X_NONE, "PronType=Neg"},
    {"nor", SR_CCONJ, SR_X_NONE, "Polarity=Neg"},
    {"neither", SR_CCONJ, SR_X_NONE, "Polarity=Neg"},
    {"not", SR_PART, SR_X_NONE, "Polarity=Neg"},
    {"n't", SR_PART, SR_X_NONE, "Polarity=Neg"},
    {"nt", SR_PART, SR_X_NONE, "Polarity=Neg"},
    {"no", SR_INTJ, SR_X_NONE, "Polarity=Neg"},
    {"yes", SR_INTJ, SR_X_NONE, "Polarity=Pos"},
    {"now", SR_ADV, SR_X_RB, "PronType=Dem"},
    {"then", SR_ADV, SR_X_RB, "PronType=Dem"},
    {"here", SR_ADV, SR_X_RB, "PronType=Dem"},
    {"there", SR_ADV, SR_X_RB, "PronType=Dem"},
    {"never", SR_ADV, SR_X_RB, "PronType=Neg"},
    {"nowhere", SR_ADV, SR_X_RB, "PronType=Neg"},
    {"always", SR_ADV, SR_X_RB, "PronType=Tot"},
    {"everywhere", SR_ADV, SR_X_RB, "PronType=Tot"},
    {"ever", SR_ADV, SR_X_RB, "PronType=Ind"},
    {"either", SR_ADV, SR_X_RB, "PronType=Ind"},
    {"sometimes", SR_ADV, SR_X_RB, "PronType=Ind"},
    {"sometime", SR_ADV, SR_X_RB, "PronType=Ind"},
    {"somewhere", SR_ADV, SR_X_RB, "PronType=Ind"},
    {"anywhere", SR_ADV, SR_X_RB, "PronType=Ind"},
    {"anytime", SR_ADV, SR_X_RB, "PronType=Ind"},
    {"well", SR_ADV, SR_X_RB, "Degree=Pos"},
    {"far", SR_ADV, SR_X_RB, "Degree=Pos"},
    {"soon", SR_ADV, SR_X_RB, "Degree=Pos"},
    {"long", SR_ADV, SR_X_RB, "Degree=Pos"},
    {"hard", SR_ADV, SR_X_RB, "Degree=Pos"},
    {"early", SR_ADV, SR_X_RB, "Degree=Pos"},
    {"late", SR_ADV, SR_X_RB, "Degree=Pos"},
    {"fast", SR_ADV, SR_X_RB, "Degree=Pos"},
    {"once", SR_ADV, SR_X_RB, "NumForm=Word|NumType=Mult"},
    {"twice", SR_ADV, SR_X_RB, "NumForm=Word|NumType=Mult"},
    {"first", SR_ADV, SR_X_RB, "NumForm=Word|NumType=Ord"},
    {"second", SR_ADV, SR_X_RB, "NumForm=Word|NumType=Ord"},
    {"third", SR_ADV, SR_X_RB, "NumForm=Word|NumType=Ord"},
    {"half", SR_NOUN, SR_X_NN, "Number=Sing|NumForm=Word|NumType=Frac"},
    {"etc", SR_NOUN, SR_X_NONE, "Abbr=Yes|Number=Plur"},
    {"etc.", SR_NOUN, SR_X_NONE, "Abbr=Yes|Number=Plur"},
};

static bool closed_class(sr_buf *out, const sr_word *w) {
    for (size_t k = 0; k < sizeof closed / sizeof *closed; k++) {
        const entry *e = &closed[k];
        if (e->upos != w->upos || (e->xpos != SR_X_NONE && e->xpos != w->xpos)) continue;
        if (!sr_str_is(w->folded, e->form)) continue;
        const char *mark = strstr(e->feats, "=?");
        if (!mark) {
            sr_buf_z(out, e->feats);
        } else if (strncmp(e->feats, "Case", 4) == 0) {
            bool subject = w->rel == SR_R_NSUBJ || w->rel == SR_R_EXPL || w->rel == SR_R_ROOT;
            sr_buf_printf(out, "Case=%s%s", subject ? "Nom" : "Acc", mark + 2);
        } else {
            sr_buf_put(out, e->feats, (size_t)(mark - e->feats));
            sr_buf_printf(out, "=%s", w->rel == SR_R_ROOT ? "Int" : "Rel");
        }
        return true;
    }
    return false;
}

static bool among(sr_str form, const char *const *words) {
    for (; *words; words++)
        if (sr_str_is(form, *words)) return true;
    return false;
}

static const char *const months_and_days[] = {
    "jan",  "feb",  "mar",  "apr", "aug", "sep",  "sept", "oct", "nov",  "dec",  "mon", "tue", "tues",
    "wed",  "thu",  "thur", "fri", "sat", "jan.", "feb.", "mar.", "apr.", "aug.", "sep.", "sept.", "oct.",
    "nov.", "dec.", "mon.", "tue.", "tues.", "wed.", "thu.", "thur.", "fri.", "sat.", "sun.", "no.", NULL};
static const char *const always_plural[] = {
    "regards", "troops", "politics", "means", "supplies", "grounds", "clothes", "thanks", "headquarters",
    "goods", "contents", "manners", "whereabouts", "proceedings", "pants", "jeans", "finances",
    "surroundings", "specifics", "savings", "remains", "economics", "trousers", "sunglasses", "scissors",
    "glasses", "geopolitics", "genetics", "furnishings", "electronics", "dynamics", "confines", "auspices",
    "condolences", "premises", "outskirts", "arms", "belongings", "earnings", "mathematics", "physics", NULL};
static const char *const ordinals[] = {"first", "second", "third", "fourth", "fifth", "sixth", "seventh",
                                       "eighth", "ninth", "tenth", NULL};

/* ---- numbers ---------------------------------------------------------------------------------- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool has_digit(sr_str s) {
    for (uint32_t k = 0; k < s.n; k++)
        if (is_digit(s.p[k])) return true;
    return false;
}

static bool is_roman(sr_str form) {
    for (uint32_t k = 0; k < form.n; k++)
        if (!strchr("IVXLC", form.p[k])) return false;
    return form.n > 0;
}

/* "20th" */
static bool is_combined_ordinal(sr_str folded) {
    return folded.n > 2 && is_digit(folded.p[0]) &&
           (sr_str_ends(folded, "th") || sr_str_ends(folded, "st") || sr_str_ends(folded, "nd") ||
            sr_str_ends(folded, "rd"));
}

/* "1990s", "'60s", "80's" */
static bool is_decade(sr_str folded) { return has_digit(folded) && sr_str_ends(folded, "s"); }

static void number(feats *f, const sr_word *w) {
    f->v[NUMTYPE] = "Card";
    if (has_digit(w->folded)) {
        bool plain = true; /* one point or stroke between digits makes a fraction */
        uint32_t points = 0;
        for (uint32_t k = 0; k < w->folded.n; k++) {
            char c = w->folded.p[k];
            if (c == '.') points++;
            else if (!is_digit(c) && c != ',') plain = false;
        }
        if (plain && points == 1 && is_digit(w->folded.p[w->folded.n - 1])) f->v[NUMTYPE] = "Frac";
        f->v[NUMFORM] = "Digit";
    } else if (is_roman(w->form) && w->form.n > 0) {
        f->v[NUMFORM] = "Roman";
    } else {
        f->v[NUMFORM] = "Word";
        if (w->folded.n == 1) f->v[ABBR] = "Yes"; /* 3 m, 5 k */
    }
}

/* ---- the clause ------------------------------------------------------------------------------- */

static const sr_word *child(const sr_sent *s, int head, sr_rel rel) {
    for (int c = s->w[head].first_child; c >= 0; c = s->w[c].next_sibling)
        if (s->w[c].rel == rel) return &s->w[c];
    return NULL;
}

/* "to" as mark or any auxiliary before word `self`. */
static bool has_to(const sr_sent *s, int head) {
    for (int c = s->w[head].first_child; c >= 0; c = s->w[c].next_sibling)
        if (s->w[c].xpos == SR_X_TO) return true;
    return false;
}

static bool has_aux(const sr_sent *s, int head, int self, const char *lemma, bool passive) {
    for (int c = s->w[head].first_child; c >= 0; c = s->w[c].next_sibling) {
        const sr_word *w = &s->w[c];
        if (c == self || w->rel != SR_R_AUX) continue;
        if (passive ? w->sub == SR_S_PASS : (!lemma || sr_str_is(w->lemma, lemma))) return true;
    }
    return false;
}

static bool is_relative(const sr_word *w) {
    return w->sub == SR_S_RELCL && (w->rel == SR_R_ACL || w->rel == SR_R_ADVCL);
}

/* Within a relative clause, or with one that it heads itself ("whoever did it"). */
static bool is_relative_pronoun(const sr_sent *s, int i) {
    for (int c = s->w[i].first_child; c >= 0; c = s->w[c].next_sibling)
        if (is_relative(&s->w[c])) return true;
    int steps = 0;
    for (int k = s->w[i].head; k >= 0 && steps < s->n; k = s->w[k].head, steps++) {
        if (is_relative(&s->w[k])) return true;
        switch (s->w[k].rel) {
        case SR_R_CCOMP: case SR_R_ADVCL: case SR_R_ROOT: case SR_R_CSUBJ: case SR_R_PARATAXIS:
        case SR_R_ACL: return false;
        default: break;
        }
    }
    return false;
}

typedef struct agreement {
    int person; /* 0: no subject was found */
    bool plural;
} agreement;

static agreement agreement_of(const sr_sent *s, int i) {
    const sr_word *w = &s->w[i];
    agreement a = {3, false};
    static const char *const plurals[] = {"we", "they", "these", "those", "many", "few", "both", "all",
                                          "some", "several", "most", "others", "people", "police", NULL};
    if (sr_str_is(w->folded, "i")) a.person = 1;
    if (sr_str_is(w->folded, "we")) a.person = 1;
    if (sr_str_is(w->folded, "you") || sr_str_is(w->folded, "u")) a.person = 2;
    a.plural = w->xpos == SR_X_NNS || w->xpos == SR_X_NNPS || among(w->folded, plurals) ||
               (w->upos == SR_NUM && !sr_str_is(w->folded, "one"));
    bool several = false, with_me = a.person == 1;
    for (int c = w->first_child; c >= 0; c = s->w[c].next_sibling) {
        if (s->w[c].rel != SR_R_CONJ) continue;
        const sr_word *cc = child(s, c, SR_R_CC);
        if (!cc || sr_str_is(cc->lemma, "and") || sr_str_is(cc->lemma, "&")) several = true;
        if (sr_str_is(s->w[c].folded, "i") || sr_str_is(s->w[c].folded, "we")) with_me = true;
    }
    if (several) a = (agreement){with_me ? 1 : 3, true};
    return a;
}

/* The subject of the clause whose predicate is `head`; of a verb joined to another, that one's. */
static agreement subject_of(const sr_sent *s, int head) {
    for (int steps = 0; head >= 0 && steps < s->n; steps++) {
        const sr_word *h = &s->w[head];
        for (int c = h->first_child; c >= 0; c = s->w[c].next_sibling) {
            const sr_word *w = &s->w[c];
            if (w->rel == SR_R_CSUBJ) return (agreement){3, false};
            if (w->rel != SR_R_NSUBJ || w->sub == SR_S_OUTER) continue;
            bool stands_in = w->upos == SR_PRON &&
                             (w->xpos == SR_X_WDT || w->xpos == SR_X_WP || w->xpos == SR_X_IN);
            if (!stands_in) return agreement_of(s, c);
            break; /* a relative or interrogative pronoun */
        }
        if (is_relative(h) && h->rel == SR_R_ACL && h->head >= 0) return agreement_of(s, h->head);
        if (child(s, head, SR_R_NSUBJ)) return (agreement){3, false};
        if (h->rel != SR_R_CONJ) break;
        head = h->head;
    }
    return (agreement){0, false};
}

/* ---- verbs ------------------------------------------------------------------------------------ */

static void finite(feats *f, const char *mood, const char *tense, int person, bool plural) {
    static const char *const persons[] = {"3", "1", "2", "3"};
    f->v[MOOD] = mood;
    f->v[TENSE] = tense;
    f->v[VERBFORM] = "Fin";
    f->v[PERSON] = persons[person];
    f->v[NUMBER] = plural ? "Plur" : "Sing";
}

static void past(feats *f, const sr_sent *s, const sr_word *w, int clause) {
    agreement a = subject_of(s, clause);
    if (a.person == 2) a.plural = false;
    const char *mood = "Ind";
    if (sr_str_is(w->folded, "was")) {
        a.plural = false;
        if (a.person != 1) a.person = 3;
    } else if (sr_str_is(w->folded, "were") && a.person != 2 && !a.plural) {
        const sr_word *mark = child(s, clause, SR_R_MARK);
        if (mark && (sr_str_is(mark->lemma, "if") || sr_str_is(mark->lemma, "as"))) mood = "Sub";
        else a.plural = true;
    }
    if (sr_str_is(w->folded, "were") && a.person == 0) a.plural = true;
    finite(f, mood, "Past", a.person, a.plural);
}

static void present(feats *f, const sr_sent *s, const sr_word *w, int clause) {
    agreement a = subject_of(s, clause);
    if (sr_str_is(w->folded, "am") || sr_str_is(w->folded, "'m")) a = (agreement){1, false};
    else if (a.person == 0) a = sr_str_is(w->folded, "are") ? (agreement){3, true} : (agreement){1, false};
    else if (a.person == 3) a.plural = true; /* else it were VBZ */
    else if (a.person == 2) a.plural = false;
    finite(f, "Ind", "Pres", a.person, a.plural);
}

/* VB: infinitive, imperative or the subjunctive of "demanded that he leave". */
static void base_form(feats *f, const sr_sent *s, int i, int clause) {
    bool helped = has_to(s, clause) || has_aux(s, clause, i, NULL, false);
    const sr_word *c = &s->w[clause];
    int first = clause; /* of the verbs that it is joined to */
    if (!helped && c->rel == SR_R_CONJ)
        for (int steps = 0; s->w[first].rel == SR_R_CONJ && s->w[first].head >= 0 && steps < s->n; steps++) {
            first = s->w[first].head;
            if (has_to(s, first) || has_aux(s, first, i, NULL, false)) helped = true;
        }
    c = &s->w[first];
    if (!helped && child(s, clause, SR_R_NSUBJ) && c->rel == SR_R_CCOMP) {
        agreement a = subject_of(s, clause);
        finite(f, "Sub", "Pres", a.person, a.plural);
        return;
    }
    /* "they have lied and sent ..." tagged as base forms: only a verb that is one itself asks. */
    bool asks = c->rel == SR_R_ROOT || c->rel == SR_R_PARATAXIS || c->rel == SR_R_CCOMP ||
                (c->rel == SR_R_CONJ) || (first != clause && c->rel == SR_R_ADVCL);
    if (!helped && asks && !child(s, clause, SR_R_NSUBJ)) {
        f->v[MOOD] = "Imp";
        f->v[VERBFORM] = "Fin";
    } else {
        f->v[VERBFORM] = "Inf";
    }
}

static void ing_form(feats *f, const sr_sent *s, int i) {
    const sr_word *w = &s->w[i];
    int k = i;
    bool helped = has_aux(s, i, i, NULL, false);
    for (int steps = 0; s->w[k].rel == SR_R_CONJ && s->w[k].head >= 0 && steps < s->n; steps++) {
        k = s->w[k].head;
        helped = helped || has_aux(s, k, k, NULL, false);
    }
    bool gerund = false;
    if (w->upos == SR_VERB) {
        switch (s->w[k].rel) {
        case SR_R_ACL: gerund = s->w[k].sub != SR_S_RELCL; break;
        case SR_R_XCOMP: case SR_R_AMOD: case SR_R_CSUBJ: case SR_R_COMPOUND: case SR_R_NSUBJ:
        case SR_R_OBJ: case SR_R_OBL: case SR_R_NMOD: gerund = true; break;
        case SR_R_CCOMP: gerund = !helped; break;
        default: break;
        }
    }
    f->v[VERBFORM] = gerund ? "Ger" : "Part";
    if (!gerund) f->v[TENSE] = "Pres";
}

static void participle(feats *f, const sr_sent *s, int i) {
    f->v[TENSE] = "Past";
    f->v[VERBFORM] = "Part";
    if (s->w[i].upos != SR_VERB) return;
    int k = i;
    for (int steps = 0; s->w[k].rel == SR_R_CONJ && s->w[k].head >= 0 && steps < s->n; steps++) {
        if (s->w[k].first_child >= 0 && has_aux(s, k, k, NULL, false)) break;
        if (s->w[s->w[k].head].xpos != SR_X_VBN) break;
        k = s->w[k].head;
    }
    if (has_aux(s, k, k, NULL, true) || !has_aux(s, k, k, "have", false)) f->v[VOICE] = "Pass";
}

static void verb(feats *f, const sr_sent *s, int i) {
    const sr_word *w = &s->w[i];
    /* An auxiliary or copula stands below its predicate. */
    bool below = (w->rel == SR_R_AUX || w->rel == SR_R_COP) && w->head >= 0;
    int clause = below ? w->head : i;
    switch (w->xpos) {
    case SR_X_MD: f->v[VERBFORM] = "Fin"; break;
    case SR_X_VBD: past(f, s, w, clause); break;
    case SR_X_VBP: present(f, s, w, clause); break;
    case SR_X_VBZ: finite(f, "Ind", "Pres", 3, false); break;
    case SR_X_VB: base_form(f, s, i, clause); break;
    case SR_X_VBG: ing_form(f, s, i); break;
    case SR_X_VBN: participle(f, s, i); break;
    default: break;
    }
}

/* ---- all -------------------------------------------------------------------------------------- */

static void noun(feats *f, const sr_word *w) {
    if (w->xpos == SR_X_NN || w->xpos == SR_X_NNP) f->v[NUMBER] = "Sing";
    if (w->xpos == SR_X_NNS || w->xpos == SR_X_NNPS) f->v[NUMBER] = "Plur";
    if (w->upos == SR_PROPN) {
        if (among(w->folded, months_and_days)) f->v[ABBR] = "Yes";
    } else if (w->upos == SR_NOUN) {
        if (w->xpos == SR_X_NNS && among(w->folded, always_plural)) f->v[NUMBER] = "Ptan";
        if (w->xpos == SR_X_NNS && is_decade(w->folded)) {
            f->v[NUMBER] = "Ptan";
            f->v[NUMFORM] = "Combi";
            f->v[NUMTYPE] = "Card";
        } else if (is_combined_ordinal(w->folded)) {
            f->v[NUMFORM] = "Combi";
            f->v[NUMTYPE] = "Ord";
        }
    }
}

static void adjective(feats *f, const sr_word *w) {
    f->v[DEGREE] = w->xpos == SR_X_JJR ? "Cmp" : w->xpos == SR_X_JJS ? "Sup" : "Pos";
    if (w->xpos == SR_X_AFX || w->xpos == SR_X_FW) f->v[DEGREE] = NULL;
    if (is_combined_ordinal(w->folded)) {
        f->v[NUMFORM] = "Combi";
        f->v[NUMTYPE] = "Ord";
    } else if (among(w->folded, ordinals)) {
        f->v[NUMFORM] = "Word";
        f->v[NUMTYPE] = "Ord";
    }
}

void sr_feats_print(sr_buf *out, const sr_sent *s, int i) {
    const sr_word *w = &s->w[i];
    if (closed_class(out, w)) return;
    feats f;
    memset(&f, 0, sizeof f);
    switch (w->upos) {
    case SR_AUX: case SR_VERB: verb(&f, s, i); break;
    case SR_NOUN: case SR_PROPN: case SR_SYM: noun(&f, w); break;
    case SR_ADJ: adjective(&f, w); break;
    case SR_NUM: number(&f, w); break;
    case SR_ADV:
        if (w->xpos == SR_X_RBR) f.v[DEGREE] = "Cmp";
        if (w->xpos == SR_X_RBS) f.v[DEGREE] = "Sup";
        if (w->xpos == SR_X_WRB) f.v[PRONTYPE] = is_relative_pronoun(s, i) ? "Rel" : "Int";
        break;
    case SR_PRON: case SR_DET:
        if (w->xpos == SR_X_WDT || w->xpos == SR_X_WP)
            f.v[PRONTYPE] = (w->upos == SR_PRON && w->xpos == SR_X_WDT) || is_relative_pronoun(s, i) ? "Rel" : "Int";
        else if (sr_str_is(w->folded, "each")) f.v[PRONTYPE] = i + 1 < s->n && sr_str_is(s->w[i + 1].folded, "other") ? "Rcp" : "Tot";
        else if (w->xpos == SR_X_NN) f.v[NUMBER] = "Sing";
        break;
    case SR_X:
        if (w->xpos == SR_X_FW) f.v[FOREIGN] = "Yes";
        break;
    default: break;
    }
    bool any = false;
    for (int k = 0; k < N_KEYS; k++) {
        if (!f.v[k]) continue;
        sr_buf_printf(out, "%s%s=%s", any ? "|" : "", keys[k], f.v[k]);
        any = true;
    }
    if (!any) sr_buf_char(out, '_');
}
