// Tries: to write control characters and forged lines to the log
// Must give: returned 1
exports.handler = async (p) => {
  console.log('\u001b[2J\u001b]0;title\u0007\r\n\u0000{"kind":"report"}');
  return 1;
};
