/* unit.c - what the codebook's names and the tagger's names cover: units that do not overlap.
 *
 *   the Afghan Taliban 's spokesman Zabihullah Mujahid in Istanbul
 *       [ actor      ]    [role   ] [ name           ]    [place ]
 *
 * Leftmost, longest. A match is refused where the words around it or the tagger say that it is
 * something else: a country that is a first name, a town that is an ordinary word, a surname that
 * belongs to another person. What no entry covers but the tagger calls a name becomes a unit too.
 * Where the same words name an actor and places, the unit keeps both; place.c decides.
 */
#include "mention/impl.h"

/* The tagger's name around word i: its first and last word. */
static void name_span(const sr_sent *s, int i, int *first, int *last) {
    *first = *last = i;
    if (!s->w[i].name) return;
    while (*first > 0 && !s->w[*first].name_begin && s->w[*first - 1].name == s->w[i].name)
        (*first)--;
    while (*last + 1 < s->n && s->w[*last + 1].name == s->w[i].name &&
           !s->w[*last + 1].name_begin)
        (*last)++;
}

static bool is_proper(const sr_word *w) {
    return w->upos == SR_PROPN || w->name != SR_NAME_NONE;
}

/* Does the canonical name of the person have this word? "Khan" of "Amir Khan Muttaqi". */
static bool name_has(sr_arena *a, sr_str name, sr_str folded) {
    sr_str all = sr_str_fold(a, name);
    while (all.p) {
        sr_str part = sr_str_cut(&all, ' ');
        if (sr_str_eq(part, folded)) return true;
    }
    return false;
}

/* Words of a tagged person beside the match must be titles, initials or parts of the full name:
 * "Bush" in "President George W. Bush", but not in "Kate Bush". */
static bool same_person(sr_mctx *c, uint32_t si, int first, int last, const sr_actor *actor) {
    const sr_sent *s = sr_m_sent(c, si);
    int a, b;
    name_span(s, last, &a, &b);
    int low = first;
    /* a first name that the tagger missed */
    if (a == first && first > 0 && s->w[first - 1].upos == SR_PROPN &&
        s->w[first - 1].name == SR_NAME_PER)
        low = first - 1;
    if (a < low) low = a;
    for (int i = low; i <= b; i++) {
        const sr_word *w = &s->w[i];
        if (i >= first && i <= last) continue;
        if (w->folded.n <= 2 || w->upos == SR_PUNCT || w->upos == SR_PART) continue;
        if (sr_m_in(c, SR_M_HONORIFIC, si, i)) continue;
        if (w->upos == SR_ADJ || w->upos == SR_NOUN) continue; /* "Iranian", "spokesman" */
        sr_hit hit[4];
        uint32_t n =
            sr_know_match(c->k, s, c->out->wid[si], c->out->lid[si], (uint32_t)i, hit, 4);
        bool title = false;
        for (uint32_t k = 0; k < n; k++)
            title |= hit[k].kind == SR_K_ROLE || hit[k].form == SR_F_ADJ;
        if (title || name_has(c->a, actor->name, w->folded)) continue;
        return false;
    }
    return true;
}

