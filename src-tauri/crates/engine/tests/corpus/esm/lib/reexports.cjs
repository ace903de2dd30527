'use strict';
var __exportStar = (from, to) => Object.assign(to, from);
Object.defineProperty(exports, '__esModule', { value: true });
__exportStar(require('./c.cjs'), exports);
exports.own = 1;
