/* coref.c - who is meant where no name stands: pronouns, short names, acronyms, epithets.
 *
 * One walk over the entities in text order. Behind it lies what has been said so far:
 *
 *   names      folded surname, full name or acronym -> the entity that brought it
 *   heads      lemma of a description ("ministry")  -> the last entity described so
 *   salience   per country or body: how much the text speaks of it now, halved every sentence
 *
 * Pronouns look up the tree first (the subject of the clause that holds theirs: "China says it
 * will"), then back by recency, subjects before others. "Both sides", "the two countries" stand
 * for the most salient parties. Roles without a country of their own ("police") take the one that
 * the sentence is set in. All rules are cheap and local; there is no ranking over the document,
 * and what is uncertain stays unresolved.
 */
#include "mention/impl.h"

/* How far back a pronoun looks, in entities and in sentences. */
#define LOOK_BACK      60
#define LOOK_SENTENCES 3
#define SALIENT_MAX    24

typedef struct slot {
    uint64_t key;
    sr_phrase *item;
} slot;

typedef struct salient {
    char code[4];
    bool rebel; /* both sides of a civil war have one code */
    float weight;
    uint32_t sent; /* when weight was brought up to date */
    sr_phrase *item;
} salient;

typedef struct coref {
    sr_mctx *c;
    slot *table; /* [mask + 1] */
    uint32_t mask, used;
    salient top[SALIENT_MAX];
    uint32_t n_top;
} coref;

/* ---- tables ------------------------------------------------------------------------------------ */

static slot *find(coref *r, uint64_t key) {
    uint32_t i = (uint32_t)(key ^ key >> 32) & r->mask;
    while (r->table[i].key && r->table[i].key != key) i = (i + 1) & r->mask;
    return &r->table[i];
}
static void put(coref *r, uint64_t key, sr_phrase *item) {
    if (r->used * 2 > r->mask) return; /* sized for every entity; cannot happen twice over */
    slot *s = find(r, key);
    if (!s->key) r->used++;
    s->key = key;
    s->item = item;
}
enum { KEY_NAME = 11, KEY_HEAD = 23 };
static uint64_t key_of(sr_str s, uint64_t kind) {
    uint64_t k = sr_hash(s.p, s.n, kind);
    return k ? k : 1;
}
static uint64_t key_of_words(const sr_sent *s, int first, int last) {
    uint64_t k = KEY_NAME;
    for (int i = first; i <= last; i++) k = sr_hash(s->w[i].folded.p, s->w[i].folded.n, k);
    return k ? k : 1;
}

static void salience_add(coref *r, sr_phrase *it, float w) {
    if (!it->e.code[0] || !strcmp(it->e.sector, "CVL") || !strcmp(it->e.sector, "REF")) return;
    bool rebel = !strcmp(it->e.sector, "REB") || !strcmp(it->e.sector, "OPP");
    uint32_t low = 0;
    for (uint32_t i = 0; i < r->n_top; i++) {
        salient *t = &r->top[i];
        for (; t->sent < it->e.sent && t->weight > 0.01f; t->sent++) t->weight *= 0.7f;
        if (t->sent < it->e.sent) t->weight = 0, t->sent = it->e.sent;
        if (memcmp(t->code, it->e.code, 4) == 0 && t->rebel == rebel) {
            t->weight += w;
            if (!it->e.pronoun &&
                (it->state || !t->item->state || it->e.sent > t->item->e.sent + 2))
                t->item = it;
            return;
        }
        if (t->weight < r->top[low].weight) low = i;
    }
    salient *t = r->n_top < SALIENT_MAX ? &r->top[r->n_top++] : &r->top[low];
    sr_m_code(t->code, it->e.code);
    t->rebel = rebel;
    t->weight = w;
    t->sent = it->e.sent;
    t->item = it;
}

/* ---- helpers ------------------------------------------------------------------------------------ */

static void settle(sr_phrase *it) {
    it->e.coded = (it->e.code[0] || it->e.sector[0]) && !it->e.place;
}

/* Copies who `from` is; the words stay those of `to`. */
static void same_as(sr_phrase *to, sr_phrase *from) {
    if (from == to) return;
    /* to the mention that says it; chains are short, since each link is made this way */
    for (int step = 0; from->e.antecedent && from->resolved && step < LOOK_BACK; step++) {
        from = (sr_phrase *)(void *)from->e.antecedent;
        if (from == to) return; /* no circles */
    }
    to->e.antecedent = &from->e;
    to->resolved = true;
    sr_m_code(to->e.code, from->e.code);
    sr_m_code(to->e.sector, from->e.sector);
    memcpy(to->e.other, from->e.other, sizeof to->e.other);
    to->e.identifier_text = from->e.identifier_text;
    to->e.identifier_id = from->e.identifier_id;
    to->e.entry = from->e.entry;
    if (!to->e.role.n) to->e.role = from->e.role;
    to->e.person = to->e.person || from->e.person;
    to->e.anonymous = from->e.anonymous;
    to->e.group = from->e.group;
    to->e.media = from->e.media;
    to->e.member = from->e.member;
    to->e.n_member = from->e.n_member;
    to->armed = from->armed;
    to->state = from->state;
    to->body = from->body;
    to->borrowed = from->borrowed;
    settle(to);
}

