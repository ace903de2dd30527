// Tries: to catch the host's calls with Function.prototype.call, apply and bind
// Must give: returned {"caught":0}
exports.handler = async (p) => {
  let caught = 0;
  const { call, apply, bind } = Function.prototype;
  const look = (...args) => { if (args.some((one) => one !== null && typeof one === 'object' && ('hooks' in one || 'control' in one || 'modules' in one))) caught++; };
  Function.prototype.call = function (...args) { look(this, ...args); return Reflect.apply(call, this, args); };
  Function.prototype.apply = function (...args) { look(this, ...args); return Reflect.apply(apply, this, args); };
  Function.prototype.bind = function (...args) { look(this, ...args); return Reflect.apply(bind, this, args); };
  process.nextTick(() => {});
  await null;
  new Error('x').stack;
  return { caught };
};
