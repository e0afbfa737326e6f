/* repair.c - see repair.h: "'s" that is "has", nouns taken for infinitives, names in pieces. */
#include "parse/repair.h"

#include "base/utf8.h"

bool sr_seen_as(const sr_net *net, sr_str folded, int xpos) {
    return sr_keyset_find(&net->lexicon, sr_lemma_key(folded, xpos)) >= 0;
}

/* "'s" before an active participle is of "have", which only the tree tells. */
static void undo_short_have(sr_sent *s) {
    for (int i = 0; i < s->n; i++) {
        sr_word *w = &s->w[i];
        if (w->rel == SR_R_AUX && w->sub == SR_S_NONE && w->xpos == SR_X_VBZ &&
            sr_str_is(w->folded, "'s") && s->w[w->head].xpos == SR_X_VBN)
            w->lemma = SR_LIT("have");
    }
}

/* "threw paint at", "cut aid to": a base form without "to" is an infinitive only under verbs that take
 * such. The noun is the object. */
static void undo_bare_infinitives(const sr_net *net, sr_sent *s) {
    static const char *const takers[] = {"let", "make", "help", "see", "hear", "watch", "have", "go", "come", "dare", "need",
                                         "bid", "feel", "try", "run", "get"};
    for (int i = 0; i < s->n; i++) {
        sr_word *w = &s->w[i];
        if (w->xpos != SR_X_VB || w->rel != SR_R_XCOMP || w->head < 0 || w->head >= i) continue;
        const sr_word *over = &s->w[w->head];
        bool takes = over->upos != SR_VERB || !sr_seen_as(net, w->folded, SR_X_NN);
        for (size_t k = 0; k < sizeof takers / sizeof *takers; k++) takes |= sr_str_is(over->lemma, takers[k]);
        for (int k = 0; k < s->n; k++) /* "to", an object before it or one of the verb's */
            takes |= (s->w[k].head == i && (s->w[k].rel == SR_R_MARK || s->w[k].rel == SR_R_OBJ)) ||
                     (s->w[k].head == w->head && (s->w[k].rel == SR_R_OBJ || s->w[k].rel == SR_R_IOBJ));
        if (takes) continue;
        w->xpos = SR_X_NN;
        w->upos = SR_NOUN;
        w->rel = SR_R_OBJ;
        w->sub = SR_S_NONE;
        w->lemma = w->folded;
    }
}

static bool in_one_name(const sr_word *dependent) {
    return dependent->rel == SR_R_FLAT || dependent->rel == SR_R_COMPOUND || dependent->rel == SR_R_AMOD;
}

static bool is_name_word(const sr_word *w) {
    return w->upos == SR_PROPN || w->xpos == SR_X_NNP || w->xpos == SR_X_NNPS;
}

