import Testing

/// Tests with the command line tool itself, real Jekyll and a real browser. One at a time: each keeps every core busy.
@Suite(.serialized) struct IntegrationTests {}

extension Trait where Self == ConditionTrait {
  /// Runs only where Jekyll is installed.
  static var needsJekyll: Self { .enabled(if: Tools.jekyll != nil, "jekyll is not installed") }
  /// Runs only where Hugo is installed.
  static var needsHugo: Self { .enabled(if: Tools.hugo != nil, "hugo is not installed") }
  /// Runs only where git is installed.
  static var needsGit: Self { .enabled(if: Tools.git != nil, "git is not installed") }
  /// Runs only where Jekyll and Chromium are installed.
  static var needsBrowser: Self {
    .enabled(if: Tools.jekyll != nil && Tools.chromium != nil, "jekyll or chromium is not installed")
  }
}
