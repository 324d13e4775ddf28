/// What the user asks for at one place beyond the settings that hold for every image: by a rule of the configuration,
/// or in the post itself.
public struct Treatment: Codable, Hashable, Sendable {
  /// A shape of its own where a media query holds: art direction.
  public struct Directed: Codable, Hashable, Sendable {
    /// The media query, as `<source media>` has it.
    public var media: String
    /// The shape there.
    public var crop: Crop

    /// Makes a shape for a media query.
    public init(media: String, crop: Crop) {
      self.media = media
      self.crop = crop
    }
  }

  /// The shape; nil keeps the image's own.
  public var crop: Crop?
  /// Shapes for media queries, the first that holds counting; nil for none.
  public var directed: [Directed]?
  /// What the pixels are to be taken for, whatever they look like.
  public var content: Source.Content?

  /// Makes a treatment.
  public init(crop: Crop? = nil, directed: [Directed]? = nil, content: Source.Content? = nil) {
    self.crop = crop
    self.directed = directed
    self.content = content
  }

  /// Whether it asks for nothing.
  package var isEmpty: Bool { crop == nil && (directed ?? []).isEmpty && content == nil }
}
