# Dateline. `make demo` and `make check` set a fresh machine up by themselves; see README.md.
#
#   V=1     show the commands            SAN=address,undefined   build with sanitizers
#   DEV=1   warnings are errors          PREFIX= DESTDIR=        where `make install` puts it

VERSION := 0.1.0
PREFIX  ?= /usr/local
DESTDIR ?=
CC      ?= gcc
CXX     ?= g++

comma   := ,
VARIANT := $(if $(SAN),san-$(subst $(comma),-,$(SAN)),release)
B       := build/$(VARIANT)
BIN     := $(if $(SAN),$(B)/bin,bin)
Q       := $(if $(V),,@)
SAY      = $(if $(V),@:,@printf '  %-8s %s\n')

OPT      := $(if $(SAN),-O1 -g -fno-omit-frame-pointer -fsanitize=$(SAN) -fno-sanitize-recover=all,-O2 -g)
WARN     := -Wall -Wextra -Wshadow -Wpointer-arith -Wwrite-strings $(if $(DEV),-Werror)
WARN_C   := -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition
CPPFLAGS += -D_GNU_SOURCE -Iinclude -DDATELINE_VERSION='"$(VERSION)"'
CFLAGS   += -std=c11 $(OPT) $(WARN) $(WARN_C) -pthread
CXXFLAGS += -std=c++17 $(OPT) $(WARN) -pthread
LDFLAGS  += $(if $(SAN),-fsanitize=$(SAN)) -pthread
LIBS     := -lxapian -lstemmer -lutf8proc -lcjson -lmd4c -lxxhash -ldeflate

