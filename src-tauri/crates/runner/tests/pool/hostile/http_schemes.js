// Tries: to fetch by other schemes
// Must give: returned []
exports.handler = async (p) => {
  const fetched = [];
  for (const url of ['ftp://127.0.0.1/', 'gopher://127.0.0.1/', 'about:blank', 'chrome://version', 'unix:/var/run/docker.sock', 'http+unix://%2Fvar%2Frun%2Fdocker.sock/', 'javascript:1', 'jar:file:///x', '/etc/passwd']) {
    try { await fetch(url); fetched.push(url); } catch {}
  }
  return fetched;
};
