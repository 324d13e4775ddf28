import Browser
import Foundation
import Testing
import TestSupport

/// A file in a browser of its own, for tests that use it step by step.
final class OpenPage: Sendable {
  let tab: Tab
  private let browser: Browser
  private let url: String
  private let profile: TemporaryFolder

  /// Opens a file, and closes the browser after `body`.
  static func with(_ file: String, _ body: (OpenPage) async throws -> Void) async throws {
    let program = try #require(Programs.chromium)
    let profile = try TemporaryFolder()
    let page = try await Self.wait { try OpenPage(file, program: program, profile: profile) }
    let result: Result<Void, any Error>
    do { result = .success(try await body(page)) } catch { result = .failure(error) }
    try await Self.wait { page.browser.close() }
    try result.get()
  }

  private init(_ file: String, program: String, profile: TemporaryFolder) throws {
    self.profile = profile
    url = URL(fileURLWithPath: file).absoluteString
    browser = try Browser(program: program, in: profile.path)
    tab = try browser.open()
    try tab.setViewport(width: 1280, height: 900, density: 1)
    try tab.go(to: url)
  }

  /// Opens the page anew.
  func open() async throws { try await self { [url] in try $0.go(to: url) } }

  /// Does something in the page.
  func callAsFunction<Value: Sendable>(_ body: @escaping @Sendable (Tab) throws -> Value) async throws
    -> Value
  {
    try await Self.wait { [tab] in try body(tab) }
  }

  /// An expression's value in the page.
  func evaluate<Value: Decodable & Sendable>(_ expression: String, as type: Value.Type) async throws -> Value
  {
    try await self { try $0.evaluate(expression, as: Value.self) }
  }

  /// A browser's answers are waited for, which must not hold a thread of the cooperative pool.
  private static func wait<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws
    -> Value
  {
    try await withCheckedThrowingContinuation { done in
      DispatchQueue.global().async { done.resume(with: Result { try body() }) }
    }
  }
}