/* Acronyms of states, which corpora give to bodies as often as to places. */
static bool is_state_acronym(const sr_word *w) {
    static const char *const all[] = {"us", "usa", "u.s.", "u.s", "u.s.a.", "uk", "u.k.", "uae", "drc", "prc", "dprk"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (sr_str_is(w->folded, all[i])) return sr_str_allcaps(w->form);
    return false;
}

/* No name has no proper noun in it, and none has an address of the net. */
static void drop_names(sr_sent *s) {
    for (int i = 0, end; i < s->n; i = end) {
        end = i + 1;
        if (!s->w[i].name) continue;
        while (end < s->n && s->w[end].name && !s->w[end].name_begin) end++;
        bool proper = false;
        for (int k = i; k < end; k++) proper |= is_name_word(&s->w[k]);
        for (int k = i; k < end; k++) {
            sr_word *w = &s->w[k];
            if (!proper || w->xpos == SR_X_ADD) {
                w->name = SR_NAME_NONE;
                if (k + 1 < end) s->w[k + 1].name_begin = true;
                w->name_begin = false;
            }
        }
        if (end == i + 1 && s->w[i].name == SR_NAME_ORG && is_state_acronym(&s->w[i])) s->w[i].name = SR_NAME_LOC;
    }
}

/* Two names side by side that are one phrase of the tree are one name ("Random", "House"); its type is
 * that of its head. Proper nouns that follow a person's first one as flat are of the name. */
static void join_names(sr_sent *s) {
    for (int i = 1; i < s->n; i++) {
        sr_word *w = &s->w[i], *before = &s->w[i - 1];
        if (!is_name_word(w) || !is_name_word(before) || !before->name) continue;
        int first = i - 1, last = i;
        while (first > 0 && s->w[first].name && !s->w[first].name_begin) first--;
        if (!w->name && w->rel == SR_R_FLAT && w->head >= first && w->head < i && before->name == SR_NAME_PER) {
            w->name = SR_NAME_PER;
            w->name_begin = false;
            continue;
        }
        if (!w->name || !w->name_begin) continue;
        while (last + 1 < s->n && s->w[last + 1].name && !s->w[last + 1].name_begin) last++;
        int right = -1, left = -1; /* the words that tie the two together */
        for (int k = first; k < i; k++)
            if (s->w[k].head >= i && s->w[k].head <= last && in_one_name(&s->w[k])) left = k;
        for (int k = i; k <= last; k++)
            if (s->w[k].head >= first && s->w[k].head < i && in_one_name(&s->w[k])) right = k;
        if (left < 0 && right < 0) continue;
        uint8_t type = left >= 0 ? w->name : before->name;
        for (int k = first; k <= last; k++) {
            s->w[k].name = type;
            s->w[k].name_begin = k == first;
        }
    }
}

static int child_of(const sr_sent *s, int h, int rel) {
    for (int i = 0; i < s->n; i++)
        if (s->w[i].head == h && s->w[i].rel == rel) return i;
    return -1;
}

/* "freed 17 kidnapped girls" with two objects: a number counts the noun that follows, which hangs on the
 * same word in the same way. */
static void attach_numbers(sr_sent *s) {
    for (int i = 0; i + 1 < s->n; i++) {
        sr_word *w = &s->w[i];
        if (w->xpos != SR_X_CD || w->head < 0 || (w->rel != SR_R_OBJ && w->rel != SR_R_NSUBJ)) continue;
        for (int j = i + 1; j < s->n && j <= i + 4; j++) {
            const sr_word *noun = &s->w[j];
            if (noun->head == w->head && noun->rel == w->rel && noun->upos == SR_NOUN) {
                w->head = (int16_t)j;
                w->rel = SR_R_NUMMOD;
                w->sub = SR_S_NONE;
                break;
            }
            if (noun->upos != SR_ADJ && noun->upos != SR_VERB && noun->upos != SR_NOUN) break;
        }
    }
}

/* "..., which is responsible for" tells of the noun before the comma, not of the clause: its verb hangs on
 * the whole phrase that ends there. */
static void attach_relatives(sr_sent *s) {
    for (int i = 2; i < s->n; i++) {
        int v = s->w[i].head;
        if (s->w[i].xpos != SR_X_WDT && !sr_str_is(s->w[i].folded, "who")) continue;
        if (s->w[i - 1].xpos != SR_X_COMMA || v <= i) continue;
        sr_word *w = &s->w[v];
        if ((w->rel != SR_R_PARATAXIS && w->rel != SR_R_ADVCL) || w->head < 0 || w->head >= i) continue;
        int noun = -1;
        for (int k = i - 2, steps = 0; k >= 0 && k < i && k != w->head && steps < s->n; k = s->w[k].head, steps++) {
            uint8_t upos = s->w[k].upos;
            if (upos == SR_NOUN || upos == SR_PROPN) noun = k;
            else if (noun >= 0) break;
        }
        if (noun < 0) continue;
        w->head = (int16_t)noun;
        w->rel = SR_R_ACL;
        w->sub = SR_S_RELCL;
    }
}

/* "is due to meet", taken for "due to" with a clause: "due" is the predicate and the verb its infinitive. */
static void predicate_due(sr_sent *s) {
    for (int i = 1; i + 2 < s->n; i++) {
        sr_word *due = &s->w[i], *to = &s->w[i + 1];
        int v = due->head;
        if (!sr_str_is(due->folded, "due") || to->xpos != SR_X_TO || to->head != i || v < i + 2 || s->w[v].xpos != SR_X_VB) continue;
        int be = child_of(s, v, SR_R_COP);
        if (be < 0 || be > i) continue;
        for (int k = 0; k < i; k++) {
            if (s->w[k].head != v) continue;
            s->w[k].head = (int16_t)i;
            if (s->w[k].rel == SR_R_NSUBJ) s->w[k].sub = SR_S_NONE;
        }
        due->head = s->w[v].head;
        due->rel = s->w[v].rel;
        due->sub = s->w[v].sub;
        due->upos = SR_ADJ;
        to->head = (int16_t)v;
        to->rel = SR_R_MARK;
        to->sub = SR_S_NONE;
        s->w[v].head = (int16_t)i;
        s->w[v].rel = SR_R_XCOMP;
        s->w[v].sub = SR_S_NONE;
    }
}

/* "Bombings blamed on the group have killed ten": a past form with a subject is no clause in the place of a
 * subject, but a participle after the noun that is. */
static void reduced_relatives(const sr_net *net, sr_sent *s) {
    for (int v = 1; v < s->n; v++) {
        sr_word *w = &s->w[v];
        int noun = w->rel == SR_R_CSUBJ && w->head > v ? child_of(s, v, SR_R_NSUBJ) : -1;
        bool form = w->xpos == SR_X_VBN || (w->xpos == SR_X_VBD && (sr_str_ends(w->folded, "ed") || sr_seen_as(net, w->folded, SR_X_VBN)));
        if (noun < 0 || noun > v || !form) continue;
        if (child_of(s, v, SR_R_MARK) >= 0 || child_of(s, v, SR_R_AUX) >= 0 || s->w[noun].upos == SR_PRON) continue;
        s->w[noun].head = w->head;
        s->w[noun].sub = w->sub; /* of a passive, or none */
        w->head = (int16_t)noun;
        w->rel = SR_R_ACL;
        w->sub = SR_S_NONE;
        w->xpos = SR_X_VBN;
    }
}

/* What has a subject or an object, and no copula, is a verb: "stopped bombing Gaza", "the striker shot
 * wide", "..., warning that". And what is a subject is none: "Clashes killed ten". */
static void verbs_by_their_arguments(const sr_net *net, sr_sent *s) {
    for (int i = 0; i < s->n; i++) {
        sr_word *w = &s->w[i];
        bool noun = w->xpos == SR_X_NN || w->xpos == SR_X_NNS;
        bool governs = child_of(s, i, SR_R_OBJ) > i || (w->rel == SR_R_ADVCL && child_of(s, i, SR_R_CCOMP) > i);
        if (noun && sr_str_ends(w->folded, "ing") && governs && child_of(s, i, SR_R_DET) < 0) {
            w->xpos = SR_X_VBG;
            w->upos = SR_VERB;
            if (w->rel == SR_R_OBJ) w->rel = SR_R_XCOMP;
        } else if (w->xpos == SR_X_NNS && w->head < 0 && child_of(s, i, SR_R_NSUBJ) >= 0 && child_of(s, i, SR_R_COP) < 0 &&
                   child_of(s, i, SR_R_OBJ) > i) { /* "Iraq summons envoy" */
            w->xpos = SR_X_VBZ;
            w->upos = SR_VERB;
        } else if (w->xpos == SR_X_VBZ && w->upos == SR_NOUN) {
            w->upos = SR_VERB;
        } else if (noun && w->head < 0 && child_of(s, i, SR_R_NSUBJ) >= 0 && child_of(s, i, SR_R_COP) < 0 &&
                   sr_seen_as(net, w->folded, SR_X_VBD)) {
            w->xpos = SR_X_VBD;
            w->upos = SR_VERB;
        } else if (w->xpos == SR_X_VBZ && w->rel == SR_R_NSUBJ && child_of(s, i, SR_R_NSUBJ) < 0 &&
                   child_of(s, i, SR_R_OBJ) < 0) {
            w->xpos = SR_X_NNS;
            w->upos = SR_NOUN;
        }
    }
}

/* "Three soldiers killed in ambush": headlines tell the past in the present, and a past form without an
 * object is a passive. */
static void headline_passives(const sr_net *net, sr_sent *s) {
    if (s->n == 0 || (!s->heading && s->w[s->n - 1].upos == SR_PUNCT)) return; /* headlines end in no stop */
    for (int i = 1; i < s->n; i++) {
        sr_word *w = &s->w[i];
        int subject = child_of(s, i, SR_R_NSUBJ);
        if (w->xpos != SR_X_VBD || subject < 0 || s->w[subject].sub != SR_S_NONE || !sr_seen_as(net, w->folded, SR_X_VBN) ||
            child_of(s, i, SR_R_OBJ) >= 0 || child_of(s, i, SR_R_CCOMP) >= 0 || child_of(s, i, SR_R_XCOMP) >= 0 ||
            i + 1 == s->n || s->w[i + 1].upos != SR_ADP)
            continue;
        w->xpos = SR_X_VBN;
        s->w[subject].sub = SR_S_PASS;
    }
}

void sr_repair(const sr_net *net, sr_sent *s) {
    undo_short_have(s);
    undo_bare_infinitives(net, s);
    attach_numbers(s);
    attach_relatives(s);
    reduced_relatives(net, s);
    predicate_due(s);
    verbs_by_their_arguments(net, s);
    headline_passives(net, s);
    join_names(s);
    drop_names(s);
}
