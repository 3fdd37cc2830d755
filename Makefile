# Placard: the two commands are `make demo` and `make test`; the others are for people who work on it.

PREFIX ?= /usr/local
BIN := .build/release/placard
# The build that is installed and measured, in a folder of its own, so that neither build undoes the other.
OPTIMIZED := .build/optimized/release/placard
DIST ?= .build/dist
SWIFT_FILES := Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources
SWIFT_BUILD := swift build -c release --static-swift-stdlib --product placard -debug-info-format none
# One file that needs the C library alone (Documentation/Decisions/one-file.md); on macOS the system has the rest.
ifeq ($(shell uname),Linux)
LINK := .build/link/flags
LINK_FLAGS = $$(cat $(LINK))
STRIP := -s
endif

.PHONY: demo test install dist build optimized dependencies venv bench bench-build bench-targeting fuzz soak lint format generate pictures help

help:
	@echo "make demo                 build the tool, compile this repository's own project into build/"
	@echo "make test                 run every test"
	@echo "make install PREFIX=DIR   install the tool as DIR/bin/placard, its man page and completions below DIR/share"
	@echo "make dist                 a .tar.gz and a .deb of the same in .build/dist"
	@echo "make bench                measure: bench-build against Hugo, bench-targeting against two other CELs"
	@echo "make fuzz                 projects and parsers, PLACARD_FUZZ_SECONDS each (20)"
	@echo "make soak                 200 releases (PLACARD_SOAK) and apps that follow them through faults and kills"
	@echo "make lint | format        check | apply the code style"
	@echo "make generate             write the generated sources anew"
	@echo "make pictures             take the documents' pictures of previews anew, with Chromium"
	@echo "make venv                 the Python tools that tests compare with, in .venv"

# What is missing on a fresh machine: C libraries. Says so when Swift is missing or too old.
dependencies:
	@Tests/Scripts/install-dependencies.sh build

build: dependencies $(LINK)
	@$(SWIFT_BUILD) $(LINK_FLAGS) $(SWIFT_FLAGS)

# Functions are specialized for callers in other modules, too, which costs this build time and saves all others some
# (Documentation/Benchmarks.md).
optimized: dependencies $(LINK)
	@$(SWIFT_BUILD) --scratch-path .build/optimized -Xswiftc -cross-module-optimization $(LINK_FLAGS) $(SWIFT_FLAGS)

.build/link/flags: Tests/Scripts/link-objects.py $(shell command -v swift) | dependencies
	@python3 Tests/Scripts/link-objects.py $(@D)

demo: build
	@$(BIN) build --project . --output build
	@echo
	@echo "Look at build/preview/index.html in a browser; apps read build/bundle/manifest.json."

test:
	@Tests/Scripts/install-dependencies.sh build
	@Tests/Scripts/run-tests.sh

install: optimized
	@install -d "$(DESTDIR)$(PREFIX)/bin"
	@install -m 755 $(STRIP) $(OPTIMIZED) "$(DESTDIR)$(PREFIX)/bin/placard"
	@python3 .packaging/share.py $(OPTIMIZED) "$(DESTDIR)$(PREFIX)/share"
	@echo "installed $(DESTDIR)$(PREFIX)/bin/placard"

# The same sources give the same archives (SOURCE_DATE_EPOCH, or the last commit, is their time).
dist: optimized
	@python3 .packaging/dist.py $(OPTIMIZED) "$(DIST)"

venv:
	@Tests/Scripts/install-dependencies.sh test

# Documentation/Benchmarks.md says what they measure.
bench: bench-build bench-targeting

bench-build: optimized venv
	@PLACARD_BIN=$(CURDIR)/$(OPTIMIZED) .venv/bin/python Tests/Scripts/bench.py

bench-targeting: optimized venv
	@swift build -c release --package-path Benchmarks --quiet
	@PLACARD_BIN=$(CURDIR)/$(OPTIMIZED) .venv/bin/python Tests/Scripts/bench-targeting.py

# Hostile projects through the tool, and libFuzzer on each parser; both scripts say what may be set.
fuzz: build venv
	@.venv/bin/python Tests/Scripts/fuzz-projects.py
	@.venv/bin/python Tests/Scripts/fuzz-parsers.py

# `make test` does it for 12 releases.
soak: build
	@swift build --quiet --product release-follower
	@PLACARD_SOAK=$${PLACARD_SOAK:-200} python3 Tests/Scripts/soak.py

lint:
	@swift format lint --strict --parallel --recursive $(SWIFT_FILES) && echo "lint: ok"

format:
	@swift format --in-place --parallel --recursive $(SWIFT_FILES)

generate: venv
	@.venv/bin/python Tests/Generators/wide-scalars.py
	@[ ! -d "$${PLACARD_CONFORMANCE:-../shared/conformance}/cldr" ] || .venv/bin/python Tests/Generators/generate-unit-tables.py
	@python3 Tests/Generators/embed-project-templates.py
	@python3 Tests/Generators/embed-preview-assets.py
	@swift build --quiet --product placard
	@.build/debug/placard schema --reference >.build/formats && mv .build/formats Documentation/Formats.md

# Pictures differ with the fonts of a machine, so that no test compares them.
pictures: build
	@PLACARD_BIN=$(CURDIR)/$(BIN) python3 Tests/Generators/preview-pictures.py
