# The only build file.
#
#   make            build/release/sitrep, libsitrep.a, libsitrep.so
#   make demo       builds, then codes an example article
#   make check      every test; the last line says how many passed, failed, were skipped
#   make bench      speed, on this machine
#   make install    PREFIX=/usr/local DESTDIR=
#   make deps       Debian packages that are missing (packages.txt)
#   make clean
#
#   V=release|debug|asan|cov|fuzz   variant; each has its own folder below build/
#   CC=clang                        another compiler; whatever it touches is rebuilt
#   BUILD=folder                    instead of build/
#   VERBOSE=1                       whole command lines
#   ONLY="base read"                library of these folders alone, to work on an early stage
#                                   while a later one does not compile:
#                                   make ONLY="base read" build/release/tests/t_read
#
# Sources are found by wildcard: src/*/*.c, tests/unit/t_*.c, tests/fuzz/fuzz_*.c.

V ?= release
ifeq ($(origin CC),default)
CC := $(if $(filter fuzz,$(V)),$(firstword $(notdir $(wildcard /usr/bin/clang /usr/bin/clang-[0-9]*)) clang),gcc)
endif
AR := $(if $(filter default,$(origin AR)),ar,$(AR))
PREFIX ?= /usr/local
BUILD ?= build
B := $(BUILD)/$(V)
VERSION := $(shell sed -n 's/^.define SITREP_VERSION "\(.*\)"/\1/p' include/sitrep.h)

# ---- flags ----------------------------------------------------------------------------------

VFLAGS_release := -O2 -g
VFLAGS_debug := -O0 -g3
VFLAGS_asan := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
VFLAGS_cov := -O0 -g --coverage
VFLAGS_fuzz := -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
               -fno-sanitize-recover=all
ifeq ($(VFLAGS_$(V)),)
$(error V=$(V): no such variant; there are release debug asan cov fuzz)
endif

# No contraction of a*b+c and no value-changing options: the same bytes in give the same record
# out on every machine.
CPPFLAGS += -D_POSIX_C_SOURCE=200809L -Iinclude -Isrc
CFLAGS_ALL = -std=c11 $(VFLAGS_$(V)) -Wall -Wextra -Wstrict-prototypes \
             -ffp-contract=off -fPIC -fno-semantic-interposition $(CFLAGS)
LDLIBS_ALL = -lutf8proc -ljson-c -lm -lpthread $(LDLIBS)
COMPILE = $(CC) $(CPPFLAGS) $(CFLAGS_ALL) -MMD -MP
LINK = $(CC) $(CFLAGS_ALL) $(LDFLAGS)
# $(call say,what) shows one short line instead of the command.
say = $(if $(VERBOSE),,@printf '  %-5s %s\n' '$(1)' '$@' &&) 

# ---- what there is --------------------------------------------------------------------------

