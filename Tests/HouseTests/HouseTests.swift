import Testing
import TestSupport

/// What ARCHITECTURE.md promises about the house, held by a look at the files.
@Suite("The house", .serialized, .enabled(if: Programs.find("swift") != nil, "swift is not on the path"))
struct HouseTests {
  private let package: PackageDescription

  init() async throws { package = try await PackageDescription.read() }

  @Test("at most twenty Swift targets stand on at most nine floors")
  func sizes() throws {
    let ours = package.targets.filter { $0.floor != nil && $0.floor != .libraries }
    #expect(ours.count <= 20, "\(ours.map(\.name))")
    let floors = Set(
      package.targets.compactMap { $0.type == .test ? nil : $0.path?.split(separator: "/") }
        .filter { $0.first == "Sources" }.map { String($0[1]) })
    #expect(floors == Set(PackageDescription.Floor.allCases.map(\.rawValue)))
    #expect(floors.count <= 9)
  }

  @Test("a floor looks down or to its own side, never up")
  func floors() throws {
    for target in package.targets {
      guard let floor = target.floor else { continue }
      for file in target.files {
        for name in try SwiftFiles.imports(of: file) {
          guard let other = package[name]?.floor else { continue }
          #expect(other.height <= floor.height, "\(file) imports \(name), which is \(other.rawValue)")
        }
      }
    }
  }

  @Test("Package.swift declares what is imported, no more and no less")
  func declarations() throws {
    for target in package.targets where !target.files.isEmpty {
      let imported = try target.files.reduce(into: Set()) { $0.formUnion(try SwiftFiles.imports(of: $1)) }
      let ours = imported.filter { package[$0.replacing("_", with: "-")] != nil }.map {
        $0.replacing("_", with: "-")
      }
      // Tests run the program, which is not imported.
      let used = target.declared.filter { package[$0]?.type != .executable || target.type != .test }
      #expect(Set(used) == Set(ours), "\(target.name)")
    }
  }

  @Test("a library is imported by one target alone")
  func libraries() throws {
    for library in package.targets where library.floor == .libraries {
      let users = package.targets.filter { $0.declared.contains(library.name) && $0.type != .test }
      #expect(users.count == 1, "\(library.name): \(users.map(\.name))")
    }
  }

  @Test("no folder has more than 25 Swift files")
  func folders() {
    let folders = Dictionary(grouping: SwiftFiles.below("Sources")) {
      $0.split(separator: "/").dropLast().joined(separator: "/")
    }
    for (folder, files) in folders { #expect(files.count <= 25, "\(folder) has \(files.count)") }
  }

  @Test("the scanner never meets libvips, and the workers never meet Markdown")
  func strangers() {
    #expect(!reach("PostScanner").contains("CVips"))
    #expect(!reach("PageScanner").contains("CVips"))
    #expect(reach("VariantWorkers").isDisjoint(with: ["CCmarkGFM", "CYAML", "PostScanner", "PostRewriter"]))
  }

  /// All that a target uses, however indirectly.
  private func reach(_ name: String) -> Set<String> {
    var found: Set<String> = []
    var open = [name]
    while let next = open.popLast() {
      for other in package[next]?.declared ?? [] where found.insert(other).inserted { open.append(other) }
    }
    return found
  }
}
