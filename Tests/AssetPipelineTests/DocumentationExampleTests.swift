import AssetModel
import AssetPipeline
import Foundation
import SystemResources
import Testing
import TestSupport

/// The examples of the documentation. They are compiled here, between markers, and the documentation shows the same text.
private enum Example {
  static func optimize(site: String, output: String) async throws {
    // example: optimize
    let configuration = try Configuration(site: site, file: nil)
    let pipeline = try Pipeline(site: site, configuration: configuration)
    let result = try await pipeline.optimize(output: output)
    for problem in result.problems where problem.severity != .note { print(problem) }
    print(result.summary.variants, "variants,", result.summary.downloads?["phone"] ?? 0, "bytes on a phone")
    // end
  }

  static func scan(site: String) async throws {
    // example: scan
    let manifest = try await Pipeline(site: site, configuration: Configuration()).scan()
    for reference in manifest.references where reference.status == .missing {
      print("\(reference.post):\(reference.line): \(reference.url) leads to no file")
    }
    // end
  }

  static func settings() -> Configuration {
    // example: settings
    var configuration = Configuration()
    configuration.jobs = 2
    configuration.memoryLimit = ByteSize("512MiB")
    configuration.markup = .srcset
    configuration.effort = .fast
    configuration.cache = .off
    // end
    return configuration
  }

  static func cancel(pipeline: Pipeline, output: String) async throws {
    // example: cancel
    let run = Task {
      try await pipeline.optimize(output: output) { progress in
        if case .rendering(let done, let all) = progress { print("\(done) of \(all) images") }
      }
    }
    run.cancel()
    do {
      _ = try await run.value
    } catch PipelineError.cancelled {
      print("stopped; the next run goes on where this one was")
    }
    // end
  }

  static func restore(pipeline: Pipeline) async throws {
    // example: restore
    _ = try await pipeline.optimizeInPlace()
    let restoration = try await pipeline.restore()
    print(restoration.restored.count, "posts have their author's bytes again")
    // end
  }

  static func worker(site: String) throws -> Pipeline {
    // example: worker
    var apart = try Pipeline(site: site, configuration: Configuration())
    apart.worker = .program("/usr/bin/optimize-assets")
    // end
    return apart
  }

  static func log(site: String) throws -> Pipeline {
    // example: log
    var logged = try Pipeline(site: site, configuration: Configuration())
    logged.log = Logger(level: .info) { level, line in print("\(level): \(line)") }
    // end
    return logged
  }

  static func blocking(pipeline: Pipeline, output: String, cancellation: Cancellation) {
    // example: blocking
    DispatchQueue(label: "images").async {
      do {
        let result = try pipeline.optimize(output: output, cancellation: cancellation)
        print(result.summary.output)
      } catch {
        print(error)
      }
    }
    // end
  }
}

@Suite("The documentation's examples") struct DocumentationExampleTests {
  /// The examples of this file by name, without their indentation.
  private static func compiled() throws -> [String: String] {
    let text = try String(contentsOfFile: #filePath, encoding: .utf8)
    var examples: [String: String] = [:]
    for match in text.matches(of: /(?ms)^    \/\/ example: (\w+)\n(.*?)^    \/\/ end$/) {
      let lines = match.output.2.split(separator: "\n").map { $0.dropFirst(4) }
      examples[String(match.output.1)] = lines.joined(separator: "\n")
    }
    return examples
  }

  @Test("a page shows what is compiled, and all of it")
  func page() throws {
    let page = "Sources/Pipeline/AssetPipeline/AssetPipeline.docc/Embedding.md"
    let text = try String(contentsOfFile: Project.root + "/" + page, encoding: .utf8)
    var shown: [String: String] = [:]
    for match in text.matches(of: /(?s)<!-- example: (\w+) -->\n```swift\n(.*?)\n```/) {
      shown[String(match.output.1)] = String(match.output.2)
    }
    #expect(text.matches(of: /```swift/).count == shown.count, "an example has no name")
    #expect(try shown == Self.compiled())
  }

  @Test(
    "a comment shows what is compiled",
    arguments: [
      "Sources/Pipeline/AssetPipeline/Pipeline+Async.swift", "Sources/Pipeline/AssetPipeline/Pipeline.swift",
    ])
  func comments(file: String) throws {
    let text = try String(contentsOfFile: Project.root + "/" + file, encoding: .utf8)
    let compiled = try Set(Self.compiled().values)
    let shown = text.matches(of: /(?ms)^ *\/\/\/ ```swift\n(.*?)^ *\/\/\/ ```$/).map { match in
      match.output.1.split(separator: "\n").map { $0.replacing(/^ *\/\/\/ ?/, with: "") }.joined(
        separator: "\n")
    }
    #expect(!shown.isEmpty)
    for example in shown { #expect(compiled.contains(example), "\(example)") }
  }

  @Test("the settings are accepted")
  func settings() {
    let configuration = Example.settings()
    #expect(configuration.memoryLimit == ByteSize(bytes: 512 << 20))
    #expect(configuration.cache == .off)
  }

  @Test("the examples run")
  func run() async throws {
    let folder = try TemporaryFolder([
      "site/_config.yml": "", "site/_posts/2026-01-02-a.md": "---\n---\n![a](/icon.png) ![b](/none.png)\n",
      "site/optimize-assets.yml": "cache: false\n",
    ])
    try folder.copy(Project.sampleBlog + "/assets/images/screens/icon-fn.png", to: "site/icon.png")
    var configuration = Example.settings()
    configuration.kind = .jekyll
    let pipeline = try Pipeline(site: folder("site"), configuration: configuration)
    try await Example.optimize(site: folder("site"), output: folder("out"))
    try await Example.scan(site: folder("site"))
    try await Example.cancel(pipeline: pipeline, output: folder("other"))
    try await Example.restore(pipeline: pipeline)
    _ = try await Example.log(site: folder("site")).scan(output: folder("out"))
    Example.blocking(pipeline: pipeline, output: folder("third"), cancellation: Cancellation())
  }
}
