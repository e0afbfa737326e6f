/* t_base.c - the tools that every stage stands on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/base.h"
#include "base/date.h"
#include "base/utf8.h"

static void strings(void **state) {
    (void)state;
    sr_str s = SR_LIT("a,bc,,d"), part;
    part = sr_str_cut(&s, ',');
    assert_true(sr_str_is(part, "a"));
    part = sr_str_cut(&s, ',');
    assert_true(sr_str_is(part, "bc"));
    part = sr_str_cut(&s, ',');
    assert_true(sr_str_is(part, "") && s.p);
    part = sr_str_cut(&s, ',');
    assert_true(sr_str_is(part, "d") && !s.p && s.n == 0);
    assert_true(sr_str_is(sr_str_trim(SR_LIT(" \t\r\nx y\n")), "x y"));
    assert_int_equal(sr_str_trim(SR_LIT("  \n")).n, 0);
    assert_int_equal(sr_str_trim(SR_STR_NONE).n, 0);
    assert_true(sr_str_starts(SR_LIT("talks"), "tal") && !sr_str_starts(SR_LIT("ta"), "tal"));
    assert_true(sr_str_ends(SR_LIT("talks"), "lks") && !sr_str_ends(SR_LIT("ks"), "lks"));
    assert_true(sr_str_starts(SR_STR_NONE, "") && sr_str_ends(SR_STR_NONE, ""));
    assert_true(sr_str_cmp(SR_LIT("ab"), SR_LIT("abc")) < 0);
    assert_true(sr_str_cmp(SR_LIT("b"), SR_LIT("abc")) > 0);
    assert_true(sr_str_cmp(SR_LIT("\xC3\xA9"), SR_LIT("z")) > 0);
    assert_int_equal(sr_str_cmp(SR_STR_NONE, SR_LIT("")), 0);
}

static void numbers(void **state) {
    (void)state;
    uint64_t v = 7;
    assert_true(sr_str_u64(SR_LIT("0"), &v) && v == 0);
    assert_true(sr_str_u64(SR_LIT("18446744073709551615"), &v) && v == UINT64_MAX);
    assert_false(sr_str_u64(SR_LIT("18446744073709551616"), &v));
    assert_false(sr_str_u64(SR_LIT(""), &v));
    assert_false(sr_str_u64(SR_LIT("-1"), &v));
    assert_false(sr_str_u64(SR_LIT("1 "), &v));
    assert_true(v == UINT64_MAX);
}

static void arena_blocks(void **state) {
    (void)state;
    sr_arena a;
    sr_arena_init(&a, 0);
    unsigned char *blocks[400];
    for (size_t i = 0; i < 400; i++) {
        size_t n = i * 37 % 1000;
        blocks[i] = sr_arena_alloc(&a, n);
        assert_int_equal((uintptr_t)blocks[i] % 16, 0);
        memset(blocks[i], (int)i & 0xFF, n);
    }
    for (size_t i = 0; i < 400; i++)
        for (size_t k = 0; k < i * 37 % 1000; k++) assert_int_equal(blocks[i][k], i & 0xFF);

    /* Growing keeps what was there, in place for the newest block and elsewhere for others. */
    char *p = sr_arena_alloc(&a, 10), *q;
    memcpy(p, "123456789", 10);
    q = sr_arena_grow(&a, p, 10, 40);
    assert_ptr_equal(p, q);
    sr_arena_alloc(&a, 1);
    q = sr_arena_grow(&a, q, 40, 5000000);
    assert_ptr_not_equal(p, q);
    assert_string_equal(q, "123456789");
    assert_ptr_equal(sr_arena_grow(&a, q, 5000000, 3), q);
    assert_non_null(sr_arena_grow(&a, NULL, 0, 8));

    unsigned char *z = sr_arena_zalloc(&a, 100);
    for (int i = 0; i < 100; i++) assert_int_equal(z[i], 0);
    sr_str s = sr_arena_printf(&a, "%s-%d", "x", 12);
    assert_true(sr_str_is(s, "x-12"));
    s = sr_arena_dup(&a, SR_STR_NONE);
    assert_int_equal(s.n, 0);
    assert_int_equal(s.p[0], 0);

    SR_VEC(int) v = {0};
    for (int i = 0; i < 1000; i++) SR_PUSH(&a, &v, i);
    for (int i = 0; i < 1000; i++) assert_int_equal(v.v[i], i);

    sr_arena_clear(&a);
    assert_int_equal(a.used, 0);
    assert_non_null(sr_arena_alloc(&a, 1));
    sr_arena_release(&a);
    sr_arena_release(&a);
}

