// Tries: to read the host's source from its functions
// Must give: returned []
exports.handler = async (p) => {
  const leaks = [];
  for (const value of [setTimeout, fetch, structuredClone, JSON.parse, JSON.stringify, console.log, require, queueMicrotask, Buffer.from, process.exit, process.nextTick, URL, TextEncoder, AbortController]) {
    const text = Function.prototype.toString.call(value);
    if (/internal\.|control\.|modules\./.test(text) && /secret|token_of_host/.test(text)) leaks.push(text.slice(0, 40));
  }
  return leaks;
};
