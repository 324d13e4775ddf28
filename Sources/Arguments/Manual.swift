struct ManualDate { init(_ text: String?) {} }
struct Manual { init(_ program: Program, date: ManualDate) {}; var text: String { "" } }
