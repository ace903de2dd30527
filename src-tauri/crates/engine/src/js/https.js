export default function (exports, require) {
  require('internal/httpclient').build(exports, 'https:', 443);
  Object.assign(exports, require('internal/listening').build('https', 'a function is called by the platform and listens to nothing'));
}