static void arena_limit(void **state) {
    (void)state;
    sr_arena a;
    jmp_buf back;
    volatile int blocks = 0;
    sr_arena_init(&a, 10000);
    a.recover = &back;
    int why = setjmp(back);
    if (why == 0) {
        for (;;) {
            sr_arena_alloc(&a, 100);
            blocks++;
        }
    }
    assert_int_equal(why, SR_ELIMIT);
    assert_in_range(blocks, 50, 100);
    why = setjmp(back);
    if (why == 0) sr_arena_alloc(&a, SIZE_MAX - 5);
    assert_int_not_equal(why, 0);
    sr_arena_clear(&a);
    why = setjmp(back);
    if (why == 0) sr_arena_alloc(&a, 5000); /* the budget is whole again */
    assert_int_equal(why, 0);
    sr_arena_release(&a);
}

static void buffers(void **state) {
    (void)state;
    sr_buf b;
    sr_buf_init(&b);
    for (int i = 0; i < 1000; i++) sr_buf_printf(&b, "%d,", i);
    sr_buf_char(&b, 'x');
    sr_buf_put(&b, NULL, 0);
    sr_buf_str(&b, SR_STR_NONE);
    sr_buf_z(&b, "yz");
    assert_false(b.failed);
    assert_int_equal(b.n, strlen(b.p));
    assert_int_equal(strncmp(b.p, "0,1,2,", 6), 0);
    assert_string_equal(b.p + b.n - 7, "999,xyz");
    sr_buf_reset(&b);
    assert_int_equal(b.n, 0);
    sr_buf_put(&b, "a\0b", 3);
    assert_memory_equal(b.p, "a\0b", 4);
    b.failed = true; /* as after a failed allocation: further writes are ignored */
    sr_buf_z(&b, "more");
    assert_int_equal(b.n, 3);
    sr_buf_release(&b);
    sr_buf_init(&b);
    sr_buf_printf(&b, "%s", "");
    assert_string_equal(b.p, "");
    sr_buf_release(&b);
}

/* Files hold these values: a change here breaks every model and codebook. */
static void hash_is_fixed(void **state) {
    (void)state;
    assert_true(sr_hash("", 0, 0) == UINT64_C(0x83916c6e186a52cb));
    assert_true(sr_hash("taliban", 7, 0) == UINT64_C(0xd26934e36bffd38e));
    assert_true(sr_hash("Khyber Pakhtunkhwa", 18, 1) == UINT64_C(0x85ae3b27cf9b28f9));
    /* Every length is a value of its own, zeros too. */
    static const char zeros[32];
    for (size_t i = 0; i < 32; i++)
        for (size_t k = 0; k < i; k++) assert_true(sr_hash(zeros, i, 5) != sr_hash(zeros, k, 5));
    /* Each bit of the input moves about half of the output, and the low bits of the hashes of a
     * counter fill a table about as evenly as chance would. */
    unsigned char key[16] = {1, 2, 3};
    uint64_t base = sr_hash(key, 16, 0), moved = 0;
    for (int bit = 0; bit < 128; bit++) {
        key[bit / 8] ^= (unsigned char)(1 << bit % 8);
        uint64_t x = sr_hash(key, 16, 0) ^ base;
        key[bit / 8] ^= (unsigned char)(1 << bit % 8);
        int ones = 0;
        for (; x; x &= x - 1) ones++;
        assert_in_range(ones, 12, 52);
        moved += (uint64_t)ones;
    }
    assert_in_range(moved, 128 * 30, 128 * 34);
    unsigned table[256] = {0};
    for (uint32_t i = 0; i < 65536; i++) table[sr_hash(&i, 4, 0) & 255]++;
    for (int i = 0; i < 256; i++) assert_in_range(table[i], 180, 340);
}

