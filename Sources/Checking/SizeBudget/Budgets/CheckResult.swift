import AssetModel

/// What a check came to: everything that a report says.
package struct CheckResult: Sendable {
  /// What the site weighs.
  package var weight: SiteWeight
  /// What budgets, lints and the baseline say, worst first.
  package var findings: [Diagnostic]
  /// What the site weighed before; nil where nothing was compared.
  package var baseline: Baseline?

  /// Judges a site.
  ///
  /// - Parameters:
  ///   - allowedGrowth: how many bytes a page, and the site, may take more than in the baseline.
  package init(
    _ weight: SiteWeight, budgets: [Budget], levels: [Diagnostic.Rule: Diagnostic.Severity],
    baseline: Baseline? = nil,
    allowedGrowth: Int = 0
  ) {
    self.weight = weight
    self.baseline = baseline
    let all =
      (budgets.isEmpty ? [] : BudgetCheck(weight).findings(budgets, baseline: baseline?.total))
      + LintCheck(weight, levels: levels).findings()
      + (baseline?.findings(weight, allowed: allowedGrowth) ?? [])
    findings = all.sorted(by: Diagnostic.isWorse)
  }

  /// Whether a budget is passed, a lint that counts as an error speaks, or something got worse than the baseline.
  package var isOver: Bool { findings.contains { $0.severity == .error } }

  /// Whether something could not be looked at.
  package var isIncomplete: Bool { weight.problems.contains { $0.severity == .error } }
}