static sr_phrase *item_at(const coref *r, uint32_t si, int i) {
    return i < 0 ? NULL : r->c->item[si][i];
}

static sr_phrase *subject_of(const coref *r, uint32_t si, int p) {
    const sr_sent *s = sr_m_sent(r->c, si);
    for (int k = s->w[p].first_child; k >= 0; k = s->w[k].next_sibling)
        if (s->w[k].rel == SR_R_NSUBJ) return item_at(r, si, k);
    return NULL;
}

static bool has_conjunct(const coref *r, const sr_phrase *it) {
    const sr_sent *s = sr_m_sent(r->c, it->e.sent);
    for (int k = s->w[it->e.head].first_child; k >= 0; k = s->w[k].next_sibling)
        if (s->w[k].rel == SR_R_CONJ && item_at(r, it->e.sent, k)) return true;
    return false;
}

typedef enum wanted { WANT_PERSON, WANT_THING, WANT_MANY } wanted;

static bool compatible(const coref *r, const sr_phrase *it, wanted w, int8_t gender) {
    if (it->e.pronoun && !it->resolved) return false;
    switch (w) {
    case WANT_PERSON:
        if (!it->e.person || it->plural) return false;
        if (it->body && !it->name) return false;
        if (it->name && it->name->is_actor && it->name->form != SR_F_NAME &&
            it->name->form != SR_F_ADJ)
            return false;
        if (it->gender && gender && it->gender != gender) return false;
        return true;
    case WANT_THING:
        if (it->plural || (it->e.person && !it->body)) return false;
        if (it->e.pronoun) return it->e.coded && !it->e.person;
        if (it->name && it->name->is_actor && it->name->actor.kind == SR_A_PERSON) return false;
        if (it->name && it->name->form == SR_F_ADJ && !it->state) return false;
        return it->e.coded || it->body;
    case WANT_MANY:
        if (it->plural && (it->e.person || it->e.coded || it->armed)) return true;
        if (it->e.group) return true;
        if (it->e.coded && has_conjunct(r, it)) return true;
        return it->body && it->e.code[0] && !it->state &&
               !it->e.media; /* "the police said they" */
    }
    return false;
}

/* Members of a coordination. */
static void members_of(coref *r, sr_phrase *to, sr_phrase *first) {
    const sr_sent *s = sr_m_sent(r->c, first->e.sent);
    const sr_entity *m[SR_LIST_MAX];
    uint32_t n = 0;
    m[n++] = &first->e;
    for (int k = s->w[first->e.head].first_child; k >= 0; k = s->w[k].next_sibling)
        if (s->w[k].rel == SR_R_CONJ && n < SR_LIST_MAX) {
            sr_phrase *x = item_at(r, first->e.sent, k);
            if (x && x != to && x->e.coded && !x->e.group) m[n++] = &x->e; /* "the guards and they" are not two */
        }
    if (n < 2 || first == to) return;
    to->e.group = true;
    to->e.member = SR_NEW_N(r->c->a, const sr_entity *, n);
    memcpy(to->e.member, m, n * sizeof *m);
    to->e.n_member = n;
    for (uint32_t i = 1; i < n; i++)
        if (memcmp(m[i]->code, m[0]->code, 4)) to->e.code[0] = 0;
    for (uint32_t i = 1; i < n; i++)
        if (memcmp(m[i]->sector, m[0]->sector, 4)) to->e.sector[0] = 0;
    to->e.coded = true;
}

/* The subject of a clause that holds the pronoun's, going up. */
static sr_phrase *climb(const coref *r, const sr_phrase *it, wanted w) {
    const sr_sent *s = sr_m_sent(r->c, it->e.sent);
    int h = it->e.head, guard = 0;
    bool possessive = s->w[h].rel == SR_R_NMOD && s->w[h].sub == SR_S_POSS;
    bool first_clause = true;
    while (h >= 0 && guard++ < s->n) {
        int up = s->w[h].head;
        if (up < 0) return NULL;
        sr_phrase *x = subject_of(r, it->e.sent, up);
        if (x && x != it && x->e.head < it->e.head && compatible(r, x, w, it->gender)) {
            /* "X told him": object of the same clause; "X's army": the owner of the subject */
            bool own_clause = first_clause && !possessive;
            if (!own_clause) return x;
        }
        /* "During his visit, Chavez met ...": the phrase stands before its clause */
        bool ahead = x && x->e.head > it->e.head && h < x->e.first && (s->w[h].rel == SR_R_OBL || s->w[h].rel == SR_R_ADVCL);
        if (ahead && h != it->e.head && x->name && !x->e.place && compatible(r, x, w, it->gender)) return x;
        if (s->w[up].upos == SR_VERB || s->w[up].upos == SR_AUX) first_clause = false;
        if (x == it) first_clause = false;
        h = up;
    }
    return NULL;
}

