// Tries: to be redirected to a file
// Must give: failed thrown "fetch failed"
// Limits: time_ms=1500
exports.handler = async (p) => {
  return (await fetch(`${p.server}/redirect-file`)).text();
};
