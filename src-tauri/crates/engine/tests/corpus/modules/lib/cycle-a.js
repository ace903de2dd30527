exports.early = 1; const b = require('./cycle-b'); exports.b = b.seen; exports.late = 2;
