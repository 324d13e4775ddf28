import ArgumentParser
import Manifest

extension ByteSize: ExpressibleByArgument {
  /// Reads an argument.
  public init?(argument: String) { self.init(argument) }

  /// How help shows a default.
  public var defaultValueDescription: String { description }
}

extension TimeSpan: ExpressibleByArgument {
  /// Reads an argument.
  public init?(argument: String) { self.init(argument) }
}
