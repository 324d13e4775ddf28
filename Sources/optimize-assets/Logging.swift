/// Sends what the stages log to standard error: everything under `--verbose`, errors alone under `--quiet`.
func startLogging(verbose: Bool, quiet: Bool) {}
