module.exports = { handler: (parameters) => ({ output: { hello: parameters.name, sum: parameters.list.reduce((a, b) => a + b) } }) };
