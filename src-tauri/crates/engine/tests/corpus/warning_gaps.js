// Warnings that Node 20 prints and this runtime does not: the test pins it.
exports.handler = async () => typeof Buffer('x');
