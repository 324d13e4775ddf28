import Foundation
import SiteFiles
import Testing
import TestSupport

extension IntegrationTests {
  /// `.ci/install` on machines where something is not right: one line that names it, and what to run.
  @Suite struct InstallScriptTests {
    /// Versions of Swift, and what is said of them.
    @Test(
      arguments: [
        (nil, "there is no swift on the PATH: see https://www.swift.org/install/"),
        ("6.0.3", "this is 6.0: run swiftly install --use latest, or see https://www.swift.org/install/"),
        ("5.10", "this is 5.10: run swiftly install --use latest, or see https://www.swift.org/install/"),
        ("6.1", nil), ("6.10.1", nil), ("10.0", nil),
      ] as [(String?, String?)])
    func wantsSwift(version: String?, problem: String?) async throws {
      let run = try await ScriptedMachine(swift: version).runInstall("build")
      #expect(run.errors == (problem.map { "Swift 6.1 or later is needed, and \($0)\n" } ?? ""))
      #expect(run.status == (problem == nil ? 0 : 1))
    }

    @Test func saysWhySwiftDoesNotStart() async throws {
      let machine = try ScriptedMachine()
      try machine.install("swift", "echo 'libncurses.so.6: cannot open shared object file' >&2; exit 127")
      let run = try await machine.runInstall("build")
      #expect(run.status == 1)
      #expect(run.errors.contains("swift does not start (libncurses.so.6: cannot open shared object file):"))
    }

    /// One library that is not right, on machines with several package managers that know nothing newer.
    @Test(arguments: [
      ("nettle", "3.4.1", "apt-get", "3.4.1 is too old, 3.8 or later is needed: run apt-get install"),
      ("vips", "8.12.1", "dnf", "8.12.1 is too old, 8.14 or later is needed: run dnf install"),
      ("sqlite3", nil, "brew", "3.40 or later is not installed: run brew install sqlite"),
      ("yaml-0.1", nil, "dnf", "0.2.5 or later is not installed: run dnf install 'pkgconfig(yaml-0.1)'"),
      ("gumbo", nil, nil, "0.10 or later is not installed: install gumbo with headers and .pc file"),
    ])
    func namesTheLibrary(name: String, version: String?, manager: String?, line: String) async throws {
      let machine = try ScriptedMachine([name: version])
      if let manager { try machine.install(manager, "exit 0") }
      let run = try await machine.runInstall("build")
      #expect(run.status == 1)
      #expect(run.errors.hasPrefix(name + " " + line), "\(run.errors)")
      #expect(run.errors.filter { $0 == "\n" }.count == 1)
    }

    /// Whoever put a header there may not want the system's own package beside it.
    @Test func namesAHeaderWithoutItsPCFileAndInstallsNothing() async throws {
      let machine = try ScriptedMachine(["nettle": nil], headers: ["nettle/sha2.h"])
      try machine.installApt(bringing: ["nettle": "3.8.1"])
      let run = try await machine.runInstall("build")
      #expect(run.status == 1)
      #expect(
        run.errors == """
          nettle has a header, \(machine.headers)/nettle/sha2.h, and no nettle.pc by which it is found: \
          run apt-get install --reinstall nettle-dev, or set PKG_CONFIG_PATH to the folder of nettle.pc

          """)
      #expect(machine.installed == "")
    }

