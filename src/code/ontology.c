/* ontology.c - the figures of PLOVER 2.0 and CAMEO: quad classes, conflict-cooperation scores,
 * Goldstein values (docs: shared ontology notes, ICEWS score table). Facts, no logic. */
#include "code/record.h"

#include <stdlib.h>

int sr_type_quad(uint8_t type) {
    switch (type) {
    case SR_T_AGREE: case SR_T_CONSULT: case SR_T_SUPPORT: case SR_T_CONCEDE: return 1;
    case SR_T_COOPERATE: case SR_T_AID: case SR_T_RETREAT: return 2;
    case SR_T_REQUEST: case SR_T_ACCUSE: case SR_T_REJECT: case SR_T_THREATEN: return 3;
    case SR_T_PROTEST: case SR_T_SANCTION: case SR_T_MOBILIZE: case SR_T_COERCE: case SR_T_ASSAULT: return 4;
    case SR_T_STATEMENT: case SR_T_APPEAL: return 1;
    default: return 0;
    }
}

static const double type_score[SR_TYPE_N] = {
    [SR_T_AGREE] = 2.5, [SR_T_CONSULT] = 2.5, [SR_T_SUPPORT] = 5, [SR_T_CONCEDE] = 4.5, [SR_T_COOPERATE] = 9.5,
    [SR_T_AID] = 10, [SR_T_RETREAT] = 6.5, [SR_T_REQUEST] = 0, [SR_T_ACCUSE] = -3, [SR_T_REJECT] = -2,
    [SR_T_THREATEN] = -3.5, [SR_T_PROTEST] = -5, [SR_T_SANCTION] = -6, [SR_T_MOBILIZE] = -5.5, [SR_T_COERCE] = -7,
    [SR_T_ASSAULT] = -9, [SR_T_APPEAL] = 3};

static const struct { uint8_t type; const char *mode; double score; } mode_score[] = {
    {SR_T_CONSULT, "visit", 4}, {SR_T_CONSULT, "third-party", 1}, {SR_T_CONSULT, "multilateral", 4},
    {SR_T_CONSULT, "phone", 1.5}, {SR_T_RETREAT, "withdraw", 8}, {SR_T_RETREAT, "release", 6.5},
    {SR_T_RETREAT, "disarm", 10}, {SR_T_RETREAT, "ceasefire", 7.5}, {SR_T_RETREAT, "access", 6.5},
    {SR_T_RETREAT, "resign", 4.5}, {SR_T_REQUEST, "assist", 0.5}, {SR_T_REQUEST, "change", -1},
    {SR_T_REQUEST, "yield", -1}, {SR_T_REQUEST, "meet", 0}, {SR_T_REJECT, "assist", -1.5},
    {SR_T_REJECT, "change", -2}, {SR_T_REJECT, "yield", -2}, {SR_T_REJECT, "meet", -2},
    {SR_T_ACCUSE, "disapprove", -2}, {SR_T_ACCUSE, "investigate", -3.5}, {SR_T_ACCUSE, "allege", -3.5},
    {SR_T_THREATEN, "restrict", -3}, {SR_T_THREATEN, "arrest", -3.5}, {SR_T_THREATEN, "relations", -3.5},
    {SR_T_THREATEN, "expel", -3.5}, {SR_T_THREATEN, "territory", -4}, {SR_T_THREATEN, "violence", -3.5},
    {SR_T_PROTEST, "demo", -5}, {SR_T_PROTEST, "riot", -7}, {SR_T_PROTEST, "strike", -5},
    {SR_T_PROTEST, "hunger", -4.5}, {SR_T_PROTEST, "boycott", -4.5}, {SR_T_PROTEST, "obstruct", -4.5},
    {SR_T_PROTEST, "vandalize", -5}, {SR_T_SANCTION, "convict", -6}, {SR_T_SANCTION, "expel", -5.5},
    {SR_T_SANCTION, "withdraw", -6}, {SR_T_SANCTION, "discontinue", -6}, {SR_T_MOBILIZE, "troops", -6.5},
    {SR_T_MOBILIZE, "weapons", -6.5}, {SR_T_MOBILIZE, "police", -5.5}, {SR_T_MOBILIZE, "militia", -6},
    {SR_T_COERCE, "seize", -7}, {SR_T_COERCE, "restrict", -7}, {SR_T_COERCE, "censor", -6.5},
    {SR_T_COERCE, "curfew", -6.5}, {SR_T_COERCE, "martial-law", -7.5}, {SR_T_COERCE, "arrest", -7},
    {SR_T_COERCE, "deport", -7}, {SR_T_COERCE, "withhold", -7}, {SR_T_COERCE, "misinformation", -6.5},
    {SR_T_COERCE, "cyber", -7}, {SR_T_ASSAULT, "abduct", -8.5}, {SR_T_ASSAULT, "beat", -7.5},
    {SR_T_ASSAULT, "torture", -8.5}, {SR_T_ASSAULT, "sexual", -8.5}, {SR_T_ASSAULT, "targeted", -9.5},
    {SR_T_ASSAULT, "destroy", -8.5}, {SR_T_ASSAULT, "primitive", -8}, {SR_T_ASSAULT, "firearms", -9},
    {SR_T_ASSAULT, "explosives", -9}, {SR_T_ASSAULT, "suicide-attack", -9.5}, {SR_T_ASSAULT, "aerial", -9.5},
    {SR_T_ASSAULT, "drone", -9.5}, {SR_T_ASSAULT, "heavy-weapons", -9.5}, {SR_T_ASSAULT, "crowd-control", -7.5},
    {SR_T_ASSAULT, "unconventional", -10}};

