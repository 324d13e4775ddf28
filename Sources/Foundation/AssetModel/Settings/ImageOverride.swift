/// What the user requests for one reference beyond the settings for every image: by a rule of the configuration, or in
/// the post itself.
public struct ImageOverride: Codable, Hashable, Sendable {
  /// A shape of its own where a media query holds: art direction.
  public struct ArtDirection: Codable, Hashable, Sendable {
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

  /// The names in a manifest and in a journal, which older versions wrote.
  private enum CodingKeys: String, CodingKey {
    case crop, content
    case artDirection = "directed"
  }

  /// The shape; nil keeps the image's own.
  public var crop: Crop?
  /// Shapes for media queries, the first that holds counting; nil for none.
  public var artDirection: [ArtDirection]?
  /// The content class to assume for the pixels.
  public var content: Source.Content?

  /// Makes an override.
  public init(crop: Crop? = nil, artDirection: [ArtDirection]? = nil, content: Source.Content? = nil) {
    self.crop = crop
    self.artDirection = artDirection
    self.content = content
  }

  /// Whether it asks for nothing.
  package var isEmpty: Bool { crop == nil && (artDirection ?? []).isEmpty && content == nil }
}
