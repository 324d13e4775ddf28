import Browser
import Foundation
import TestSupport

/// A picture's pixels as a browser shows them: sRGB, four bytes a pixel.
struct BrowserPixels: Sendable {
  var width: Int
  var height: Int
  var bytes: [UInt8]

  /// What one of two pictures shows that the other does not.
  struct Difference: Sendable {
    /// ΔE2000 on a white and on a black ground, the larger of the two: its mean, and the most of any block.
    var mean: Double
    var most: Double
  }

  /// Loads a file of a page's own server and draws it.
  static func script(_ url: String) -> String {
    """
    (async () => {
      const image = new Image()
      image.src = '\(url)'
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.naturalWidth; canvas.height = image.naturalHeight
      const context = canvas.getContext('2d', {willReadFrequently: true, colorSpace: 'srgb'})
      context.drawImage(image, 0, 0)
      const data = context.getImageData(0, 0, canvas.width, canvas.height).data
      let text = ''
      for (let i = 0; i < data.length; i += 32768) text += String.fromCharCode(...data.subarray(i, i + 32768))
      return canvas.width + ' ' + canvas.height + ' ' + btoa(text)
    })()
    """
  }

  /// Reads what the script gives.
  init?(_ text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 3, let width = Int(parts[0]), let height = Int(parts[1]),
      let data = Data(base64Encoded: String(parts[2])), data.count == width * height * 4
    else { return nil }
    (self.width, self.height, bytes) = (width, height, [UInt8](data))
  }

  /// Compares blocks of eight by eight pixels, so that an encoder's noise counts as little as an eye makes of it.
  func difference(from other: BrowserPixels) -> Difference? {
    guard width == other.width, height == other.height, width > 0, height > 0 else { return nil }
    var (sum, most, count) = (0.0, 0.0, 0.0)
    for y in stride(from: 0, to: height, by: 8) {
      for x in stride(from: 0, to: width, by: 8) {
        let differences = [0.0, 255.0].map { ground in
          color(x, y, on: ground).difference(from: other.color(x, y, on: ground))
        }
        let difference = differences.max() ?? 0
        (sum, most, count) = (sum + difference, max(most, difference), count + 1)
      }
    }
    return Difference(mean: sum / count, most: most)
  }

  /// The mean color of a block on a plain ground.
  private func color(_ left: Int, _ top: Int, on ground: Double) -> Lab {
    var sums = [0.0, 0.0, 0.0]
    var count = 0.0
    for y in top..<min(height, top + 8) {
      for x in left..<min(width, left + 8) {
        let start = 4 * (y * width + x)
        let alpha = Double(bytes[start + 3]) / 255
        for band in 0..<3 { sums[band] += alpha * Double(bytes[start + band]) + (1 - alpha) * ground }
        count += 1
      }
    }
    let mean = sums.map { UInt8(max(0, min(255, ($0 / count).rounded()))) }
    return Lab(red: mean[0], green: mean[1], blue: mean[2])
  }
}
