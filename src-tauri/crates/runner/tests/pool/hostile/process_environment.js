// Tries: to read the program's environment
// Must give: returned []
exports.handler = async (p) => {
  const all = { ...process.env };
  return Object.keys(all).filter((name) => /HOME|USER|PATH|TOKEN|KEY|SECRET|CARGO|SSH|DISPLAY|DBUS|XDG/.test(name) && !/^(AWS_|PATH$)/.test(name));
};
