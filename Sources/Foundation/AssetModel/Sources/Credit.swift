/// Who made a picture and whose it is.
public struct Credit: Codable, Hashable, Sendable {
  /// The copyright notice: EXIF `Copyright`, XMP `dc:rights`, IPTC 2:116.
  public var copyright: String?
  /// Who made it: EXIF `Artist`, XMP `dc:creator`, IPTC 2:80. Several names are separated by `; `.
  public var creator: String?
  /// Who is to be named with it: XMP `photoshop:Credit`, IPTC 2:110.
  public var credit: String?

  /// Makes a credit; nil where nothing is known.
  public init?(copyright: String? = nil, creator: String? = nil, credit: String? = nil) {
    guard copyright != nil || creator != nil || credit != nil else { return nil }
    self.copyright = copyright
    self.creator = creator
    self.credit = credit
  }
}
