# `make demo` and `make test` install what is missing and run on a fresh Debian 12, Ubuntu 24.04 or macOS machine that has
# Swift 6.1 or later.

SWIFT ?= swift
DEMO  ?= .build/demo

.PHONY: demo test fresh fuzz benchmark docs build install packages libvips lint deps test-deps package-deps clean

# The version at a release's tag. Between two of them, what is built here says that it is in development: were it to name
# the commit, each one would be linked anew.
RELEASE = $(shell Config/packaging/version | grep -v '[+]')

demo: build
	.build/release/optimize-assets Assets/sample-blog --output $(DEMO)

# Without debug information, which nobody reads in a release and which is a sixth of the compiler's work. Package.swift says
# how far each target is optimized (CONTRIBUTING.md has the figures).
RELEASE_BUILD = $(SWIFT) build -c release -debug-info-format none --product optimize-assets

build: deps
# Nor for other modules to take code in: neither a scan nor a run is slower for it, and the compiler is done sooner.
	$(if $(RELEASE),OPTIMIZE_ASSETS_VERSION=$(RELEASE)) $(RELEASE_BUILD) -Xswiftc -disable-cmo

# The program with its manual and completions, for those who build: make install PREFIX=~/.local. Swift's runtime is inside
# where Swift can do that, so that the program outlives the toolchain.
PREFIX ?= /usr/local
STATIC = $(if $(filter Linux,$(shell uname)),--static-swift-stdlib --scratch-path .build/static -Xlinker -s)
install:
	OPTIMIZE_ASSETS_VERSION=$$(Config/packaging/version) \
	  $(RELEASE_BUILD) --disable-local-rpath $(STATIC) $(SWIFT_FLAGS)
	Config/packaging/install \
	  "$$($(SWIFT) build -c release --show-bin-path $(STATIC) $(SWIFT_FLAGS))/optimize-assets" "$(PREFIX)"

# All packages, in dist/; see Config/packaging/README.md.
packages: package-deps
	Config/packaging/make-packages

# The tests of what calls libvips, with the libvips that the packages bring in place of the system's.
libvips: test-deps
	Tests/Libvips/run

test: test-deps
	SWIFT="$(SWIFT)" Tests/run

# Both commands on a bare Debian system in a folder; see Tests/Fresh/run. FRESH=demo runs one.
fresh:
	Tests/Fresh/run $(FRESH)

# Each property for that many seconds, and what that came to: inputs and places reached; see Tests/Fuzz/run.
SECONDS ?= 600
fuzz: deps
	Tests/Fuzz/run all $(SECONDS)

# Runs, their floors and peers, in turn; see Tests/Benchmarks/README.md. BENCHMARK="--site ../my-blog" measures a site.
benchmark: deps
	Tests/Benchmarks/run $(BENCHMARK)

# The guides and the documentation of the library product's modules, a site in .build/docs. A warning fails it.
# `docc` comes with Swift's toolchains: it is looked for on the path and beside swift, or named with DOCC=. A server of that
# folder shows it at /documentation/assetpipeline.
DOCC ?= $(firstword $(shell command -v docc) $(wildcard $(dir $(realpath $(shell command -v $(SWIFT))))docc) docc)
CATALOG = Sources/Pipeline/AssetPipeline/AssetPipeline.docc
docs: deps
	$(SWIFT) build
	rm -rf .build/symbols .build/docs .build/debug/../symbolgraph && mkdir .build/symbols
# It asks for every target's, and fails for the one in C, which is given the package's C++ standard; the others are written.
	$(SWIFT) package dump-symbol-graph --minimum-access-level public >.build/symbols/log 2>&1 || true
	for module in AssetPipeline AssetModel SystemResources; do \
	  cp .build/debug/../symbolgraph/$$module.symbols.json .build/symbols || exit 1; done
	$(DOCC) convert $(CATALOG) --warnings-as-errors --transform-for-static-hosting \
	  --fallback-display-name optimize-assets --fallback-bundle-identifier optimize-assets \
	  --additional-symbol-graph-dir .build/symbols --output-dir .build/docs

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

deps:
	@.ci/install build

test-deps:
	@.ci/install test

package-deps:
	@.ci/install packages

clean:
	rm -rf .build
