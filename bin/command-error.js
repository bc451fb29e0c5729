'use strict';

/** What went wrong, in a sentence for whoever typed the command, and the code that the process ends with. */
class CommandError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

module.exports = { CommandError };
