import CVips

/// A libvips call that failed.
package struct VipsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// libvips' name of the operation: `jpegload_buffer`, `resize`.
  package var operation: String
  /// The file whose pixels were worked on, as the caller named it.
  package var file: String
  /// What went wrong, in libvips' own words; never empty.
  package var message: String

  package init(operation: String, file: String, message: String) {
    self.operation = operation
    self.file = file
    self.message = message
  }

  /// `photo.jpg: jpegload_buffer: VipsJpeg: premature end of JPEG image`
  package var description: String { "\(file): \(operation): \(message)" }

  /// An error of a call that has just failed, with what libvips' error buffer holds.
  ///
  /// The buffer is one for the whole process: each failing call appends to it, and `vips_error_buffer_copy`
  /// takes and empties it under libvips' own lock. So reading it is safe from any thread, but when two calls
  /// fail at the same moment one of them may take both messages and the other finds none. ``operation`` and
  /// ``file`` come from the caller and are always right; ``message`` is what libvips said about this failure or
  /// about one in the same instant, and says so when nothing was left.
  static func last(_ operation: String, file: String) -> VipsError {
    var text = ""
    if let buffer = vips_error_buffer_copy() {
      text = String(cString: buffer)
      g_free(buffer)
    }
    let message = clean(text)
    return VipsError(
      operation: operation,
      file: file,
      message: message.isEmpty ? "failed, and libvips gave no reason" : message
    )
  }

  /// The distinct lines of a message on one line: libvips says the same thing once for each layer that failed. Since
  /// 8.16 it also adds a line for each attempt of libheif to read past a file's end, which is no error.
  static func clean(_ text: String) -> String {
    var lines: [String] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let line = String(line.filter { $0 >= " " }).trimmed
      if line.hasPrefix("source: bad seek to ") { continue }
      if !line.isEmpty, !lines.contains(line) { lines.append(line) }
    }
    return lines.joined(separator: "; ")
  }
}

extension String {
  fileprivate var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