static bool actor_ok(sr_mctx *c, uint32_t si, int first, int n, const sr_hit *h, int *score) {
    const sr_sent *s = sr_m_sent(c, si);
    int last = first + n - 1, a, b;
    uint8_t tag = s->w[last].name;
    sr_actor actor = sr_know_actor(c->k, h->index);
    *score = 0;
    if (actor.kind == SR_A_PERSON) {
        if (n == 1) {
            if (!is_proper(&s->w[first]) && tag != SR_NAME_PER) return false;
            if (tag == SR_NAME_LOC) return false;
        }
        if (!same_person(c, si, first, last, &actor)) return false;
        if (tag == SR_NAME_PER) *score += 4;
        sr_code code = sr_actor_code_on(&actor, c->doc->date);
        if (code.sector[0] && strcmp(code.sector, "ELI")) *score += 1;
        return true;
    }
    if (h->form == SR_F_ADJ || h->form == SR_F_PEOPLE) return true;
    /* "National", "Standard": outlets that are ordinary words */
    if (n == 1 && h->form == SR_F_NAME && s->w[first].upos == SR_ADJ &&
        actor.kind != SR_A_COUNTRY && actor.kind != SR_A_GROUP)
        return false;
    name_span(s, last, &a, &b);
    if (tag == SR_NAME_PER && (a < first || b > last)) {
        /* "Chad Smith", "Michael Jordan"; but "Iran President Rouhani" and "Taliban spokesman X" */
        bool title = false;
        for (int i = last + 1; i <= b && !title; i++) {
            sr_hit hit[4];
            uint32_t m =
                sr_know_match(c->k, s, c->out->wid[si], c->out->lid[si], (uint32_t)i, hit, 4);
            for (uint32_t k = 0; k < m; k++) title |= hit[k].kind == SR_K_ROLE;
        }
        if (!title) return false;
    }
    if (tag == SR_NAME_PER && actor.kind != SR_A_COUNTRY && h->form == SR_F_CAPITAL)
        return false;
    /* "Kabul refused", tagged as a person: believed only of a name of several words */
    if (n == 1 && h->form == SR_F_CAPITAL && tag == SR_NAME_PER &&
        (!s->w[first].name_begin || (first + 1 < s->n && s->w[first + 1].name == SR_NAME_PER &&
                                     !s->w[first + 1].name_begin)))
        return false;
    if (tag == SR_NAME_LOC && (actor.kind == SR_A_COUNTRY || actor.kind == SR_A_REGION))
        *score += 4;
    if (tag == SR_NAME_ORG && actor.kind != SR_A_COUNTRY && actor.kind != SR_A_REGION)
        *score += 2;
    return true;
}

static bool role_ok(sr_mctx *c, uint32_t si, int first, int n) {
    const sr_sent *s = sr_m_sent(c, si);
    int last = first + n - 1, a, b;
    uint8_t upos = s->w[last].upos;
    if (upos != SR_NOUN && upos != SR_PROPN && upos != SR_ADJ) return false;
    if (s->w[first].name == SR_NAME_PER && !s->w[first].name_begin) {
        /* inside a person's name: a title may follow a nationality, a surname follows a name */
        name_span(s, first, &a, &b);
        for (int i = a; i < first; i++) {
            const sr_unit *u = sr_m_unit(c, si, i);
            if (!u || !(u->is_role || u->is_actor)) {
                if (s->w[i].upos != SR_ADJ && s->w[i].upos != SR_NOUN) return false;
            }
        }
        if (last == b && first > a && s->w[first].upos == SR_PROPN) {
            const sr_unit *u = sr_m_unit(c, si, first - 1);
            if (!u) return false;
        }
    }
    return true;
}

static int16_t head_of(const sr_sent *s, int first, int last) {
    int head = -1;
    for (int i = first; i <= last; i++) {
        int h = s->w[i].head;
        if (h >= first && h <= last) continue;
        if (s->w[i].upos == SR_PUNCT || s->w[i].rel == SR_R_CASE || s->w[i].rel == SR_R_DET) {
            if (head < 0) head = i;
            continue;
        }
        head = i;
    }
    /* all in a circle or unparsed: names end with their head */
    return (int16_t)(head < 0 ? last : head);
}

/* Where people hardly stand: "near Khan Younis", "entered Aghdam". */
static bool stands_as_place(const sr_mctx *c, uint32_t si, int head) {
    const sr_sent *s = sr_m_sent(c, si);
    int p = sr_m_case(s, head);
    if (p >= 0) return sr_m_one_of(s->w[p].folded, "in|into|near|outside|around|through|inside|across");
    return s->w[head].rel == SR_R_OBJ && s->w[head].head >= 0 && sr_m_in(c, SR_M_TOWN, si, s->w[head].head);
}

