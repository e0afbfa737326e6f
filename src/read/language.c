/* language.c - is this text plainly something else than English? By script, then for Latin
 * letters by the most frequent words. Made to pass over foreign documents, not to tell languages
 * apart: when in doubt a text is English. Leaves out texts that mix languages.
 */
#include "read/read.h"

#include "base/utf8.h"

/* Words and letters looked at: the head of a text is enough. */
#define WORDS_MAX 400
#define BYTES_MAX 8192

/* Frequent words, chosen so that none is a word, or a common part of a foreign name, in English
 * news. */
static const char english[] =
    " the of and to that was for on with as his he be at by is it from this have are not but had"
    " were they their has said its who will which been would after an or ";
static const struct {
    const char *code, *words;
} latin[] = {
    {"de",
     " der und das den von zu mit sich des auf ist nicht dem eine auch nach wie einen wird"
     " sind hat werden einer bei aus zum haben wurde "},
    {"es",
     " los las del una por con para como pero sus este ha sido fue entre desde sobre también"
     " que el esta más según "},
    {"fr",
     " les des une est dans pour qui pas sur avec plus par sont été aux cette mais selon ses"
     " du et au leur ont "},
    {"id", " yang dan dari untuk dengan pada ini dalam tidak akan itu telah oleh juga mereka"
           " kepada tersebut "},
    {"it", " il le di non che della sono gli nel con alla più anche dei delle dal è dalla "
           "nella degli ha"
           " stato sono un sulla per "},
    {"nl", " het een van dat niet zijn voor met zich ook door naar werd bij heeft wordt aan nog"
           " deze worden "},
    {"pl", " się nie jest że przez jak był dla oraz które został który tym także przed są "},
    {"pt", " os das uma não com para mais foi pela são dos ao pelo também seu entre às segundo"
           " que em "},
    {"ro", " și că din este pentru mai sunt cu fost prin după care acest lui într "},
    {"sv", " och att det som för inte är av på till har med ett den från efter enligt "},
    {"tr", " ve bir bu için ile olarak daha çok olan gibi kadar sonra ancak göre dedi değil "},
    {"vi", " và của là các có trong được những cho với người này một không "},
};

static bool in_list(const char *list, const char *word, uint32_t n) {
    /* Words stand between blanks, so the key with its blanks is found as a plain substring. */
    char key[40];
    if (n + 3 > sizeof key) return false;
    key[0] = ' ';
    memcpy(key + 1, word, n);
    key[n + 1] = ' ';
    key[n + 2] = '\0';
    return strstr(list, key) != NULL;
}

typedef enum script {
    LATIN, ARABIC, CYRILLIC, HAN, KANA, HANGUL, HEBREW, GREEK, DEVANAGARI, BENGALI, THAI,
    ARMENIAN, GEORGIAN, ETHIOPIC, TAMIL, OTHER, N_SCRIPTS
} script;

