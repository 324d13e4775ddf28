import AssetCache
import Dispatch
import Foundation
import Synchronization
import Testing
import TestSupport

@Suite("Several connections, several threads")
struct SharingTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder("x.sqlite")
    try Connection(path).execute("PRAGMA journal_mode = WAL; CREATE TABLE t (v); INSERT INTO t VALUES (1)")
  }

  @Test("A second writer is told that the file is busy, and a reader is not")
  func busy() throws {
    let (first, second) = (try Connection(path), try Connection(path))
    try first.transaction(.immediate) {
      try first.execute("INSERT INTO t VALUES (2)")
      let error = #expect(throws: SQLiteError.self) { try second.transaction(.immediate) {} }
      #expect(error?.code == .busy)
      #expect(error?.message == "database is locked")
      #expect(try second.int("SELECT count(*) FROM t") == 1)
    }
    try second.transaction(.immediate) {}
    #expect(try second.int("SELECT count(*) FROM t") == 2)
  }

  @Test("A reader that turns writer after the file has changed fails at once, however long it would wait")
  func staleSnapshot() throws {
    let (reader, writer) = (try Connection(path, busyTimeout: 1_000_000), try Connection(path))
    let error = #expect(throws: SQLiteError.self) {
      try reader.transaction(.deferred) {
        _ = try reader.int("SELECT count(*) FROM t")
        try writer.execute("INSERT INTO t VALUES (2)")
        try reader.execute("INSERT INTO t VALUES (3)")
      }
    }
    #expect(error?.code.name == "SQLITE_BUSY_SNAPSHOT")
    #expect(try reader.int("SELECT count(*) FROM t") == 2)
  }

  @Test("A writer waits for another one")
  func waits() throws {
    let path = path
    let first = Mutex(try Connection(path))
    try first.withLock { try $0.execute("BEGIN IMMEDIATE; INSERT INTO t VALUES (2)") }
    let hasBegun = DispatchSemaphore(value: 0)
    let count = Mutex<Int?>(nil)
    let waiter = BackgroundThread {
      hasBegun.signal()
      let second = try Connection(path, busyTimeout: 60_000)
      let rows = try second.transaction(.immediate) { try second.int("SELECT count(*) FROM t") }
      count.withLock { $0 = rows }
    }
    hasBegun.wait()
    try first.withLock { try $0.execute("COMMIT") }
    try waiter.join()
    #expect(count.withLock(\.self) == 2)
  }

  @Test("The time to wait can be changed, and stays through a checkpoint")
  func busyTimeout() throws {
    let connection = try Connection(path, busyTimeout: 1234)
    #expect(try connection.int("PRAGMA busy_timeout") == 1234)
    try connection.checkpoint()
    #expect(try connection.int("PRAGMA busy_timeout") == 1234)
    connection.busyTimeout = 7
    #expect(try connection.int("PRAGMA busy_timeout") == 7)
  }

  @Test("A checkpoint empties the log, unless somebody reads from it")
  func checkpoint() throws {
    let (writer, reader) = (try Connection(path), try Connection(path))
    try writer.execute("INSERT INTO t VALUES (2)")
    #expect(try folder.bytes(of: "x.sqlite-wal") > 0)
    try reader.transaction(.deferred) {
      _ = try reader.int("SELECT count(*) FROM t")
      #expect(try !writer.checkpoint())
    }
    #expect(try writer.checkpoint())
    #expect(try folder.bytes(of: "x.sqlite-wal") == 0)
    let error = #expect(throws: SQLiteError.self) {
      try writer.transaction(.immediate) { try writer.checkpoint() }
    }
    #expect(error?.code == .locked)
  }

  @Test("Threads take turns with a connection behind a mutex")
  func mutex() throws {
    let shared = Mutex(try Connection(path))
    DispatchQueue.concurrentPerform(iterations: 8) { number in
      for round in 0..<25 {
        try? shared.withLock { connection in
          try connection.transaction(.immediate) {
            let insertion = try connection.statement("INSERT INTO t VALUES (?)")
            try insertion.bind(number * 100 + round, at: 1)
            try insertion.run()
          }
        }
      }
    }
    #expect(try shared.withLock { try $0.int("SELECT count(*) FROM t") } == 201)
  }

  @Test("What runs can be stopped from another thread, and the connection works on")
  func interrupt() throws {
    let connection = try Connection(path)
    let interrupter = connection.interrupter
    let isOver = Atomic(false)
    let stopper = BackgroundThread {
      // Before the query begins it would stop nothing, so it is said until it is heard.
      while !isOver.load(ordering: .relaxed) { interrupter.interrupt() }
    }
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    let error = #expect(throws: SQLiteError.self) { try connection.int(endless) }
    isOver.store(true, ordering: .relaxed)
    try stopper.join()
    #expect(error?.code == .interrupted)
    #expect(error?.message == "interrupted")
    #expect(try connection.int("SELECT count(*) FROM t") == 1)
  }

  @Test("What outlives its connection is still good")
  func lifetimes() throws {
    var connection: Connection? = try Connection(path)
    let statement = try #require(try connection?.statement("SELECT v FROM t"))
    let interrupter = try #require(connection?.interrupter)
    connection = nil
    interrupter.interrupt()
    #expect(try statement.firstRow { $0.int(0) } == 1)
  }
}
