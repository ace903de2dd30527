export default function (exports, require) {
  require('internal/httpclient').build(exports, 'http:', 80);
  exports.createServer = () => {
    throw require('internal/errors').refused('http.createServer()', 'a function is called by the platform and listens to nothing');
  };
  exports.Server = class Server {
    constructor() {
      exports.createServer();
    }
  };
}
