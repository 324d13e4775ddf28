import AssetModel
import AssetPipeline
import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// What becomes of a run whose render worker dies.
  @Suite struct WorkerTests {
    private static let configuration = """
      markup: picture
      quality: fixed
      widths: [320, 640]
      formats: {avif: {effort: 0}, avifGraphic: {effort: 0}}
      """

    private func write(_ count: Int, to folder: TemporaryFolder) throws {
      try folder.write("title: Killed\n", to: "site/_config.yml")
      try folder.write(Self.configuration, to: "site/optimize-assets.yml")
      for number in 0..<count {
        let name = "assets/photo-\(number).png"
        try folder.write(DrawnSite.picture(960, 640, grain: number + 1).png(), to: "site/" + name)
        try folder.write(
          "---\ntitle: \(number)\n---\n\n![a picture](/\(name))\n",
          to: "site/_posts/2026-01-0\(number + 1)-a.md")
      }
    }

    /// Digests by path, without the tool's own records.
    private func tree(_ folder: String) throws -> [String: String] {
      var digests: [String: String] = [:]
      for file in try FileTree.files(below: folder) where !file.path.hasPrefix(".optimize-assets/") {
        digests[file.path] = ContentDigest.sha256(try FileAccess.read(folder + "/" + file.path))
      }
      return digests
    }

    /// The children of a process, as Linux tells them.
    private static func children(of process: pid_t) -> [pid_t] {
      let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
      return tasks.flatMap { task -> [pid_t] in
        let file = FileManager.default.contents(atPath: "/proc/\(process)/task/\(task)/children") ?? Data()
        return String(decoding: file, as: UTF8.self).split(separator: " ").compactMap { pid_t($0) }
      }
    }

    /// Runs the tool, and kills its worker once so many images are in the output.
    private func run(_ folder: TemporaryFolder, killingAfter count: Int) async throws -> Int32 {
      let process = Process()
      process.executableURL = URL(filePath: try #require(Product.program))
      process.arguments = [
        folder("site"), "--output", folder("out"), "--cache", folder("cache"), "--quiet", "--jobs", "2",
      ]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      let made = folder("out") + "/assets/optimized"
      return try await withCheckedThrowingContinuation { end in
        DispatchQueue(label: "worker").async {
          end.resume(
            with: Result {
              try process.run()
              let id = process.processIdentifier
              while process.isRunning {
                let files = (try? FileManager.default.contentsOfDirectory(atPath: made)) ?? []
                let workers = Self.children(of: id)
                if files.count >= count, !workers.isEmpty {
                  for worker in workers { kill(worker, SIGKILL) }
                  break
                }
                usleep(1000)
              }
              process.waitUntilExit()
              return (process.terminationReason == .uncaughtSignal ? 256 : 0) + process.terminationStatus
            })
        }
      }
    }

    private static let hasChildren = FileManager.default.fileExists(
      atPath: "/proc/self/task/\(getpid())/children")

    @Test(
      "A worker that is killed costs nothing but time",
      .enabled(if: hasChildren, "the system does not tell a process's children"), arguments: [0, 1, 6, 10])
    func killed(after count: Int) async throws {
      let folder = try TemporaryFolder()
      try write(6, to: folder)
      #expect(try await run(folder, killingAfter: count) == 0)
      try await Product.optimize(folder("site"), "--output", folder("undisturbed"), "--no-cache")
      #expect(try tree(folder("out")) == tree(folder("undisturbed")))
      let left = try FileManager.default.contentsOfDirectory(atPath: folder("cache"))
      #expect(!left.contains { $0.contains("scratch-") }, "\(left)")
    }

    @Test func aWorkerStartsWhereSomethingIsToBeOpenedAlone() throws {
      let folder = try TemporaryFolder()
      try write(2, to: folder)
      let root = try SiteRoot(folder("site"))
      // A stamp of just now would not be trusted.
      for file in try FileTree.files(below: root.path) {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: root.absolute(file.path))
      }
      let program = folder("counted")
      let command =
        "#!/bin/sh\necho x >>'\(folder("count"))'\nexec '\(try #require(Product.program))' \"$@\"\n"
      try folder.write(command, to: "counted")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
      var configuration = try Configuration(site: root.path, file: nil)
      configuration.cache = .folder(folder("cache"))
      var pipeline = try Pipeline(site: root.path, configuration: configuration)
      pipeline.worker = .program(program)
      // Headers, then pixels; what a run has put into its copy itself it need not open.
      let first = try pipeline.optimize(output: folder("out"))
      #expect(first.summary.variants > 0 && first.summary.downloads?.isEmpty == false)
      #expect(try folder.text("count") == "x\nx\n")
      #expect(try pipeline.optimize(output: folder("out")).isUnchanged)
      try folder.write(
        "---\ntitle: new\n---\n\n![a picture](/assets/photo-0.png)\n", to: "site/_posts/2026-01-01-a.md")
      #expect(try !pipeline.optimize(output: folder("out")).isUnchanged)
      #expect(try folder.text("count") == "x\nx\n")
    }

    @Test func formatsThatLibvipsDistrustsAreLeftWithOneWarning() async throws {
      let folder = try TemporaryFolder()
      try write(1, to: folder)
      try folder.write(Data([0xFF, 0x4F, 0xFF, 0x51, 0, 0]), to: "site/assets/a.jp2")
      try folder.write("---\ntitle: a\n---\n\n![a](/assets/a.jp2)\n", to: "site/_posts/2026-02-01-a.md")
      let report = try await Product.optimize(folder("site"), "--output", folder("out"))
      let problems = report.manifest.problems.filter { $0.file == "assets/a.jp2" }
      #expect(problems.map(\.severity) == [.warning])
      #expect(
        problems.first?.message
          == "left as it is, and most browsers do not show it: libvips calls its JPEG 2000 reader unfit for files of"
          + " strangers")
      try folder.write("quality: fixed\nformats: {read: [jp2]}\n", to: "site/optimize-assets.yml")
      let asked = try await Product.run([folder("site"), "--output", folder("out")])
      #expect(asked.errors.contains("assets/a.jp2: error: "), "\(asked.errors)")
      #expect(asked.status == 1)
    }

    @Test func theVersionSaysWhatHoldsHere() async throws {
      let version = try await Product.run(["version"])
      #expect(version.text.contains("images are opened in a process of their own: "))
      struct Report: Decodable {
        struct Isolation: Decodable { var process: Bool }
        var isolation: Isolation
      }
      let json = try await Product.run(["version", "--format", "json"])
      #expect(try JSONDecoder().decode(Report.self, from: json.output).isolation.process)
    }
  }
}

