// Web streams, and the bodies of fetch as such.
export default function (exports, require) {
  const parts = require('internal/webstream_parts');
  const readable = require('internal/webstream_readable');
  const { ReadableStream } = readable;

  const pick = (from, names) => {
    for (const name of names.split(' ')) exports[name] = from[name];
  };
  pick(readable, 'ReadableStream ReadableStreamDefaultReader ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableByteStreamController ReadableStreamDefaultController');
  pick(require('internal/webstream_writable'), 'WritableStream WritableStreamDefaultWriter WritableStreamDefaultController');
  pick(parts, 'ByteLengthQueuingStrategy CountQueuingStrategy');
  // Loaded when first asked for: bodies need none of them.
  for (const name of 'TransformStream TransformStreamDefaultController TextEncoderStream TextDecoderStream CompressionStream DecompressionStream'.split(' ')) {
    Object.defineProperty(exports, name, { get: () => require('internal/webstream_transform')[name], enumerable: true, configurable: true });
  }
  const hide = (name, value) => Object.defineProperty(exports, name, { value });

  // The readable side of a body: { source, used }.
  hide('readable', (state) => new ReadableStream(
    {
      type: 'bytes',
      async pull(controller) {
        state.used = true;
        const chunk = await state.source.next();
        if (chunk === undefined) {
          controller.close();
          controller.byobRequest?.respond(0);
        } else if (chunk.length > 0) controller.enqueue(chunk);
        else await this.pull(controller);
      },
      cancel() {
        state.used = true;
        state.source.end();
        state.source.chunks.length = 0;
        state.source.stop?.();
      },
    },
    { highWaterMark: 0 },
  ));
  hide('isDisturbed', (stream) => readable.stateOf(stream).disturbed);
  // A stream given to somebody else goes on there; this one is locked.
  hide('moved', (stream) => {
    if (stream instanceof ReadableStream) return ReadableStream.from(stream.values());
    throw new DOMException('Object that needs transfer was found in message but not listed in transferList', 'DataCloneError');
  });
}
