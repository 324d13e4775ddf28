/// An option, flag or argument of a command, and the property of `Root` that it sets.
///
/// Names are written as help shows them: `"--format"`, or `"-q, --quiet"` with a short form.
package struct Parameter<Root>: Sendable {
  var info: ParameterInfo
  /// Sets the property from a word; false where the word is no such value.
  let read: @Sendable (_ root: inout Root, _ word: String) -> Bool
  /// The property's value as a word, for help to show the default.
  let initial: @Sendable (_ root: Root) -> String
}

/// A property of `Root` that an option sets.
package typealias Property<Root, Value> = WritableKeyPath<Root, Value> & Sendable

extension Parameter {
  /// A flag, false until it is given.
  package static func flag(_ names: String, _ property: Property<Root, Bool>, _ help: String = "") -> Self {
    let info = ParameterInfo(kind: .flag, names: split(names), help: help)
    return Parameter(info: info) { root, _ in
      root[keyPath: property] = true
      return true
    } initial: { _ in
      ""
    }
  }

  /// An option with a value: `--format json` or `--format=json`. Given twice, the last value counts.
  ///
  /// - Parameter value: what help calls the value, where that is not the option's own name.
  package static func option<Value: ArgumentValue>(
    _ names: String, _ property: Property<Root, Value>, _ help: String = "", value: String? = nil,
    required: Bool = false, completion: Completion = .none
  ) -> Self {
    one(option(names, Value.self, help, value, completion), property, required)
  }

  /// An option that may be given several times, each time with one more value.
  package static func options<Value: ArgumentValue>(
    _ names: String, _ property: Property<Root, [Value]>, _ help: String = "", value: String? = nil,
    completion: Completion = .none
  ) -> Self {
    many(option(names, Value.self, help, value, completion), .many, property)
  }

  /// An option whose values are all words that follow, whatever they look like; there may be none.
  package static func rest<Value: ArgumentValue>(
    _ names: String, _ property: Property<Root, [Value]>, _ help: String = "", value: String? = nil,
    completion: Completion = .none
  ) -> Self {
    many(option(names, Value.self, help, value, completion), .rest, property)
  }

  /// An argument, identified by its position on the command line.
  package static func argument<Value: ArgumentValue>(
    _ name: String, _ property: Property<Root, Value>, _ help: String = "", required: Bool = false,
    completion: Completion = .none
  ) -> Self {
    one(argument(name, Value.self, help, completion), property, required)
  }

  /// All the arguments that are left over for it: the last one of a command.
  package static func arguments<Value: ArgumentValue>(
    _ name: String, _ property: Property<Root, [Value]>, _ help: String = "", completion: Completion = .none
  ) -> Self {
    many(argument(name, Value.self, help, completion), .many, property)
  }
}

extension Parameter {
  /// Gives an option the name that it had in an earlier version, so that a message can name the new one.
  package func formerly(_ name: String) -> Self {
    var parameter = self
    parameter.info.formerNames.append(name)
    return parameter
  }

  private static func split(_ names: String) -> [String] {
    names.split { $0 == "," || $0 == " " }.map(String.init)
  }

  private static func option<Value: ArgumentValue>(
    _ names: String, _: Value.Type, _ help: String, _ value: String?, _ completion: Completion
  ) -> ParameterInfo {
    let names = split(names)
    let name = String((names.last ?? "").drop { $0 == "-" })
    return ParameterInfo(
      kind: .option, names: names, valueName: value ?? name, help: help, choices: Value.allArguments,
      completion: completion)
  }

  private static func argument<Value: ArgumentValue>(
    _ name: String, _: Value.Type, _ help: String, _ completion: Completion
  ) -> ParameterInfo {
    ParameterInfo(
      kind: .argument, valueName: name, help: help, choices: Value.allArguments, completion: completion)
  }

  private static func one<Value: ArgumentValue>(
    _ info: ParameterInfo, _ property: Property<Root, Value>, _ isRequired: Bool
  ) -> Self {
    var info = info
    info.isRequired = isRequired
    return Parameter(info: info) { root, word in
      guard let value = Value(argument: word) else { return false }
      root[keyPath: property] = value
      return true
    } initial: { root in
      isRequired ? "" : root[keyPath: property].argumentText
    }
  }

  private static func many<Value: ArgumentValue>(
    _ info: ParameterInfo, _ count: ParameterInfo.Count, _ property: Property<Root, [Value]>
  ) -> Self {
    var info = info
    info.count = count
    return Parameter(info: info) { root, word in
      guard let value = Value(argument: word) else { return false }
      root[keyPath: property].append(value)
      return true
    } initial: { root in
      root[keyPath: property].map(\.argumentText).joined(separator: ", ")
    }
  }
}