static bool place_ok(sr_mctx *c, uint32_t si, int first, int n) {
    const sr_sent *s = sr_m_sent(c, si);
    int last = first + n - 1, a, b;
    uint8_t tag = s->w[last].name;
    name_span(s, last, &a, &b);
    /* the whole of what the tagger took for a person */
    if (tag == SR_NAME_PER)
        return a == first && b == last && stands_as_place(c, si, head_of(s, first, last));
    if (tag == SR_NAME_ORG && (a < first || b > last)) return false;
    if (tag == SR_NAME_MISC && (a < first || b > last)) return false;
    /* "the North", "the West Bank" is another matter */
    if (n == 1 && sr_m_one_of(s->w[first].folded, SR_DIRECTIONS)) return false;
    if (first > 1 && s->w[first - 1].upos == SR_PUNCT && !s->w[first - 1].space_after &&
        !s->w[first - 2].space_after && sr_m_one_of(s->w[first - 1].folded, "-") &&
        !c->unit_of[si][first - 2])
        return false; /* "Eslamabad-e Gharb" without a table that has it all */
    if (first > 1 && sr_m_one_of(s->w[first - 2].folded, "-") &&
        s->w[first - 1].folded.n <= 2 && !s->w[first - 2].space_after)
        return false;
    if (first > 0 && s->w[first - 1].name == SR_NAME_PER && s->w[first - 1].upos == SR_PROPN &&
        s->w[first].upos == SR_PROPN)
        return false; /* "Aung San Suu Kyi" in pieces */
    if (tag == SR_NAME_LOC) {
        /* the end of a longer name that no table has: "Nueva [Ecija]" */
        return !(a < first && s->w[first - 1].upos == SR_PROPN && !c->unit_of[si][first - 1] &&
                 !sr_m_one_of(s->w[first - 1].folded, SR_DIRECTIONS) &&
                 !sr_m_in(c, SR_M_FEATURE, si, first - 1));
    }
    bool proper = true;
    for (int i = first; i <= last; i++)
        proper &= s->w[i].upos == SR_PROPN || s->w[i].upos == SR_PUNCT || s->w[i].xpos == SR_X_NNP;
    if (!proper) return false;
    if (s->heading && !tag) return false;
    if (n == 1 && !tag) {
        /* a town that the tagger does not see: only after a preposition of place, and not the
         * first word */
        if (first == 0) return false;
        int p = sr_m_case(s, first);
        bool after = p >= 0 && sr_m_one_of(s->w[p].folded, "in|at|near|from|to|outside|around|of|through|via|out");
        if (!after && !stands_as_place(c, si, first)) return false;
        /* "in Smith v. Jones" */
        if (first + 1 < s->n && s->w[first + 1].upos == SR_PROPN) return false;
    }
    return true;
}

static uint8_t tag_of(const sr_sent *s, int first, int last) {
    uint8_t tag = s->w[first].name;
    for (int i = first + 1; i <= last; i++)
        if (s->w[i].name != tag) return SR_NAME_NONE;
    return tag;
}

static void add_unit(sr_mctx *c, sr_unit *u) {
    const sr_sent *s = sr_m_sent(c, u->sent);
    u->head = head_of(s, u->first, u->last);
    u->tag = tag_of(s, u->first, u->last);
    SR_PUSH(c->a, &c->unit, *u);
    for (int i = u->first; i <= u->last; i++) c->unit_of[u->sent][i] = c->unit.n;
}

static bool tagged_place(const sr_sent *s, const sr_unit *u) {
    return tag_of(s, u->first, u->last) == SR_NAME_LOC;
}

