export default function (exports, require) {
  const { Buffer } = require('buffer');
  exports.buffer = async (stream) => {
    const chunks = [];
    for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    return Buffer.concat(chunks);
  };
  exports.arrayBuffer = async (stream) => {
    const buffer = await exports.buffer(stream);
    return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);
  };
  exports.text = async (stream) => (await exports.buffer(stream)).toString();
  exports.json = async (stream) => JSON.parse(await exports.text(stream));
  exports.blob = async (stream) => new (require('internal/blob').Blob)([await exports.buffer(stream)]);
}
