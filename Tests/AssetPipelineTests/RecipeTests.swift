import DataFormats
import Foundation
import SiteFiles
import Testing
import TestSupport

/// The recipes for build services: the folder that a service keeps is the one that the commands use.
@Suite struct RecipeTests {
  private func text(_ name: String) throws -> String {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Config/ci/\(name)")
    return try String(contentsOf: file, encoding: .utf8)
  }

  /// The value of each `--cache` in some shell commands, one for each call of the program.
  private func caches(in commands: String) throws -> [String] {
    let calls = commands.replacing(" && ", with: "\n").split(separator: "\n")
      .map { $0.split(separator: " ") }
      .filter { $0.first == "optimize-assets" }
    #expect(calls.count == 2, "one call makes the images, one prunes")
    return try calls.map { words in
      let option = try #require(words.firstIndex(of: "--cache"))
      return String(try #require(words.dropFirst(option + 1).first))
    }
  }

  /// The cache is the action's.
  @Test func gitHubActions() throws {
    let action = try #require(PlainYAML.load(text("../../action.yml")) as? [String: Any])
    let steps = try #require((action["runs"] as? [String: Any])?["steps"] as? [[String: Any]])
    let kept = try #require(steps.first { $0["name"] as? String == "Restore the cache" })
    let inputs = try #require(kept["with"] as? [String: String])
    for step in steps {
      guard let cache = (step["env"] as? [String: String])?["CACHE"] else { continue }
      #expect(cache == inputs["path"])
    }
    // A key that stays would store the first cache for ever.
    let (key, restored) = (inputs["key"] ?? "", inputs["restore-keys"] ?? "-")
    #expect(key.hasPrefix(restored))
    #expect(key.contains("github.run_id"))
    #expect(!restored.contains("run_id"))
  }

  @Test func gitLab() throws {
    let pipeline = try #require(PlainYAML.load(text("gitlab-ci.yml")) as? [String: Any])
    let job = try #require(pipeline["pages"] as? [String: Any])
    let kept = try #require((job["cache"] as? [String: Any])?["paths"] as? [String])
    let commands = try #require(job["script"] as? [String]).joined(separator: "\n")
    #expect(try caches(in: commands).allSatisfy { [$0] == kept })
    // Nothing outside the project's folder is stored.
    #expect(kept.allSatisfy { !$0.hasPrefix("/") && SiteRoot.normalize($0) != nil })
  }

  @Test func netlify() throws {
    let table = try TOMLTable(text("netlify.toml"))
    let commands = try #require(table["build"]?["command"]?.string)
    let plugin = try #require(table["plugins"]?.array?.first?.table)
    #expect(plugin["package"]?.string == "netlify-plugin-cache")
    let paths = try #require(plugin["inputs"]?["paths"]?.array)
    let kept = paths.compactMap(\.string)
    #expect(try caches(in: commands).allSatisfy { [$0] == kept })
  }

  @Test func cloudflarePages() throws {
    let script = try text("cloudflare-pages.sh")
    // What Pages keeps of an Eleventy site.
    #expect(try caches(in: script).allSatisfy { $0.hasPrefix(".cache/") })
    #expect(script.contains("/eleventy"))
  }
}
