// pipeTo and tee.
export default function (exports, require) {
  const readable = require('internal/webstream_readable');
  const writable = require('internal/webstream_writable');
  const { typeError } = require('internal/errors');
  const { invalid, deferred } = require('internal/webstream_parts');

  exports.pipe = async function (source, target, { preventClose = false, preventAbort = false, preventCancel = false, signal }) {
    if (!(target instanceof writable.WritableStream)) throw typeError('destination', 'an instance of WritableStream', target);
    if (source.locked) throw invalid('The ReadableStream is locked');
    if (target.locked) throw invalid('The WritableStream is locked');
    if (signal !== undefined && typeof signal?.aborted !== 'boolean') throw typeError('options.signal', 'an instance of AbortSignal', signal);
    const reader = source.getReader();
    const writer = target.getWriter();
    const to = writable.stateOf(target);
    const stopped = deferred();
    stopped.promise.catch(() => {});
    const onAbort = () => stopped.resolve('aborted');
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
    writer.closed.then(() => stopped.resolve('closed'), () => stopped.resolve('target'));
    let last = Promise.resolve();
    let failure;
    try {
      for (;;) {
        const event = await Promise.race([stopped.promise, writer.ready.then(() => undefined, () => 'target')]);
        if (event !== undefined || to.kind !== 'writable') {
          await last.catch(() => {});
          if (event === 'aborted') {
            failure = { error: signal.reason };
            await Promise.allSettled([preventAbort ? undefined : writer.abort(signal.reason), preventCancel ? undefined : reader.cancel(signal.reason)]);
          } else if (to.kind === 'errored' || to.kind === 'erroring') {
            failure = { error: to.error };
            if (!preventCancel) await reader.cancel(to.error).catch((error) => void (failure = { error }));
          } else {
            failure = { error: invalid('Destination WritableStream is closed') };
            if (!preventCancel) await reader.cancel(failure.error);
          }
          break;
        }
        let result;
        try {
          result = await Promise.race([reader.read(), stopped.promise.then(() => undefined)]);
        } catch (error) {
          await last.catch(() => {});
          failure = { error };
          if (!preventAbort) await writer.abort(error).catch(() => {});
          break;
        }
        if (result === undefined) continue;
        if (result.done) {
          await last;
          if (!preventClose && !writable.isClosing(to) && to.kind === 'writable') await writer.close();
          break;
        }
        last = writer.write(result.value);
        last.catch(() => {});
      }
    } catch (error) {
      failure ??= { error };
    } finally {
      signal?.removeEventListener('abort', onAbort);
      reader.releaseLock();
      writer.releaseLock();
    }
    if (failure !== undefined) throw failure.error;
  };

  exports.tee = function (source) {
    const reader = source.getReader();
    const state = readable.stateOf(source);
    const cancelled = deferred();
    const reasons = [undefined, undefined];
    const over = [false, false];
    const branches = [];
    let reading = false;
    let again = false;
    function pull() {
      if (reading) {
        again = true;
        return;
      }
      reading = true;
      readable.read(state, {
        chunk(value) {
          reading = false;
          branches.forEach((branch, index) => {
            if (!over[index]) readable.enqueue(branch, index === 1 && state.isBytes ? value.slice() : value);
          });
          if (again) {
            again = false;
            pull();
          }
        },
        close() {
          reading = false;
          branches.forEach((branch, index) => {
            if (!over[index]) readable.close(branch);
          });
          if (!over[0] || !over[1]) cancelled.resolve();
        },
        fail() {
          reading = false;
        },
      });
    }
    const made = [0, 1].map((index) => {
      const stream = new readable.ReadableStream(
        {
          ...(state.isBytes ? { type: 'bytes' } : {}),
          pull,
          cancel(reason) {
            over[index] = true;
            reasons[index] = reason;
            if (over[1 - index]) cancelled.resolve(readable.cancel(state, reasons));
            return cancelled.promise;
          },
        },
        { highWaterMark: state.isBytes ? 0 : 1 },
      );
      branches.push(readable.stateOf(stream));
      return stream;
    });
    reader.closed.catch((error) => {
      for (const branch of branches) readable.fail(branch, error);
      if (!over[0] || !over[1]) cancelled.resolve();
    });
    return made;
  };
}
