module.exports = { name: 'lib', up: typeof require('..').handler, before: require('..').before };
