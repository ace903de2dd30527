// Tries: to load a native library
// Must give: failed thrown "process.dlopen()"
exports.handler = async (p) => {
  process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6');
};
