// One package for all scripts: which one runs is a parameter.
exports.handler = (parameters) => require(`./scripts/${parameters.script}.js`)(parameters);
