import CSQLite

extension Connection {
  /// Runs any number of statements that have no parameters; rows are passed over.
  ///
  /// - Throws: ``SQLiteError``; the statements before the one that failed were run.
  package func execute(_ sql: String) throws(SQLiteError) {
    try handle.check(sqlite3_exec(handle.pointer, sql, nil, nil, nil), sql: sql)
  }

  /// A statement. It is prepared on first use and lives as long as the connection. Its parameters are NULL.
  ///
  /// - Parameter sql: one statement. Values come as parameters, so that there are few different texts.
  /// - Throws: ``SQLiteError``: ``ResultCode/error`` where the SQL does not fit the schema.
  package func statement(_ sql: String) throws(SQLiteError) -> Statement {
    if let statement = prepared[sql] {
      // A caller further up is reading its rows. A second statement does not disturb them.
      if statement.isRunning { return try Statement(handle, sql) }
      statement.clearParameters()
      return statement
    }
    let statement = try Statement(handle, sql)
    prepared[sql] = statement
    return statement
  }

  /// The number in the first column of the first row; nil where there is no row, or NULL.
  ///
  /// - Throws: ``SQLiteError``
  package func int(_ sql: String) throws -> Int? {
    try statement(sql).firstRow { row in row.isNull(0) ? nil : row.int(0) } ?? nil
  }

  /// The text in the first column of the first row; nil where there is no row, or NULL.
  ///
  /// - Throws: ``SQLiteError``
  package func text(_ sql: String) throws -> String? {
    try statement(sql).firstRow { row in row.isNull(0) ? nil : row.text(0) } ?? nil
  }
}
