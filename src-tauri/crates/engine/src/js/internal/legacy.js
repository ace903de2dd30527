// Module names of old, made from what the public modules have.
export default function (exports, require) {
  const streams = { _stream_duplex: 'Duplex', _stream_passthrough: 'PassThrough', _stream_readable: 'Readable', _stream_transform: 'Transform', _stream_writable: 'Writable' };
  const pick = (from, names) => Object.fromEntries(names.split(' ').map((name) => [name, from[name]]));

  exports.module = function (name) {
    if (streams[name] !== undefined) return require('stream')[streams[name]];
    const http = require('http');
    switch (name) {
      case '_http_agent':
        return pick(http, 'Agent globalAgent');
      case '_http_client':
        return pick(http, 'ClientRequest');
      case '_http_incoming':
        return pick(http, 'IncomingMessage');
      case '_http_outgoing':
        return pick(http, 'OutgoingMessage validateHeaderName validateHeaderValue');
      case '_http_server':
        return pick(http, 'Server ServerResponse STATUS_CODES');
      case '_http_common':
        return { methods: http.METHODS, _checkIsHttpToken: (text) => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text), _checkInvalidHeaderChar: (text) => /[^\t\x20-\x7e\x80-\xff]/.test(text) };
      case '_tls_common':
        return pick(require('tls'), 'SecureContext createSecureContext');
      case '_tls_wrap':
        return pick(require('tls'), 'Server TLSSocket connect createServer');
      default:
        return {};
    }
  };

  exports.constants = function () {
    const { dlopen, errno, priority, signals } = require('os').constants;
    return { ...dlopen, ...errno, ...priority, ...signals, ...require('internal/constants').numbers('fs'), ...require('crypto').constants };
  };

  exports.test = function () {
    const { build, refuser, mark } = require('internal/refusing');
    const found = {};
    build('test', found);
    const why = found.test[mark];
    return Object.assign(refuser('node:test', 'test', why), found);
  };
}