static script script_of(uint32_t cp) {
    static const struct {
        uint32_t first, last;
        script s;
    } ranges[] = {
        {0x0041, 0x024F, LATIN},     {0x0370, 0x03FF, GREEK},    {0x0400, 0x052F, CYRILLIC},
        {0x0530, 0x058F, ARMENIAN},  {0x0590, 0x05FF, HEBREW},   {0x0600, 0x06FF, ARABIC},
        {0x0750, 0x077F, ARABIC},    {0x0900, 0x097F, DEVANAGARI}, {0x0980, 0x09FF, BENGALI},
        {0x0B80, 0x0BFF, TAMIL},     {0x0E00, 0x0E7F, THAI},     {0x10A0, 0x10FF, GEORGIAN},
        {0x1200, 0x137F, ETHIOPIC},  {0x1E00, 0x1EFF, LATIN},    {0x1F00, 0x1FFF, GREEK},
        {0x3040, 0x30FF, KANA},      {0x3400, 0x9FFF, HAN},      {0xAC00, 0xD7AF, HANGUL},
        {0xFB50, 0xFDFF, ARABIC},    {0xFE70, 0xFEFC, ARABIC},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (cp >= ranges[i].first && cp <= ranges[i].last) return ranges[i].s;
    return OTHER;
}

static const char *by_script(const uint32_t *count, uint32_t persian, uint32_t urdu,
                             uint32_t ukrainian) {
    static const char *const codes[N_SCRIPTS] = {
        [LATIN] = "en",     [ARABIC] = "ar",   [CYRILLIC] = "ru", [HAN] = "zh",
        [KANA] = "ja",      [HANGUL] = "ko",   [HEBREW] = "he",   [GREEK] = "el",
        [DEVANAGARI] = "hi", [BENGALI] = "bn", [THAI] = "th",     [ARMENIAN] = "hy",
        [GEORGIAN] = "ka",  [ETHIOPIC] = "am", [TAMIL] = "ta",    [OTHER] = "und",
    };
    script best = OTHER;
    for (int s = ARABIC; s < N_SCRIPTS; s++)
        if (count[s] > count[best]) best = (script)s;
    if (best == HAN && count[KANA] * 10 > count[HAN]) return "ja";
    if (best == ARABIC && urdu * 50 > count[ARABIC]) return "ur";
    if (best == ARABIC && persian * 50 > count[ARABIC]) return "fa";
    if (best == CYRILLIC && ukrainian * 100 > count[CYRILLIC]) return "uk";
    return codes[best];
}

const char *sr_language_guess(sr_str t) {
    uint32_t letters = 0, count[N_SCRIPTS] = {0}, persian = 0, urdu = 0, ukrainian = 0;
    uint32_t words = 0, english_hits = 0, hits[sizeof latin / sizeof *latin] = {0};
    char word[32];
    uint32_t n = 0; /* of word; past its end the word is too long to be in a list */
    if (t.n > BYTES_MAX) t.n = BYTES_MAX; /* a cut character at the end counts as none */

    for (uint32_t i = 0; i <= t.n;) {
        uint32_t cp = ' ';
        if (i < t.n) i += sr_utf8_decode(t.p + i, t.n - i, &cp);
        else i++;
        if (sr_cp_alpha(cp)) {
            letters++;
            count[script_of(cp)]++;
            persian += cp == 0x67E || cp == 0x686 || cp == 0x698 || cp == 0x6AF || cp == 0x6CC;
            urdu += cp == 0x679 || cp == 0x688 || cp == 0x691 || cp == 0x6D2 || cp == 0x6C1;
            ukrainian += cp == 0x456 || cp == 0x457 || cp == 0x454 || cp == 0x491;
            if (n + 4 <= sizeof word) n += sr_utf8_encode(word + n, sr_cp_lower(cp));
            else n = sizeof word;
            continue;
        }
        if (n && n < sizeof word) {
            words++;
            if (in_list(english, word, n)) english_hits++;
            else
                for (size_t k = 0; k < sizeof latin / sizeof *latin; k++)
                    hits[k] += in_list(latin[k].words, word, n);
        } else if (n) {
            words++;
        }
        n = 0;
        if (words >= WORDS_MAX) break;
        /* A good part of English text is on its list, so most texts are settled early. */
        if (words == 60 && english_hits >= 15 && count[LATIN] * 10 > letters * 9) return "en";
    }
    if (letters < 10) return "en";
    if (count[LATIN] * 2 < letters) return by_script(count, persian, urdu, ukrainian);
    size_t best = 0;
    for (size_t k = 1; k < sizeof latin / sizeof *latin; k++)
        if (hits[k] > hits[best]) best = k;
    if (hits[best] >= 3 && hits[best] * 10 >= words && hits[best] > english_hits * 2)
        return latin[best].code;
    /* Long enough to have said "the" if it were English. Lists and tables are short of it too. */
    if (words >= 80 && english_hits * 50 < words) return "und";
    return "en";
}
