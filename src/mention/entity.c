/* entity.c - one participant per noun phrase: who it is, composed from its words along the tree.
 *
 *       Turkish      diplomats            officials   of     the Afghan  foreign ministry
 *       owner (TUR)  role (GOV)           role (-)  ◂─of── owner: (AFG) role (GOV)
 *       └────────▸ TUR GOV                └─────────▸ AFG GOV
 *
 * A phrase has at most one name and one role, and owners: what it is said to belong to, by
 * adjective, compound, possessive, "X-led", "of", "in". The name gives identity; the role the
 * sector; owners what is still missing, the closest first. Owners are phrases themselves, so
 * they are composed first (`compose` calls itself on parts of the phrase, never twice on a word).
 *
 * The tree may be wrong: titles and names that stand side by side are joined whatever hangs on
 * what. Names, pronouns and epithets that need the rest of the document are left to coref.c.
 */
#include "mention/impl.h"

static sr_phrase *compose(sr_mctx *c, uint32_t si, int h);

static bool is_mod(uint8_t rel) {
    return rel == SR_R_AMOD || rel == SR_R_COMPOUND || rel == SR_R_FLAT || rel == SR_R_DEP;
}

static bool is_person_name(const sr_mctx *c, uint32_t si, int i) {
    const sr_unit *u = sr_m_unit(c, si, i);
    if (u && u->is_actor) return u->actor.kind == SR_A_PERSON;
    if (u && u->is_role) return false;
    return sr_m_sent(c, si)->w[i].name == SR_NAME_PER;
}

/* A role word that is only the title before a name: "President" of "President Bush". */
static bool is_title(const sr_mctx *c, uint32_t si, int i) {
    const sr_sent *s = sr_m_sent(c, si);
    const sr_unit *u = sr_m_unit(c, si, i);
    const sr_word *w = &s->w[i];
    if (!u || !u->is_role || u->head != i || w->head < 0 || w->head <= u->last) return false;
    if (w->xpos == SR_X_NNS || u->role.media) return false;
    if (!(is_mod(w->rel) || (w->rel == SR_R_NMOD && w->sub != SR_S_POSS) ||
          w->rel == SR_R_APPOS))
        return false;
    if (sr_m_case(s, i) >= 0) return false;
    return is_person_name(c, si, w->head);
}

static bool nominal_rel(const sr_word *w) {
    switch (w->rel) {
    case SR_R_NSUBJ:
    case SR_R_OBJ:
    case SR_R_IOBJ:
    case SR_R_OBL:
    case SR_R_NMOD:
    case SR_R_APPOS:
    case SR_R_CSUBJ:
    case SR_R_DISLOCATED:
    case SR_R_VOCATIVE: return true;
    default: return false;
    }
}

static bool heads_phrase(const sr_mctx *c, uint32_t si, int i) {
    const sr_sent *s = sr_m_sent(c, si);
    const sr_word *w = &s->w[i];
    if (c->mask[si][i] & (SR_MASK_TIME | SR_MASK_DATELINE)) return false;
    const sr_unit *u = sr_m_unit(c, si, i);
    if (u) {
        if (u->head != i) return false;
        if (u->is_actor || u->is_name) return true;
        if (u->is_role) {
            if (w->upos == SR_ADJ && w->rel == SR_R_AMOD && w->head >= 0) {
                /* "military spokesman", but "insurgent attacks" */
                const sr_unit *g = sr_m_unit(c, si, w->head);
                if (!u->role.armed || w->head < i || (g && (g->is_role || g->is_name)) ||
                    is_person_name(c, si, w->head))
                    return false;
                return true;
            }
            return !is_title(c, si, i);
        }
        return true;
    }
    switch (w->upos) {
    case SR_NOUN:
    case SR_PROPN: return w->rel != SR_R_FLAT && w->rel != SR_R_GOESWITH;
    case SR_PRON: return w->rel != SR_R_EXPL;
    case SR_ADJ:
    case SR_NUM:
    case SR_DET:
    case SR_X:
    case SR_SYM:
        if (nominal_rel(w))
            return w->upos != SR_DET || w->rel != SR_R_NMOD || w->sub != SR_S_POSS;
        return w->rel == SR_R_CONJ && w->head >= 0 && w->head < i && w->upos == SR_NUM &&
               nominal_rel(&s->w[w->head]);
    default: return false;
    }
}

/* ---- the words of a phrase ------------------------------------------------------------------------ */

/* Clauses, appositions and brackets are left out; what stands before the head and the phrases
 * with "of" and "in" behind it are kept. */
