// swift-tools-version: 6.1
import PackageDescription

// Debug builds of the measure of perceived quality are fifty times slower, which makes tests with real images last for
// hours, so it is optimised in them as well. Packages that are checked out for another one must not set such flags.
let isDependency =
  Context.packageDirectory.contains("/checkouts/") && Context.environment["OPTIMIZE_ASSETS_TEST"] == nil
let optimised: [SwiftSetting] = isDependency ? [] : [.unsafeFlags(["-O"], .when(configuration: .debug))]

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

let package = Package(
  name: "optimize-assets",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "optimize-assets", targets: ["optimize-assets"]),
    .library(name: "AssetPipeline", targets: ["AssetPipeline"]),
  ],
  targets: [
    // Decodes, resizes and encodes images.
    .systemLibrary(
      name: "CVips", pkgConfig: vipsPackage,
      providers: [.apt(["libvips-dev"]), .brew(["vips"])]),
    // CommonMark as GitHub has it: which texts of a post are images.
    .systemLibrary(
      name: "CCmarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
    // HTML as a browser parses it.
    .systemLibrary(
      name: "CGumbo", pkgConfig: "gumbo",
      providers: [.apt(["libgumbo-dev"]), .brew(["gumbo-parser"])]),
    // SHA-256 at hardware speed: every source, variant and post is known by its digest.
    .systemLibrary(
      name: "CNettle", pkgConfig: "nettle",
      providers: [.apt(["nettle-dev"]), .brew(["nettle"])]),
    // The cache's index: write-ahead logging, safe for several processes at once.
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
    // YAML front matter and configuration as Jekyll's own parser reads it, with the marks that put a line on an error.
    .systemLibrary(
      name: "CYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    // TOML front matter and configuration (Hugo, Zola), whose values a parser of our own would get wrong.
    .systemLibrary(
      name: "CTomlPlusPlus", pkgConfig: tomlPackage,
      providers: [.apt(["libtomlplusplus-dev"]), .brew(["tomlplusplus"])]),

    // What knows nothing of this program; each is the only importer of its C or C++ library.
    .target(name: "SHA256", dependencies: ["CNettle"]),
    .target(name: "SQLite", dependencies: ["CSQLite"]),
    .target(name: "YAML", dependencies: ["CYAML"]),
    .target(name: "CTOML", dependencies: ["CTomlPlusPlus"]),
    .target(name: "TOML", dependencies: ["CTOML"]),
    // Command lines: parsing, help, completions and the man page from one list of options.
    .target(name: "Arguments"),

    // The vocabulary that every stage shares, and safe file access below a site's root.
    .target(name: "Manifest", dependencies: ["SHA256"]),
    .target(name: "SiteFiles"),
    // What the process may use of the machine, and work spread over it.
    .target(name: "Machine"),
    // What earlier runs made and found out: an index in SQLite and files addressed by digest.
    .target(
      name: "AssetCache",
      dependencies: ["Machine", "Manifest", "SiteFiles", "SQLite"]),

    // The stages, in the order in which data flows.
    .target(
      name: "PostScanner",
      dependencies: [
        "AssetCache", "Machine", "Manifest", "SiteFiles", "CCmarkGFM", "YAML", "TOML",
      ]),
    .target(
      name: "PageScanner",
      dependencies: ["Machine", "Manifest", "SiteFiles", "RenderedHTML", "SourceSelection"]),
    // What built pages make a browser download: by picture, srcset, sizes, media, stylesheets.
    .target(
      name: "PageDownloads",
      dependencies: [
        "Machine", "Manifest", "PageScanner", "RenderedHTML", "SiteFiles", "SourceSelection", "ThemeStyles",
      ]),
    // The site's own generator as a judge of what its posts show.
    .target(name: "GeneratorJudge", dependencies: ["Machine", "Manifest", "SiteFiles", "RenderedHTML"]),
    // Headless Chromium over its DevTools pipe, and a server for the pages it opens.
    .target(name: "Chromium", dependencies: ["SiteFiles"]),
    // What pages look like in a browser, and whether two builds of them look the same.
    .target(name: "BrowserCheck", dependencies: ["Chromium"]),
    .target(name: "VariantPlanner", dependencies: ["Manifest"]),
    .target(name: "Vips", dependencies: ["CVips"]),
    // How alike two pictures look (SSIMULACRA2): a measure, with no dependency.
    .target(name: "Perception", swiftSettings: optimised),
    .target(
      name: "VariantWorkers",
      dependencies: [
        "AssetCache", "Machine", "Manifest", "Perception", "SiteFiles", "VariantPlanner", "Vips",
      ]),
    .target(name: "PostRewriter", dependencies: ["Manifest", "SiteFiles"]),
    // Image weight by page and device, judged by budgets.
    .target(name: "SizeBudget", dependencies: ["Manifest"]),
    // What a check came to, for people and machines: one file a format; and the report as a page.
    .target(name: "Reporting", dependencies: ["Manifest", "SizeBudget"]),
    // Which image a browser downloads: srcset, sizes, media and type. It knows nothing of the project.
    .target(name: "SourceSelection"),
    // What a site's stylesheets and layouts mean for the markup of its images.
    .target(name: "ThemeStyles", dependencies: ["Manifest", "SiteFiles"]),
    // What was done to a site's own files: the ledger, and what the author's text is without it.
    .target(name: "InPlace", dependencies: ["Machine", "Manifest", "SiteFiles"]),
    .target(
      name: "AssetPipeline",
      dependencies: [
        "AssetCache", "Machine", "Manifest", "SiteFiles", "PageDownloads", "PageScanner", "PostScanner",
        "GeneratorJudge", "SourceSelection",
        "VariantPlanner",
        "VariantWorkers", "PostRewriter", "InPlace", "SizeBudget", "Reporting", "ThemeStyles", "BrowserCheck",
        "Chromium", "RenderedHTML", "SHA256", "YAML",
      ]),
    // The version, and nothing else: the only thing that is compiled again where it changes.
    .target(name: "CVersion", cSettings: version),
    .executableTarget(
      name: "optimize-assets",
      dependencies: [
        "CVersion", "VariantWorkers", "AssetPipeline", "AssetCache", "BrowserCheck", "Machine", "Manifest",
        "Reporting", "SiteFiles",
        "SizeBudget", "Arguments",
      ]),

    // Built pages as a browser's parser sees them: what "the DOM stays" is measured with. Only RenderedHTML imports
    // CGumbo.
    .target(name: "RenderedHTML", dependencies: ["CGumbo", "SiteFiles", "SourceSelection"]),

    .testTarget(name: "SHA256Tests", dependencies: ["SHA256"]),
    .testTarget(name: "SQLiteTests", dependencies: ["SQLite", "TestSupport"]),
    .testTarget(name: "YAMLTests", dependencies: ["YAML"]),
    .testTarget(name: "TOMLTests", dependencies: ["TOML"]),
    .testTarget(name: "ArgumentsTests", dependencies: ["Arguments"]),
    .testTarget(name: "ManifestTests", dependencies: ["Manifest"]),
    // What tests of several modules need.
    .target(
      name: "TestSupport", dependencies: ["YAML"], path: "Tests/TestSupport", exclude: ["Recorded"]),
    .testTarget(name: "SiteFilesTests", dependencies: ["SiteFiles", "TestSupport"]),
    .testTarget(name: "MachineTests", dependencies: ["Machine", "TestSupport"]),
    .testTarget(
      name: "AssetCacheTests",
      dependencies: [
        "AssetCache", "Manifest", "SiteFiles", "SQLite", "TestSupport",
      ]),
    .testTarget(
      name: "PostScannerTests",
      dependencies: ["PostScanner", "AssetCache", "Manifest", "SiteFiles", "TestSupport", "TOML"]),
    .testTarget(
      name: "PropertyTests",
      dependencies: [
        "Arguments", "PostScanner", "PageScanner", "PostRewriter", "Manifest", "SourceSelection",
        "TestSupport", "YAML",
      ]),
    .testTarget(
      name: "PageScannerTests", dependencies: ["PageScanner", "Manifest", "SiteFiles", "TestSupport"]),
    .testTarget(
      name: "PageDownloadsTests",
      dependencies: ["PageDownloads", "Manifest", "SiteFiles", "SourceSelection", "TestSupport"]),
    .testTarget(
      name: "GeneratorJudgeTests",
      dependencies: ["GeneratorJudge", "PostScanner", "Manifest", "SiteFiles", "TestSupport"]),
    .testTarget(name: "VariantPlannerTests", dependencies: ["VariantPlanner", "Manifest"]),
    .testTarget(name: "VipsTests", dependencies: ["Vips"]),
    .testTarget(name: "PerceptionTests", dependencies: ["Perception", "TestSupport", "Vips"]),
    .testTarget(
      name: "VariantWorkersTests",
      dependencies: [
        "VariantWorkers", "VariantPlanner", "Vips", "AssetCache", "Machine", "Manifest", "SiteFiles",
        "TestSupport",
      ]),
    .testTarget(name: "SizeBudgetTests", dependencies: ["SizeBudget", "Manifest"]),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Reporting", "RenderedHTML", "SizeBudget", "Manifest", "TestSupport"],
      exclude: ["Snapshots"]),
    .testTarget(
      name: "ThemeStylesTests", dependencies: ["ThemeStyles", "Manifest", "SiteFiles", "TestSupport"]),
    .testTarget(
      name: "SourceSelectionTests", dependencies: ["SourceSelection"],
      exclude: ["choices.json", "record-choices"]),
    .testTarget(name: "PostRewriterTests", dependencies: ["PostRewriter", "Manifest", "TestSupport"]),
    .testTarget(
      name: "InPlaceTests",
      dependencies: ["InPlace", "Manifest", "SiteFiles", "TestSupport", "VariantPlanner"]),
    .testTarget(
      name: "AssetPipelineTests",
      dependencies: [
        "AssetPipeline", "AssetCache", "Machine", "VariantPlanner", "Manifest", "SiteFiles", "SizeBudget",
        "TestSupport", "ThemeStyles", "YAML", "TOML",
      ]),
    .testTarget(name: "ChromiumTests", dependencies: ["Chromium", "SiteFiles", "TestSupport"]),
    .testTarget(name: "BrowserCheckTests", dependencies: ["BrowserCheck"]),
    .testTarget(name: "RenderedHTMLTests", dependencies: ["RenderedHTML", "SiteFiles", "TestSupport"]),
    .testTarget(
      name: "IntegrationTests",
      dependencies: [
        "optimize-assets", "AssetPipeline", "AssetCache", "BrowserCheck", "Chromium", "Manifest",
        "RenderedHTML",
        "SiteFiles", "TestSupport", "Vips",
        "YAML", "TOML",
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
        "Arguments", "PostScanner", "PageScanner", "PostRewriter", "Manifest", "SourceSelection", "YAML",
      ],
      path: "Tests/Fuzz", exclude: ["run", "dictionary", "Sanitized"],
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]
    ))
}

// Measures the memory of single steps for Tests/Benchmarks/Memory/make-table alone.
if Context.environment["OPTIMIZE_ASSETS_MEMORY"] != nil {
  package.targets.append(
    .executableTarget(
      name: "memory-table", dependencies: ["VariantWorkers", "Vips", "Manifest", "SiteFiles"],
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
        "AssetPipeline", "Machine", "Manifest", "Perception", "SiteFiles", "ThemeStyles", "VariantPlanner",
        "VariantWorkers", "Vips", "Arguments",
      ],
      path: "Tests/Benchmarks", exclude: ["run", "make-site", "README.md", "Peers", "Memory"]))
}
