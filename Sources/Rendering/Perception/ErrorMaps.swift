/// The sums over one plane at one scale of its three error maps and of their fourth powers.
struct ErrorSums {
  /// Of 1 - SSIM.
  var structure = (first: 0.0, fourth: 0.0)
  /// Of edges that only the distorted picture has: ringing, blocks, banding.
  var artefact = (first: 0.0, fourth: 0.0)
  /// Of edges that only the reference has: smoothing, blurring.
  var lostDetail = (first: 0.0, fourth: 0.0)

  /// The norms in the order of ``Weights/published``: the means, then the fourth roots of the means of fourth powers.
  func norms(pixels: Int) -> [Double] {
    let share = 1 / Double(pixels)
    func root(_ sum: Double) -> Double { (sum * share).squareRoot().squareRoot() }
    return [
      structure.first * share, artefact.first * share, lostDetail.first * share,
      root(structure.fourth), root(artefact.fourth), root(lostDetail.fourth),
    ]
  }
}

/// The same sums over one row, in eight columns each, before they are added up in double precision.
struct RowSums {
  private var structure1 = Lanes.zero
  private var structure4 = Lanes.zero
  private var artefact1 = Lanes.zero
  private var artefact4 = Lanes.zero
  private var lost1 = Lanes.zero
  private var lost4 = Lanes.zero

  @inline(__always)
  init() {}

  /// Compares edges: how far a value is from its local mean, in one picture and in the other (libjxl
  /// `tools/ssimulacra2.cc`, `EdgeDiffMap`).
  ///
  /// - Parameters:
  ///   - first, second: the distances from the local means, in the reference and in the distorted picture.
  ///   - mask: 1 for the columns that count, 0 behind the row's end.
  @inline(__always)
  mutating func addEdges(_ first: Lanes, _ second: Lanes, mask: Lanes) {
    let change = ((1 + magnitude(second)) / (1 + magnitude(first)) - 1) * mask
    let size = magnitude(change)
    let artefact = 0.5 * (size + change)
    let lost = 0.5 * (size - change)
    artefact1 += artefact
    lost1 += lost
    let artefactSquare = artefact * artefact
    let lostSquare = lost * lost
    artefact4 += artefactSquare * artefactSquare
    lost4 += lostSquare * lostSquare
  }

  /// Compares structure: 1 - SSIM in the form that has no denominator under the means, at least 0 (libjxl
  /// `tools/ssimulacra2.cc`, `SSIMMap`).
  ///
  /// The definition is 1 - (1 - m²)·(2·covariance + c) / (variances + c), with m the difference of the means. Twice the
  /// covariance is the variances less the variance e of the change, so that this is m² + (1 - m²)·e / (variances + c):
  /// no difference of nearly equal numbers, which in flat areas would be more noise than error.
  ///
  /// - Parameters:
  ///   - meanChange: m.
  ///   - changeVariance: e, the local variance of the distorted picture less the reference.
  ///   - variances: of the reference plus of the distorted picture.
  @inline(__always)
  mutating func addStructure(meanChange: Lanes, changeVariance: Lanes, variances: Lanes, mask: Lanes) {
    // What keeps the quotient calm in flat areas: kC2 there.
    let c2: Float = 0.0009
    let means = meanChange * meanChange
    let difference = (means + (1 - means) * changeVariance / (variances + c2)) * mask
    let error = 0.5 * (difference + magnitude(difference))
    structure1 += error
    let square = error * error
    structure4 += square * square
  }

  @inline(__always)
  func add(to sums: inout ErrorSums) {
    sums.artefact.first += Double(artefact1.sum())
    sums.artefact.fourth += Double(artefact4.sum())
    sums.lostDetail.first += Double(lost1.sum())
    sums.lostDetail.fourth += Double(lost4.sum())
    sums.structure.first += Double(structure1.sum())
    sums.structure.fourth += Double(structure4.sum())
  }
}