static void span(sr_mctx *c, sr_phrase *it, uint32_t si, int h) {
    const sr_sent *s = sr_m_sent(c, si);
    const sr_unit *u = sr_m_unit(c, si, h);
    int first = u ? u->first : h, last = u ? u->last : h;
    int left[SR_LIST_MAX], n = 0;
    for (int k = s->w[h].first_child; k >= 0 && k < first; k = s->w[k].next_sibling)
        if (n < SR_LIST_MAX) left[n++] = k;
    while (n-- > 0) {
        const sr_word *w = &s->w[left[n]];
        bool keep = false;
        switch (w->rel) {
        case SR_R_DET:
        case SR_R_AMOD:
        case SR_R_COMPOUND:
        case SR_R_NUMMOD:
        case SR_R_FLAT:
        case SR_R_DEP: keep = !(c->mask[si][left[n]] & SR_MASK_TIME); break;
        case SR_R_NMOD: keep = sr_m_case(s, left[n]) < 0; break;
        case SR_R_ADVMOD: keep = first < h; break;
        case SR_R_PUNCT: keep = sr_m_one_of(w->folded, "-|–") && left[n] == first - 1; break;
        case SR_R_ACL:
        case SR_R_OBL: keep = w->subtree_last + 1 == first; break;
        default: break;
        }
        if (w->rel == SR_R_ADVMOD && !keep) continue;
        if (!keep) break;
        if (w->subtree_first < first) first = w->subtree_first;
    }
    for (int k = s->w[h].first_child; k >= 0; k = s->w[k].next_sibling) {
        if (k <= last) continue;
        const sr_word *w = &s->w[k];
        if (w->subtree_first > last + 1 || (c->mask[si][k] & SR_MASK_TIME)) break;
        if (w->rel == SR_R_FLAT || w->rel == SR_R_COMPOUND || w->rel == SR_R_NUMMOD ||
            (w->rel == SR_R_NMOD && sr_m_case(s, k) < 0 && w->sub != SR_S_POSS &&
             is_person_name(c, si, k))) {
            last = w->subtree_last;
            continue;
        }
        if (w->rel == SR_R_NMOD) {
            int p = sr_m_case(s, k);
            if (p < 0 || !sr_m_one_of(s->w[p].folded, "of|in|from|for|at")) break;
            if (it->name && it->name->is_actor && it->name->head == h &&
                it->name->actor.kind != SR_A_ORG && it->name->actor.kind != SR_A_GROUP)
                break;
            const sr_phrase *sub = compose(c, si, k);
            if (!sub || sub->e.last < k) break;
            last = sub->e.last;
            continue;
        }
        break;
    }
    /* titles that hang elsewhere: "[U.S. Secretary of] State Antony Blinken" */
    if (it->role && it->role->sent == si && it->role->first < first &&
        it->role->last + 1 >= first) {
        first = it->role->first;
        const sr_unit *before = first > 0 ? sr_m_unit(c, si, first - 1) : NULL;
        if (before && before->is_actor && before->last == first - 1 &&
            before->actor.kind != SR_A_PERSON && !strcmp(before->code.code, it->e.code))
            first = before->first;
    }
    it->e.first = (int16_t)first;
    it->e.last = (int16_t)last;
    it->e.start = s->w[first].start;
    it->e.end = s->w[last].end;
    it->e.text = sr_m_text(c, s, first, last);
}

/* ---- codes ------------------------------------------------------------------------------------- */

static bool international(const char code[4]) {
    return !strcmp(code, "UNO") || !strcmp(code, "EUR") || !strcmp(code, "IGO") ||
           !strcmp(code, "NGO") || !strcmp(code, "IMG") || !strcmp(code, "ISM");
}

/* Sector of "rebel commander", "police chief", "army officer": the modifier's where it says what
 * sort of force it is. */
static void mix_sector(sr_phrase *it, const char sector[4]) {
    char *own = it->e.sector;
    if (!sector[0]) return;
    if (!own[0]) {
        sr_m_code(own, sector);
        return;
    }
    bool force = !strcmp(own, "MIL") || !strcmp(own, "UAF") || !strcmp(own, "COP") ||
                 !strcmp(own, "SPY");
    if (force && (!strcmp(sector, "REB") || !strcmp(sector, "COP") || !strcmp(sector, "PRM") ||
                  !strcmp(sector, "CRM")))
        sr_m_code(own, sector);
}

static void take_role(const sr_mctx *c, sr_phrase *it, const sr_unit *u) {
    it->role = u;
    if (u->role.code[0] && !it->e.code[0]) sr_m_code(it->e.code, u->role.code);
    if (u->role.sector[0] && !it->e.sector[0]) sr_m_code(it->e.sector, u->role.sector);
    it->e.person = !u->role.media;
    it->e.media = u->role.media;
    it->e.anonymous = u->role.anonymous;
    it->armed = u->role.armed;
    it->body = sr_m_in(c, SR_M_COLLECTIVE, u->sent, u->last);
    it->e.entry = u->role.id;
}

static void take_actor(sr_phrase *it, const sr_unit *u) {
    it->name = u;
    sr_m_code(it->e.code, u->code.code);
    sr_m_code(it->e.sector, u->code.sector);
    memcpy(it->e.other, u->code.other, sizeof it->e.other);
    it->e.entry = u->actor.id;
    it->e.identifier_text = u->actor.name;
    it->e.identifier_id = u->actor.wikidata;
    switch (u->actor.kind) {
    case SR_A_PERSON: it->e.person = true; break;
    case SR_A_MEDIA:
        it->e.media = true;
        it->body = true;
        break;
    case SR_A_PEOPLE:
        it->e.person = true;
        it->plural = true;
        break;
    case SR_A_COUNTRY:
        it->state = true;
        it->body = true;
        break;
    case SR_A_REGION: it->state = it->e.code[0] != 0; break;
    default: it->body = true; break;
    }
    if (!strcmp(it->e.sector, "REB") || !strcmp(it->e.sector, "MIL")) it->armed = true;
}

