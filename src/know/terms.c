/* terms.c - the words of the ontology and of the codebook's own format: event types and their
 * modes, contexts, sectors (PLOVER 2.0), factualities, slots, fillers. docs/CODEBOOK.md explains
 * them; here they are only listed, in the order of the enumerations of know.h where there is one.
 */
#include "know/terms.h"

const char *const sr_type_names[SR_TYPE_N] = {
    "", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    "STATEMENT", "APPEAL"};

const char *const sr_fact_names[SR_FACT_N] = {"CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"};

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

const char *const *const sr_term_modes[SR_TYPE_N] = {
    [SR_T_CONSULT] = LIST("visit", "third-party", "multilateral", "phone"),
    [SR_T_RETREAT] = LIST("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    [SR_T_REQUEST] = LIST("assist", "change", "yield", "meet"),
    [SR_T_REJECT] = LIST("assist", "change", "yield", "meet"),
    [SR_T_ACCUSE] = LIST("disapprove", "investigate", "allege"),
    [SR_T_THREATEN] = LIST("restrict", "arrest", "relations", "expel", "territory", "violence"),
    [SR_T_PROTEST] = LIST("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    [SR_T_SANCTION] = LIST("convict", "expel", "withdraw", "discontinue"),
    [SR_T_MOBILIZE] = LIST("troops", "weapons", "police", "militia"),
    [SR_T_COERCE] = LIST("seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport",
                         "withhold", "misinformation", "cyber"),
    [SR_T_ASSAULT] = LIST("abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive",
                          "firearms", "explosives", "suicide-attack", "aerial", "drone",
                          "heavy-weapons", "crowd-control", "unconventional"),
};

const char *const sr_term_contexts[] = {
    "military", "intelligence", "executive", "legislative", "election", "political_institutions",
    "pro_democracy", "pro_autocracy", "economic", "legal", "reparations", "human_rights",
    "rights_freedoms", "repression", "human_security", "gender", "lgbt", "religion_ethnicity",
    "inequality", "diplomatic", "territory", "peacekeeping", "health", "asylum", "migration",
    "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn", "cyber",
    "misinformation", "crime", "corruption", "illegal_drugs", "trafficking", NULL};

const char *const sr_term_sectors[] = {
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
    "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", NULL};

const char *const sr_term_stances[] = {
    "demands", "refuses", "offers", "accepts", "conditions", "asserts", NULL};
const char *const sr_term_tolls[] = {
    "killed", "wounded", "missing", "abducted", "arrested", "displaced", "deported", "returned",
    "affected", NULL};
const char *const sr_term_speech[] = {
    "speech", "writing", "intelligence", "media", "belief", "perception", NULL};
/* In the order of the SR_AUX_ bits. */
const char *const sr_term_aux[] = {"historical", "future", "hypothetical", "negation", NULL};
const char *const sr_term_needs[] = {"any", "none", "actor", "recipient", "both", NULL};
/* In the order of the SR_KROLE_ bits. */
const char *const sr_term_role_flags[] = {"anonymous", "group", "armed", "media", NULL};
const char *const sr_term_actor_kinds[] = {
    "country", "org", "group", "party", "person", "media", "people", "region", NULL};
const char *const sr_term_classes[] = {
    "any", "actor", "person", "state", "armed", "place", "clause", "number", NULL};

/* All others would be slips of the pen: "sbuj=<actor>". */
const char *const sr_term_prepositions[] = {
    "aboard", "about", "above", "across", "after", "against", "ahead", "along", "alongside",
    "although", "amid", "amidst", "among", "amongst", "around", "as", "aside", "at", "atop",
    "away", "because", "before", "behalf", "behind", "below", "beneath", "beside", "besides",
    "between", "beyond", "by", "concerning", "despite", "down", "due", "during", "except",
    "excluding", "following", "for", "forward", "from", "if", "in", "including", "inside",
    "instead", "into", "involving", "like", "near", "of", "off", "on", "onto", "opposite", "out",
    "outside", "over", "past", "pending", "per", "regarding", "round", "since", "so", "than",
    "that", "though", "through", "throughout", "till", "to", "together", "toward", "towards",
    "under", "underneath", "unless", "until", "up", "upon", "versus", "via", "vs", "when",
    "where", "whether", "while", "with", "within", "without", NULL};

const char *const sr_term_noun_links[] = {
    "of", "for", "on", "to", "against", "in", "with", "at", "by", "from", "between", "over",
    "about", "into", "under", NULL};

int sr_term_find(const char *const *list, sr_str s) {
    for (int i = 0; list && list[i]; i++)
        if (sr_str_is(s, list[i])) return i;
    return -1;
}

int sr_term_type(sr_str s) {
    for (int i = 1; i < SR_TYPE_N; i++)
        if (sr_str_is(s, sr_type_names[i])) return i;
    return -1;
}

int sr_term_fact(sr_str s) {
    for (int i = 0; i < SR_FACT_N; i++)
        if (sr_str_is(s, sr_fact_names[i])) return i;
    return -1;
}

sr_slot sr_term_slot(sr_str s) {
    static const struct { const char *name; sr_slot slot; } names[] = {
        {"subj", SR_SLOT_SUBJ},   {"obj", SR_SLOT_OBJ},       {"iobj", SR_SLOT_IOBJ},
        {"poss", SR_SLOT_POSS},   {"comp", SR_SLOT_COMP},     {"clause", SR_SLOT_CLAUSE},
        {"csubj", SR_SLOT_CSUBJ}, {"content", SR_SLOT_CONTENT}, {"mod", SR_SLOT_MOD},
        {"sent", SR_SLOT_SENT}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (sr_str_is(s, names[i].name)) return names[i].slot;
    return sr_term_find(sr_term_prepositions, s) >= 0 ? SR_SLOT_PREP : SR_SLOT_NONE;
}

bool sr_term_cameo(sr_str s) {
    if (s.n < 2 || s.n > 4) return false;
    for (uint32_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    int root = (s.p[0] - '0') * 10 + (s.p[1] - '0');
    return root >= 1 && root <= 20;
}
