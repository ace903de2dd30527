export default function (exports, require) {
  require('internal/httpclient').build(exports, 'http:', 80);
  Object.assign(exports, require('internal/listening').build('http', 'a function is called by the platform and listens to nothing'));
}
