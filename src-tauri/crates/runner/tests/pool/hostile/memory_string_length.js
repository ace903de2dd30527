// Tries: to make a string longer than the language allows
// Must give: failed thrown "Invalid string length" or failed out_of_memory
// Limits: time_ms=20000
exports.handler = async (p) => {
  let text = 'x';
  for (;;) text += text;
};