/* What the phrase lacks, from what it belongs to. */
static void take_owner(sr_mctx *c, sr_phrase *it, const sr_phrase *o, uint8_t tie) {
    if (!o || o == it) return;
    bool had_code = it->e.code[0] != 0;
    if (had_code && it->role && !strcmp(it->e.code, it->role->role.code) && o->e.code[0] &&
        (o->state || international(o->e.code)) && tie <= SR_TIE_OF &&
        !it->through) { /* "French peacekeepers" */
        sr_m_code(it->e.code, o->e.code);
        return;
    }
    if (it->role && o->e.person && !o->plural &&
        sr_m_in(c, SR_M_AGAINST, it->role->sent, it->role->head))
        return; /* "Carroll's kidnappers" */
    if (it->role && sr_m_in(c, SR_M_AGAINST, it->role->sent, it->role->head) &&
        !it->role->role.sector[0] && tie <= SR_TIE_OF) {
        it->blocked = true; /* "Iran's enemies" */
        return;
    }
    bool own_sector = it->role && it->role->role.sector[0];
    if (!had_code && o->e.code[0]) {
        sr_m_code(it->e.code, o->e.code);
        it->borrowed = o->borrowed;
    }
    bool same = !strcmp(it->e.code, o->e.code) || !o->e.code[0];
    if (!same) return;
    if (it->role && !own_sector) {
        bool anonymous_in =
            tie == SR_TIE_IN && it->role->role.anonymous && o->e.place &&
            sr_m_one_of(sr_m_sent(c, it->e.sent)->w[it->role->last].lemma, "source|witness");
        if (!it->e.sector[0] && !anonymous_in) {
            if (o->e.place || o->state) {
                if (sr_m_in(c, SR_M_SERVANT, it->role->sent, it->role->head) ||
                    !c->set[SR_M_SERVANT])
                    memcpy(it->e.sector, "GOV", 4);
            } else sr_m_code(it->e.sector, o->e.sector);
        }
    } else if (own_sector && tie != SR_TIE_IN) {
        if (tie == SR_TIE_POSS && o->e.person && !strcmp(o->e.sector, "REB") &&
            sr_m_one_of(sr_m_sent(c, it->e.sent)->w[it->e.head].folded, "men"))
            memcpy(it->e.sector, "REB", 4);
        /* the commander of a rebel group is a rebel; its minister too */
        bool rebel = !strcmp(o->e.sector, "REB") && !o->state;
        if (rebel && (!strcmp(it->e.sector, "MIL") || !strcmp(it->e.sector, "UAF")))
            memcpy(it->e.sector, "REB", 4);
        else if (rebel && !strcmp(it->e.sector, "GOV") && tie == SR_TIE_MOD &&
                 sr_m_one_of(it->role->role.id, "official|leader"))
            memcpy(it->e.sector, "REB", 4);
        else if (!o->name) mix_sector(it, o->e.sector);
    } else if (!it->role && (it->unknown_name || it->carrier) && !o->e.place && !o->state) {
        if (!it->e.sector[0] && it->unknown_name && !it->e.person)
            sr_m_code(it->e.sector, o->e.sector);
    }
    /* bodies of many states have no government of their own */
    if (!had_code && international(it->e.code) &&
        (!strcmp(it->e.sector, "GOV") || !strcmp(it->e.sector, "ELI")))
        it->e.sector[0] = 0;
    if (!it->e.identifier_text.n && o->name && o->name->is_actor && !o->state &&
        tie != SR_TIE_IN) {
        it->e.identifier_text = o->e.identifier_text;
        it->e.identifier_id = o->e.identifier_id;
    }
    if (o->armed && it->role && !it->role->role.media) it->armed = true;
}

/* ---- gathering --------------------------------------------------------------------------------- */

typedef struct owner {
    sr_phrase *item;
    uint8_t tie;
    int16_t distance;
} owner;

typedef struct parts {
    owner o[8];
    int n;
    const sr_unit *title;
    const sr_unit *mod_role; /* "military" of "military spokesman" */
    int through;
    int skip; /* the true head, when the tree has another */
} parts;

static void add_owner(parts *p, sr_phrase *item, uint8_t tie, int distance) {
    if (!item || p->n == 8) return;
    p->o[p->n++] = (owner){item, tie, (int16_t)(distance < 0 ? -distance : distance)};
}

/* "Taliban-led", "US-backed": the owner in front of the participle, -1 if that does not own. */
static int led_by(const sr_mctx *c, uint32_t si, int i) {
    const sr_sent *s = sr_m_sent(c, si);
    if (!sr_m_in(c, SR_M_LED, si, i)) return -1;
    if (i >= 2 && sr_m_one_of(s->w[i - 1].folded, "-|–")) {
        const sr_unit *u = sr_m_unit(c, si, i - 2);
        if (u) return u->head;
    }
    for (int k = s->w[i].first_child; k >= 0; k = s->w[k].next_sibling)
        if ((s->w[k].rel == SR_R_OBL || s->w[k].rel == SR_R_COMPOUND ||
             s->w[k].rel == SR_R_NMOD) &&
            sr_m_unit(c, si, k)) {
            int p = sr_m_case(s, k);
            if (p < 0 || sr_m_one_of(s->w[p].folded, "by|to|with|in")) return k;
        }
    return -1;
}

/* "the rebels, known as the Free Army", "a group called Ansar": the word of the name, or -1. */
static int named_by(const sr_mctx *c, uint32_t si, int i) {
    const sr_sent *s = sr_m_sent(c, si);
    if (!sr_m_one_of(s->w[i].folded, "known|called|named|dubbed|styled")) return -1;
    for (int k = s->w[i].first_child; k >= 0; k = s->w[k].next_sibling) {
        int p = sr_m_case(s, k);
        if (k > i && s->w[k].upos == SR_PROPN && (p < 0 || sr_m_one_of(s->w[p].folded, "as"))) return k;
    }
    return -1;
}

static void gather(sr_mctx *c, sr_phrase *it, parts *p, uint32_t si, int node, int depth);

/* The name is part of this phrase now; its word heads none of its own. */
static void take_name(sr_mctx *c, sr_phrase *it, const sr_unit *u, bool absorb) {
    if (u->is_actor) {
        take_actor(it, u);
    } else {
        it->name = u;
        it->unknown_name = true;
    }
    it->e.person = true;
    it->name_first = u->first;
    it->name_last = u->last;
    if (absorb) {
        c->state[u->sent][u->head] = 2;
        c->item[u->sent][u->head] = NULL;
    }
}