/// Files that ended every run by breaking OpenJPEG's memory in the process that writes the site.
@Suite(.needsOptimizeAssets) struct WorkerRealCorpora {
  @Test(.tags(.realCorpora), .needsRealCorpora("cases/pictures"))
  func aDecoderThatBreaksCostsItsImage() async throws {
    let folder = try TemporaryFolder()
    try DrawnSite.write(to: folder)
    try folder.write("quality: fixed\nformats: {read: [jp2]}\n", to: "site/optimize-assets.yml")
    let names = try FileManager.default.contentsOfDirectory(atPath: RealCorpora.path("cases/pictures"))
      .filter { $0.hasSuffix(".jp2") }.sorted()
    for name in names {
      try folder.copy(RealCorpora.path("cases/pictures/" + name), to: "site/assets/" + name)
    }
    let body = names.map { "![x](/assets/\($0))" }.joined(separator: "\n\n")
    try folder.write("---\ntitle: jp2\n---\n\n\(body)\n", to: "site/_posts/2026-02-01-a.md")
    for round in 0..<2 {
      let run = try await Product.run(
        [folder("site"), "--output", folder("out"), "--cache", folder("cache"), "--format", "json"])
      #expect(run.status == 0 || run.status == 1, "\(run.errors)")
      let report = try JSONDecoder().decode(OptimizeReport.self, from: run.output)
      // Where a decoder reads one of them, the image is made; where it breaks, the image is an error. None goes unsaid.
      for name in names {
        let problems = report.manifest.problems.filter {
          $0.file == "assets/" + name && $0.severity == .error
        }
        let variants = report.manifest.variants.filter { $0.source == "assets/" + name }
        #expect(problems.count == 1 || !variants.isEmpty, "\(name), round \(round)")
      }
      #expect(report.manifest.variants.contains { $0.source == "assets/images/harbour.jpg" })
    }
  }
}