static sr_phrase *look_back(coref *r, uint32_t at, const sr_phrase *it, wanted w) {
    sr_mentions *m = r->c->out;
    const sr_word *own = &sr_m_sent(r->c, it->e.sent)->w[it->e.head];
    bool object = own->rel == SR_R_OBJ || own->rel == SR_R_OBL || own->rel == SR_R_IOBJ;
    sr_phrase *best = NULL;
    float score = -1;
    int seen = 0;
    for (uint32_t k = at; k-- > 0 && seen < LOOK_BACK; seen++) {
        sr_phrase *x = (sr_phrase *)(void *)m->entities.v[k];
        uint32_t d = it->e.sent - x->e.sent;
        if (d > LOOK_SENTENCES) break;
        if (d == 0 && x->e.last >= it->e.head && x->e.first <= it->e.head) continue;
        if (!compatible(r, x, w, it->gender)) continue;
        if (d == 0 && object && sr_m_sent(r->c, it->e.sent)->w[x->e.head].head == own->head)
            continue;
        float p = 4.0f - (float)d * 1.5f - (float)seen * 0.02f;
        if (x->subject) p += 1.2f;
        if (x->name) p += 0.4f;
        if (x->e.coded) p += 0.6f;
        if (x->e.place) p -= 1.5f;
        const sr_word *xw = &sr_m_sent(r->c, x->e.sent)->w[x->e.head];
        if (xw->rel == SR_R_COMPOUND || xw->rel == SR_R_AMOD) p -= 1.5f;
        if (xw->rel == SR_R_NMOD) p -= 0.5f;
        if (d == 0 && w == WANT_PERSON) p += 0.3f;
        if (p > score) score = p, best = x;
    }
    return best;
}

/* The speaker of a quotation that stands around word i: subject of a near verb of saying. */
static sr_phrase *speaker(const coref *r, uint32_t si, int i) {
    const sr_sent *s = sr_m_sent(r->c, si);
    int guard = 0;
    for (int h = i; h >= 0 && guard++ < s->n; h = s->w[h].head) {
        if (h != i && sr_m_in(r->c, SR_M_SPEECH, si, h)) {
            sr_phrase *x = subject_of(r, si, h);
            if (x && !x->e.pronoun) return x;
            if (x && x->resolved) return x;
        }
        for (int k = s->w[h].first_child; k >= 0; k = s->w[k].next_sibling)
            if (s->w[k].rel == SR_R_PARATAXIS && sr_m_in(r->c, SR_M_SPEECH, si, k)) {
                sr_phrase *x = subject_of(r, si, k);
                if (x && (!x->e.pronoun || x->resolved)) return x;
            }
    }
    return NULL;
}

/* ---- pronouns ------------------------------------------------------------------------------------ */

static void pronoun(coref *r, uint32_t at, sr_phrase *it) {
    const sr_sent *s = sr_m_sent(r->c, it->e.sent);
    const sr_word *w = &s->w[it->e.head];
    sr_str f = w->folded;
    /* relatives: the noun that the clause hangs on */
    if (w->xpos == SR_X_WDT || w->xpos == SR_X_WP || w->xpos == SR_X_WPS ||
        (sr_m_one_of(f, "that|which|who|whom|whose"))) {
        int guard = 0;
        for (int h = it->e.head; h >= 0 && guard++ < s->n; h = s->w[h].head)
            if (s->w[h].rel == SR_R_ACL && s->w[h].head >= 0) {
                sr_phrase *x = item_at(r, it->e.sent, s->w[h].head);
                if (x && s->w[h].head < it->e.head) same_as(it, x);
                return;
            }
        return;
    }
    wanted want;
    if (sr_m_one_of(f, "he|him|his|himself|she|her|hers|herself")) want = WANT_PERSON;
    else if (sr_m_one_of(f, "it|its|itself")) want = WANT_THING;
    else if (sr_m_one_of(f, "they|them|their|theirs|themselves")) want = WANT_MANY;
    else if (sr_m_one_of(f, "i|me|my|we|us|our|ours|myself|ourselves")) {
        sr_phrase *x = speaker(r, it->e.sent, it->e.head);
        if (x) same_as(it, x);
        return;
    } else {
        return;
    }
    sr_phrase *x = climb(r, it, want);
    if (!x) x = look_back(r, at, it, want);
    if (!x) return;
    int8_t gender = it->gender;
    same_as(it, x);
    if (gender && !x->gender && x->e.person) x->gender = gender;
    if (want == WANT_MANY && !x->e.group) members_of(r, it, x);
}

/* ---- short names and acronyms --------------------------------------------------------------------- */

static void remember_name(coref *r, sr_phrase *it) {
    if (it->name_first < 0) return;
    const sr_sent *s = sr_m_sent(r->c, it->e.sent);
    int a = it->name_first, b = it->name_last;
    if (it->e.person) {
        if (b > a || it->e.coded) put(r, key_of_words(s, b, b), it);
        if (b > a) put(r, key_of_words(s, a, b), it);
    } else if (it->e.coded || it->body) {
        put(r, key_of_words(s, a, b), it);
    }
    /* "Kashmir Freedom Front (KFF)" */
    int open = it->e.last + 1;
    if (open < b + 1) open = b + 1;
    if (open + 2 < s->n && sr_m_one_of(s->w[open].folded, "(") &&
        sr_m_one_of(s->w[open + 2].folded, ")") && sr_str_allcaps(s->w[open + 1].form) &&
        !it->e.person) {
        put(r, key_of_words(s, open + 1, open + 1), it);
        sr_phrase *x = item_at(r, it->e.sent, open + 1);
        if (x && !x->e.coded && !(x->name && x->name->is_actor)) {
            same_as(x, it);
            x->body = true;
        }
    }
}

