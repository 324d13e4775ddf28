/// What is computed for a picture of some size: the scales, and at each of them the error maps of the three planes that
/// count.
struct Plan: Sendable {
  /// Which error maps of a plane have a weight.
  enum Maps: Sendable {
    case none
    /// Those of artefacts and lost detail, for which local means do.
    case edges
    /// Those and that of structure, which needs local variances too.
    case all
  }

  struct Scale: Sendable {
    let width: Int
    let height: Int
    /// Floats in a row of a plane.
    var padded: Int { paddedToLanes(width) }
    /// For X, Y and B.
    var maps: [Maps] = [.none, .none, .none]
    /// For X, Y and B: where the plane starts in a reference's values.
    var offsets: [Int] = [0, 0, 0]
  }

  /// The scales that have to be computed, the largest first.
  private(set) var scales: [Scale] = []
  /// How many scales share out the weights, of which the last ones may not have to be computed.
  let scaleCount: Int
  /// The weights that count, as ``Weights/published`` has them; the others are zero.
  let weights: [Double]
  /// The floats of a prepared reference.
  private(set) var referenceCount = 0

  /// - Parameters:
  ///   - width, height: of the picture at full size, in pixels.
  ///   - small: what is done about small pictures.
  ///   - negligible: the least weight that counts.
  init(width: Int, height: Int, small: Ssimulacra2.SmallPictures, negligible: Double) {
    weights = Weights.published.map { $0 < negligible ? 0 : $0 }
    var (wide, high) = (width, height)
    var count = 0
    while count < 6 {
      if small == .fewerScales, min(wide, high) < 8 { break }
      scales.append(Scale(width: wide, height: high))
      count += 1
      (wide, high) = ((wide + 1) / 2, (high + 1) / 2)
    }
    scaleCount = count
    for index in scales.indices {
      for plane in 0..<3 {
        let first = firstWeight(plane: plane, scale: index)
        let scaleWeights = weights[first..<first + 6]
        if scaleWeights[first] > 0 || scaleWeights[first + 3] > 0 {
          scales[index].maps[plane] = .all
        } else if scaleWeights.contains(where: { $0 > 0 }) {
          scales[index].maps[plane] = .edges
        }
      }
    }
    while let last = scales.last, last.maps.allSatisfy({ $0 == .none }) { scales.removeLast() }
    for index in scales.indices {
      for plane in 0..<3 {
        scales[index].offsets[plane] = referenceCount
        referenceCount += scales[index].height * Self.referenceStride(scales[index], plane)
      }
    }
  }

  /// Where the six weights of a plane at a scale start.
  func firstWeight(plane: Int, scale: Int) -> Int { (plane * scaleCount + scale) * 6 }

  /// The floats that a prepared reference has for one row of a plane: the values, their local means and, where
  /// structure is compared, their local variances.
  static func referenceStride(_ scale: Scale, _ plane: Int) -> Int {
    switch scale.maps[plane] {
    case .none: 0
    case .edges: 2 * scale.padded
    case .all: 3 * scale.padded
    }
  }
}
