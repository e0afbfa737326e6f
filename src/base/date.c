/* date.c - civil dates as day numbers, after Howard Hinnant's "chrono-compatible low-level date
 * algorithms": years start in March, so that the leap day comes last. No time of day, no zone.
 */
#include "base/date.h"

#include <stdio.h>

static bool leap(int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }

int sr_days_in_month(int year, int month) {
    static const unsigned char days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) return 0;
    return days[month - 1] + (month == 2 && leap(year));
}

int32_t sr_day_of(int year, int month, int day) {
    if (year < 1 || year > 9999 || day < 1 || day > sr_days_in_month(year, month))
        return SR_DAY_NONE;
    int y = year - (month <= 2);
    int era = y / 400;                                     /* y >= 0 here */
    int yoe = y - era * 400;                               /* [0, 399] */
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;       /* [0, 146096] */
    return era * 146097 + doe - 719468;
}

void sr_day_civil(int32_t day, int *year, int *month, int *mday) {
    int64_t z = (int64_t)day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;                      /* March is 0 */
    *mday = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

int sr_day_weekday(int32_t day) {
    int w = (int)(((int64_t)day + 3) % 7); /* 1970-01-01 was a Thursday */
    return w < 0 ? w + 7 : w;
}

static int digits(const char *p, int n) {
    int v = 0;
    for (int i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9') return -1;
        v = v * 10 + (p[i] - '0');
    }
    return v;
}

int32_t sr_day_parse(sr_str s) {
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-') return SR_DAY_NONE;
    return sr_day_of(digits(s.p, 4), digits(s.p + 5, 2), digits(s.p + 8, 2));
}

void sr_day_print(char out[16], int32_t day) {
    int y, m, d;
    out[0] = '\0';
    if (day == SR_DAY_NONE) return;
    sr_day_civil(day, &y, &m, &d);
    snprintf(out, 16, "%04d-%02u-%02u", y, (unsigned)m % 100, (unsigned)d % 100);
}
