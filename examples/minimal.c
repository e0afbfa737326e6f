/* minimal.c - codes one sentence and prints its record:
 *
 *   cc minimal.c $(pkg-config --cflags --libs sitrep) -o minimal && ./minimal
 */
#include <sitrep.h>
#include <stdio.h>
#include <string.h>

int main(void) {
    const char *text = "Gunmen killed at least five soldiers near Gao on Sunday, Mali's army said.";
    const sr_metadata about = {.id = "report-1", .date = "2025-10-28"};
    sr_engine *engine = NULL;
    sr_coder *coder = NULL;
    const sr_record *record;
    sr_output out = {0};
    sr_error err = {0};

    if (sr_engine_new(&engine, NULL, &err) == SR_OK &&
        sr_coder_new(&coder, engine, NULL, &err) == SR_OK &&
        sr_code_text(coder, &record, text, strlen(text), &about, &err) == SR_OK &&
        sr_record_render(&out, record, NULL, &err) == SR_OK)
        fwrite(out.data, 1, out.size, stdout);
    else
        fprintf(stderr, "%s\n", err.message);

    sr_output_release(&out);
    sr_coder_free(coder);
    sr_engine_free(engine);
    return err.status != SR_OK;
}