/* An acronym may also be introduced by a phrase that no name tag covers. */
static void short_name(coref *r, sr_phrase *it) {
    const sr_sent *s = sr_m_sent(r->c, it->e.sent);
    const sr_word *w = &s->w[it->e.head];
    if (it->e.coded && it->name && it->name->is_actor) return;
    if (w->upos != SR_PROPN && !w->name) return;
    if (it->e.place && !it->e.coded && it->e.code[0]) return;
    sr_phrase *x = NULL;
    if (it->name_first >= 0) {
        x = find(r, key_of_words(s, it->name_first, it->name_last))->item;
        if (!x && it->name_last > it->name_first && it->e.person) {
            /* "Khan Muttaqi" after "Amir Khan Muttaqi": surname, but no other first name */
            sr_phrase *y = find(r, key_of_words(s, it->name_last, it->name_last))->item;
            if (y && y->e.person && y->name_first >= 0) {
                const sr_sent *t = sr_m_sent(r->c, y->e.sent);
                for (int i = y->name_first; i < y->name_last && !x; i++)
                    if (sr_str_eq(t->w[i].folded, s->w[it->name_first].folded)) x = y;
            }
        }
    } else {
        x = find(r, key_of_words(s, it->e.head, it->e.head))->item;
    }
    if (!x || x == it) return;
    if (it->e.person && !x->e.person) return;
    if (it->e.coded) {
        /* keeps what the phrase itself says, and learns who it is */
        if (!it->e.code[0] &&
            (!it->e.sector[0] || !strcmp(it->e.sector, x->e.sector) || it->e.person)) {
            sr_m_code(it->e.code, x->e.code);
            it->e.antecedent = &x->e;
        } else if (!it->e.sector[0] && !strcmp(it->e.code, x->e.code)) {
            sr_m_code(it->e.sector, x->e.sector);
            it->e.antecedent = &x->e;
        }
        settle(it);
        return;
    }
    int16_t a = it->name_first, b = it->name_last;
    same_as(it, x);
    it->name_first = a;
    it->name_last = b;
}

/* ---- epithets ------------------------------------------------------------------------------------- */

static bool determiner(const sr_sent *s, int h, const char *list) {
    for (int k = s->w[h].first_child; k >= 0 && k < h; k = s->w[k].next_sibling)
        if (s->w[k].rel == SR_R_DET && sr_m_one_of(s->w[k].folded, list)) return true;
    return false;
}

/* "the two countries" 2, "both sides" 2, "the three ministers" 3; 0: no number. */
static int group_size(const sr_sent *s, int h) {
    int n = 0;
    for (int k = s->w[h].first_child; k >= 0 && k < h; k = s->w[k].next_sibling) {
        int64_t v;
        if (sr_m_one_of(s->w[k].folded, "both")) n = 2;
        else if (sr_m_one_of(s->w[k].folded, "all|other|several|some|many|any|most|no"))
            return 0;
        else if (s->w[k].rel == SR_R_NUMMOD && sr_m_numeral(s->w[k].folded, &v))
            n = v >= 2000 && v <= 5000 ? (int)(v / 1000) : -1;
    }
    return n;
}

/* Does x take part in the clause of the epithet? Mediators who ask "both sides" are none of them. */
static bool clause_mate(const coref *r, const sr_phrase *x, const sr_phrase *it) {
    if (x->e.sent != it->e.sent) return false;
    const sr_sent *s = sr_m_sent(r->c, it->e.sent);
    int h = x->e.head, guard = 0;
    /* up to the head of the phrase that x is in */
    while ((s->w[h].rel == SR_R_CONJ || s->w[h].rel == SR_R_AMOD ||
            s->w[h].rel == SR_R_COMPOUND || s->w[h].rel == SR_R_NMOD ||
            s->w[h].rel == SR_R_FLAT) &&
           s->w[h].head >= 0 && guard++ < s->n)
        h = s->w[h].head;
    int g = s->w[it->e.head].head;
    if (g < 0 || s->w[h].head < 0) return false;
    return s->w[h].head == g || (s->w[g].rel == SR_R_XCOMP && s->w[g].head == s->w[h].head);
}

/* Can it be a side in a dispute? */
static bool can_be_side(const sr_phrase *x) {
    return x->e.code[0] && !x->e.media && strcmp(x->e.code, "UNO") &&
           strcmp(x->e.code, "NGO") && strcmp(x->e.code, "IGO");
}

