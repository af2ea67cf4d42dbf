#!/usr/bin/env node
import 'reflect-metadata';

import { run } from './program.js';

void run(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
