/* date.h - civil dates as day numbers (proleptic Gregorian, 1970-01-01 = 0). */
#ifndef SR_DATE_H
#define SR_DATE_H

#include "base/base.h"

#define SR_DAY_NONE INT32_MIN

int32_t sr_day_of(int year, int month, int day); /* SR_DAY_NONE when there is no such date */
void sr_day_civil(int32_t day, int *year, int *month, int *mday);
int sr_day_weekday(int32_t day);                 /* 0 Monday .. 6 Sunday */
int sr_days_in_month(int year, int month);
int32_t sr_day_parse(sr_str iso);                /* "2025-10-28"; SR_DAY_NONE if it is not one */
void sr_day_print(char out[16], int32_t day);    /* "2025-10-28", NUL-terminated */

#endif