static void gather_children(sr_mctx *c, sr_phrase *it, parts *p, uint32_t si, int node,
                            int depth) {
    const sr_sent *s = sr_m_sent(c, si);
    int h = it->e.head;
    for (int k = s->w[node].first_child; k >= 0; k = s->w[k].next_sibling) {
        const sr_word *w = &s->w[k];
        const sr_unit *u = sr_m_unit(c, si, k);
        if (k == p->skip || (u && u == sr_m_unit(c, si, node))) continue;
        switch (w->rel) {
        case SR_R_DET:
            if (sr_m_one_of(w->folded, "the|this|these|that|those|both")) it->definite = true;
            break;
        case SR_R_AMOD:
        case SR_R_COMPOUND:
        case SR_R_FLAT:
        case SR_R_DEP:
        case SR_R_NUMMOD: {
            if (w->rel == SR_R_NUMMOD && !u) break;
            if (w->rel == SR_R_AMOD) {
                if (sr_m_in(c, SR_M_FORMER, si, k)) it->former = true;
                if (sr_m_in(c, SR_M_FOREIGN, si, k)) it->blocked = true;
                it->modified = true;
            }
            int led = led_by(c, si, k);
            if (led >= 0) {
                add_owner(p, compose(c, si, led), SR_TIE_LED, h - led);
                break;
            }
            if (is_title(c, si, k)) {
                if (!p->title) p->title = u;
                if (depth < 3) gather(c, it, p, si, k, depth + 1);
                break;
            }
            if (u && w->rel == SR_R_FLAT && k > h && u->is_actor &&
                u->actor.kind != SR_A_PERSON && s->w[k - 1].upos == SR_PROPN &&
                s->w[node].upos == SR_PROPN)
                break; /* "Lynndie England" */
            if (!u) {
                if (w->rel == SR_R_FLAT || w->rel == SR_R_COMPOUND) {
                    it->modified = true;
                    /* "Iraqi Kurdish rebel leader": owners may hang on the word between */
                    if (depth < 3 && w->upos != SR_PROPN && w->first_child >= 0)
                        gather(c, it, p, si, k, depth + 1);
                }
                break;
            }
            it->modified = true;
            if (is_person_name(c, si, k) && it->role && !it->name && k > h &&
                w->rel != SR_R_AMOD) {
                take_name(c, it, u, true); /* role first, name hung on it */
                break;
            }
            if (u->is_role && !u->is_actor) {
                if (k > h) break;
                if (!p->mod_role) p->mod_role = u;
                if (depth < 3) gather(c, it, p, si, k, depth + 1);
                if (heads_phrase(c, si, k)) compose(c, si, k);
                break;
            }
            if (u->is_actor || u->is_place)
                add_owner(p, compose(c, si, u->head), SR_TIE_MOD, h - k);
            break;
        }
        case SR_R_NMOD: {
            if (w->sub == SR_S_POSS) {
                it->modified = true;
                if (w->upos == SR_PRON) {
                    it->owner = compose(c, si, k);
                    it->tie = SR_TIE_POSS;
                } else {
                    add_owner(p, compose(c, si, k), SR_TIE_POSS, h - k);
                }
                break;
            }
            int q = sr_m_case(s, k);
            if (q < 0) {
                if (is_title(c, si, k)) {
                    if (!p->title) p->title = u;
                    if (depth < 3) gather(c, it, p, si, k, depth + 1);
                } else if (u && u->is_role && !u->is_actor && k < h) {
                    if (!p->mod_role) p->mod_role = u;
                    if (depth < 3) gather(c, it, p, si, k, depth + 1);
                } else if (u && (u->is_actor || u->is_place) && k < h) {
                    add_owner(p, compose(c, si, k), SR_TIE_MOD, h - k);
                } else if (is_person_name(c, si, k) && it->role && !it->name && u) {
                    take_name(c, it, u, true);
                }
                break;
            }
            sr_str prep = s->w[q].folded;
            if (sr_m_one_of(prep, "of")) {
                if (p->through < 0) p->through = k;
                add_owner(p, compose(c, si, k), SR_TIE_OF, h - k);
            } else if (sr_m_one_of(prep, "in|from|at|within|inside|across")) {
                sr_phrase *o = compose(c, si, k);
                bool whose = o && o->e.code[0] && !o->e.place && sr_m_one_of(prep, "from");
                if (sr_m_one_of(prep, "from") && !(o && o->e.code[0])) it->blocked = true;
                add_owner(p, o, whose ? SR_TIE_OF : SR_TIE_IN, whose ? h - k + 50 : h - k);
            } else if (sr_m_one_of(prep, "for|with") && it->role && !it->role->role.sector[0]) {
                add_owner(p, compose(c, si, k), SR_TIE_OF, h - k + 100);
            } else if (sr_m_one_of(prep, "to") && it->role && sr_m_one_of(s->w[h].lemma, "aide|adviser|advisor|assistant|deputy")) {
                add_owner(p, compose(c, si, k), SR_TIE_OF, h - k); /* "an adviser to the Iraqi oil ministry" */
            } else if (sr_m_one_of(prep, "among|including")) {
                if (p->through < 0) p->through = k;
            }
            if (sr_m_one_of(prep, "of|in|from"))
                it->modified = it->modified || (u && (u->is_actor || u->is_place));
            break;
        }
        case SR_R_ACL: {
            int led = led_by(c, si, k), named = named_by(c, si, k); /* "forces loyal to X", "people linked to X" */
            const sr_unit *name = named >= 0 ? sr_m_unit(c, si, named) : NULL;
            if (led >= 0) add_owner(p, compose(c, si, led), SR_TIE_LED, h - led);
            else if (name && name->is_actor && !it->name && it->role) take_actor(it, name);
            break;
        }
        case SR_R_ADVMOD:
            if (k < h && sr_m_in(c, SR_M_FORMER, si, k)) it->former = true;
            break;
        case SR_R_APPOS: {
            /* role first, name behind it without a comma: "spokesman Zabihullah Mujahid" */
            if (k == node + 1 && it->role && !it->name && u && is_person_name(c, si, k))
                take_name(c, it, u, true);
            break;
        }
        case SR_R_OBL: /* "U.S." of "U.S. -led", hung too high */
            if (k < h && u && u->is_actor && k + 2 < s->n && sr_m_in(c, SR_M_LED, si, k + 2))
                add_owner(p, compose(c, si, k), SR_TIE_LED, h - k);
            break;
        default: break;
        }
    }
}

/* What hangs on the words of one unit is told as of its head: "Iraqi" of "Iraqi [Deputy Prime
 * Minister]". */
static void gather(sr_mctx *c, sr_phrase *it, parts *p, uint32_t si, int node, int depth) {
    const sr_unit *u = sr_m_unit(c, si, node);
    int first = u ? u->first : node, last = u ? u->last : node;
    for (int i = first; i <= last; i++) gather_children(c, it, p, si, i, depth);
}

/* The title in front of a name, or the name behind a title, by word order, for trees that keep
 * them apart. */
