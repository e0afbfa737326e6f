/* vote.c - one tree from several: the projective tree whose arcs have most votes (Eisner 1996), as in
 * the reparsing of Sagae and Lavie (2006).
 */
#include "train/internal.h"

#define N TR_VOTE_WORDS

/* Spans [i][j]: `left` with its head at j, `right` with its head at i; open ones are missing the
 * inner half of their dependent. */
typedef struct chart {
    int16_t votes[N][N]; /* [head][dependent] */
    int16_t left[N][N], right[N][N], open[N][N]; /* open: less the arc itself */
    int8_t left_at[N][N], right_at[N][N], open_at[N][N];
} chart;

static void fill(chart *c, int n) {
    for (int i = 0; i < n; i++) c->left[i][i] = c->right[i][i] = 0;
    for (int len = 1; len < n; len++)
        for (int i = 0, j = len; j < n; i++, j++) {
            int best = -1;
            for (int k = i; k < j; k++) {
                int v = c->right[i][k] + c->left[k + 1][j];
                if (v <= best) continue;
                best = v;
                c->open_at[i][j] = (int8_t)k;
            }
            c->open[i][j] = (int16_t)best;
            int left = -1, right = -1;
            for (int k = i; k < j; k++) {
                int v = c->left[i][k] + c->open[k][j] + c->votes[j][k];
                if (v > left) left = v, c->left_at[i][j] = (int8_t)k;
                v = c->open[i][k + 1] + c->votes[i][k + 1] + c->right[k + 1][j];
                if (v > right) right = v, c->right_at[i][j] = (int8_t)(k + 1);
            }
            c->left[i][j] = (int16_t)left;
            c->right[i][j] = (int16_t)right;
        }
}

static void read_left(const chart *c, int i, int j, int16_t *head);

static void read_right(const chart *c, int i, int j, int16_t *head) {
    if (i == j) return;
    int k = c->right_at[i][j], m = c->open_at[i][k];
    head[k] = (int16_t)i;
    read_right(c, i, m, head);
    read_left(c, m + 1, k, head);
    read_right(c, k, j, head);
}

static void read_left(const chart *c, int i, int j, int16_t *head) {
    if (i == j) return;
    int k = c->left_at[i][j], m = c->open_at[k][j];
    head[k] = (int16_t)j;
    read_left(c, i, k, head);
    read_right(c, k, m, head);
    read_left(c, m + 1, j, head);
}

void tr_vote_tree(const int16_t *const *heads, int n_voters, int n, int16_t *head) {
    static chart c;
    int16_t root[N] = {0};
    for (int h = 0; h < n; h++) memset(c.votes[h], 0, sizeof *c.votes[h] * (size_t)n);
    for (int k = 0; k < n_voters; k++)
        for (int i = 0; i < n; i++) {
            int16_t *v = heads[k][i] < 0 ? &root[i] : &c.votes[heads[k][i]][i];
            *v = (int16_t)(*v + 16 + (k == 0));
        }
    fill(&c, n);
    int best = 0, top = -1;
    for (int r = 0; r < n; r++) {
        int v = c.left[0][r] + c.right[r][n - 1] + root[r];
        if (v > top) top = v, best = r;
    }
    head[best] = -1;
    read_left(&c, 0, best, head);
    read_right(&c, best, n - 1, head);
}
