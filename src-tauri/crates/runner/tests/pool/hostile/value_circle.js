// Tries: to return a value that contains itself
// Must give: failed unserializable "contains itself"
exports.handler = async (p) => {
  const value = {};
  value.value = [value];
  return value;
};