double sr_type_score(uint8_t type, sr_str mode) {
    sr_str first = sr_str_cut(&mode, ' ');
    for (size_t n = 0; first.n && n < sizeof mode_score / sizeof *mode_score; n++)
        if (mode_score[n].type == type && sr_str_is(first, mode_score[n].mode)) return mode_score[n].score;
    return type < SR_TYPE_N ? type_score[type] : 0;
}

/* Longest prefix decides: a child has its parent's value unless listed. */
static const struct { const char *code; double score; } goldstein[] = {
    {"01", 0}, {"011", -0.1}, {"012", -0.4}, {"013", 0.4}, {"016", -5}, {"018", 3.4}, {"019", 3.4},
    {"02", 3}, {"021", 3.4}, {"022", 3.4}, {"023", 3.4}, {"024", -0.3}, {"025", -0.3}, {"026", 4}, {"027", 4}, {"028", 4},
    {"03", 4}, {"031", 5.2}, {"032", 4.5}, {"033", 5.2}, {"0334", 6}, {"034", 7}, {"035", 7}, {"036", 4}, {"037", 5},
    {"038", 7}, {"039", 5}, {"04", 1}, {"042", 1.9}, {"043", 2.8}, {"044", 2.5}, {"045", 5}, {"046", 7},
    {"05", 3.5}, {"051", 3.4}, {"053", 3.8}, {"054", 6}, {"055", 7}, {"056", 7}, {"057", 8},
    {"06", 6}, {"061", 6.4}, {"062", 7.4}, {"063", 7.4}, {"064", 7}, {"07", 7}, {"071", 7.4}, {"072", 8.3},
    {"073", 7.4}, {"074", 8.5}, {"08", 5}, {"084", 7}, {"085", 7}, {"086", 9}, {"087", 9}, {"0874", 10},
    {"09", -2}, {"10", -5}, {"11", -2}, {"12", -4}, {"125", -5}, {"126", -5}, {"127", -5}, {"128", -5}, {"129", -5},
    {"13", -6}, {"130", -4.4}, {"131", -5.8}, {"132", -5.8}, {"133", -5.8}, {"134", -5.8}, {"135", -5.8},
    {"136", -7}, {"137", -7}, {"138", -7}, {"139", -7}, {"14", -6.5}, {"144", -7.5}, {"145", -7.5}, {"15", -7.2},
    {"16", -4}, {"162", -5.6}, {"163", -8}, {"164", -6.5}, {"165", -7}, {"166", -7}, {"17", -7}, {"171", -9.2},
    {"172", -5}, {"173", -5}, {"174", -5}, {"175", -9}, {"18", -9}, {"182", -9.5}, {"1821", -9}, {"1822", -9},
    {"1823", -10}, {"183", -10}, {"184", -8}, {"185", -8}, {"186", -10}, {"19", -10}, {"191", -9.5}, {"192", -9.5},
    {"196", -9.5}, {"20", -10}, {"201", -9.5}};

double sr_goldstein(sr_str cameo, bool *known) {
    double value = 0;
    size_t best = 0;
    for (size_t n = 0; n < sizeof goldstein / sizeof *goldstein; n++) {
        size_t len = strlen(goldstein[n].code);
        if (len > best && sr_str_starts(cameo, goldstein[n].code)) {
            best = len;
            value = goldstein[n].score;
        }
    }
    if (known) *known = best > 0;
    return value;
}
