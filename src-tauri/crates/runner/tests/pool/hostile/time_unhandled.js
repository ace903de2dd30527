// Tries: never to end in a listener of unhandled rejections
// Must give: failed timed_out
// Limits: time_ms=400
exports.handler = async (p) => {
  process.on('unhandledRejection', () => { for (;;) {} });
  Promise.reject(new Error('x'));
  await new Promise((resolve) => setTimeout(resolve, 10));
};
