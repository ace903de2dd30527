'use strict'; let r; try { undeclared = 1; r = 'sloppy'; } catch (e) { r = e.message; } module.exports = r;
