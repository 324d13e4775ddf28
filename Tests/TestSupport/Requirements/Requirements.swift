import Testing

/// What a test needs of the machine. Where it is missing, the test is skipped, and the runner says why.
extension Trait where Self == ConditionTrait {
  package static var needsJekyll: Self { needs(Programs.jekyll, "jekyll") }
  package static var needsHugo: Self { needs(Programs.hugo, "hugo") }
  package static var needsMkDocs: Self { needs(Programs.mkdocs, "mkdocs") }
  package static var needsPelican: Self { needs(Programs.pelican, "pelican") }
  package static var needsGit: Self { needs(Programs.git, "git") }
  package static var needsVipsProgram: Self { needs(Programs.vips, "the program vips (libvips-tools)") }
  package static var needsBrowser: Self { needs(Programs.chromium, "chromium") }
  package static var needsOptimizeAssets: Self {
    .enabled(if: Programs.optimizeAssets != nil, "optimize-assets is not built beside the tests")
  }
  package static var needsPythonMarkdown: Self {
    needs(Programs.pythonMarkdown, "python3 with the module markdown")
  }

  /// Needs something of the folder of real blogs and pictures.
  ///
  /// - Parameter names: paths below `../shared`.
  package static func needsRealCorpora(_ names: String...) -> Self {
    .enabled(if: RealCorpora.has(names), "../shared/\(names.joined(separator: ", ../shared/")) is not there")
  }

  /// Needs libraries of Ruby, which are plugins of Jekyll's.
  package static func needsRuby(_ libraries: String...) -> Self {
    .enabled(
      if: Programs.hasRuby(libraries), "ruby has not all of \(libraries.joined(separator: ", "))")
  }

  /// Needs modules of Python 3.
  package static func needsPython(_ modules: String...) -> Self {
    .enabled(if: Programs.hasPython(modules), "python3 has not all of \(modules.joined(separator: ", "))")
  }

  private static func needs(_ program: String?, _ name: String) -> Self {
    .enabled(if: program != nil, "\(name) is not installed")
  }
}

extension Trait where Self == TimeLimitTrait {
  /// A guard against a test that hangs, or takes the square of what it should: far above what any test takes where hundreds
  /// share two cores. What is right never depends on it.
  package static var endsAtLast: Self { .timeLimit(.minutes(40)) }
}
