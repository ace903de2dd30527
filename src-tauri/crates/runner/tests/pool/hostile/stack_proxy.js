// Tries: to end the stack with proxies
// Must give: failed stack_overflow "Maximum call stack size exceeded"
exports.handler = async (p) => {
  let proxy = {};
  for (let n = 0; n < 1e5; n++) proxy = new Proxy(proxy, {});
  return proxy.x;
};
