import Foundation
import Perception

// Scores pairs of pictures for `make-table`. Reads lines of "reference distorted width height bands small" from
// standard input, where the first two are files of raw pixels and `small` is "mirrored" or "fewer", and prints one
// score a line. With the argument "time" it prints the CPU seconds that preparing and scoring take instead.

func bytes(_ path: Substring) -> [UInt8] {
  FileManager.default.contents(atPath: String(path)).map([UInt8].init) ?? []
}

let timing = CommandLine.arguments.dropFirst().first == "time"
while let line = readLine() {
  let parts = line.split(separator: "\t")
  guard parts.count == 6, let width = Int(parts[2]), let height = Int(parts[3]), let bands = Int(parts[4])
  else {
    print("not a pair: \(line)")
    exit(1)
  }
  let (first, second) = (bytes(parts[0]), bytes(parts[1]))
  func prepared() throws -> Ssimulacra2.Reference {
    try Ssimulacra2.Reference(
      pixels: first,
      width: width,
      height: height,
      bands: bands,
      small: parts[5] == "fewer" ? .fewerScales : .mirrored
    )
  }
  let reference = try prepared()
  func score() throws -> Double {
    try reference.score(of: second, width: width, height: height, bands: bands)
  }
  guard timing else {
    print(try score())
    continue
  }
  func megapixelSeconds(_ body: () throws -> Void) rethrows -> Double {
    let runs = 20
    var best = Double.infinity
    for _ in 0..<3 {
      let start = clock()
      for _ in 0..<runs { try body() }
      best = min(best, Double(clock() - start) / Double(CLOCKS_PER_SEC) / Double(runs))
    }
    return best / (Double(width * height) / 1e6)
  }
  print(
    String(
      format: "%dx%d: prepare %.4f, score %.4f CPU seconds a megapixel; reference %.1f bytes a pixel",
      width,
      height,
      try megapixelSeconds { _ = try prepared() },
      try megapixelSeconds { _ = try score() },
      Double(reference.bytes) / Double(width * height)
    )
  )
}
