extension Array {
  /// Options that several commands share, for a command that holds them in a property:
  /// `SharedOptions.parameters.within(\Scan.shared)`.
  package func within<Inner, Root>(_ property: Property<Root, Inner>) -> [Parameter<Root>]
  where Element == Parameter<Inner> {
    map { parameter in
      Parameter<Root>(info: parameter.info) { root, word in
        parameter.read(&root[keyPath: property], word)
      } initial: { root in
        parameter.initial(root[keyPath: property])
      }
    }
  }

  /// Puts options below a heading of their own in help and the manual: `"Cache options"`.
  package func grouped<Root>(_ title: String) -> [Parameter<Root>] where Element == Parameter<Root> {
    map {
      var parameter = $0
      parameter.info.group = title
      return parameter
    }
  }
}