static void side_by_side(sr_mctx *c, sr_phrase *it, parts *p, uint32_t si) {
    const sr_sent *s = sr_m_sent(c, si);
    const sr_unit *u = sr_m_unit(c, si, it->e.head);
    if (!u) return;
    if (!it->role && !p->title && is_person_name(c, si, it->e.head) && u->first > 0) {
        int k = u->first - 1;
        while (k > 0 && sr_m_in(c, SR_M_HONORIFIC, si, k)) k--;
        const sr_unit *v = sr_m_unit(c, si, k);
        if (v && v->is_role && !v->is_actor && !v->role.media &&
            s->w[v->last].xpos != SR_X_NNS && s->w[v->head].upos != SR_ADJ && v->last == k) {
            p->title = v;
            if (s->w[v->head].head != it->e.head && s->w[it->e.head].head != v->head)
                gather(c, it, p, si, v->head, 1);
        }
    }
    if (it->role && !it->name && it->role->last + 1 < s->n &&
        s->w[it->role->last].xpos != SR_X_NNS) {
        const sr_unit *v = sr_m_unit(c, si, it->role->last + 1);
        if (v && v->first == it->role->last + 1 && is_person_name(c, si, v->head))
            take_name(c, it, v, c->state[si][v->head] == 0);
    }
}

static void sort_owners(parts *p) {
    for (int i = 1; i < p->n; i++) {
        owner o = p->o[i];
        int j = i;
        for (; j > 0 && (p->o[j - 1].tie > o.tie ||
                         (p->o[j - 1].tie == o.tie && p->o[j - 1].distance > o.distance));
             j--)
            p->o[j] = p->o[j - 1];
        p->o[j] = o;
    }
}

/* "Saudi Arabia's King Abdullah" is not the one of Jordan, whom the codebook has by that title. */
static void another_of_that_name(sr_mctx *c, sr_phrase *it, const parts *p) {
    for (int k = 0; k < p->n; k++) {
        const sr_phrase *o = p->o[k].item;
        if (p->o[k].tie > SR_TIE_OF || !o->state || !o->e.code[0] || p->o[k].distance > 50)
            continue;
        if (!strcmp(o->e.code, it->e.code)) return;
        bool same = it->name->full_name;
        for (uint32_t a = 0; a < it->name->actor.n_code; a++)
            same |= !strcmp(it->name->actor.code[a].code, o->e.code);
        if (same && it->role &&
            !international(o->e.code)) { /* in another office, which the text names */
            sr_m_code(it->e.code, o->e.code);
            if (it->role->role.sector[0]) sr_m_code(it->e.sector, it->role->role.sector);
            return;
        }
        for (uint32_t a = 0; a < it->name->n_alt; a++) {
            sr_unit *u = SR_NEW(c->a, sr_unit);
            *u = *it->name;
            u->actor_index = it->name->alt[a];
            u->actor = sr_know_actor(c->k, u->actor_index);
            u->code = sr_actor_code_on(&u->actor, c->doc->date);
            if (strcmp(u->code.code, o->e.code)) continue;
            take_actor(it, u);
            return;
        }
        if (same || international(it->e.code)) return;
        sr_unit *u = SR_NEW(c->a, sr_unit);
        *u = *it->name;
        u->is_actor = false;
        u->is_name = true;
        it->name = u;
        it->unknown_name = true;
        memset(it->e.code, 0, 4);
        it->e.identifier_text = it->e.identifier_id = SR_STR_NONE;
        it->e.entry = it->role ? it->role->role.id : SR_STR_NONE;
        return;
    }
}

/* "Jordanian and Lebanese officials": two parties in one phrase, as members. */
static void both_of(sr_mctx *c, sr_phrase *it, const parts *p) {
    sr_phrase *owner = NULL;
    for (int k = 0; k < p->n && !owner; k++)
        if (p->o[k].tie <= SR_TIE_OF && !strcmp(p->o[k].item->e.code, it->e.code))
            owner = p->o[k].item;
    if (!owner || !owner->e.code[0] || !it->role) return;
    const sr_sent *s = sr_m_sent(c, it->e.sent);
    const sr_entity *member[SR_LIST_MAX];
    uint32_t n = 0;
    for (int k = s->w[owner->e.head].first_child; k >= 0; k = s->w[k].next_sibling) {
        const sr_unit *u = sr_m_unit(c, it->e.sent, k);
        if (s->w[k].rel != SR_R_CONJ || !u || !u->is_actor || k > it->e.head + 24 ||
            n + 1 >= SR_LIST_MAX)
            continue;
        if (!u->code.code[0] || !strcmp(u->code.code, it->e.code)) continue;
        sr_phrase *m = SR_NEW(c->a, sr_phrase);
        *m = *it;
        sr_m_code(m->e.code, u->code.code);
        if (!it->role->role.sector[0]) sr_m_code(m->e.sector, u->code.sector);
        m->e.coded = true;
        if (!n) {
            sr_phrase *self = SR_NEW(c->a, sr_phrase);
            *self = *it;
            self->e.coded = true;
            member[n++] = &self->e;
        }
        member[n++] = &m->e;
    }
    if (!n) return;
    it->e.group = true;
    it->e.member = SR_NEW_N(c->a, const sr_entity *, n);
    memcpy(it->e.member, member, n * sizeof *member);
    it->e.n_member = n;
}

/* A nationality used as a noun: one person, a people, or "the British" for their government. */
static void nationality(const sr_mctx *c, sr_phrase *it, uint32_t si, int h) {
    const sr_sent *s = sr_m_sent(c, si);
    const sr_unit *u = it->name;
    const sr_word *w = &s->w[h];
    it->state = false;
    it->body = false;
    if (u->form == SR_F_PEOPLE) {
        memcpy(it->e.sector, "CVL", 4);
        it->e.person = it->plural = true;
        return;
    }
    for (int k = w->first_child; k >= 0; k = s->w[k].next_sibling)
        if (k < h &&
            (s->w[k].rel == SR_R_NUMMOD ||
             (s->w[k].rel == SR_R_DET && sr_m_one_of(s->w[k].folded, "a|an|another")))) {
            memcpy(it->e.sector, "CVL", 4); /* "one Latvian" */
            it->e.person = true;
            return;
        }
    bool modifies = (is_mod(w->rel) && w->head > h) || (w->upos == SR_ADJ && !nominal_rel(w));
    if (modifies) {
        if (u->actor.kind == SR_A_COUNTRY || u->actor.kind == SR_A_REGION)
            it->state = it->e.code[0] != 0;
        return;
    }
    bool the = false;
    for (int k = w->first_child; k >= 0; k = s->w[k].next_sibling)
        the |= s->w[k].rel == SR_R_DET && sr_m_one_of(s->w[k].folded, "the");
    if (the && w->xpos != SR_X_NNS && w->xpos != SR_X_NNPS) {
        it->state = it->body = true;
        it->plural = true;
        return;
    }
    memcpy(it->e.sector, "CVL", 4);
    it->e.person = true;
}

