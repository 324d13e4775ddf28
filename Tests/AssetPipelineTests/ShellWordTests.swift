import Foundation
import Testing

@testable import AssetPipeline

/// Commands in advice lines do what they say when they are pasted.
@Suite struct ShellWordTests {
  @Test(arguments: ["my-blog", "posts/a_1.jpg", "사진.jpg"])
  func aPlainWordStaysAsItIs(word: String) {
    #expect(ShellWord.quoted(word) == word)
  }

  @Test(
    arguments: [
      "my blog", "it's.jpg", "$(touch x).jpg", "`id`", "a\"b", "a\\b", "a;b", "a\nb", "*", "~", "", "a&b",
      "!x", "'", "#a",
    ])
  func aShellReadsEachWordBack(word: String) throws {
    let shell = Process()
    let output = Pipe()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "printf %s " + ShellWord.quoted(word)]
    shell.standardOutput = output
    try shell.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    shell.waitUntilExit()
    #expect(String(decoding: data, as: UTF8.self) == word)
  }

  @Test func aPathIsNoOption() {
    #expect(ShellWord.quoted("--dry-run.jpg") == "./--dry-run.jpg")
    #expect(ShellWord.quoted("-a b") == "'./-a b'")
  }
}