FOLDERS := $(if $(ONLY),$(ONLY),$(filter-out cli,$(notdir $(patsubst %/,%,$(wildcard src/*/)))))
obj = $(patsubst %.c,$(B)/obj/%.o,$(1))
LIB_OBJ := $(call obj,$(sort $(foreach d,$(FOLDERS),$(wildcard src/$(d)/*.c))))
CLI_OBJ := $(call obj,$(sort $(wildcard src/cli/*.c)))
empty :=
space := $(empty) $(empty)
LIB := $(B)/libsitrep$(if $(ONLY),-$(subst $(space),-,$(strip $(ONLY)))).a
SO := $(B)/libsitrep.so
PROGRAM := $(if $(CLI_OBJ),$(B)/sitrep)

UNIT := $(patsubst tests/unit/%.c,$(B)/tests/%,$(sort $(wildcard tests/unit/t_*.c)))
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ := $(patsubst tests/fuzz/%.c,$(B)/tests/%,$(FUZZ_SRC))
CORPUS_RUN := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/run_corpus.c))

# The codebook is compiled by a program of ours, which stands on the early stages only. Until
# those files exist an empty resource is built in, which the program reports as unusable.
BOOK_TEXT := $(sort $(shell find codebook -type f 2>/dev/null))
BOOK_TOOL := $(wildcard tools/codebookc.c)
BOOK := $(B)/codebook.bin
BOOK_LIB_OBJ := $(filter-out %/builtin_codebook.o %/builtin_model.o,\
    $(call obj,$(sort $(foreach d,base read parse know,$(wildcard src/$(d)/*.c)))))
MODEL := $(firstword $(wildcard model/sitrep.model) $(B)/empty)
LEMMAS := $(firstword $(wildcard model/lemmas.txt) $(B)/empty)

.DEFAULT_GOAL := all
.PHONY: all build tests fuzz demo check bench install clean deps FORCE
.DELETE_ON_ERROR:
.SECONDARY:

# Work is handed to a second make, so that steps keep their order and use every core.
JOBS = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || echo 2))

all:
	@$(MAKE) --no-print-directory $(JOBS) build

build: $(LIB) $(if $(ONLY),,$(SO)) $(PROGRAM)
tests: build $(UNIT) $(FUZZ) $(CORPUS_RUN)
fuzz: $(FUZZ)

# ---- objects --------------------------------------------------------------------------------

# Holds the command line; touched only when that changes.
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(COMPILE) $(LDLIBS_ALL)' | cmp -s - $@ || echo '$(COMPILE) $(LDLIBS_ALL)' > $@

$(B)/obj/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(COMPILE) -c -o $@ $<

# Plain loops over arrays, which only the vectoriser makes fast where there is no AVX2.
ifeq ($(V),release)
$(B)/obj/src/parse/kernel.o: private CFLAGS += -O3
endif

$(B)/obj/src/know/builtin_codebook.o: private CPPFLAGS += -DSR_CODEBOOK_PATH='"$(BOOK)"'
$(B)/obj/src/know/builtin_codebook.o: $(BOOK)
$(B)/obj/src/parse/builtin_model.o: private CPPFLAGS += -DSR_MODEL_PATH='"$(MODEL)"'
$(B)/obj/src/parse/builtin_model.o: $(MODEL)
$(B)/obj/src/parse/builtin_lemmas.o: private CPPFLAGS += -DSR_LEMMAS_PATH='"$(LEMMAS)"'
$(B)/obj/src/parse/builtin_lemmas.o: $(LEMMAS)

$(B)/empty:
	@mkdir -p $(@D)
	@test -f $@ || : > $@

ifneq (,$(BOOK_TOOL))
$(B)/codebookc.a: $(BOOK_LIB_OBJ)
	@rm -f $@
	$(call say,AR)$(AR) rcs $@ $^

$(B)/codebookc: $(B)/obj/tools/codebookc.o $(B)/codebookc.a
	$(call say,LINK)$(LINK) -o $@ $^ $(LDLIBS_ALL)

# The folders too, so that a removed file is noticed.
$(B)/kernels: $(B)/obj/tools/kernels.o $(LIB)
	$(call say,LINK)$(LINK) -o $@ $^ $(LDLIBS_ALL)

$(BOOK): $(B)/codebookc $(BOOK_TEXT) $(sort $(dir $(BOOK_TEXT)))
	$(call say,BOOK)$(B)/codebookc $@ codebook
else
$(BOOK): $(B)/empty
	cp $< $@
endif

# ---- library, program, tests -----------------------------------------------------------------

$(LIB): $(LIB_OBJ)
	@mkdir -p $(@D)
	@rm -f $@
	$(call say,AR)$(AR) rcs $@ $^

# The shared library shows what sitrep.h declares and nothing else.
$(B)/exports.map: include/sitrep.h
	@mkdir -p $(@D)
	@names=$$(grep -oE '\bsr_[a-z0-9_]+\(' $< | tr '(' ';' | sort -u | tr '\n' ' '); \
	echo "{ $${names:+global: $$names} local: *; };" > $@

$(SO): $(LIB_OBJ) $(B)/exports.map
	$(call say,LINK)$(LINK) -shared -Wl,-soname,libsitrep.so.0 -Wl,--version-script=$(B)/exports.map \
	    -o $@ $(LIB_OBJ) $(LDLIBS_ALL)

$(B)/sitrep: $(CLI_OBJ) $(LIB)
	$(call say,LINK)$(LINK) -o $@ $^ $(LDLIBS_ALL)

$(B)/tests/t_%: $(B)/obj/tests/unit/t_%.o $(LIB)
	@mkdir -p $(@D)
	$(call say,LINK)$(LINK) -o $@ $^ -lcmocka $(LDLIBS_ALL)

$(B)/tests/run_corpus: $(B)/obj/tests/run_corpus.o $(LIB)
	@mkdir -p $(@D)
	$(call say,LINK)$(LINK) -o $@ $^ $(LDLIBS_ALL)

ifeq ($(V),fuzz)
$(B)/tests/fuzz_%: $(B)/obj/tests/fuzz/fuzz_%.o $(LIB)
	@mkdir -p $(@D)
	$(call say,LINK)$(LINK) -fsanitize=fuzzer -o $@ $^ $(LDLIBS_ALL)
else
# Without libFuzzer a driver feeds the files that it is given.
$(B)/tests/fuzz_%: $(B)/obj/tests/fuzz/fuzz_%.o $(B)/obj/tests/fuzz/driver.o $(LIB)
	@mkdir -p $(@D)
	$(call say,LINK)$(LINK) -o $@ $^ $(LDLIBS_ALL)
endif

-include $(patsubst %.o,%.d,$(LIB_OBJ) $(CLI_OBJ) $(BOOK_LIB_OBJ)) $(wildcard $(B)/obj/t*/*.d $(B)/obj/t*/*/*.d)

# ---- for people ------------------------------------------------------------------------------

deps:
	@tools/deps packages.txt

demo: deps
	@$(MAKE) --no-print-directory $(JOBS) V=release build
	$(BUILD)/release/sitrep code --format table examples/talks-in-istanbul.txt

check: deps
	@$(MAKE) --no-print-directory $(JOBS) V=release tests
	@$(MAKE) --no-print-directory $(JOBS) V=asan tests
	@tests/run $(BUILD)

bench:
	@$(MAKE) --no-print-directory $(JOBS) V=release build $(BUILD)/release/kernels
	@SITREP=$(BUILD)/release/sitrep KERNELS=$(BUILD)/release/kernels bench/run

install:
	@$(MAKE) --no-print-directory $(JOBS) V=$(V) build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/lib/pkgconfig
	$(if $(PROGRAM),install -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/sitrep)
	install -m 644 include/sitrep.h $(DESTDIR)$(PREFIX)/include/sitrep.h
	install -m 644 $(LIB) $(DESTDIR)$(PREFIX)/lib/libsitrep.a
	install -m 755 $(SO) $(DESTDIR)$(PREFIX)/lib/libsitrep.so.0
	ln -sf libsitrep.so.0 $(DESTDIR)$(PREFIX)/lib/libsitrep.so
	sed -e 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|' sitrep.pc.in \
	    > $(DESTDIR)$(PREFIX)/lib/pkgconfig/sitrep.pc
	if [ -f docs/sitrep.1 ]; then install -D -m 644 docs/sitrep.1 \
	    $(DESTDIR)$(PREFIX)/share/man/man1/sitrep.1; fi

clean:
	rm -rf $(BUILD)/release $(BUILD)/debug $(BUILD)/asan $(BUILD)/cov $(BUILD)/fuzz
