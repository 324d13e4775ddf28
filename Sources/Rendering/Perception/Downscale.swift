/// Halves two rows of linear light into one, each value the mean of four. Behind an odd edge the last column or row
/// counts twice (libjxl `tools/ssimulacra2.cc`, `Downsample`).
///
/// - Parameter width: pixels in `upper` and `lower`; `half` gets half as many, rounded up.
func halve(_ upper: LinearRow, _ lower: LinearRow, width: Int, into half: MutableLinearRow) {
  halve(upper.red, lower.red, width: width, into: half.red)
  halve(upper.green, lower.green, width: width, into: half.green)
  halve(upper.blue, lower.blue, width: width, into: half.blue)
}

private func halve(
  _ upper: UnsafePointer<Float>,
  _ lower: UnsafePointer<Float>,
  width: Int,
  into half: UnsafeMutablePointer<Float>
) {
  for i in 0..<width / 2 {
    let left = 2 &* i
    half[i] = 0.25 * ((upper[left] + upper[left &+ 1]) + (lower[left] + lower[left &+ 1]))
  }
  if width % 2 == 1 {
    half[width / 2] = 0.5 * (upper[width - 1] + lower[width - 1])
  }
}
