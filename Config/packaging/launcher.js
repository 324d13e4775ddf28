#!/usr/bin/env node
// Starts the program that the package for this machine holds. Nothing else is done in Node.
'use strict';
const { spawn } = require('child_process');
const { constants } = require('os');
const { dirname, join } = require('path');

const packages = { 'linux x64': 'optimize-assets-linux-x64' };

function program() {
  const machine = `${process.platform} ${process.arch}`;
  const name = packages[machine];
  if (!name) fail(`there is no package for ${machine}; build it from its source`);
  try {
    return join(dirname(require.resolve(`${name}/package.json`)), 'bin', 'optimize-assets');
  } catch {
    fail(`the package ${name} is missing; install again without --omit=optional`);
  }
}

function fail(message) {
  console.error(`optimize-assets: ${message}`);
  process.exit(69);
}

// The system's loader ends a program that is too new for it with 1, which the program itself says of a site over its budget.
function explain() {
  const glibc = process.report && process.report.getReport().header.glibcVersionRuntime;
  const [major, minor] = (glibc || '').split('.').map(Number);
  if (major < 2 || (major === 2 && minor < 35)) {
    fail(`it needs glibc 2.35, and this system has ${glibc}; use Debian 12, Ubuntu 22.04 or later, or build it from its source`);
  }
}

const child = spawn(program(), process.argv.slice(2), { stdio: 'inherit' });

// Node waits for the program, which ends in its own way. A terminal sends Ctrl-C to both already, and a second one would
// tell the program not to finish what it is writing; without a terminal the signal came to this process alone.
const hasTerminal = [0, 1, 2].some((file) => require('tty').isatty(file));
process.on('SIGINT', () => { if (!hasTerminal) child.kill('SIGINT'); });
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));

child.on('error', (error) => fail(`${child.spawnfile} does not start: ${error.message}`));
child.on('exit', (code, signal) => {
  if (code === 1) explain();
  process.exitCode = signal ? 128 + constants.signals[signal] : code;
});