/* The n most salient parties as members. */
static bool stand_for(coref *r, sr_phrase *it, int n) {
    sr_phrase *pick[5];
    int got = 0;
    bool used[SALIENT_MAX] = {false};
    for (uint32_t i = 0; i < r->n_top; i++) {
        salient *t = &r->top[i];
        for (; t->sent < it->e.sent && t->weight > 0.01f; t->sent++) t->weight *= 0.7f;
        t->sent = it->e.sent;
    }
    while (got < n && got < 5) {
        int best = -1;
        for (uint32_t i = 0; i < r->n_top; i++)
            if (!used[i] && r->top[i].weight > 0.25f &&
                (r->top[i].item->state || !strcmp(r->top[i].item->e.sector, "GOV") ||
                 (n == 2 && r->top[i].item->armed)) &&
                can_be_side(r->top[i].item) && !clause_mate(r, r->top[i].item, it) &&
                (best < 0 || r->top[i].weight > r->top[best].weight))
                best = (int)i;
        if (best < 0) return false;
        used[best] = true;
        pick[got++] = r->top[best].item;
    }
    /* text order */
    for (int i = 1; i < got; i++)
        for (int j = i; j > 0 && (pick[j]->e.sent < pick[j - 1]->e.sent ||
                                  (pick[j]->e.sent == pick[j - 1]->e.sent &&
                                   pick[j]->e.head < pick[j - 1]->e.head));
             j--) {
            sr_phrase *x = pick[j];
            pick[j] = pick[j - 1];
            pick[j - 1] = x;
        }
    it->e.group = true;
    it->e.member = SR_NEW_N(r->c->a, const sr_entity *, got);
    for (int i = 0; i < got; i++) it->e.member[i] = &pick[i]->e;
    it->e.n_member = (uint32_t)got;
    it->e.coded = true;
    return true;
}

/* The last coordination of at least two parties: "Iran, Russia and Turkey" for "the three". */
static bool stand_for_list(coref *r, uint32_t at, sr_phrase *it, int n) {
    sr_mentions *m = r->c->out;
    int seen = 0;
    float best = -1;
    for (uint32_t k = at; k-- > 0 && seen < 8 * LOOK_BACK; seen++) {
        sr_phrase *x = (sr_phrase *)(void *)m->entities.v[k];
        if (it->e.sent - x->e.sent > 25) break;
        if (!x->e.coded || !x->e.code[0] || x->e.place || x->e.pronoun || !has_conjunct(r, x))
            continue;
        if (clause_mate(r, x, it)) continue;
        sr_phrase probe;
        memset(&probe, 0, sizeof probe);
        members_of(r, &probe, x);
        if (probe.e.n_member < 2 || (n && (int)probe.e.n_member != n)) continue;
        bool distinct = can_be_side((const sr_phrase *)(const void *)probe.e.member[0]);
        for (uint32_t i = 1; i < probe.e.n_member; i++)
            distinct &= can_be_side((const sr_phrase *)(const void *)probe.e.member[i]) &&
                        memcmp(probe.e.member[i]->code, probe.e.member[0]->code, 4) != 0;
        if (!distinct) continue;
        float score = 1.5f - 0.4f * (float)(it->e.sent - x->e.sent);
        if (score < 0) score = 0.01f / (float)(it->e.sent - x->e.sent);
        for (uint32_t i = 0; i < probe.e.n_member; i++)
            for (uint32_t j = 0; j < r->n_top; j++)
                if (!memcmp(r->top[j].code, probe.e.member[i]->code, 4))
                    score += 0.3f * r->top[j].weight;
        if (score <= best) continue;
        best = score;
        it->e.group = true;
        it->e.member = probe.e.member;
        it->e.n_member = probe.e.n_member;
        it->e.coded = true;
    }
    return best >= 0;
}

static bool has_country(const sr_phrase *x) { return x->state || (x->e.place && x->e.code[0]); }