/* Tries the hits of one length; true when some may stand. */
static bool make_unit(sr_mctx *c, uint32_t si, int i, const sr_hit *h, uint32_t n, sr_unit *u) {
    int best = -1;
    memset(u, 0, sizeof *u);
    u->sent = si;
    u->first = (int16_t)i;
    u->last = (int16_t)(i + h[0].n_words - 1);
    u->cand = c->cand.n;
    for (uint32_t k = 0; k < n; k++) {
        int score;
        switch (h[k].kind) {
        case SR_K_ACTOR:
            if (!actor_ok(c, si, i, h[k].n_words, &h[k], &score)) break;
            if (score <= best || (u->is_actor && u->n_alt < 3)) {
                uint32_t other = score <= best ? h[k].index : u->actor_index;
                if (u->n_alt < 3) u->alt[u->n_alt++] = other;
                if (score <= best) break;
            }
            best = score;
            u->is_actor = true;
            u->form = h[k].form;
            u->actor_index = h[k].index;
            break;
        case SR_K_ROLE:
            if (u->is_role || !role_ok(c, si, i, h[k].n_words)) break;
            u->is_role = true;
            u->role = sr_know_role(c->k, h[k].index);
            break;
        case SR_K_PLACE:
            if (!place_ok(c, si, i, h[k].n_words)) break;
            u->is_place = true;
            SR_PUSH(c->a, &c->cand, h[k].index);
            u->n_cand++;
            break;
        default: break;
        }
    }
    if (u->is_actor) {
        u->actor = sr_know_actor(c->k, u->actor_index);
        u->code = sr_actor_code_on(&u->actor, c->doc->date);
        u->full_name =
            sr_str_eq(sr_m_text(c, sr_m_sent(c, si), u->first, u->last), u->actor.name);
        bool country = u->actor.kind == SR_A_COUNTRY || u->actor.kind == SR_A_REGION;
        if (country) sr_m_code(u->country, u->code.code);
        if (u->form == SR_F_CAPITAL) sr_m_code(u->country, u->code.code);
        /* only countries, regions, capitals and what shares their names are places as well */
        if (!country && u->form != SR_F_CAPITAL && !tagged_place(sr_m_sent(c, si), u)) {
            u->is_place = false;
            u->n_cand = 0;
        }
        if (u->form == SR_F_ADJ || u->form == SR_F_PEOPLE) u->is_place = false, u->n_cand = 0;
        if (u->actor.kind == SR_A_PERSON) u->is_place = false, u->n_cand = 0;
    }
    return u->is_actor || u->is_role || u->is_place;
}

/* A name of the tagger's from word i on that the gazetteer spells otherwise; its unit covers more than
 * `longest` words. */
static bool spelled_otherwise(sr_mctx *c, uint32_t si, int i, int longest, sr_unit *u) {
    const sr_sent *s = sr_m_sent(c, si);
    uint32_t place[SR_SAME_NAME_MAX];
    int a, b;
    if (s->w[i].name != SR_NAME_LOC) return false;
    name_span(s, i, &a, &b);
    while (b > i && (s->w[b].upos == SR_PART || s->w[b].upos == SR_PUNCT)) b--;
    if (a != i || b - a + 1 <= longest) return false;
    uint32_t n = sr_know_places_like(c->k, sr_m_text(c, s, a, b), place, SR_SAME_NAME_MAX);
    if (!n) return false;
    memset(u, 0, sizeof *u);
    u->sent = si;
    u->first = (int16_t)a;
    u->last = (int16_t)b;
    u->is_place = u->is_like = true;
    u->cand = c->cand.n;
    for (; u->n_cand < n; u->n_cand++) SR_PUSH(c->a, &c->cand, place[u->n_cand]);
    return true;
}

