module.exports = require('nested');
