module.exports = { name: 'lib', up: Object.keys(require('..')) };
