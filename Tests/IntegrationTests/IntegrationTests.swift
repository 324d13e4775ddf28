import Testing
import TestSupport

/// Tests with the command line tool itself, real Jekyll and a real browser. One at a time: each keeps every core busy.
@Suite(.serialized) struct IntegrationTests {}
