exports.handler = async () => { await null; throw new TypeError('no good'); };
