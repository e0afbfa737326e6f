/* t_train.c - the trainer's parts that can be tested without corpora: the vote on trees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "train/internal.h"

#define N 5

static bool is_projective_tree(const int16_t *head, int n) {
    int roots = 0;
    for (int i = 0; i < n; i++) {
        int steps = 0;
        for (int h = i; h >= 0; h = head[h])
            if (steps++ > n) return false;
        roots += head[i] < 0;
    }
    for (int i = 0; i < n; i++) {
        if (head[i] < 0) continue;
        int from = i < head[i] ? i : head[i], to = i < head[i] ? head[i] : i;
        for (int k = from + 1; k < to; k++) { /* all between hang below the head */
            int h = k;
            while (h >= 0 && h != head[i]) h = head[h];
            if (h < 0) return false;
        }
    }
    return roots == 1;
}

static int votes_for(const int16_t *const *heads, int voters, int n, const int16_t *head) {
    int votes = 0;
    for (int k = 0; k < voters; k++)
        for (int i = 0; i < n; i++)
            votes += (heads[k][i] < 0 ? -1 : heads[k][i]) == head[i] ? 16 + (k == 0) : 0;
    return votes;
}

/* The next assignment of heads -1 .. n-1; false after the last. */
static bool next_heads(int16_t *head, int n) {
    for (int i = 0; i < n; i++) {
        if (++head[i] < n) return true;
        head[i] = -1;
    }
    return false;
}

static void the_tree_with_most_votes_wins(void **state) {
    (void)state;
    tr_rng rng = {7};
    for (int round = 0; round < 40; round++) {
        int16_t each[3][N], got[N], all[N];
        const int16_t *heads[3] = {each[0], each[1], each[2]};
        for (int k = 0; k < 3; k++)
            for (int i = 0; i < N; i++) {
                do each[k][i] = (int16_t)((int)tr_below(&rng, N + 1) - 1);
                while (each[k][i] == i);
            }
        tr_vote_tree(heads, 3, N, got);
        assert_true(is_projective_tree(got, N));
        int most = 0;
        for (int i = 0; i < N; i++) all[i] = -1;
        do {
            if (!is_projective_tree(all, N)) continue;
            int v = votes_for(heads, 3, N, all);
            if (v > most) most = v;
        } while (next_heads(all, N));
        assert_int_equal(votes_for(heads, 3, N, got), most);
    }
}

static void one_voter_is_right(void **state) {
    (void)state;
    static const int16_t tree[] = {1, -1, 3, 1, 5, 6, 3};
    const int16_t *heads[] = {tree};
    int16_t got[7];
    tr_vote_tree(heads, 1, 7, got);
    assert_memory_equal(got, tree, sizeof tree);
    static const int16_t word[] = {-1};
    heads[0] = word;
    tr_vote_tree(heads, 1, 1, got);
    assert_int_equal(got[0], -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_with_most_votes_wins),
        cmocka_unit_test(one_voter_is_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