LIB_SOURCES      := $(wildcard lib/base/*.c lib/text/*.c lib/entity/*.c lib/entity/tagger/*.c lib/index/*.c lib/index/*.cc lib/command/*.c)
INDEXER_SOURCES  := $(wildcard indexer/*.c indexer/*/*.c)
SEARCHER_SOURCES := $(wildcard searcher/*.c searcher/*/*.c)
TRAIN_SOURCES    := $(wildcard lib/entity/train/*.c)
object = $(patsubst %,$(B)/%.o,$(1))

.PHONY: all
all: $(BIN)/dateline $(BIN)/dateline-index $(BIN)/dateline-search

# ---- programs ----

$(B)/libdateline.a: $(call object,$(LIB_SOURCES))
	$(SAY) AR $@
	$(Q)rm -f $@ && ar rcs $@ $^

$(BIN)/dateline-index: $(call object,$(INDEXER_SOURCES)) $(B)/libdateline.a
$(BIN)/dateline-search: $(call object,$(SEARCHER_SOURCES)) $(B)/libdateline.a
$(BIN)/dateline: $(call object,lib/front/dateline.c) $(B)/libdateline.a
$(BIN)/dateline $(BIN)/dateline-index $(BIN)/dateline-search:
	$(SAY) LINK $@
	$(Q)mkdir -p $(@D) && $(CXX) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/%.c.o: %.c
	$(SAY) CC $<
	$(Q)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/%.cc.o: %.cc
	$(SAY) CXX $<
	$(Q)mkdir -p $(@D) && $(CXX) $(CPPFLAGS) $(CXXFLAGS) -MMD -MP -c -o $@ $<

# Where programs that are not installed find the model.
$(B)/lib/entity/name_model.c.o: CPPFLAGS += -DSOURCE_MODEL='"$(CURDIR)/lib/entity/data/names.model"'

-include $(shell find $(B) -name '*.d' 2>/dev/null)

# ---- the model of the tagger ----

# Learning is all arithmetic on short rows. The same sums in the same order, so the same model as without.
ifeq ($(SAN),)
$(B)/lib/entity/train/%.c.o $(B)/lib/entity/tagger/decode.c.o: CFLAGS += -O3 -fno-math-errno
endif

# Made anew from hand-tagged texts, word classes and lists of names; DATA= names the folder that has them.
MODEL := lib/entity/data/names.model

$(B)/dateline-train: $(call object,$(TRAIN_SOURCES)) $(B)/libdateline.a
	$(SAY) LINK $@
	$(Q)mkdir -p $(@D) && $(CXX) $(LDFLAGS) -o $@ $^ $(LIBS)

.PHONY: model
model:
	$(if $(DATA),,$(error make model needs DATA=, the folder with the hand-tagged texts))
	$(call setup,build model)
	+$(Q)$(MAKE) --no-print-directory $(B)/dateline-train
	$(Q)lib/entity/train/model.sh $(B)/dateline-train $(DATA) $(MODEL)

# ---- set-up ----

# make sure that the packages for what is to be done are there; quick when they are
setup = $(Q)tests/setup.sh $(1)

# ---- tests ----

# Everything of the two programs but their main functions, for the suites.
ROOMS      := $(call object,$(filter-out %/main.c,$(INDEXER_SOURCES) $(SEARCHER_SOURCES)))
UNIT_TESTS := $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c))
FUZZERS    := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
REPLAYS    := $(patsubst %,$(B)/fuzz/%,$(FUZZERS))
TOOLS      := $(B)/faults/fault.so $(B)/random $(B)/hostile $(B)/compare $(B)/change $(B)/build_index
BENCHES    := $(patsubst %,$(B)/bench/%,tagger search_export search_speed index_stages index_shares grow)

$(B)/librooms.a: $(ROOMS)
	$(SAY) AR $@
	$(Q)rm -f $@ && ar rcs $@ $^

$(B)/tests/%: $(B)/tests/unit/%.c.o $(B)/librooms.a $(B)/libdateline.a
	$(SAY) LINK $@
	$(Q)mkdir -p $(@D) && $(CXX) $(LDFLAGS) -o $@ $^ $(LIBS) -lcheck -lsubunit -lm -lrt

$(B)/fuzz/%: $(B)/tests/fuzz/fuzz_%.c.o $(B)/tests/fuzz/replay.c.o $(B)/librooms.a $(B)/libdateline.a
	$(SAY) LINK $@
	$(Q)mkdir -p $(@D) && $(CXX) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/random $(B)/hostile $(B)/build_index: $(B)/%: $(B)/tests/%.c.o $(B)/librooms.a $(B)/libdateline.a
	$(SAY) LINK $@
	$(Q)mkdir -p $(@D) && $(CXX) $(LDFLAGS) -o $@ $^ $(LIBS)

# They know libxapian and nothing of ours, so that neither can hide a fault of the other.
$(B)/compare: $(call object,tests/compare.cc tests/compare_spoilt.cc)
$(B)/change: $(call object,tests/change.cc)
$(B)/compare $(B)/change:
	$(SAY) LINK $@
	$(Q)mkdir -p $(@D) && $(CXX) $(LDFLAGS) -o $@ $^ -lxapian

# Loaded into a program under test, so it is never built with sanitizers.
$(B)/faults/fault.so: tests/faults/fault.c
	$(SAY) CC $<
	$(Q)mkdir -p $(@D) && $(CC) -std=c11 -D_GNU_SOURCE -O2 $(WARN) $(WARN_C) -fPIC -shared -o $@ $< -ldl

.SECONDARY:
.PHONY: programs check check-set-up check-release check-threads check-valgrind check-long
programs: all $(UNIT_TESTS) $(REPLAYS) $(TOOLS) $(B)/dateline-train $(BENCHES)

# The sanitized programs are built first: a build that fails should do so before the tests take their time.
check: check-set-up
	+$(Q)$(MAKE) --no-print-directory programs
	+$(Q)$(MAKE) --no-print-directory programs SAN=address,undefined
	+$(Q)$(MAKE) --no-print-directory check-release
	+$(Q)$(MAKE) --no-print-directory check-release SAN=address,undefined
	+$(Q)$(MAKE) --no-print-directory check-threads SAN=thread
	+$(Q)$(MAKE) --no-print-directory check-valgrind
	@echo 'all tests passed'

check-set-up:
	$(call setup,build test)

# One variant of the programs: this one.
check-release: programs
	$(Q)tests/run.sh $(B) $(BIN)

# With SAN=thread.
check-threads: $(BIN)/dateline-index $(B)/tests/test_bulk_builder $(B)/tests/test_writer_bulk
	$(Q)tests/threads.sh $(B) $(BIN)

check-valgrind: programs
	$(Q)tests/valgrind.sh $(B) $(BIN)

# The sweeps that take too long for every day; DATA= names a folder with articles in JSON Lines.
check-long: check-set-up programs
	$(Q)tests/long.sh $(B) $(BIN) $(DATA)

# ---- demo ----

.PHONY: demo
demo:
	$(call setup,build)
	+$(Q)$(MAKE) --no-print-directory all
	$(Q)tests/demo.sh $(BIN)

# ---- measurements ----

.PHONY: bench
bench:
	$(call setup,build bench)
	+$(Q)$(MAKE) --no-print-directory all
	$(Q)tests/bench/run.sh $(BIN) $(DATA)

# How good the ranking is; DATA= names a folder with ir/ in it, packed by zstd as the texts of the model are.
.PHONY: bench-relevance
bench-relevance:
	$(call setup,build model)
	+$(Q)$(MAKE) --no-print-directory all
	$(Q)tests/bench/relevance.sh $(BIN) $(DATA)

# The tagger alone.
$(B)/bench/tagger: $(B)/tests/bench/tagger.c.o $(B)/libdateline.a
	$(SAY) LINK $@
	$(Q)mkdir -p $(@D) && $(CXX) $(LDFLAGS) -o $@ $^ $(LIBS)

.PHONY: bench-entities
bench-entities:
	$(call setup,build bench)
	+$(Q)$(MAKE) --no-print-directory all $(B)/bench/tagger
	$(Q)tests/bench/entities.sh $(BIN) $(B)/bench/tagger $(MODEL) $(DATA)

# Searches beside Lucene's; DATA= names a folder with abp.jsonl and reuters21578.jsonl.
$(B)/bench/search_%: $(B)/tests/bench/search_%.c.o $(B)/librooms.a $(B)/libdateline.a
	$(SAY) LINK $@
	$(Q)mkdir -p $(@D) && $(CXX) $(LDFLAGS) -o $@ $^ $(LIBS)

.PHONY: bench-search
bench-search:
	$(if $(DATA),,$(error make bench-search needs DATA=, the folder with the articles))
	$(call setup,build bench)
	+$(Q)$(MAKE) --no-print-directory all $(B)/bench/search_export $(B)/bench/search_speed $(B)/hostile
	$(Q)tests/bench/search.sh $(BIN) $(B) $(DATA)

# Building an index from nothing beside FTS5 and Lucene; DATA= as above.
$(B)/bench/index_fts: $(B)/tests/bench/index_fts.c.o
	$(SAY) LINK $@
	$(Q)mkdir -p $(@D) && $(CC) $(LDFLAGS) -o $@ $^ -lsqlite3 -lcjson

$(B)/bench/index_stages: $(B)/tests/bench/index_stages.c.o $(B)/librooms.a $(B)/libdateline.a
	$(SAY) LINK $@
	$(Q)mkdir -p $(@D) && $(CXX) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/bench/index_shares: $(B)/tests/bench/index_shares.cc.o
	$(SAY) LINK $@
	$(Q)mkdir -p $(@D) && $(CXX) $(LDFLAGS) -o $@ $^ -lxapian

$(B)/bench/grow: $(B)/tests/bench/grow.c.o $(B)/tests/bench/grow_read.c.o
	$(SAY) LINK $@
	$(Q)mkdir -p $(@D) && $(CC) $(LDFLAGS) -o $@ $^ -lm

INDEX_BENCHES := $(patsubst %,$(B)/bench/%,index_fts index_stages index_shares)

.PHONY: bench-index bench-scale
bench-index:
	$(if $(DATA),,$(error make bench-index needs DATA=, the folder with the articles))
	$(call setup,build bench)
	+$(Q)$(MAKE) --no-print-directory all $(INDEX_BENCHES) $(if $(BENCH_LIVE),$(B)/build_index)
	$(Q)tests/bench/index.sh $(BIN) $(B) $(DATA)

# How the time of an article grows with their number, on articles made from reuters21578.jsonl in DATA.
bench-scale:
	$(if $(DATA),,$(error make bench-scale needs DATA=, the folder with the articles))
	$(call setup,build bench)
	+$(Q)$(MAKE) --no-print-directory all $(B)/bench/grow
	$(Q)tests/bench/scale.sh $(BIN) $(B) $(DATA)

# ---- fuzzing ----

# FUZZ_SECONDS a target; with clang, in a variant of its own.
FUZZ_SECONDS ?= 60
F := build/fuzz

.PHONY: fuzz
fuzz:
	$(call setup,build fuzz)
	+$(Q)$(MAKE) --no-print-directory B=$(F) CC=clang CXX=clang++ SAN=fuzzer-no-link,address,undefined fuzzers
	$(Q)tests/fuzz/run.sh $(F) $(FUZZ_SECONDS) $(FUZZERS)

.PHONY: fuzzers
fuzzers: $(patsubst %,$(B)/libfuzzer/%,$(FUZZERS))

$(B)/libfuzzer/%: $(B)/tests/fuzz/fuzz_%.c.o $(B)/librooms.a $(B)/libdateline.a
	$(SAY) LINK $@
	$(Q)mkdir -p $(@D) && $(CXX) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

# ---- looks ----

SOURCES := $(shell find include indexer searcher lib tests -name '*.c' -o -name '*.h' -o -name '*.cc' -o -name '*.hh')
SCRIPTS := $(shell find tests lib .ci -name '*.sh' -o -path '.ci/run') lib/front/dateline.bash
PAGES   := $(wildcard lib/front/*.1 indexer/*.1 searcher/*.[17])

.PHONY: fmt lint
fmt:
	$(call setup,lint)
	$(Q)clang-format -i $(SOURCES)

lint:
	$(call setup,build test lint)
	$(Q)clang-format --dry-run --Werror $(SOURCES)
	$(Q)shellcheck -x -P SCRIPTDIR -P tests $(SCRIPTS)
	$(Q)mandoc -T lint -W warning $(PAGES)
	$(Q)printf '%s\n' $(filter %.c,$(SOURCES)) | xargs -P "$$(nproc)" -n 4 tests/tidy.sh c11
	$(Q)printf '%s\n' $(filter %.cc,$(SOURCES)) | xargs -P "$$(nproc)" -n 1 tests/tidy.sh c++17

# ---- installing ----

MAN   := $(DESTDIR)$(PREFIX)/share/man
SHARE := $(DESTDIR)$(PREFIX)/share/dateline
CARD  := $(MODEL:.model=.md)

.PHONY: install uninstall clean
install: all
	$(Q)install -d $(DESTDIR)$(PREFIX)/bin $(SHARE) $(MAN)/man1 $(MAN)/man7 $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	$(Q)install $(BIN)/dateline $(BIN)/dateline-index $(BIN)/dateline-search $(DESTDIR)$(PREFIX)/bin
	$(Q)install -m 644 $(MODEL) $(CARD) $(SHARE)
	$(Q)install -m 644 $(filter %.1,$(PAGES)) $(MAN)/man1
	$(Q)install -m 644 $(filter %.7,$(PAGES)) $(MAN)/man7
	$(Q)install -m 644 lib/front/dateline.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/dateline

uninstall:
	$(Q)rm -f $(patsubst %,$(DESTDIR)$(PREFIX)/bin/%,dateline dateline-index dateline-search)
	$(Q)rm -f $(patsubst %,$(SHARE)/%,$(notdir $(MODEL) $(CARD))) && { rmdir $(SHARE) 2>/dev/null || :; }
	$(Q)rm -f $(patsubst %,$(MAN)/man1/%,$(notdir $(filter %.1,$(PAGES)))) $(patsubst %,$(MAN)/man7/%,$(notdir $(filter %.7,$(PAGES))))
	$(Q)rm -f $(DESTDIR)$(PREFIX)/share/bash-completion/completions/dateline

clean:
	$(Q)rm -rf build bin
