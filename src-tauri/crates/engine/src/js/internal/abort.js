// AbortController and AbortSignal.
export default function (exports, require) {
  const { Event, EventTarget } = require('internal/eventtarget');
  const timers = require('internal/timers');
  let allowed = false;

  class AbortSignal extends EventTarget {
    #aborted = false;
    #reason = undefined;
    onabort = null;
    constructor() {
      super();
      if (!allowed) throw require('internal/errors').coded(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
      Object.defineProperty(this, 'onabort', { enumerable: false });
    }
    static fire(signal, reason) {
      if (signal.#aborted) return;
      signal.#aborted = true;
      signal.#reason = reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
      signal.dispatchEvent(new Event('abort'));
    }
    get aborted() {
      return this.#aborted;
    }
    get reason() {
      return this.#reason;
    }
    throwIfAborted() {
      if (this.#aborted) throw this.#reason;
    }
    get [Symbol.toStringTag]() {
      return 'AbortSignal';
    }
    [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
      return depth < 0 ? '[AbortSignal]' : `AbortSignal ${require('internal/inspect').inspect({ aborted: this.aborted }, options)}`;
    }
  }
  const { fire } = AbortSignal;
  delete AbortSignal.fire;
  function make() {
    allowed = true;
    try {
      return new AbortSignal();
    } finally {
      allowed = false;
    }
  }

  AbortSignal.abort = function abort(reason) {
    const signal = make();
    fire(signal, reason);
    return signal;
  };
  AbortSignal.timeout = function timeout(delay) {
    const signal = make();
    timers.setTimeout(() => fire(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')), delay).unref();
    return signal;
  };
  AbortSignal.any = function any(signals) {
    const signal = make();
    for (const one of signals) {
      if (one.aborted) {
        fire(signal, one.reason);
        return signal;
      }
    }
    for (const one of signals) one.addEventListener('abort', () => fire(signal, one.reason), { once: true });
    return signal;
  };

  class AbortController {
    #signal = make();
    get signal() {
      return this.#signal;
    }
    abort(reason) {
      fire(this.#signal, reason);
    }
    get [Symbol.toStringTag]() {
      return 'AbortController';
    }
    [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
      return depth < 0 ? '[AbortController]' : `AbortController ${require('internal/inspect').inspect({ signal: this.signal }, options)}`;
    }
  }

  exports.AbortController = AbortController;
  exports.AbortSignal = AbortSignal;
  // Node's own error for its own operations.
  exports.abortError = function (signal) {
    const error = new Error('The operation was aborted', signal?.reason === undefined ? undefined : { cause: signal.reason });
    error.name = 'AbortError';
    error.code = 'ABORT_ERR';
    return error;
  };
}
