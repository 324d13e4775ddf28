# `make demo` and `make test` install what is missing and run on a fresh Debian 12, Ubuntu or macOS machine that has
# Swift 6.1 or later.

SWIFT ?= swift
DEMO  ?= .build/demo

.PHONY: demo test fuzz build lint deps test-deps clean

demo: build
	.build/release/optimize-assets Assets/sample-blog --output $(DEMO)

build: deps
	$(SWIFT) build -c release --product optimize-assets

test: test-deps
	OPTIMIZE_ASSETS_TEST=1 $(SWIFT) test

# Each property for that many seconds; see Tests/Fuzz/run.
SECONDS ?= 600
fuzz: deps
	Tests/Fuzz/run all $(SECONDS)

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

deps:
	@.ci/install build

test-deps:
	@.ci/install test

clean:
	rm -rf .build
