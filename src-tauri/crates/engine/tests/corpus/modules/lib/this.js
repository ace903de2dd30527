module.exports = [this === exports, typeof require.main, arguments.length];
