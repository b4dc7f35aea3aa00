#!/usr/bin/env node
const { load } = require('./compiled.js');

load()
  .exported.run(process.argv.slice(2))
  .then((exitCode) => {
    process.exitCode = exitCode;
  });
