// Tries: to return a value that changes each time it is read
// Must give: returned {"read":1}
exports.handler = async (p) => {
  let read = 0;
  return { toJSON() { return { read: ++read }; } };
};