static void epithet(coref *r, uint32_t at, sr_phrase *it) {
    sr_mctx *c = r->c;
    uint32_t si = it->e.sent;
    const sr_sent *s = sr_m_sent(c, si);
    int h = it->e.head;
    const sr_word *w = &s->w[h];
    if (it->name || it->resolved || w->upos != SR_NOUN) return;
    if (it->e.code[0] && !(it->armed && sr_m_in(c, SR_M_GROUP, si, h))) return;
    bool the = determiner(s, h, "the|this|that|these|those|both");
    bool plural = w->xpos == SR_X_NNS;
    if (plural && sr_m_in(c, SR_M_SIDE, si, h) && !it->owner) {
        int n = group_size(s, h);
        for (int k = w->first_child; k >= 0; k = s->w[k].next_sibling)
            if (k > h && s->w[k].rel == SR_R_NMOD &&
                sr_m_one_of(s->w[k].lemma, "border|frontier|boundary|road|river|street"))
                return; /* "both sides of the border" */
        bool open = n == 0 && determiner(s, h, "the") &&
                    (sr_m_one_of(w->lemma, "neighbour|neighbor|rival|foe|ally|adversary") ||
                     (!it->modified && sr_m_one_of(w->lemma, "side|party")));
        if (open || (n >= 2 && (the || n == 2))) {
            if (it->role) it->e.sector[0] = 0; /* "the parties" are none of politics */
            if (!stand_for_list(r, at, it, n) && !stand_for(r, it, open ? 2 : n) &&
                !it->e.sector[0] &&
                sr_m_one_of(w->lemma,
                            "side|party|country|nation|neighbour|neighbor|rival|ally")) {
                memcpy(it->e.sector, "GOV", 4); /* which, is not said */
                settle(it);
            }
            return;
        }
    }
    if (sr_m_one_of(w->lemma, "trio") && the) {
        if (!stand_for_list(r, at, it, 3)) stand_for(r, it, 3);
        return;
    }
    if (!the || plural != it->plural) return;
    /* "the neighbouring country": the other one */
    if (!plural && sr_m_in(c, SR_M_COUNTRY, si, h)) {
        bool other = false;
        for (int k = w->first_child; k >= 0 && k < h; k = s->w[k].next_sibling)
            other |= sr_m_one_of(s->w[k].folded, "neighbouring|neighboring|other|rival");
        if (it->modified && !other && determiner(s, h, "the") && w->first_child >= 0) {
            /* "the South Asian country" still is one; "the first country" is not */
            for (int k = w->first_child; k >= 0 && k < h; k = s->w[k].next_sibling)
                if (s->w[k].xpos == SR_X_JJS ||
                    sr_m_one_of(s->w[k].folded, "first|last|only|same|next|whole|entire")) {
                    if (!sr_m_one_of(s->w[k].folded, "whole|entire")) return;
                }
        }
        sr_mentions *m = c->out;
        sr_phrase *best = NULL;
        float score = -100;
        int seen = 0;
        char subject[4] = "";
        for (uint32_t k = at; k-- > 0 && seen < LOOK_BACK; seen++) {
            sr_phrase *x = (sr_phrase *)(void *)m->entities.v[k];
            if (si - x->e.sent > 4) break;
            if (x->e.pronoun || !has_country(x) || !x->e.code[0]) continue;
            float p =
                -(float)(si - x->e.sent) * 1.0f - (float)seen * 0.05f + (x->subject ? 0.7f : 0);
            if (other && x->subject && !subject[0]) sr_m_code(subject, x->e.code);
            if (other && subject[0] && !strcmp(subject, x->e.code)) continue;
            if (p > score) score = p, best = x;
        }
        if (best) {
            bool place =
                sr_m_case(s, h) >= 0 &&
                sr_m_one_of(
                    s->w[sr_m_case(s, h)].folded,
                    "in|at|across|throughout|inside|within|into|to|around|over|from|of");
            bool keep = best->e.place;
            same_as(it, best);
            it->e.place = place || (keep && !it->subject);
            if (!it->e.sector[0]) memcpy(it->e.sector, "GOV", 4);
            it->state = true;
            it->e.person = false;
            settle(it);
        }
        return;
    }
    bool fighters = it->armed && (!strcmp(it->e.sector, "REB") || !strcmp(it->e.sector, "PRM"));
    if (!plural && (!it->e.sector[0] || fighters) && sr_m_in(c, SR_M_GROUP, si, h)) {
        sr_mentions *m = c->out;
        int seen = 0;
        sr_phrase *best = NULL;
        float score = -100;
        for (uint32_t k = at; k-- > 0 && seen < LOOK_BACK; seen++) {
            sr_phrase *x = (sr_phrase *)(void *)m->entities.v[k];
            if (si - x->e.sent > 4) break;
            if (x->e.pronoun || x->state || !(x->name || x->role) || !x->e.coded) continue;
            bool org = x->name && x->name->is_actor && x->name->actor.kind != SR_A_PERSON &&
                       x->name->actor.kind != SR_A_COUNTRY && x->name->form == SR_F_NAME;
            if (x->name && x->name->is_actor && x->name->form == SR_F_ACRONYM &&
                x->name->actor.kind != SR_A_COUNTRY)
                org = true;
            if (x->unknown_name && x->body) org = true;
            if (!org && !(x->body && x->role && !x->e.person)) continue;
            if (fighters && !(org && x->armed)) continue;
            if (it->e.code[0] && strcmp(it->e.code, x->e.code)) continue;
            float p = -(float)(si - x->e.sent) - (float)seen * 0.05f + (x->subject ? 0.7f : 0);
            if (p > score) score = p, best = x;
        }
        if (best) same_as(it, best);
        if (best || !fighters) return;
    }
    if (it->e.code[0]) return;
    /* the same word before, with more to it: "the ministry", "the soldiers", "the president" */
    if (it->role || it->carrier) {
        slot *f = find(r, key_of(w->lemma, KEY_HEAD));
        sr_phrase *x = f->key ? f->item : NULL;
        if (x && x != it && x->e.coded && x->e.code[0] && si - x->e.sent <= 12) {
            bool sector =
                it->e.sector[0] && x->e.sector[0] && strcmp(it->e.sector, x->e.sector);
            if (!it->modified || !it->e.sector[0]) {
                if (!sector) same_as(it, x);
                else if (!it->e.code[0]) sr_m_code(it->e.code, x->e.code);
                settle(it);
            }
        }
    }
}

/* ---- the country of country-less roles ------------------------------------------------------------ */

/* What the words around say about where: the place that the sentence is set in, else the one
 * country that it names. */
typedef struct scene {
    char place[4], only[4];
    bool mixed, clause; /* clause: the place belongs to a verb */
    bool loose;         /* it is where something borders, not where it is */
} scene;

