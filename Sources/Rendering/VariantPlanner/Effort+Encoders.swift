import AssetModel

// The steps were chosen from the curve in Tests/Benchmarks/README.md.
extension Effort {
  /// AVIF's effort, 0 to 9.
  fileprivate var avif: Int {
    switch self {
    case .fast: 2
    case .balanced: 3
    case .small: 4
    }
  }

  /// WebP's effort, 0 to 6.
  fileprivate var webp: Int {
    switch self {
    case .fast: 2
    case .balanced: 4
    case .small: 6
    }
  }
}

extension PlanOptions {
  /// The settings whose effort ``Effort`` decides.
  package enum Encoder: String, CaseIterable, Hashable, Sendable {
    case avif, avifGraphic, webp, webpGraphic, webpAnimation

    /// The settings that take over this one's effort where they were given none.
    var followers: [Encoder] {
      switch self {
      case .avif: [.avifGraphic]
      case .webp: [.webpGraphic, .webpAnimation]
      case .avifGraphic, .webpGraphic, .webpAnimation: []
      }
    }
  }

  /// The settings of an encoder.
  package subscript(encoder: Encoder) -> EncodingSettings {
    get {
      switch encoder {
      case .avif: avif
      case .avifGraphic: avifGraphic
      case .webp: webp
      case .webpGraphic: webpGraphic
      case .webpAnimation: webpAnimation
      }
    }
    set {
      switch encoder {
      case .avif: avif = newValue
      case .avifGraphic: avifGraphic = newValue
      case .webp: webp = newValue
      case .webpGraphic: webpGraphic = newValue
      case .webpAnimation: webpAnimation = newValue
      }
    }
  }

  /// Sets the effort of every encoder that has no setting of its own.
  package mutating func apply(_ effort: Effort) {
    for encoder in Encoder.allCases where !chosenEfforts.contains(encoder) {
      let number = self[encoder].format == .avif ? effort.avif : effort.webp
      set(number, for: encoder)
    }
  }

  /// Gives an encoder an effort of its own, which those that follow it take over. An encoder that follows has to be
  /// given its own after that.
  package mutating func choose(_ number: Int, for encoder: Encoder) {
    for encoder in [encoder] + encoder.followers {
      set(number, for: encoder)
      chosenEfforts.insert(encoder)
    }
  }

  private mutating func set(_ number: Int, for encoder: Encoder) {
    let old = self[encoder]
    self[encoder].effort = number
    // A chosen quality is recognized by the settings that contain it.
    if let index = fixed.firstIndex(of: old) { fixed[index] = self[encoder] }
  }
}
