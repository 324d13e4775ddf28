// Measures the memory that one step needs at its peak, for ``MemoryCost``. `make-table` runs each case in a process of
// its own, because a process does not give back everything that it has used.
//
// usage: memory-table decode|encode|score|animate FILE [FORMAT LOSS EFFORT]
// prints: pixels, bytes of the peak beyond what the process had before the step

import AssetModel
import Foundation
import SiteFiles
import VariantWorkers
import Vips

#if canImport(Glibc)
import Glibc
#endif

/// A line of `/proc/self/status` in bytes.
func status(_ field: String) -> Int {
  let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  for line in text.split(separator: "\n") where line.hasPrefix(field + ":") {
    return (Int(line.split(separator: " ").dropLast().last ?? "") ?? 0) * 1024
  }
  return 0
}

/// The bytes that a step needs at its peak beyond what is there before it.
func peak(_ step: () throws -> Void) throws -> Int {
  VipsLibrary.trim()
  let before = status("VmRSS")
  // Makes the peak begin anew (man 5 proc, clear_refs).
  try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
  try step()
  return max(0, status("VmHWM") - before)
}

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  print("usage: memory-table decode|encode|score|animate FILE [FORMAT LOSS EFFORT]")
  exit(64)
}
let path = arguments[2]
let loaders: [String: Loader] = [
  "jpg": .jpeg, "png": .png, "webp": .webp, "avif": .heif, "tif": .tiff, "gif": .gif, "jxl": .jxl,
  "jp2": .jp2,
]
guard let loader = loaders[(path as NSString).pathExtension] else { exit(65) }
let data = try FileAccess.read(path)
_ = VipsLibrary.version

/// The settings named on the command line: format, loss, effort, quality.
func settings() -> EncodingSettings {
  EncodingSettings(
    format: ImageFormat(rawValue: arguments[3]) ?? .png,
    loss: EncodingSettings.Compression(rawValue: arguments[4]) ?? .lossy,
    quality: 70, effort: Int(arguments[5]))
}

switch arguments[1] {
case "decode":
  let size = try Image.open(data, with: loader, file: path, failOn: .none)
  let pixels = size.width * size.height
  let bytes = try peak {
    let image = try Image.open(data, with: loader, file: path, failOn: .truncated)
    _ = try image.resized(width: image.width / 8, height: image.height / 8).inMemory()
  }
  print(pixels, bytes)
case "encode":
  let image = try Image.open(data, with: loader, file: path, failOn: .none).inMemory()
  let content: Source.Content = image.hasAlpha ? .graphic : .photograph
  let bytes = try peak { _ = try StepMemory.encode(image, settings(), content: content) }
  print(image.width * image.height, bytes)
case "score":
  let image = try Image.open(data, with: loader, file: path, failOn: .none).inMemory()
  let file = try StepMemory.encode(image, settings(), content: .photograph)
  let bytes = try peak { try StepMemory.score(image, file, settings().format) }
  print(image.width * image.height, bytes)
case "animate":
  let image = try Image.openFrames(data, with: loader, file: path, failOn: .none).inMemory()
  let bytes = try peak { _ = try StepMemory.encode(image, settings(), content: .animation) }
  // Pixels of one frame, and how many there are.
  print(image.width * image.frameHeight, bytes, image.frameCount)
default: exit(64)
}
