extension Tab {
  /// A key of the keyboard.
  package enum Key: Sendable {
    case tab, enter, space, arrowLeft, arrowRight, home, end

    /// The name in the standard of UI events, Windows' code, and the character that is typed.
    fileprivate var names: (key: String, code: String, number: Int, text: String?) {
      switch self {
      case .tab: ("Tab", "Tab", 9, nil)
      case .enter: ("Enter", "Enter", 13, "\r")
      case .space: (" ", "Space", 32, " ")
      case .arrowLeft: ("ArrowLeft", "ArrowLeft", 37, nil)
      case .arrowRight: ("ArrowRight", "ArrowRight", 39, nil)
      case .home: ("Home", "Home", 36, nil)
      case .end: ("End", "End", 35, nil)
      }
    }
  }

  /// Presses a key and lets it go, as a person would: it goes to what has the focus.
  package func press(_ key: Key) throws(ChromiumError) {
    let names = key.names
    for type in [names.text == nil ? "rawKeyDown" : "keyDown", "keyUp"] {
      var params: [String: JSON] = [
        "type": .string(type), "key": .string(names.key), "code": .string(names.code),
        "windowsVirtualKeyCode": .integer(names.number),
      ]
      if let text = names.text, type == "keyDown" { params["text"] = .string(text) }
      try send("Input.dispatchKeyEvent", .object(params))
    }
  }

  /// Types text into what has the focus.
  package func type(_ text: String) throws(ChromiumError) {
    try send("Input.insertText", ["text": .string(text)])
  }

  /// Presses the mouse's button and lets it go at a place in the window, in CSS pixels.
  package func click(x: Double, y: Double) throws(ChromiumError) {
    for type in ["mousePressed", "mouseReleased"] {
      try send(
        "Input.dispatchMouseEvent",
        [
          "type": .string(type), "x": .number(x), "y": .number(y), "button": "left", "buttons": 1,
          "clickCount": 1,
        ])
    }
  }
}
