# Two commands are enough: `make demo` and `make test`. Both install the Debian packages that are missing.
SHELL := /bin/bash
SWIFT ?= swift
PREFIX ?= /usr/local
SECONDS ?= 120
RUNS ?= 10000
CASES ?= 100
FILTER ?=
# For builds of the tests: CI leaves out what only a debugger needs.
TEST_BUILD ?=
# The slow tests: those that start programs, open terminals, wait, or look at thousands of screens. A suite tells it by its name.
SLOW := ^EndToEndTests\.|SlowTests/
# Of these runs the fast tests take a sample.
SAMPLED := SimulationTests/moneyIsSafe
# The fast ones run a few at a time, so that none waits long for a processor while its own limits of time run.
FAST_WIDTH ?= 4
RELEASE := .build/release
# Each function in a section of its own, for the linker to leave out or put in order, and types of generic values made
# without a search of all conformances (docs/decisions/0036). Nothing is looked for beside the programs.
RELEASE_BUILD = $(SWIFT) build -c release --static-swift-stdlib --disable-local-rpath -Xswiftc -Xfrontend \
	-Xswiftc -function-sections -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
PACKAGES := libncursesw5-dev libcurl4-openssl-dev libsqlite3-dev

.PHONY: help setup build demo test test-all test-build check lint format imports screens widths names fuzz terminals bench install clean simulate crash-test scale-test api-fuzz bench-server sanitize soak link-order

help: ## These targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the Debian packages that are missing
	@.ci/setup $(PACKAGES)

build: setup ## Build the release binaries: .build/release/vitrine and vitrine-server
	@echo "vitrine: building the release (the first time takes several minutes)"
	@$(RELEASE_BUILD) --product vitrine
	@$(RELEASE_BUILD) --product vitrine-server
	@echo "vitrine: built $(RELEASE)/vitrine and $(RELEASE)/vitrine-server"

demo: build ## Open the viewer on a server of its own
	@$(RELEASE)/vitrine demo

test: test-build ## Run the fast tests, in about a minute; FILTER=WORDS takes some of them
	@echo "vitrine: running the fast tests"
	@VITRINE_SIMULATION_RUNS=30 SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=$(FAST_WIDTH) \
		$(SWIFT) test --skip-build $(if $(FILTER),--filter '$(FILTER)') --skip '$(SLOW)'

test-all: $(if $(FILTER),test-build,test) ## Run all tests: also those that start programs, open terminals and wait; FILTER=WORDS takes some
	@# A reader of QR codes, what kills programs at system calls, and a browser; without them tests say that they were left out.
	@.ci/setup zbar-tools strace chromium
	@echo "vitrine: running $(if $(FILTER),all tests of $(FILTER),the slow tests)"
	@$(SWIFT) test --skip-build --filter '$(if $(FILTER),$(FILTER),$(SLOW)|$(SAMPLED))'

test-build: setup
	@# Unicode's own samples.
	@.ci/setup unicode-data
	@echo "vitrine: building the tests (the first time takes several minutes)"
	@$(SWIFT) build --build-tests $(TEST_BUILD)

lint: ## Look for what swift format would change, suites that share a name or belong to the slow ones, and folders that use others
	@echo "vitrine: lint"
	@.ci/check-suites
	@.ci/feature-graph
	@$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Themes

format: ## Format all sources
	@$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests Themes

imports: ## Compare every import with the manifest
	@.ci/check-imports

check: ## All that CI runs
	@.ci/run

screens: setup ## Record the golden screens and the pictures anew; look at the difference before you commit it
	@VITRINE_RECORD_SCREENS=1 $(SWIFT) test --filter ViewerUITests
	@git status --short Tests/ViewerUITests/Screens docs

widths: ## Generate the tables of Text anew from Debian's unicode-data
	@.ci/setup unicode-data
	@python3 Sources/Text/Generate/width-table.py > Sources/Text/WidthTable.swift
	@python3 Sources/Text/Generate/line-break-table.py > Sources/Text/LineBreakTable.swift

names: ## Generate the table of characters that look alike anew from Debian's python3-confusable-homoglyphs
	@.ci/setup python3-confusable-homoglyphs
	@python3 Sources/ShowServer/Generate/confusable-table.py > Sources/ShowServer/Names/ConfusableTable.swift

fuzz: ## Let libFuzzer look for text that leaves its field and for replies that end the program, SECONDS (120) each
	@.ci/fuzz field $(SECONDS)
	@.ci/fuzz decoder $(SECONDS)

api-fuzz: build ## Ask the server all that its document describes, rightly and wrongly, about CASES (100) times for each operation (docs/server.md)
	@.ci/api-fuzz $(RELEASE)/vitrine-server $(CASES)

bench-server: build ## Measure the server beside Hummingbird alone (docs/performance.md)
	@.ci/setup wrk python3
	@$(RELEASE_BUILD) --product BareServer
	@.ci/bench-server $(RELEASE)

scale-test: build ## Watch shows with 50, 500 and 5 000 viewers through nginx and count what reaches the server (docs/scaling.md)
	@.ci/setup nginx-light wrk
	@.ci/scale-test $(RELEASE)/vitrine-server

sanitize: setup ## Run the tests under AddressSanitizer, then under ThreadSanitizer (each is a build of its own)
	@.ci/sanitize address
	@.ci/sanitize thread

soak: SECONDS = 1800
soak: build ## Watch a busy show for SECONDS (1800), of a shop that invents with SHOP=invents; fail when anything grows
	@.ci/soak $(SECONDS) $(SHOP)

simulate: setup ## Let RUNS (10000) simulated shoppers buy while everything breaks
	@$(SWIFT) build --build-tests
	@VITRINE_SIMULATION_RUNS=$(RUNS) $(SWIFT) test --skip-build --no-parallel --filter SimulationTests

crash-test: setup ## Kill and cut off the real programs at every point of a purchase, and print the table
	@.ci/setup strace
	@$(SWIFT) build --build-tests
	@VITRINE_CRASH_MATRIX=whole $(SWIFT) test --skip-build --no-parallel --filter CrashMatrixTests

terminals: ## Open the viewer in xterm and tmux and keep what they show, in THEMES (terminal)
	@$(SWIFT) build --product vitrine && $(SWIFT) build --product vitrine-server
	@.ci/terminals $(THEMES)

link-order: build ## Record which functions of the viewer run, for the linker to lay them side by side
	@.ci/link-order

bench: build ## Measure the viewer from outside, beside newsboat and WeeChat; fail when a figure is missed
	@.ci/bench

install: build ## Install into PREFIX (/usr/local)
	@install -Dm755 $(RELEASE)/vitrine $(DESTDIR)$(PREFIX)/bin/vitrine
	@install -Dm755 $(RELEASE)/vitrine-server $(DESTDIR)$(PREFIX)/bin/vitrine-server
	@echo "vitrine: installed in $(DESTDIR)$(PREFIX)/bin"

clean: ## Remove what was built
	@$(SWIFT) package clean
