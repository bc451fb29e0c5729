'use strict';

const { readdirSync } = require('node:fs');
const { setPriority } = require('node:os');

/** Where a worker shares a machine with the site, the site's requests come first. */
const NICENESS = 10;

/** Linux keeps a priority per thread, and those that collect garbage are there before any script runs. */
function threads() {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [];
  }
}

/** Lets all other processes of the machine go first. A system that has no priorities does without. */
function giveWay() {
  for (const id of [process.pid, ...threads()]) {
    try {
      setPriority(id, NICENESS);
    } catch {
      // Nothing depends on it.
    }
  }
}

module.exports = { giveWay };
