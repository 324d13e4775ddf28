import Vips

/// The libraries whose code decides what bytes a variant gets.
package enum LoadedEncoders {
  /// Their files, by the paths that they were loaded from. A library that replaces one of them has another stamp.
  package static var paths: [String] { LoadedLibraries.paths }
}