static void set_scene(coref *r, uint32_t si, scene *sc) {
    const sr_sent *s = sr_m_sent(r->c, si);
    memset(sc, 0, sizeof *sc);
    for (int i = 0; i < s->n; i++) {
        const sr_phrase *it = r->c->item[si][i];
        if (!it || it->e.pronoun || !it->e.code[0] || it->borrowed) continue;
        bool state = it->e.place || it->state || (it->name && it->name->is_actor);
        if (!state || sr_know_country(r->c->k, it->e.code) == UINT32_MAX) continue;
        if (it->e.place) {
            int p = sr_m_case(s, i), h = s->w[i].head;
            const sr_phrase *of = h >= 0 ? r->c->item[si][h] : NULL;
            bool where =
                p >= 0 &&
                sr_m_one_of(
                    s->w[p].folded,
                    "in|at|near|inside|within|across|around|outside|throughout|on|over");
            /* "sources in Saudi Arabia" set no scene for others */
            if (where && of && of->role && s->w[i].rel == SR_R_NMOD) where = false;
            bool clause = where && h >= 0 && s->w[i].rel == SR_R_OBL;
            /* "on the border ... in Kayes": in tells it better */
            bool loose = p >= 0 && sr_m_one_of(s->w[p].folded, "on|over");
            if ((where && (!sc->place[0] || (sc->loose && !loose))) ||
                (clause && !sc->clause && !loose)) {
                sr_m_code(sc->place, it->e.code);
                sc->clause = clause;
                sc->loose = loose;
            }
        }
        if (!sc->only[0]) sr_m_code(sc->only, it->e.code);
        else if (strcmp(sc->only, it->e.code)) sc->mixed = true;
    }
}

static bool takes_country(const coref *r, const sr_phrase *it) {
    if (it->e.code[0] || it->blocked || it->e.pronoun || it->e.group || it->e.media)
        return false;
    if (it->crowd) return true;
    if (it->owner && !(it->role && sr_m_in(r->c, SR_M_AGAINST, it->role->sent, it->role->head)))
        return false;
    if (it->name && it->name->is_actor) return false;
    if (!it->role) return false;
    if (it->role->role.code[0] || sr_str_is(it->role->role.id, "coalition")) return false;
    if (it->name && it->e.person) return false; /* somebody, not just anybody of here */
    const sr_unit *role = it->role;
    if (sr_m_in(r->c, SR_M_FOREIGN, role->sent, role->first) && role->last > role->first)
        return false;
    if (it->plural && sr_m_in(r->c, SR_M_COUNTRY, it->e.sent, it->e.head))
        return false; /* "nations" */
    if (it->plural &&
        sr_m_one_of(sr_m_sent(r->c, it->e.sent)->w[it->e.head].lemma, "government|state"))
        return false;
    const char *x = it->e.sector;
    return !strcmp(x, "COP") || !strcmp(x, "MIL") || !strcmp(x, "GOV") || !strcmp(x, "REB") ||
           !strcmp(x, "JUD") || !strcmp(x, "LEG") || !strcmp(x, "UAF") || !strcmp(x, "CVL") ||
           !strcmp(x, "PRM") || !strcmp(x, "OPP") || !strcmp(x, "SPY") || !strcmp(x, "PTY") ||
           !strcmp(x, "REF") || !strcmp(x, "JRN") || !strcmp(x, "EDU") || !strcmp(x, "ELI") ||
           !strcmp(x, "MED") || !strcmp(x, "REL") || !strcmp(x, "LAB") || !strcmp(x, "CRM");
}

static void borrow(sr_phrase *it, const char code[4]) {
    if (!code[0]) return;
    sr_m_code(it->e.code, code);
    it->borrowed = true;
    settle(it);
}

/* The subject of a clause above that is a force or body of the same kind: "The U.S. military says
 * troops found ..."; among several countries also the state that speaks. */
static const sr_phrase *kin_of(const coref *r, uint32_t si, const sr_phrase *it, bool mixed) {
    const char *x = it->e.sector;
    if (strcmp(x, "MIL") && strcmp(x, "GOV") && strcmp(x, "COP") && strcmp(x, "LEG") &&
        strcmp(x, "JUD") && strcmp(x, "SPY"))
        return NULL;
    const sr_sent *s = sr_m_sent(r->c, si);
    int guard = 0;
    for (int h = s->w[it->e.head].head; h >= 0 && guard++ < s->n; h = s->w[h].head) {
        const sr_phrase *y = subject_of(r, si, h);
        if (!y || y == it || !y->e.code[0] || y->e.place || y->borrowed ||
            y->e.head > it->e.head)
            continue;
        if (sr_know_country(r->c->k, y->e.code) == UINT32_MAX) continue;
        if (!strcmp(y->e.sector, x)) {
            if (strcmp(x, "GOV") || mixed || !it->plural) return y;
        } else if (!strcmp(y->e.sector, "GOV") && y->state && (mixed && it->definite)) {
            return y;
        }
    }
    return NULL;
}

