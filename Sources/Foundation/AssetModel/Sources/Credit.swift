/// The creator and the copyright of a picture.
public struct Credit: Codable, Hashable, Sendable {
  /// The copyright notice: EXIF `Copyright`, XMP `dc:rights`, IPTC 2:116.
  public var copyright: String?
  /// The creator: EXIF `Artist`, XMP `dc:creator`, IPTC 2:80. Several names are separated by `; `.
  public var creator: String?
  /// Who is to be named with it: XMP `photoshop:Credit`, IPTC 2:110.
  public var credit: String?

  /// Creates a credit; nil if it would be empty.
  public init?(copyright: String? = nil, creator: String? = nil, credit: String? = nil) {
    guard copyright != nil || creator != nil || credit != nil else { return nil }
    self.copyright = copyright
    self.creator = creator
    self.credit = credit
  }
}
