/* driver.c - main() for a fuzz target where there is no libFuzzer: feeds each file named on the
 * command line to the target, and a few inputs that are always worth trying, and prints TAP. A
 * target that fails aborts, which the runner sees.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static unsigned count;

static void feed(const char *name, const uint8_t *data, size_t n) {
    LLVMFuzzerTestOneInput(data, n);
    printf("ok %u - %s\n", ++count, name);
    fflush(stdout);
}

int main(int argc, char **argv) {
    static const uint8_t any[4] = {0};
    printf("1..%d\n", argc - 1 + 1);
    feed("nothing at all", any, 0);
    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        if (!f || fseek(f, 0, SEEK_END) != 0) {
            printf("not ok %u - %s: cannot be read\n", ++count, argv[i]);
            if (f) fclose(f);
            continue;
        }
        long size = ftell(f);
        rewind(f);
        /* Exactly as long as the input, so that a read past its end is seen. */
        uint8_t *data = malloc(size > 0 ? (size_t)size : 1);
        size_t n = data && size > 0 ? fread(data, 1, (size_t)size, f) : 0;
        fclose(f);
        if (data) feed(argv[i], data, n);
        free(data);
    }
    return 0;
}
