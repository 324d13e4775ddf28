import AssetModel
import Testing

@Suite struct ByteSizeTests {
  @Test(
    arguments: [
      ("0", 0), ("4096", 4096), ("12B", 12), ("500MB", 500_000_000), ("1GiB", 1_073_741_824),
      ("1.5 kB", 1500), ("2kb", 2000), ("3KIB", 3072), ("512MiB", 536_870_912), ("2GB", 2_000_000_000),
      ("1TB", 1_000_000_000_000), ("1TiB", 1_099_511_627_776), ("0.5MiB", 524_288),
      ("9223372036854775807", Int.max),
    ] as [(String, Int)])
  func reads(text: String, bytes: Int) {
    #expect(ByteSize(text)?.bytes == bytes)
  }

  @Test(arguments: [
    "", "MB", "-1", "+1", "512M", "1 M B", "1.2.3MB", ".5MB", "5.MB", "1e3", "0x10", "nan",
    "9223372036854775808",
    "9000000TiB", "99999999.5TiB", "٣MB", " 1MB", "1MB ", "1/2GB",
  ])
  func refuses(text: String) {
    #expect(ByteSize(text) == nil)
  }

  @Test(
    arguments: [
      (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1_249_999, "1.2 MB"), (1_250_000, "1.3 MB"),
      (536_870_912, "512 MiB"), (2_147_483_648, "2 GiB"), (2_500_000_000, "2.5 GB"),
    ] as [(Int, String)])
  func writes(bytes: Int, text: String) {
    #expect(ByteSize(bytes: bytes).description == text)
  }
}
