import AssetModel

/// The form in which ``PageMemory`` keeps what a page says. The widths of its images are apart, since the compact form has none
/// of enumerations with values.
extension PageScanner.Result: Codable {
  private struct Span: Codable {
    enum Kind: String, Codable { case own, upTo, filled }

    /// The index of the reference.
    var reference: Int
    var from: Int
    var kind: Kind
    var pieces: [SlotWidths.Piece]
  }

  private enum CodingKeys: CodingKey { case posts, references, problems, fixed, spans }

  package func encode(to encoder: any Encoder) throws {
    var (references, spans): ([Reference], [Span]) = (references, [])
    for index in references.indices {
      for span in references[index].display?.spans ?? [] {
        let (kind, pieces): (Span.Kind, [SlotWidths.Piece]) =
          switch span.slot {
          case .own: (.own, [])
          case .upTo(let widths): (.upTo, widths.pieces)
          case .filled(let widths): (.filled, widths.pieces)
          }
        spans.append(Span(reference: index, from: span.from, kind: kind, pieces: pieces))
      }
      references[index].display?.spans = []
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(posts, forKey: .posts)
    try container.encode(references, forKey: .references)
    try container.encode(problems, forKey: .problems)
    try container.encode(fixed, forKey: .fixed)
    try container.encode(spans, forKey: .spans)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    posts = try container.decode([Post].self, forKey: .posts)
    references = try container.decode([Reference].self, forKey: .references)
    problems = try container.decode([Diagnostic].self, forKey: .problems)
    fixed = try container.decode(Set<String>.self, forKey: .fixed)
    for span in try container.decode([Span].self, forKey: .spans) {
      guard references.indices.contains(span.reference) else { continue }
      let widths = SlotWidths(pieces: span.pieces)
      let slot: MeasuredLayouts.Slot =
        switch span.kind {
        case .own: .own
        case .upTo: .upTo(widths)
        case .filled: .filled(widths)
        }
      references[span.reference].display?.spans.append(ImageDisplay.Span(from: span.from, slot: slot))
    }
  }
}