static void utf8_coding(void **state) {
    (void)state;
    char out[4];
    uint32_t cp;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c < 0xE000) continue;
        uint32_t n = sr_utf8_encode(out, c);
        if (sr_utf8_decode(out, n, &cp) != n || cp != c) fail_msg("U+%04X", c);
        if (n > 1 && (sr_utf8_decode(out, n - 1, &cp) != 1 || cp != 0xFFFD))
            fail_msg("U+%04X cut", c);
    }
    static const char *const bad[] = {"\x80",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xE0\x80\x80",
                                      "\xED\xA0\x80",
                                      "\xF0\x80\x80\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\xFF",
                                      "\xC3"
                                      "A",
                                      "\xE2\x82"
                                      "A"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t at = 99;
        char text[32];
        snprintf(text, sizeof text, "0123456789%s", bad[i]);
        assert_int_equal(sr_utf8_decode(bad[i], strlen(bad[i]), &cp), 1);
        assert_int_equal(cp, 0xFFFD);
        assert_false(sr_utf8_valid(text, strlen(text), &at));
        assert_int_equal(at, 10);
    }
    assert_int_equal(sr_utf8_encode(out, 0xD800), 3); /* as U+FFFD */
    assert_true(sr_utf8_valid(NULL, 0, NULL));
    assert_true(
        sr_utf8_valid("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80 plain ascii again", 28, NULL));
    assert_int_equal(sr_utf8_count("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 10), 4);
}

static void assert_fold(const char *in, const char *out) {
    sr_arena a;
    sr_arena_init(&a, 0);
    sr_str s = sr_str_fold(&a, sr_str_z(in));
    assert_string_equal(s.p, out);
    assert_int_equal(s.n, strlen(out));
    sr_arena_release(&a);
}

static void folding(void **state) {
    (void)state;
    assert_fold("", "");
    assert_fold("Khyber Pakhtunkhwa 12", "khyber pakhtunkhwa 12");
    assert_fold("ÉTÉ Straße Ångström", "ete strasse angstrom");
    assert_fold("Łódź Erdoğan İstanbul Đorđe", "lodz erdogan istanbul dorde");
    assert_fold("Əliyev Nguyễn Phú", "aliyev nguyen phu");
    assert_fold("e\u0301te\u0301", "ete");
    assert_fold("Sana\u2018a \u201Cquote\u201D \u2013 \u2026", "sana'a \"quote\" - ...");
    assert_fold("\u200Fmark\u00ADed", "marked");
    assert_fold("\uFF34\uFF34\uFF30 \uFB01n", "ttp fin");
    assert_fold("Путин", "путин");
    assert_fold("طالبان", "طالبان");
    assert_fold("\xFF", "\uFFFD");
    /* No code point writes more than its four bytes; folding twice changes nothing more. */
    char out[8], again[8];
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        memset(out, 'x', sizeof out);
        uint32_t n = sr_cp_fold(out, c);
        if (n > 4 || out[4] != 'x' || !sr_utf8_valid(out, n, NULL)) fail_msg("U+%04X", c);
        uint32_t cp, k = 0;
        for (uint32_t i = 0; i < n;) {
            i += sr_utf8_decode(out + i, n - i, &cp);
            k += sr_cp_fold(again + k, cp);
        }
        if (k != n || memcmp(out, again, n) != 0) fail_msg("U+%04X twice", c);
    }
}

static void letter_case(void **state) {
    (void)state;
    assert_true(sr_cp_upper('A') && sr_cp_upper(0xC9) && sr_cp_upper(0x416));
    assert_false(sr_cp_upper('a') || sr_cp_upper(0xE9) || sr_cp_upper(0xD7) || sr_cp_upper('1'));
    assert_true(sr_cp_alpha('z') && sr_cp_alpha(0xDF) && sr_cp_alpha(0x627) &&
                sr_cp_alpha(0x4E2D));
    assert_false(sr_cp_alpha('-') || sr_cp_alpha(0xF7) || sr_cp_alpha(0x2019) ||
                 sr_cp_alpha('@'));
    assert_int_equal(sr_cp_lower(0xC9), 0xE9);
    assert_int_equal(sr_cp_lower(0x416), 0x436);
    assert_true(sr_str_capital(SR_LIT("\"Kabul")) && sr_str_capital(SR_LIT("Éva")));
    assert_false(sr_str_capital(SR_LIT("al-Shabab")) || sr_str_capital(SR_LIT("123")));
    assert_true(sr_str_allcaps(SR_LIT("U.N.")) && sr_str_allcaps(SR_LIT("TTP")));
    assert_false(sr_str_allcaps(SR_LIT("A")) || sr_str_allcaps(SR_LIT("TTPs")) ||
                 sr_str_allcaps(SR_STR_NONE));
}