/* "US-led coalition" is one entry of the codebook; whose it is still stands inside. */
static void look_inside(sr_mctx *c, sr_phrase *it, uint32_t si) {
    const sr_unit *r = it->role;
    const sr_sent *s = sr_m_sent(c, si);
    if (it->e.code[0]) return;
    for (int i = r->first; i < r->last; i++) {
        if (!sr_str_capital(s->w[i].form) || !c->out->wid[si][i]) continue;
        sr_hit hit[4];
        uint32_t n =
            sr_know_match(c->k, s, c->out->wid[si], c->out->lid[si], (uint32_t)i, hit, 4);
        for (uint32_t k = 0; k < n; k++) {
            if (hit[k].kind != SR_K_ACTOR || i + hit[k].n_words > r->last) continue;
            sr_actor a = sr_know_actor(c->k, hit[k].index);
            sr_code code = sr_actor_code_on(&a, c->doc->date);
            if (!code.code[0]) continue;
            sr_m_code(it->e.code, code.code);
            if (!it->e.sector[0]) sr_m_code(it->e.sector, code.sector);
            return;
        }
    }
}

static void pronoun_of(const sr_mctx *c, sr_phrase *it, uint32_t si, int h) {
    const sr_word *w = &sr_m_sent(c, si)->w[h];
    it->e.pronoun = true;
    if (sr_m_one_of(w->folded, "he|him|his|himself")) it->gender = 1;
    else if (sr_m_one_of(w->folded, "she|her|hers|herself")) it->gender = 2;
    if (it->gender ||
        sr_m_one_of(w->folded, "who|whom|whose|someone|somebody|anyone|anybody|everyone|"
                               "everybody|nobody|i|me|my|we|us|our|ours"))
        it->e.person = true;
    if (sr_m_one_of(w->folded, "they|them|their|theirs|themselves|we|us|our|ours|these|those"))
        it->plural = true;
}

/* People by their suffix: "hard-liners", "negotiators", "abolitionists". */
static bool agentive(const sr_word *w) {
    if (w->xpos != SR_X_NNS || w->lemma.n < 5) return false;
    return sr_str_ends(w->lemma, "ist") || sr_str_ends(w->lemma, "ian") ||
           sr_str_ends(w->lemma, "ner") || sr_str_ends(w->lemma, "ee") ||
           sr_str_ends(w->lemma, "eer") || sr_str_ends(w->lemma, "ator");
}

/* "U.S. President Donald Trump", "Iranian officials" with the first word for head: the word that
 * the phrase is about hangs right behind it. -1: the head is what it seems. */
static int true_head(const sr_mctx *c, uint32_t si, int h) {
    const sr_sent *s = sr_m_sent(c, si);
    const sr_unit *u = sr_m_unit(c, si, h);
    if (!u || !u->is_actor ||
        (u->actor.kind != SR_A_COUNTRY && u->actor.kind != SR_A_REGION &&
         u->actor.kind != SR_A_ORG))
        return -1;
    for (int k = s->w[h].first_child; k >= 0; k = s->w[k].next_sibling) {
        const sr_word *w = &s->w[k];
        if (k <= u->last || w->subtree_first != u->last + 1 ||
            s->w[u->last + 1].upos == SR_PUNCT)
            continue;
        if (w->rel != SR_R_FLAT && w->rel != SR_R_COMPOUND && w->rel != SR_R_APPOS &&
            w->rel != SR_R_DEP && !(w->rel == SR_R_NMOD && w->sub != SR_S_POSS))
            continue;
        const sr_unit *v = sr_m_unit(c, si, k);
        if (!v || v == u || sr_m_case(s, k) >= 0) continue;
        if (is_person_name(c, si, k) || (v->is_role && !v->is_actor)) return k;
    }
    return -1;
}

