// Certificates: not there yet.
export default function (exports, require) {
  exports.X509Certificate = function X509Certificate() {
    throw require('internal/errors').refused('new crypto.X509Certificate()', 'this runtime does not have it yet');
  };
}