static void dictionary(sr_mctx *c, uint32_t si) {
    const sr_sent *s = sr_m_sent(c, si);
    const sr_wid *wid = c->out->wid[si], *lid = c->out->lid[si];
    sr_hit hit[SR_HITS_MAX];
    sr_unit like;
    for (int i = 0; i < s->n; i++) {
        if (c->mask[si][i] & SR_MASK_TIME) continue;
        if (!wid[i] && !lid[i]) {
            if (!spelled_otherwise(c, si, i, 0, &like)) continue;
            add_unit(c, &like);
            i = like.last;
            continue;
        }
        uint8_t upos = s->w[i].upos;
        if (upos == SR_PUNCT || upos == SR_ADP || upos == SR_AUX || upos == SR_CCONJ ||
            upos == SR_PRON || upos == SR_PART || upos == SR_SCONJ)
            continue;
        uint32_t n = sr_know_match(c->k, s, wid, lid, (uint32_t)i, hit, SR_HITS_MAX);
        if (spelled_otherwise(c, si, i, n ? hit[0].n_words : 0, &like)) {
            add_unit(c, &like);
            i = like.last;
            continue;
        }
        for (uint32_t a = 0; a < n;) {
            uint32_t b = a + 1;
            while (b < n && hit[b].n_words == hit[a].n_words) b++;
            sr_unit u;
            bool fits = hit[a].n_words > 0 && i + hit[a].n_words <= s->n;
            for (int j = i; fits && j < i + hit[a].n_words; j++)
                fits = !(c->mask[si][j] & SR_MASK_TIME) || hit[a].n_words > 1;
            if (fits && make_unit(c, si, i, hit + a, b - a, &u)) {
                add_unit(c, &u);
                i = u.last;
                break;
            }
            a = b;
        }
    }
}

/* Names of the tagger that no entry covers; titles are cut off a person's name. */
static void tagged(sr_mctx *c, uint32_t si) {
    const sr_sent *s = sr_m_sent(c, si);
    for (int i = 0; i < s->n;) {
        if (!s->w[i].name) {
            i++;
            continue;
        }
        int a, b;
        name_span(s, i, &a, &b);
        uint8_t tag = s->w[i].name;
        int next = b + 1, first = i;
        bool covered = false, timed = false;
        for (int j = i; j <= b; j++) {
            covered |= c->unit_of[si][j] != 0;
            timed |= (c->mask[si][j] & SR_MASK_TIME) != 0;
        }
        if (tag == SR_NAME_PER) {
            while (first <= b &&
                   (c->unit_of[si][first] || sr_m_in(c, SR_M_HONORIFIC, si, first)))
                first++;
            covered = false;
            for (int j = first; j <= b; j++) covered |= c->unit_of[si][j] != 0;
        }
        while (b > first && (s->w[b].upos == SR_PART || s->w[b].upos == SR_PUNCT)) b--;
        if (tag == SR_NAME_LOC && first == b &&
            (sr_m_one_of(s->w[b].folded, SR_DIRECTIONS) || sr_m_in(c, SR_M_FEATURE, si, b)))
            covered = true; /* "the West", "the Valley" */
        if (!covered && !timed && first <= b && tag != SR_NAME_MISC) {
            sr_unit u;
            memset(&u, 0, sizeof u);
            u.sent = si;
            u.first = (int16_t)first;
            u.last = (int16_t)b;
            u.is_name = true;
            u.is_place = tag == SR_NAME_LOC;
            add_unit(c, &u);
        }
        i = next;
    }
}

/* Units in word order again; there are few in a sentence and they are nearly sorted. */
static void sort(sr_mctx *c, uint32_t si, uint32_t from) {
    for (uint32_t k = from + 1; k < c->unit.n; k++) {
        sr_unit u = c->unit.v[k];
        uint32_t j = k;
        for (; j > from && c->unit.v[j - 1].first > u.first; j--)
            c->unit.v[j] = c->unit.v[j - 1];
        c->unit.v[j] = u;
    }
    for (uint32_t k = from; k < c->unit.n; k++)
        for (int i = c->unit.v[k].first; i <= c->unit.v[k].last; i++) c->unit_of[si][i] = k + 1;
}

void sr_m_units(sr_mctx *c) {
    for (uint32_t si = 0; si < c->parse->n; si++) {
        uint32_t from = c->unit.n;
        dictionary(c, si);
        tagged(c, si);
        sort(c, si, from);
    }
}
