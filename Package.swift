// swift-tools-version: 6.1
import PackageDescription

// Debug builds of the measure of perceived quality are fifty times slower, which makes tests with real images last for
// hours, so it is optimized in them as well. Packages that are checked out for another one must not set such flags.
let isDependency =
  Context.packageDirectory.contains("/checkouts/") && Context.environment["OPTIMIZE_ASSETS_TEST"] == nil
let optimized: [SwiftSetting] = isDependency ? [] : [.unsafeFlags(["-O"], .when(configuration: .debug))]
// Two thirds of a release build are Swift's optimizer. For size it takes less time than for speed and costs the program
// nothing that can be measured; and a target that has no loop over bytes or pixels of its own needs none.
let small: [SwiftSetting] = isDependency ? [] : [.unsafeFlags(["-Osize"], .when(configuration: .release))]
let plain: [SwiftSetting] = isDependency ? [] : [.unsafeFlags(["-Onone"], .when(configuration: .release))]

// vips.pc gathers the flags of all that libvips was built with, among them one (OpenEXR's -pthread) that SwiftPM
// refuses with a warning for each target. Debian's headers need GLib's folders alone, and the module map links vips.
// Homebrew keeps every library in a folder of its own, so there the flags of vips.pc are needed.
#if os(macOS)
let vipsPackage = "vips"
#else
let vipsPackage = "gobject-2.0"
#endif

// toml++ is used by its headers alone, and the flags of its .pc file are for its shared library: SwiftPM warns of them.
// Debian's headers need no flag at all, Homebrew's a folder.
#if os(macOS)
let tomlPackage: String? = "tomlplusplus"
#else
let tomlPackage: String? = nil
#endif

// What `--version` says. Its one home are the git tags: Config/packaging/version reads them for the Makefile and the
// packages, and hands them on as an environment variable. SwiftPM's own Context.gitInformation would do, but manifests are
// cached by their text and the environment, and a tag changes neither: a build after it would still tell the one before.
let version: [CSetting] =
  Context.environment["OPTIMIZE_ASSETS_VERSION"].map { text in
    // Nothing that would be more to a compiler than the middle of a string.
    let plain = text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || ".+-~".contains($0)) }
    return [.define("OPTIMIZE_ASSETS_VERSION", to: "\"\(plain)\"")]
  } ?? []

/// The floors of the house, from the ground up: a target imports from its own floor and from those below it. ARCHITECTURE.md
/// draws them, and a test holds them to it.
enum Floor: String {
  case foundation, web, scanning, rendering, rewriting, checking, pipeline

