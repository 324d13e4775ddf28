// swift-tools-version: 6.1
import PackageDescription

// Debug builds of the measure of perceived quality are fifty times slower, which makes tests with real images last for
// hours, so it is optimised in them as well. Packages that are checked out for another one must not set such flags.
let isDependency =
  Context.packageDirectory.contains("/checkouts/") && Context.environment["OPTIMIZE_ASSETS_TEST"] == nil
let optimised: [SwiftSetting] = isDependency ? [] : [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "optimize-assets",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "optimize-assets", targets: ["optimize-assets"]),
    .library(name: "AssetPipeline", targets: ["AssetPipeline"]),
  ],
  dependencies: [
    // Subcommands, help, completions and usage errors as Swift users expect them.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    // Log levels and a handler that an embedder can replace.
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    // SHA-256 at hardware speed: every source, variant and post is known by its digest.
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    // YAML front matter and configuration, with the marks that put a line number on an error.
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    // TOML front matter and configuration (Hugo, Zola), whose values a parser of our own would get wrong.
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    // The cache's index: SQLite with write-ahead logging, safe for several processes at once.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CVips", pkgConfig: "vips",
      providers: [.apt(["libvips-dev"]), .brew(["vips"])]),
    .systemLibrary(
      name: "CCmarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev"]), .brew(["cmark-gfm"])]),
    .systemLibrary(
      name: "CGumbo", pkgConfig: "gumbo",
      providers: [.apt(["libgumbo-dev"]), .brew(["gumbo-parser"])]),

    // The vocabulary that every stage shares, and safe file access below a site's root.
    .target(name: "Manifest", dependencies: [.product(name: "Crypto", package: "swift-crypto")]),
    .target(name: "SiteFiles"),
    // What the process may use of the machine, and work spread over it.
    .target(name: "Machine"),
    // What earlier runs made and found out: an index in SQLite and files addressed by digest.
    .target(
      name: "AssetCache",
      dependencies: [
        "Manifest", "SiteFiles", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),

    // The stages, in the order in which data flows.
    .target(
      name: "PostScanner",
      dependencies: [
        "AssetCache", "Machine", "Manifest", "SiteFiles", "CCmarkGFM",
        .product(name: "Yams", package: "Yams"),
        .product(name: "TOMLKit", package: "TOMLKit"),
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
        "Chromium", "RenderedHTML",
        .product(name: "Yams", package: "Yams"), .product(name: "Logging", package: "swift-log"),
      ]),
    .executableTarget(
      name: "optimize-assets",
      dependencies: [
        "AssetPipeline", "AssetCache", "BrowserCheck", "Machine", "Manifest", "Reporting", "SiteFiles",
        "SizeBudget",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Built pages as a browser's parser sees them: what "the DOM stays" is measured with. Only RenderedHTML imports
    // CGumbo.
    .target(name: "RenderedHTML", dependencies: ["CGumbo", "SiteFiles", "SourceSelection"]),

    .testTarget(name: "ManifestTests", dependencies: ["Manifest"]),
    // What tests of several modules need.
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .testTarget(name: "SiteFilesTests", dependencies: ["SiteFiles", "TestSupport"]),
    .testTarget(name: "MachineTests", dependencies: ["Machine"]),
    .testTarget(
      name: "AssetCacheTests",
      dependencies: [
        "AssetCache", "Manifest", "SiteFiles", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "PostScannerTests", dependencies: ["PostScanner", "AssetCache", "Manifest", "SiteFiles"]),
    .testTarget(
      name: "PropertyTests",
      dependencies: ["PostScanner", "PageScanner", "PostRewriter", "Manifest", "SourceSelection"]),
    .testTarget(name: "PageScannerTests", dependencies: ["PageScanner", "Manifest", "SiteFiles"]),
    .testTarget(
      name: "PageDownloadsTests",
      dependencies: ["PageDownloads", "Manifest", "SiteFiles", "SourceSelection", "TestSupport"]),
    .testTarget(
      name: "GeneratorJudgeTests", dependencies: ["GeneratorJudge", "PostScanner", "Manifest", "SiteFiles"]),
    .testTarget(name: "VariantPlannerTests", dependencies: ["VariantPlanner", "Manifest"]),
    .testTarget(name: "VipsTests", dependencies: ["Vips"]),
    .testTarget(name: "PerceptionTests", dependencies: ["Perception", "Vips"]),
    .testTarget(
      name: "VariantWorkersTests",
      dependencies: [
        "VariantWorkers", "VariantPlanner", "Vips", "AssetCache", "Machine", "Manifest", "SiteFiles",
      ]),
    .testTarget(name: "SizeBudgetTests", dependencies: ["SizeBudget", "Manifest"]),
    .testTarget(
      name: "ReportingTests", dependencies: ["Reporting", "RenderedHTML", "SizeBudget", "Manifest"]),
    .testTarget(name: "ThemeStylesTests", dependencies: ["ThemeStyles", "Manifest", "SiteFiles"]),
    .testTarget(
      name: "SourceSelectionTests", dependencies: ["SourceSelection"],
      exclude: ["choices.json", "record-choices"]),
    .testTarget(name: "PostRewriterTests", dependencies: ["PostRewriter", "Manifest"]),
    .testTarget(
      name: "InPlaceTests",
      dependencies: ["InPlace", "Manifest", "SiteFiles", "TestSupport", "VariantPlanner"]),
    .testTarget(
      name: "AssetPipelineTests",
      dependencies: [
        "AssetPipeline", "AssetCache", "Machine", "VariantPlanner", "Manifest", "SiteFiles", "SizeBudget",
        "ThemeStyles",
        .product(name: "Yams", package: "Yams"), .product(name: "TOMLKit", package: "TOMLKit"),
      ]),
    .testTarget(name: "ChromiumTests", dependencies: ["Chromium", "SiteFiles"]),
    .testTarget(name: "BrowserCheckTests", dependencies: ["BrowserCheck"]),
    .testTarget(name: "RenderedHTMLTests", dependencies: ["RenderedHTML", "SiteFiles"]),
    .testTarget(
      name: "IntegrationTests",
      dependencies: [
        "optimize-assets", "AssetPipeline", "AssetCache", "BrowserCheck", "Chromium", "Manifest",
        "RenderedHTML",
        "SiteFiles", "TestSupport", "Vips",
        .product(name: "Yams", package: "Yams"), .product(name: "TOMLKit", package: "TOMLKit"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)

// The fuzzer is built by Tests/Fuzz/run alone: it needs a sanitizer's runtime in place of `main`.
if Context.environment["OPTIMIZE_ASSETS_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzz",
      dependencies: ["PostScanner", "PageScanner", "PostRewriter", "Manifest", "SourceSelection"],
      path: "Tests/Fuzz", exclude: ["run", "dictionary"],
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
        "VariantWorkers", "Vips", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/Benchmarks", exclude: ["run", "make-site", "README.md", "Peers", "Memory"]))
}
