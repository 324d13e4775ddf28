/// What a command line chose, with its values filled in: ready to run.
///
/// A type holds the values as properties with their defaults, and lists once, in a ``Command``, which option or
/// argument sets which. Parsing, help, completions and the manual all come from that list.
///
/// ```swift
/// struct Greet: Runnable {
///   var name = "world"
///   var isLoud = false
///
///   static let command = Command(Greet.self, "greet", "Says hello.") {
///     [
///       .argument("name", \.name, "Who is greeted."),
///       .flag("-l, --loud", \.isLoud, "Say it loudly."),
///     ]
///   }
///
///   func run() { print("Hello, \(isLoud ? name.uppercased() : name)") }
/// }
///
/// Program(Greet.command, version: "1.0").main()
/// ```
///
/// GLib's GOption, which libvips brings along, has no subcommands, no completions, no suggestions and no manual, and
/// writes its values through pointers, so all that is above a loop over words would still be written here.
package protocol Runnable: Sendable {
  /// Makes the values that hold where the command line says nothing.
  init()

  /// Refuses values that do not go together.
  ///
  /// - Throws: ``UsageError``, which is shown with the usage, and the exit code 64.
  func validate() throws

  /// Does the work.
  ///
  /// - Throws: ``ExitCode`` ends the program with that code and no further word; anything else is shown as an error.
  func run() throws
}

extension Runnable {
  /// Refuses nothing.
  package func validate() throws {}
}
