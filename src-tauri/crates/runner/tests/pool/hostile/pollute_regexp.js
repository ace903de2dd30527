// Tries: to break the host's error texts through RegExp.prototype
// Must give: failed thrown "TypeError: "
exports.handler = async (p) => {
  RegExp.prototype.exec = () => { throw 'mine'; };
  RegExp.prototype.test = () => { throw 'mine'; };
  RegExp.prototype[Symbol.replace] = RegExp.prototype[Symbol.match] = RegExp.prototype[Symbol.split] = () => { throw 'mine'; };
  undefined.x;
};
