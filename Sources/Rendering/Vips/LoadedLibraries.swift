import CVips
import Foundation

/// The libraries whose code decides what bytes a file gets, as they are loaded into this process.
package enum LoadedLibraries {
  /// One line a library: the name of its file, which carries its version, and its length, which tells a distribution's
  /// patched build from the one before. The folder is left out, so that machines with the same libraries agree.
  ///
  /// It starts libvips, which loads the encoders of AVIF and JPEG XL as modules only then.
  package static let identity: String = {
    try? VipsLibrary.started()
    return Set(paths.compactMap(describe)).sorted().joined(separator: "\n")
  }()

  /// The libraries' files by the paths that they were loaded from, sorted.
  package static var paths: [String] {
    try? VipsLibrary.started()
    let program = dlopen(nil, RTLD_LAZY)
    return Set(symbols.compactMap { file(of: $0, in: program) }).sorted()
  }

  /// Where libvips itself was loaded from.
  package static var libvips: String? { file(of: "vips_init", in: dlopen(nil, RTLD_LAZY)) }

  /// One function of each library that decodes, converts or encodes. A library that a build lacks has no line.
  private static let symbols = [
    "vips_init", "WebPEncode", "WebPDecode", "heif_context_encode_image", "aom_codec_encode",
    "dav1d_send_data",
    "de265_decode", "SvtAv1EncInit", "jpeg_start_compress", "png_write_row", "spng_encode_image", "deflate",
    "liq_quantize_image",
    "quantizr_quantize", "JxlEncoderProcessOutput", "JxlDecoderProcessInput", "cgif_addframe", "TIFFOpen",
    "cmsDoTransform", "opj_decode",
  ]

  /// `Dl_info` of dladdr(3), which Glibc declares for GNU programs alone, so that Swift does not see it.
  private struct MappedFile {
    var file: UnsafePointer<CChar>?
    var base: UnsafeMutableRawPointer?
    var symbol: UnsafePointer<CChar>?
    var address: UnsafeMutableRawPointer?
  }

  private typealias Locate = @convention(c) (UnsafeRawPointer, UnsafeMutableRawPointer) -> Int32

  private static func file(of symbol: String, in program: UnsafeMutableRawPointer?) -> String? {
    guard let address = dlsym(program, symbol), let locate = dlsym(program, "dladdr") else { return nil }
    var mapped = MappedFile()
    guard unsafeBitCast(locate, to: Locate.self)(address, &mapped) != 0, let name = mapped.file else {
      return nil
    }
    return String(cString: name)
  }

  private static func describe(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    var status = stat()
    guard stat(real, &status) == 0 else { return nil }
    return "\(String(cString: real).split(separator: "/").last ?? "") \(status.st_size)"
  }
}