static void country_of_roles(coref *r, uint32_t si, scene *last) {
    const sr_sent *s = sr_m_sent(r->c, si);
    scene sc;
    set_scene(r, si, &sc);
    for (int i = 0; i < s->n; i++) {
        sr_phrase *it = r->c->item[si][i];
        /* "officials say": of a government, if of nothing else */
        if (it && it->role && !it->e.code[0] && !it->e.sector[0] && !it->e.pronoun &&
            !it->name && sr_m_one_of(s->w[i].lemma, "official")) {
            memcpy(it->e.sector, "GOV", 4);
            settle(it);
        }
        if (!it) continue;
        /* "President X", unknown, where one country is spoken of */
        if (it->name && it->role && it->unknown_name && it->e.person && !it->e.code[0] &&
            !it->e.pronoun && !it->blocked && sc.only[0] && !sc.mixed &&
            s->w[it->e.head].name == SR_NAME_PER &&
            sr_m_one_of(sr_str_z(it->e.sector), "GOV|LEG|MIL|COP|JUD|OPP") &&
            it->role->role.sector[0])
            borrow(it, sc.only);
        if (!takes_country(r, it)) continue;
        if (it->e.place) continue;
        if (it->role && !strcmp(it->e.sector, "REB") &&
            sr_m_one_of(sr_m_sent(r->c, it->role->sent)->w[it->role->first].folded,
                        "takfiri|foreign|international")) {
            memcpy(it->e.code, "IMG", 4);
            settle(it);
            continue;
        }
        const sr_phrase *kin = kin_of(r, si, it, sc.mixed);
        if (kin) borrow(it, kin->e.code);
        else if (sc.place[0]) borrow(it, sc.place);
        else if (sc.only[0] && !sc.mixed) borrow(it, sc.only);
        else if (!sc.only[0] && last->place[0]) borrow(it, last->place);
        else if (!sc.only[0] && last->only[0] && !last->mixed) borrow(it, last->only);
    }
    /* what was said of them with a pronoun */
    for (int i = 0; i < s->n; i++) {
        sr_phrase *it = r->c->item[si][i];
        if (it && it->through && !it->e.code[0] && it->through->e.code[0] && it->role) {
            sr_m_code(it->e.code, it->through->e.code); /* "one of its soldiers" */
            it->borrowed = true;
            settle(it);
        }
        if (!it || !it->resolved || !it->e.antecedent || it->e.code[0] || it->e.group) continue;
        const sr_phrase *from = (const sr_phrase *)(const void *)it->e.antecedent;
        if (from->e.code[0] && from->borrowed) {
            sr_m_code(it->e.code, from->e.code);
            it->borrowed = true;
            settle(it);
        }
    }
    if (sc.place[0] || sc.only[0]) *last = sc;
}

/* "the president" after "U.S. President X", "the ministry" after "the Afghan foreign ministry". */
static void remember_role(coref *r, sr_phrase *it) {
    if (!it->role || !it->e.coded || !it->e.code[0]) return;
    put(r, key_of(sr_m_sent(r->c, it->role->sent)->w[it->role->last].lemma, KEY_HEAD), it);
}

/* "his men", of a rebel commander. */
static bool of_fighter(const sr_sent *s, const sr_phrase *it) {
    return it->plural && sr_m_one_of(s->w[it->e.head].folded, "men") && it->owner &&
           !strcmp(it->owner->e.sector, "REB");
}

/* ---- the walk -------------------------------------------------------------------------------------- */

void sr_m_coref(sr_mctx *c) {
    coref r;
    memset(&r, 0, sizeof r);
    r.c = c;
    uint32_t size = 64;
    while (size < c->out->entities.n * 4) size *= 2;
    r.mask = size - 1;
    r.table = SR_NEW_N(c->a, slot, size);
    sr_mentions *m = c->out;
    scene last;
    memset(&last, 0, sizeof last);
    uint32_t k = 0;
    for (uint32_t si = 0; si < c->parse->n; si++) {
        uint32_t from = k;
        const sr_sent *s = sr_m_sent(c, si);
        for (; k < m->entities.n && m->entities.v[k]->sent == si; k++) {
            sr_phrase *it = (sr_phrase *)(void *)m->entities.v[k];
            if (it->e.pronoun) {
                pronoun(&r, k, it);
                continue;
            }
            short_name(&r, it);
            /* "its army", "their leader": now that the owner is known */
            if (it->owner && it->owner->e.code[0] && !it->e.code[0] &&
                (it->role || it->carrier) && !it->name) {
                sr_m_code(it->e.code, it->owner->e.code);
                if (it->role && (!it->e.sector[0] || of_fighter(s, it)) &&
                    (!it->role->role.sector[0] || !strcmp(it->owner->e.sector, "REB")))
                    sr_m_code(it->e.sector, it->owner->e.sector);
                settle(it);
            }
            epithet(&r, k, it);
            if (it->appos && !it->e.code[0] && it->appos->e.code[0] && !it->e.place &&
                !it->appos->e.place) {
                sr_m_code(it->e.code, it->appos->e.code);
                if (!it->e.sector[0]) sr_m_code(it->e.sector, it->appos->e.sector);
                settle(it);
            }
            remember_name(&r, it);
            remember_role(&r, it);
            if (it->e.coded && it->e.code[0] && !it->borrowed &&
                (it->state || (it->name && it->name->is_actor) || it->role)) {
                const sr_word *w = &sr_m_sent(c, si)->w[it->e.head];
                salience_add(&r, it,
                             it->subject                                      ? 2.0f
                             : w->rel == SR_R_AMOD || w->rel == SR_R_COMPOUND ? 0.7f
                                                                              : 1.0f);
            }
        }
        country_of_roles(&r, si, &last);
        for (uint32_t j = from; j < k; j++) {
            sr_phrase *it = (sr_phrase *)(void *)m->entities.v[j];
            if (it->borrowed) remember_role(&r, it);
        }
    }
}
