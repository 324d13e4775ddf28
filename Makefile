# `make demo` and `make test` install what is missing and run on a fresh Debian 12, Ubuntu 24.04 or macOS machine that has
# Swift 6.1 or later.

SWIFT ?= swift
DEMO  ?= .build/demo

.PHONY: demo test fresh fuzz benchmark docs build lint deps test-deps clean

demo: build
	.build/release/optimize-assets Assets/sample-blog --output $(DEMO)

build: deps
	$(SWIFT) build -c release --product optimize-assets

test: test-deps
	OPTIMIZE_ASSETS_TEST=1 $(SWIFT) test

# Both commands on a bare Debian system in a folder; see Tests/Fresh/run. FRESH=demo runs one.
fresh:
	Tests/Fresh/run $(FRESH)

# Each property for that many seconds; see Tests/Fuzz/run.
SECONDS ?= 600
fuzz: deps
	Tests/Fuzz/run all $(SECONDS)

# Runs, their floors and peers, in turn; see Tests/Benchmarks/README.md. BENCHMARK="--site ../my-blog" measures a site.
benchmark: deps
	Tests/Benchmarks/run $(BENCHMARK)

# The documentation of the library product and of the values it hands out, a site in .build/docs.
DOCC ?= docc
docs: deps
	$(SWIFT) package dump-symbol-graph --minimum-access-level public
	rm -rf .build/symbols .build/docs && mkdir .build/symbols
	cp .build/debug/../symbolgraph/AssetPipeline.symbols.json .build/debug/../symbolgraph/Manifest.symbols.json .build/symbols
	$(DOCC) convert --fallback-display-name optimize-assets --fallback-bundle-identifier optimize-assets \
	  --additional-symbol-graph-dir .build/symbols --output-dir .build/docs

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

deps:
	@.ci/install build

test-deps:
	@.ci/install test

clean:
	rm -rf .build
