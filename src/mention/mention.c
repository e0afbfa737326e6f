/* mention.c - the stage's entry: ids of the words, the order of the steps, the list of names.
 *
 * Every word is looked up in the codebook once (form and lemma); all later steps work on these
 * ids. Helpers on the tree that several steps use stand here too. They are written for trees
 * that may be wrong: a missing governor, relation or preposition is an answer, not an error.
 */
#include "base/limits.h"
#include "mention/impl.h"

/* ---- helpers ---------------------------------------------------------------------------------- */

bool sr_m_one_of(sr_str s, const char *list) {
    for (const char *p = list; *p; p += *p == '|') {
        uint32_t n = 0;
        while (n < s.n && p[n] && p[n] != '|' && p[n] == s.p[n]) n++;
        p += n;
        if (n == s.n && (*p == '|' || !*p)) return true;
        while (*p && *p != '|') p++;
    }
    return false;
}

int sr_m_case(const sr_sent *s, int i) {
    for (int c = s->w[i].first_child; c >= 0; c = s->w[c].next_sibling)
        if (s->w[c].rel == SR_R_CASE && s->w[c].xpos != SR_X_POS && c < i) return c;
    return -1;
}

sr_str sr_m_text(const sr_mctx *c, const sr_sent *s, int first, int last) {
    uint32_t start = s->w[first].start, end = s->w[last].end;
    return end > start ? sr_str_of(c->doc->text.p + start, end - start) : s->w[first].form;
}

int sr_m_predicate(const sr_sent *s, int i) {
    for (int step = 0; i >= 0 && step < s->n; step++, i = s->w[i].head) {
        const sr_word *w = &s->w[i];
        if (w->upos == SR_VERB) return i;
        if (w->rel == SR_R_ROOT || w->rel == SR_R_CCOMP || w->rel == SR_R_ADVCL) return i;
    }
    return -1;
}

int sr_m_tense(const sr_mctx *c, uint32_t si, int p) {
    const sr_sent *s = sr_m_sent(c, si);
    for (int step = 0; p >= 0 && step < 4; step++, p = s->w[p].head) {
        bool infinitive = false, past = s->w[p].xpos == SR_X_VBD;
        for (int k = s->w[p].first_child; k >= 0; k = s->w[k].next_sibling) {
            const sr_word *w = &s->w[k];
            if (w->rel == SR_R_AUX && sr_m_one_of(w->lemma, "will|shall|'ll")) return 1;
            if (w->rel == SR_R_AUX && (w->xpos == SR_X_VBD || sr_m_one_of(w->lemma, "have")))
                past = true;
            if (w->rel == SR_R_MARK && sr_m_one_of(w->folded, "to")) infinitive = true;
        }
        /* "was scheduled for Monday"; but "vowed on Monday" */
        if (sr_m_one_of(s->w[p].lemma, "schedule|plan|expect|slate|due|postpone|delay|adjourn"))
            return 1;
        if (past) return -1;
        int h = s->w[p].head;
        if (infinitive && h >= 0 && sr_m_in(c, SR_M_PLANNED, si, h)) return 1;
        if (sr_m_in(c, SR_M_PLANNED, si, p)) return 1;
        /* "is visiting Kabul on Monday" */
        if (s->w[p].rel != SR_R_XCOMP && s->w[p].rel != SR_R_ADVCL &&
            s->w[p].rel != SR_R_CONJ && s->w[p].rel != SR_R_ACL && !infinitive)
            return 0;
    }
    return 0;
}

static void lookup(sr_mctx *c) {
    sr_mentions *out = c->out;
    uint32_t n = c->parse->n;
    out->wid = SR_NEW_N(c->a, sr_wid *, n);
    out->lid = SR_NEW_N(c->a, sr_wid *, n);
    out->by_word = SR_NEW_N(c->a, sr_entity **, n);
    c->mask = SR_NEW_N(c->a, uint8_t *, n);
    c->unit_of = SR_NEW_N(c->a, uint32_t *, n);
    c->item = SR_NEW_N(c->a, sr_phrase **, n);
    c->state = SR_NEW_N(c->a, uint8_t *, n);
    for (uint32_t s = 0; s < n; s++) {
        const sr_sent *st = &c->parse->s[s];
        out->wid[s] = SR_NEW_N(c->a, sr_wid, st->n);
        out->lid[s] = SR_NEW_N(c->a, sr_wid, st->n);
        out->by_word[s] = SR_NEW_N(c->a, sr_entity *, st->n);
        c->mask[s] = SR_NEW_N(c->a, uint8_t, st->n);
        c->unit_of[s] = SR_NEW_N(c->a, uint32_t, st->n);
        c->item[s] = SR_NEW_N(c->a, sr_phrase *, st->n);
        c->state[s] = SR_NEW_N(c->a, uint8_t, st->n);
        /* "TEHRAN - ": says where it was written, takes part in nothing */
        uint32_t body = st->block < c->doc->n_blocks ? c->doc->blocks[st->block].body : 0;
        for (int i = 0; i < st->n && st->w[i].start < body; i++)
            c->mask[s][i] |= SR_MASK_DATELINE;
        for (int i = 0; i < st->n; i++) {
            const sr_word *w = &st->w[i];
            out->wid[s][i] = sr_know_word(c->k, w->folded);
            out->lid[s][i] =
                sr_str_eq(w->lemma, w->folded) ? out->wid[s][i] : sr_know_word(c->k, w->lemma);
        }
    }
}

