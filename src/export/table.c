#include "export/export.h"
void sr_table_write(sr_buf *out, const sr_doc_record *r, const sr_table_options *opt) { (void)out; (void)r; (void)opt; }
