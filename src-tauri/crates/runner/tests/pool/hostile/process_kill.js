// Tries: to signal the program
// Must give: failed thrown "process.kill()"
exports.handler = async (p) => {
  process.kill(process.ppid, 'SIGKILL');
};