/* ---- names for --mentions ----------------------------------------------------------------------- */

static uint8_t type_of_unit(const sr_unit *u) {
    if (u->is_actor) {
        if (u->form == SR_F_ADJ || u->form == SR_F_PEOPLE) return SR_NAME_MISC;
        switch (u->actor.kind) {
        case SR_A_COUNTRY:
        case SR_A_REGION: return SR_NAME_LOC;
        case SR_A_PERSON: return SR_NAME_PER;
        case SR_A_PEOPLE: return SR_NAME_MISC;
        default: return SR_NAME_ORG;
        }
    }
    return u->is_place ? SR_NAME_LOC : SR_NAME_NONE;
}

static void add_name(sr_mctx *c, uint32_t si, int first, int last, uint8_t type) {
    const sr_sent *s = sr_m_sent(c, si);
    sr_name n = {si,
                 (int16_t)first,
                 (int16_t)last,
                 s->w[first].start,
                 s->w[last].end,
                 sr_m_text(c, s, first, last),
                 type};
    SR_PUSH(c->a, &c->out->names, n);
}

/* The tagger's names; between them what only the dictionary knows. */
static void names(sr_mctx *c) {
    for (uint32_t si = 0; si < c->parse->n; si++) {
        const sr_sent *s = sr_m_sent(c, si);
        for (int i = 0; i < s->n;) {
            if (s->w[i].name) {
                int j = i + 1;
                while (j < s->n && s->w[j].name == s->w[i].name && !s->w[j].name_begin) j++;
                add_name(c, si, i, j - 1, s->w[i].name);
                i = j;
                continue;
            }
            const sr_unit *u = sr_m_unit(c, si, i);
            int next = i + 1;
            if (u && u->first == i) {
                uint8_t type = type_of_unit(u);
                bool free = type != SR_NAME_NONE;
                for (int j = u->first; j <= u->last; j++) free &= !s->w[j].name;
                if (free) {
                    add_name(c, si, u->first, u->last, type);
                    next = u->last + 1;
                }
            }
            i = next;
        }
    }
}

/* ---- the stage ---------------------------------------------------------------------------------- */

static const char *const set_names[SR_M_N] = {
    "honorific",     "owner_participle", "country_epithet", "group_epithet", "side_epithet",
    "quantity_noun", "carrier_noun",     "former_adj",      "foreign_adj",   "travel_verb",
    "speech_verb",   "measure_noun",     "plan_word",       "place_feature", "state_servant",
    "against_owner", "collective_noun",  "town_verb"};

void sr_mention_run(sr_mentions *out, const sr_know *k, const sr_doc *doc,
                    const sr_parse *parse, sr_arena *a) {
    sr_mctx c;
    memset(&c, 0, sizeof c);
    memset(out, 0, sizeof *out);
    c.out = out;
    c.k = k;
    c.doc = doc;
    c.parse = parse;
    c.a = a;
    for (int i = 0; i < SR_M_N; i++) c.set[i] = sr_know_set(k, set_names[i]);
    lookup(&c);
    sr_m_times(&c);
    sr_m_units(&c);
    sr_m_places_resolve(&c);
    sr_m_numbers(&c);
    sr_m_entities(&c);
    sr_m_coref(&c);
    sr_m_places_list(&c);
    names(&c);
}

/* ---- by sentence -------------------------------------------------------------------------------- */

/* Sets *first and *count to the items of sentence s in a vector that is sorted by sentence. Found by
 * halving: a word of a long document must not cost more than one of a short. */
#define OF_SENTENCE(vec, s, first, count)                                                      \
    do {                                                                                       \
        uint32_t lo_ = 0, hi_ = (vec)->n;                                                      \
        while (lo_ < hi_) {                                                                    \
            uint32_t mid_ = lo_ + (hi_ - lo_) / 2;                                             \
            if ((vec)->v[mid_].sent < (s)) lo_ = mid_ + 1;                                     \
            else hi_ = mid_;                                                                   \
        }                                                                                      \
        while (hi_ < (vec)->n && (vec)->v[hi_].sent == (s)) hi_++;                             \
        *(first) = lo_;                                                                        \
        *(count) = hi_ - lo_;                                                                  \
    } while (0)

const sr_number *sr_numbers_of(const sr_mentions *m, uint32_t s, uint32_t *n) {
    uint32_t first;
    OF_SENTENCE(&m->numbers, s, &first, n);
    return *n ? &m->numbers.v[first] : NULL;
}

const sr_location *sr_places_of(const sr_mentions *m, uint32_t s, uint32_t *n) {
    uint32_t first;
    OF_SENTENCE(&m->places, s, &first, n);
    return *n ? &m->places.v[first] : NULL;
}

const sr_time *sr_times_of(const sr_mentions *m, uint32_t s, uint32_t *n) {
    uint32_t first;
    OF_SENTENCE(&m->times, s, &first, n);
    return *n ? &m->times.v[first] : NULL;
}

const sr_number *sr_number_of(const sr_mentions *m, uint32_t s, int counted) {
    if (counted < 0) return NULL;
    uint32_t n;
    const sr_number *z = sr_numbers_of(m, s, &n);
    for (uint32_t i = 0; i < n; i++)
        if (z[i].counts == counted) return &z[i];
    return NULL;
}