static void dates(void **state) {
    (void)state;
    assert_int_equal(sr_day_of(1970, 1, 1), 0);
    assert_int_equal(sr_day_of(1969, 12, 31), -1);
    assert_int_equal(sr_day_of(2000, 3, 1), 11017);
    assert_int_equal(sr_day_of(2023, 2, 29), SR_DAY_NONE);
    assert_int_equal(sr_day_of(1900, 2, 29), SR_DAY_NONE);
    assert_int_not_equal(sr_day_of(2000, 2, 29), SR_DAY_NONE);
    assert_int_equal(sr_day_of(2024, 13, 1), SR_DAY_NONE);
    assert_int_equal(sr_day_of(2024, 0, 1), SR_DAY_NONE);
    assert_int_equal(sr_day_of(0, 1, 1), SR_DAY_NONE);
    assert_int_equal(sr_day_weekday(0), 3);
    assert_int_equal(sr_day_weekday(-4), 6);
    assert_int_equal(sr_day_weekday(sr_day_of(2025, 10, 28)), 1);
    /* Every day of ten thousand years, there and back. */
    int32_t day = sr_day_of(1, 1, 1);
    int y, m, d, wd = sr_day_weekday(day);
    for (int year = 1; year <= 9999; year++)
        for (int month = 1; month <= 12; month++)
            for (int mday = 1; mday <= sr_days_in_month(year, month); mday++, day++) {
                sr_day_civil(day, &y, &m, &d);
                if (sr_day_of(year, month, mday) != day || y != year || m != month || d != mday ||
                    sr_day_weekday(day) != wd)
                    fail_msg("%d-%d-%d", year, month, mday);
                wd = (wd + 1) % 7;
            }
    char out[16];
    sr_day_print(out, sr_day_parse(SR_LIT("2025-10-28")));
    assert_string_equal(out, "2025-10-28");
    sr_day_print(out, sr_day_parse(SR_LIT("0987-01-02")));
    assert_string_equal(out, "0987-01-02");
    sr_day_print(out, SR_DAY_NONE);
    assert_string_equal(out, "");
    sr_day_print(out, INT32_MAX);
    sr_day_print(out, INT32_MIN + 1);
    static const char *const bad[] = {"", "2025-10-2", "2025-10-32", "2025/10/28", "2025-1x-28",
                                      "2025-10-28 ", "-025-10-28", "20251028"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(sr_day_parse(sr_str_z(bad[i])), SR_DAY_NONE);
}

static void errors(void **state) {
    (void)state;
    sr_error e = {SR_OK, 0, ""};
    assert_int_equal(sr_fail(&e, SR_EIO, 12, "%s: bad\nthing\x1B[1m", "f\xFF.txt"), SR_EIO);
    assert_string_equal(e.message, "f?.txt: bad thing [1m");
    assert_int_equal(e.status, SR_EIO);
    assert_int_equal(e.position, 12);
    assert_int_equal(sr_fail(NULL, SR_ELIMIT, 0, "x"), SR_ELIMIT);
    /* Cut at the end of a code point. */
    char longer[1200] = "";
    for (int i = 0; i < 300; i++) strcat(longer, "\xE2\x82\xAC");
    sr_fail(&e, SR_EIO, 0, "%s", longer);
    assert_int_equal(strlen(e.message), 255);
    assert_true(sr_utf8_valid(e.message, 255, NULL));
    sr_fail(&e, SR_EIO, 0, "a%s", longer);
    assert_int_equal(strlen(e.message), 253);
}

static void files(void **state) {
    (void)state;
    char *p = NULL;
    size_t n = 77;
    sr_error e;
    assert_int_equal(sr_file_read(&p, &n, "/", 0, &e), SR_EIO);
    assert_string_equal(e.message, "/: is a directory");
    assert_int_equal(sr_file_read(&p, &n, "/no/such/file", 0, &e), SR_EIO);
    assert_string_equal(e.message, "/no/such/file: no such file");
    assert_null(p);
    assert_int_equal(n, 77);

    char name[] = "/tmp/sitrep_t_base_XXXXXX";
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_int_equal(sr_file_read(&p, &n, name, 10, &e), SR_OK);
    assert_int_equal(n, 0);
    assert_string_equal(p, "");
    free(p);
    for (int i = 0; i < 100000; i++)
        if (write(fd, "0123456789", 10) != 10) fail();
    close(fd);
    assert_int_equal(sr_file_read(&p, &n, name, 1000000, &e), SR_OK);
    assert_int_equal(n, 1000000);
    assert_int_equal(p[n], 0);
    assert_int_equal(p[n - 1], '9');
    free(p);
    assert_int_equal(sr_file_read(&p, &n, name, 999999, &e), SR_ELIMIT);
    assert_non_null(strstr(e.message, name));
    unlink(name);
    /* A file whose size is not known beforehand. */
    assert_int_equal(sr_file_read(&p, &n, "/dev/null", 0, &e), SR_OK);
    assert_int_equal(n, 0);
    free(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings),       cmocka_unit_test(numbers),
        cmocka_unit_test(arena_blocks),  cmocka_unit_test(arena_limit),
        cmocka_unit_test(buffers),       cmocka_unit_test(hash_is_fixed),
        cmocka_unit_test(utf8_coding),   cmocka_unit_test(folding),
        cmocka_unit_test(letter_case),   cmocka_unit_test(dates),
        cmocka_unit_test(errors),        cmocka_unit_test(files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