    /// A library's .pc file may name another library that comes in a package of its own.
    @Test func namesWhatCannotBeLinked() async throws {
      for message in [
        "/usr/bin/ld.gold: error: cannot find -lcmark-gfm-extensions",
        "ld.lld: error: unable to find library -lcmark-gfm-extensions",
        "ld: library 'cmark-gfm-extensions' not found",
      ] {
        let machine = try ScriptedMachine()
        try machine.install("brew", "exit 0")
        try machine.install("clang++", "echo \"\(message)\" >&2; exit 1")
        let run = try await machine.runInstall("build")
        #expect(run.status == 1)
        #expect(
          run.errors == """
            libcmark-gfm: its library cmark-gfm-extensions is not there to link: run brew install cmark-gfm

            """)
      }
    }

    @Test func asksForTheHeadersOfTheCompilersOwnCxx() async throws {
      let machine = try ScriptedMachine()
      try machine.installApt()
      try machine.install(
        "clang++",
        """
        if [ "$1" = -v ]; then echo 'Selected GCC installation: /usr/lib/gcc/x86_64-linux-gnu/12' >&2; exit; fi
        echo "<stdin>:1:10: fatal error: 'string' file not found" >&2; exit 1
        """)
      let run = try await machine.runInstall("build")
      #expect(run.status == 1)
      #expect(run.errors.hasSuffix("'string' file not found): run apt-get install libstdc++-12-dev\n"))
      #expect(machine.installed == "libstdc++-12-dev\n")
    }

    @Test func installsWhatIsMissingAndNothingElse() async throws {
      let machine = try ScriptedMachine(["nettle": nil, "yaml-0.1": "0.1.4"])
      try machine.installApt(bringing: ["nettle": "3.8.1", "yaml-0.1": "0.2.5"])
      let run = try await machine.runInstall("build")
      #expect(run.status == 0 && run.errors == "")
      #expect(run.text == "installing nettle-dev libyaml-dev\n")
      #expect(machine.installed == "nettle-dev libyaml-dev\n")
      let again = try await machine.runInstall("build")
      #expect(again.status == 0 && again.text == "" && again.errors == "")
    }

    /// What hinders an installation is one line, however many packages are missing.
    @Test(arguments: [
      (true, "Temporary failure resolving 'deb.debian.org'", "run apt-get install"),
      (false, "only root may install packages", "run sudo apt-get install"),
    ])
    func saysWhyNothingCanBeInstalled(isRoot: Bool, reason: String, command: String) async throws {
      let machine = try ScriptedMachine(["nettle": nil, "gumbo": nil], isRoot: isRoot)
      try machine.install(
        "apt-get",
        """
        if [ "$1" = update ]; then
          echo "W: Failed to fetch http://deb.debian.org/  Temporary failure resolving 'deb.debian.org'"
          exit
        fi
        echo "E: Unable to locate package $#" >&2; exit 100
        """)
      let run = try await machine.runInstall("build")
      #expect(run.status == 1)
      #expect(
        run.errors == """
          what is missing could not be installed (\(reason)): \(command) libgumbo-dev nettle-dev

          """)
    }

    /// A machine of one's own may do without a generator; CI may not.
    @Test func doesWithoutTheTestsProgramsUnlessInCI() async throws {
      let machine = try ScriptedMachine(isRoot: false)
      try machine.install("apt-get", "exit 100")
      try machine.install("dpkg-query", "exit 1")
      let own = try await machine.runInstall("test")
      #expect(own.status == 0)
      #expect(own.errors.hasSuffix("what needs them is skipped\n"))
      let service = try await machine.runInstall("test", environment: ["CI": "true"])
      #expect(service.status == 1)
      #expect(service.errors.filter { $0 == "\n" }.count == 1)
    }

    /// What the package's manifest names for Debian and Homebrew, and by pkg-config, is what gets installed.
    @Test func knowsEveryLibraryOfThePackage() throws {
      let manifest = String(decoding: try FileAccess.read(Project.root + "/Package.swift"), as: UTF8.self)
      let needs = String(decoding: try FileAccess.read(Project.root + "/.ci/needs"), as: UTF8.self)
      let words = Set(needs.split { $0 == " " || $0 == "," || $0 == "\n" })
      let lists = manifest.matches(of: #/\.(?:apt|brew)\(\[([^\]]*)\]\)/#).map(\.1)
      let packages = lists.flatMap { $0.matches(of: #/"([^"]+)"/#).map(\.1) }
      let names = manifest.matches(of: #/pkgConfig: "([^"]+)"/#).map(\.1)
      #expect(packages.count >= 14 && names.count >= 5)
      for name in packages + names { #expect(words.contains(name), "\(name)") }
    }
  }
}
