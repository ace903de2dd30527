export default function (exports, require) {
  require('internal/httpclient').build(exports, 'https:', 443);
  exports.createServer = () => {
    throw require('internal/errors').refused('https.createServer()', 'a function is called by the platform and listens to nothing');
  };
}