static sr_phrase *compose(sr_mctx *c, uint32_t si, int h) {
    if (h < 0) return NULL;
    if (c->state[si][h]) return c->item[si][h];
    c->state[si][h] = 1;
    if (!heads_phrase(c, si, h)) {
        c->state[si][h] = 2;
        return NULL;
    }
    const sr_sent *s = sr_m_sent(c, si);
    const sr_word *w = &s->w[h];
    const sr_unit *u = sr_m_unit(c, si, h);
    const sr_unit *front = NULL; /* the country before the true head */
    int shifted = true_head(c, si, h);
    if (shifted >= 0) front = u, u = sr_m_unit(c, si, shifted);
    sr_phrase *it = SR_NEW(c->a, sr_phrase);
    c->item[si][h] = it;
    it->e.sent = si;
    it->e.head = it->e.first = it->e.last = (int16_t)h;
    it->name_first = it->name_last = -1;
    const sr_word *core = &s->w[shifted >= 0 ? shifted : h];
    it->plural = core->xpos == SR_X_NNS || core->xpos == SR_X_NNPS;
    it->subject = w->rel == SR_R_NSUBJ;
    it->carrier = !u && (sr_m_in(c, SR_M_CARRIER, si, h) || agentive(w));
    if (w->upos == SR_PRON) pronoun_of(c, it, si, h);
    if (u && u->is_actor) {
        take_actor(it, u);
        it->name_first = u->first;
        it->name_last = u->last;
        if (u->form == SR_F_ADJ || u->form == SR_F_PEOPLE) nationality(c, it, si, h);
        else if (u->as_place) {
            it->e.place = true;
            if (u->country[0]) sr_m_code(it->e.code, u->country);
            /* "visited Kabul", "to Kabul": those who govern it are visited */
            int q = sr_m_case(s, h);
            if (q >= 0 && !sr_m_one_of(s->w[q].folded, "to")) it->e.sector[0] = 0;
        }
        if (u->is_role && it->e.sector[0] == 0) take_role(c, it, u);
    } else if (u && u->is_role) {
        take_role(c, it, u);
        it->plural = it->plural || sr_m_one_of(core->folded, "police|people|personnel|troops");
        if (u->last > u->first) look_inside(c, it, si);
    } else if (u && u->is_name) {
        it->name = u;
        it->unknown_name = true;
        it->name_first = u->first;
        it->name_last = u->last;
        it->e.person = u->tag == SR_NAME_PER;
        it->body = u->tag == SR_NAME_ORG;
        it->e.place = u->is_place;
    } else if (u && u->is_place) {
        it->e.place = true;
        it->name_first = u->first;
        it->name_last = u->last;
        sr_m_code(it->e.code, u->country);
    } else if (w->name == SR_NAME_PER) {
        it->e.person = true;
    } else if (w->name == SR_NAME_ORG) {
        it->unknown_name = it->body = true;
    }
    parts p;
    memset(&p, 0, sizeof p);
    p.through = -1;
    p.skip = shifted;
    if (!it->e.pronoun) {
        gather(c, it, &p, si, h, 0);
        if (it->role && !it->name && (w->rel == SR_R_COMPOUND || w->rel == SR_R_AMOD) &&
            w->head > h) {
            /* "Israeli military offensive": whose it is hangs on the offensive */
            for (int k = s->w[w->head].first_child; k >= 0 && k < h; k = s->w[k].next_sibling) {
                const sr_unit *v = sr_m_unit(c, si, k);
                if (!v || v == u || !v->is_actor || v->last >= h) continue;
                uint8_t r = s->w[k].rel;
                if (r == SR_R_AMOD || r == SR_R_COMPOUND ||
                    (r == SR_R_NMOD && s->w[k].sub == SR_S_POSS))
                    add_owner(&p, compose(c, si, k), SR_TIE_MOD, h - k);
            }
        }
        if (shifted >= 0) {
            sr_phrase *own = SR_NEW(c->a, sr_phrase); /* the country as a phrase of its own */
            own->e.sent = si;
            own->e.head = own->e.first = own->e.last = (int16_t)h;
            own->name_first = own->name_last = -1;
            take_actor(own, front);
            gather(c, it, &p, si, shifted, 1);
            add_owner(&p, own, SR_TIE_MOD, 1);
            c->state[si][shifted] = 2; /* its word has no phrase of its own */
            c->item[si][shifted] = NULL;
        }
        side_by_side(c, it, &p, si);
    }
    /* "dozens of people", "some of the soldiers", "a group of activists" */
    bool quantity =
        p.through >= 0 && (w->upos == SR_NUM || w->upos == SR_DET || w->upos == SR_PRON ||
                           w->upos == SR_ADJ || sr_m_in(c, SR_M_QUANTITY, si, h));
    if (quantity && !(it->name && it->name->is_actor)) {
        sr_phrase *of = compose(c, si, p.through);
        if (of && (of->e.code[0] || of->e.sector[0] || of->role || of->e.person)) {
            it->through = of;
            it->e.through = &of->e;
            it->role = of->role;
            it->name = NULL;
            sr_m_code(it->e.code, of->e.code);
            sr_m_code(it->e.sector, of->e.sector);
            it->e.person = of->e.person;
            it->e.anonymous = of->e.anonymous;
            it->armed = of->armed;
            it->blocked = of->blocked;
            it->e.entry = of->e.entry;
            it->plural = true;
            /* some of a country are not its government */
            if (of->state) it->e.sector[0] = it->e.code[0] = 0, it->role = NULL;
        }
    }
    /* "hundreds marched", "wounding 30 others": people, who else */
    if (!it->through && !it->role && !it->name && it->plural && w->upos == SR_NOUN &&
        nominal_rel(w) && sr_m_one_of(w->folded, "hundreds|thousands|dozens|scores|others")) {
        it->crowd = it->e.person = true;
        memcpy(it->e.sector, "CVL", 4);
    }
    if (p.title) {
        bool named = it->name && it->name->is_actor;
        char sector[4];
        sr_m_code(sector, p.title->role.sector);
        const sr_str entry = it->e.entry;
        if (named) {
            it->role = p.title;
            if (sector[0]) sr_m_code(it->e.sector, sector);
            if (p.title->role.code[0] && !it->e.code[0])
                sr_m_code(it->e.code, p.title->role.code);
        } else {
            take_role(c, it, p.title);
        }
        it->e.anonymous = false;
        it->e.person = true;
        if (named) it->e.entry = entry;
    }
    if (it->name && it->name->is_actor && it->role && !p.title && it->e.person &&
        it->role->role.sector[0])
        sr_m_code(it->e.sector, it->role->role.sector); /* "former Prime Minister X" */
    if (it->name && it->role) it->e.anonymous = false;
    /* owners, closest first; those that have nothing to give are passed over */
    sort_owners(&p);
    if (it->name && it->name->is_actor && it->e.person && it->name->actor.kind == SR_A_PERSON)
        another_of_that_name(c, it, &p);
    if (it->name && it->name->is_actor && it->name->actor.kind == SR_A_ORG &&
        it->name->first == it->name->last && it->e.code[0] && !international(it->e.code))
        for (int k = 0; k < p.n; k++) /* "Peru's Congress" */
            if (p.o[k].tie <= SR_TIE_POSS && p.o[k].item->state && p.o[k].item->e.code[0]) {
                sr_m_code(it->e.code, p.o[k].item->e.code);
                break;
            }
    bool named = it->name && it->name->is_actor;
    bool takes =
        it->role || it->unknown_name || it->carrier || (it->e.person && !named) || it->through;
    if (p.mod_role && !named && (it->role || it->unknown_name || it->carrier || it->e.person)) {
        if (it->role && !it->role->role.sector[0]) mix_sector(it, p.mod_role->role.sector);
        else if (it->role) mix_sector(it, p.mod_role->role.sector);
        else if (it->carrier) mix_sector(it, p.mod_role->role.sector);
        if (p.mod_role->role.armed) it->armed = true;
    }
    if (takes && !named) {
        for (int k = 0; k < p.n; k++) {
            const sr_phrase *o = p.o[k].item;
            uint8_t tie = p.o[k].tie;
            if (tie == SR_TIE_OF && it->through == o) continue;
            if (tie == SR_TIE_IN && (!(o->e.place || o->state) || it->owner)) continue;
            if (tie == SR_TIE_IN && !it->role && !it->unknown_name) continue;
            if (it->unknown_name && it->e.person && tie == SR_TIE_OF && !it->role) continue;
            take_owner(c, it, o, tie);
        }
    }
    if (takes && !named && !it->e.group) both_of(c, it, &p);
    if (p.mod_role && !named && it->role && p.mod_role->role.code[0] && !it->e.code[0])
        sr_m_code(it->e.code, p.mod_role->role.code);
    /* "foreign ministers of Iran, Russia": the first is enough for a code; `code` lists conjuncts */
    if (it->former && it->role && !p.title) {
        if (!strcmp(it->e.sector, "GOV") || !strcmp(it->e.sector, "LEG") ||
            !strcmp(it->e.sector, "JUD"))
            memcpy(it->e.sector, "ELI", 4);
        else if (!strcmp(it->e.sector, "MIL") || !strcmp(it->e.sector, "COP"))
            it->e.sector[0] = 0;
    } else if (it->former && p.title && !strcmp(it->e.sector, "GOV")) {
        memcpy(it->e.sector, "ELI", 4);
    }
    if (it->role && p.title == NULL && it->e.person && it->name) it->e.anonymous = false;
    if (it->role) {
        const sr_unit *r = it->role;
        it->e.role = sr_m_text(c, sr_m_sent(c, r->sent), r->first, r->last);
    }
    if (international(it->e.code) && !strcmp(it->e.code, "UNO") && !strcmp(it->e.sector, "GOV"))
        it->e.sector[0] = 0;
    span(c, it, si, h);
    /* place readings say where, not who */
    it->e.coded = (it->e.code[0] || it->e.sector[0]) && !it->e.place;
    for (uint32_t k = 0; k < it->e.n_member; k++) {
        sr_entity *m = (sr_entity *)(void *)it->e.member[k]; /* made in both_of: ours to fill */
        m->first = it->e.first, m->last = it->e.last;
        m->start = it->e.start, m->end = it->e.end;
        m->text = it->e.text;
    }
    c->state[si][h] = 2;
    return it;
}

