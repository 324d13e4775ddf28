/// Something in a configuration file that cannot be used.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, as the user named it.
  public var file: String
  /// The line, from 1.
  public var line: Int?
  /// The column, from 1.
  public var column: Int?
  /// What is wrong.
  public var message: String
  /// What to do about it.
  public var advice: String?

  /// `optimize-assets.yml:4:1: unknown key 'widht' (did you mean 'widths'?)`
  public var description: String {
    let place = [file, line.map(String.init), column.map(String.init)].compactMap(\.self)
    return "\(place.joined(separator: ":")): error: \(message)" + (advice.map { " (\($0))" } ?? "")
  }
}