  var folder: String { "Sources/" + rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

func target(
  _ name: String, on floor: Floor, _ dependencies: [Target.Dependency] = [], exclude: [String] = [],
  embedded: [String] = [], swiftSettings: [SwiftSetting]? = nil
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "\(floor.folder)/\(name)", exclude: exclude,
    resources: embedded.map { .embedInCode($0) }, swiftSettings: swiftSettings ?? small)
}

func library(_ name: String, pkgConfig: String?, providers: [SystemPackageProvider]) -> Target {
  .systemLibrary(name: name, path: "Sources/Libraries/\(name)", pkgConfig: pkgConfig, providers: providers)
}

/// The tests of a target, which may use it and `others`.
func tests(_ name: String, _ others: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(name: name + "Tests", dependencies: [.byName(name: name)] + others, exclude: exclude)
}

let package = Package(
  name: "optimize-assets",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "optimize-assets", targets: ["optimize-assets"]),
    // With the values that it hands out, and what its calls take.
    .library(name: "AssetPipeline", targets: ["AssetPipeline", "AssetModel", "SystemResources"]),
  ],
  targets: [
    // Libraries: what Debian and Homebrew package, each imported by one target of ours.

    // Decodes, resizes and encodes images.
    library(
      "CVips", pkgConfig: vipsPackage,
      providers: [.apt(["libvips-dev"]), .brew(["vips"])]),
    // CommonMark as GitHub has it: which texts of a post are images.
    library(
      "CCmarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
    // HTML as a browser parses it.
    library(
      "CGumbo", pkgConfig: "gumbo",
      providers: [.apt(["libgumbo-dev"]), .brew(["gumbo-parser"])]),
    // SHA-256 at hardware speed: every source, variant and post is known by its digest.
    library(
      "CNettle", pkgConfig: "nettle",
      providers: [.apt(["nettle-dev"]), .brew(["nettle"])]),
    // The cache's index: write-ahead logging, safe for several processes at once.
    library(
      "CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
    // YAML front matter and configuration as Jekyll's own parser reads it, with the marks that put a line on an error.
    library(
      "CYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    // TOML front matter and configuration (Hugo, Zola), whose values a parser of our own would get wrong.
    library(
      "CTomlPlusPlus", pkgConfig: tomlPackage,
      providers: [.apt(["libtomlplusplus-dev"]), .brew(["tomlplusplus"])]),
    .target(name: "CTOML", dependencies: ["CTomlPlusPlus"], path: "Sources/Libraries/CTOML"),
    // The version, and nothing else: the only thing that is compiled again where it changes.
    .target(name: "CVersion", path: "Sources/Libraries/CVersion", cSettings: version),
    // What Linux offers a process that wants to be held to little, which the C library has no functions for.
    .target(name: "CConfinement", path: "Sources/Libraries/CConfinement"),

    // Two folders that change places at once, for which Swift's view of the C library has no function.
    .target(name: "CExchange", path: "Sources/Libraries/CExchange"),

    // Foundation: the words and tools that every floor shares.

    // Command lines: parsing, help, completions and the man page from one list of options.
    target("Arguments", on: .foundation, swiftSettings: plain),
    // YAML and TOML as values with their places.
    target("DataFormats", on: .foundation, ["CYAML", "CTOML"]),
    // What the process may use of the machine, work spread over it, digests, and git.
    target("SystemResources", on: .foundation, ["CNettle"]),
    // Safe file access below a site's root.
    target("SiteFiles", on: .foundation, ["CExchange"]),
    // The vocabulary that every stage shares; the manifest is its JSON.
    target("AssetModel", on: .foundation, ["SystemResources"]),
    // What earlier runs made and found out: an index in SQLite and files addressed by digest.
    target(
      "AssetCache", on: .foundation, ["AssetModel", "CSQLite", "SiteFiles", "SystemResources"]),

    // Web: what browsers do, with no knowledge of the project. HTML as a browser's parser sees it; CSS from its tokens to
    // the rules that match an element; and which image a browser downloads: srcset, sizes, media and type.
    target("Web", on: .web, ["CGumbo", "SiteFiles"]),

    // Scanning: from a site's files to its image references.
    target(
      "PostScanner", on: .scanning,
      ["AssetCache", "AssetModel", "CCmarkGFM", "DataFormats", "SiteFiles", "SystemResources", "Web"]),
    target(
      "PageScanner", on: .scanning, ["AssetCache", "AssetModel", "SiteFiles", "SystemResources", "Web"]),
    // The site's own generator as the judge of what its posts show.
    target(
      "GeneratorOracle", on: .scanning, ["AssetModel", "SiteFiles", "SystemResources", "Web"],
      embedded: ["Doors/Scripts"], swiftSettings: plain),

    // Rendering: from sources to variants. It never meets Markdown.
    target("VariantPlanner", on: .rendering, ["AssetModel"]),
    target("Vips", on: .rendering, ["CVips"]),
    // How alike two pictures look (SSIMULACRA2), and what else loops over pixels: no dependency, and flags of its own.
    target("Perception", on: .rendering, swiftSettings: optimized),
    target(
      "VariantWorkers", on: .rendering,
      [
        "AssetCache", "AssetModel", "CConfinement", "Perception", "SiteFiles", "SystemResources",
        "VariantPlanner", "Vips", "Web",
      ], swiftSettings: plain),

    // Rewriting: from posts and variants to responsive markup.
    //
    // What a site's stylesheets, scripts and layouts mean for the markup of its images.
    target(
      "ThemeAnalysis", on: .rewriting, ["AssetModel", "DataFormats", "PageScanner", "SiteFiles", "Web"]),
    // The markup, and the journal of what was done to a site's own files.
    target(
      "PostRewriter", on: .rewriting, ["AssetModel", "SiteFiles", "SystemResources"]),

    // Checking: what pages weigh, what they look like, and what is said about it.
    //
    // Headless Chromium over its DevTools pipe, a server for the pages it opens, and whether two builds look the same.
    target(
      "Browser", on: .checking, ["SiteFiles", "SystemResources", "Web"], embedded: ["Measurements/Scripts"],
      swiftSettings: plain),
    // Image weight by page and device, judged by budgets, and one file a report format.
    target(
      "SizeBudget", on: .checking,
      ["AssetCache", "AssetModel", "PageScanner", "SiteFiles", "SystemResources", "Web"],
      embedded: ["Reporting/Page/report.css", "Reporting/Page/report.js"]),

    // Pipeline: the stages put together; the library that an embedder imports.
    target(
      "AssetPipeline", on: .pipeline,
      [
        "Arguments", "AssetCache", "AssetModel", "Browser", "DataFormats", "GeneratorOracle", "PageScanner",
        "PostRewriter",
        "PostScanner", "SiteFiles", "SizeBudget", "SystemResources", "ThemeAnalysis", "VariantPlanner",
        "VariantWorkers", "Web",
      ],
      // The guides and the reference: `make docs` builds them.
      exclude: ["AssetPipeline.docc"], swiftSettings: plain),

    // CommandLine: the commands and what they print.
    .executableTarget(
      name: "optimize-assets",
      dependencies: [
        "Arguments", "AssetCache", "AssetModel", "AssetPipeline", "CVersion", "SiteFiles", "SizeBudget",
        "SystemResources", "VariantWorkers", "Web",
      ],
      path: "Sources/CommandLine/optimize-assets", swiftSettings: plain),

    // What tests of several modules need.
    .target(
      name: "TestSupport", dependencies: ["DataFormats"], path: "Tests/TestSupport", exclude: ["Recorded"]),
    .testTarget(name: "HouseTests", dependencies: ["TestSupport"]),
    tests("Arguments"),
    tests("DataFormats"),
    tests("SystemResources", ["TestSupport"]),
    tests("SiteFiles", ["TestSupport"]),
    tests("AssetModel", ["TestSupport"]),
    tests("AssetCache", ["AssetModel", "SiteFiles", "TestSupport"]),
    tests(
      "Web", ["SiteFiles", "TestSupport"],
      exclude: ["ImageSelection/choices.json", "ImageSelection/record-choices"]),
    tests("PostScanner", ["AssetCache", "AssetModel", "DataFormats", "SiteFiles", "TestSupport"]),
    tests("PageScanner", ["AssetCache", "AssetModel", "SiteFiles", "SystemResources", "TestSupport", "Web"]),
    tests("GeneratorOracle", ["AssetModel", "PostScanner", "SiteFiles", "TestSupport"]),
    tests("VariantPlanner", ["AssetModel"]),
    tests("Vips"),
    tests("Perception", ["TestSupport", "Vips"]),
    tests(
      "VariantWorkers",
      [
        "AssetCache", "AssetModel", "SiteFiles", "SystemResources", "TestSupport", "VariantPlanner", "Vips",
        "Web",
      ]),
    tests("ThemeAnalysis", ["AssetModel", "SiteFiles", "TestSupport", "Web"]),
    tests("PostRewriter", ["AssetModel", "SiteFiles", "TestSupport", "VariantPlanner"]),
    tests("Browser", ["SiteFiles", "TestSupport"]),
    tests("SizeBudget", ["AssetModel", "SiteFiles", "TestSupport", "Web"], exclude: ["Reporting/Snapshots"]),
    tests(
      "AssetPipeline",
      [
        "AssetCache", "AssetModel", "DataFormats", "PostRewriter", "SiteFiles", "SizeBudget",
        "SystemResources",
        "TestSupport", "ThemeAnalysis", "VariantPlanner", "Web",
      ]),
    .testTarget(
      name: "PropertyTests",
      dependencies: [
        "Arguments", "AssetCache", "AssetModel", "AssetPipeline", "Browser", "DataFormats", "PageScanner",
        "PostRewriter", "PostScanner", "SiteFiles", "SizeBudget", "TestSupport", "VariantPlanner",
        "VariantWorkers", "Web",
      ]),
    .testTarget(
      name: "IntegrationTests",
      dependencies: [
        "AssetCache", "AssetModel", "AssetPipeline", "Browser", "DataFormats", "PostRewriter", "SiteFiles",
        "SizeBudget", "TestSupport", "Vips", "Web", "optimize-assets",
      ], exclude: ["Snapshots"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

// The fuzzer is built by Tests/Fuzz/run alone: it needs a sanitizer's runtime in place of `main`.
if Context.environment["OPTIMIZE_ASSETS_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Arguments", "AssetCache", "AssetModel", "AssetPipeline", "Browser", "DataFormats", "PageScanner",
        "PostRewriter", "PostScanner", "SiteFiles", "SizeBudget", "VariantPlanner", "VariantWorkers", "Web",
      ],
      path: "Tests/Fuzz", exclude: ["run", "dictionary", "Sanitized"],
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]
    ))
}

// Measures the memory of single steps for Tests/Benchmarks/Memory/make-table alone.
if Context.environment["OPTIMIZE_ASSETS_MEMORY"] != nil {
  package.targets.append(
    .executableTarget(
      name: "memory-table", dependencies: ["AssetModel", "SiteFiles", "VariantWorkers", "Vips"],
      path: "Tests/Benchmarks/Memory", exclude: ["make-table"]))
}

// Scores pairs of pictures for Tests/Perception/make-table alone.
if Context.environment["OPTIMIZE_ASSETS_PERCEPTION"] != nil {
  package.targets.append(
    .executableTarget(
      name: "perception-table", dependencies: ["Perception"], path: "Tests/Perception",
      exclude: ["make-table"]))
}

// The benchmark is built by Tests/Benchmarks/run alone.
if Context.environment["OPTIMIZE_ASSETS_BENCHMARK"] != nil {
  package.targets.append(
    .executableTarget(
      name: "benchmark",
      dependencies: [
        "Arguments", "AssetModel", "AssetPipeline", "Perception", "SiteFiles", "SystemResources",
        "ThemeAnalysis",
        "VariantPlanner", "VariantWorkers", "Vips",
      ],
      path: "Tests/Benchmarks", exclude: ["run", "make-site", "README.md", "Peers", "Memory"]))
}