/* ---- appositions ----------------------------------------------------------------------------------- */

static void join(sr_phrase *a, sr_phrase *b) {
    bool ka = a->name && a->name->is_actor, kb = b->name && b->name->is_actor;
    /* a known name knows best; else each gives what the other lacks */
    sr_phrase *from = kb && !ka ? b : a, *to = kb && !ka ? a : b;
    if (!(from->e.code[0] || from->e.sector[0])) {
        sr_phrase *x = from;
        from = to;
        to = x;
    }
    for (int round = 0; round < 2; round++) {
        if (!to->e.place && !from->e.place && !(to->name && to->name->is_actor)) {
            bool agree =
                !to->e.code[0] || !from->e.code[0] || !strcmp(to->e.code, from->e.code);
            if (!to->e.code[0]) sr_m_code(to->e.code, from->e.code);
            if (!to->e.sector[0] && agree) sr_m_code(to->e.sector, from->e.sector);
            if (!to->e.role.n) to->e.role = from->e.role;
            if (!to->e.identifier_text.n && from->name && from->name->is_actor) {
                to->e.identifier_text = from->e.identifier_text;
                to->e.identifier_id = from->e.identifier_id;
            }
        }
        if (from->e.person && to->unknown_name && !to->body) to->e.person = true;
        sr_phrase *x = from;
        from = to;
        to = x;
    }
    /* a sector that only the description has: "X, an opposition leader" */
    if (a->name && b->role && !b->name && b->role->role.sector[0] && !a->role && a->e.person &&
        b->e.sector[0] && strcmp(b->e.sector, a->e.sector) &&
        (!ka || !a->e.sector[0] || !strcmp(a->e.sector, "ELI") || !strcmp(b->e.sector, "ELI")))
        sr_m_code(a->e.sector, b->e.sector);
    a->appos = b;
    b->appos = a;
    a->e.apposition = &b->e;
    b->e.apposition = &a->e;
    if (a->name && a->e.person) b->e.anonymous = false;
    if (b->name && b->e.person) a->e.anonymous = false;
    a->e.coded = (a->e.code[0] || a->e.sector[0]) && !a->e.place;
    b->e.coded = (b->e.code[0] || b->e.sector[0]) && !b->e.place;
}

static void appositions(sr_mctx *c, uint32_t si) {
    const sr_sent *s = sr_m_sent(c, si);
    for (int i = 0; i < s->n; i++) {
        const sr_word *w = &s->w[i];
        sr_phrase *b = c->item[si][i];
        if (!b) continue;
        sr_phrase *a = NULL;
        if (w->rel == SR_R_APPOS && w->head >= 0) {
            a = c->item[si][w->head];
        } else if (b->e.first >= 2 && sr_m_one_of(s->w[b->e.first - 1].folded, ",|(") &&
                   (w->rel == SR_R_LIST || w->rel == SR_R_DEP || w->rel == SR_R_PARATAXIS ||
                    w->rel == SR_R_NMOD) &&
                   w->head >= 0 && sr_m_case(s, i) < 0) {
            a = c->item[si][w->head];
        }
        if (!a || a == b || a->e.pronoun || b->e.pronoun) continue;
        /* only of one kind: people with people, bodies with bodies */
        bool pa = a->e.person, pb = b->e.person;
        if (a->e.place != b->e.place && (a->e.coded || b->e.coded)) continue;
        if (pa != pb && (a->state || b->state || (a->name && b->name))) continue;
        if (a->plural != b->plural && a->role && b->role) continue;
        join(a, b);
    }
}

void sr_m_entities(sr_mctx *c) {
    for (uint32_t si = 0; si < c->parse->n; si++) {
        const sr_sent *s = sr_m_sent(c, si);
        if (s->dateline) continue; /* where the report was filed is nobody who acts */
        for (int i = 0; i < s->n; i++) compose(c, si, i);
        appositions(c, si);
        for (int i = 0; i < s->n; i++) {
            sr_phrase *it = c->item[si][i];
            if (!it) continue;
            c->out->by_word[si][i] = &it->e;
            SR_PUSH(c->a, &c->out->entities, &it->e);
        }
    }
}
