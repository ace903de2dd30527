// What flows along with asynchronous work: the values of every AsyncLocalStorage, as one frame in `internal.context`.
//
// Timers, ticks, immediates and HTTP events carry the frame by themselves. Promises do so only from the first use of this module on:
// * `then` binds its callbacks to the frame it was called in.
// * `await` of a promise asks for its `constructor`, at once before the continuation is attached. A reaction that is attached there runs at
//   once before the continuation, and puts the frame back. The order of all other jobs stays.
// * `await` of anything else makes a new promise. The engine tells when it is made and when it is fulfilled, at once before the continuation
//   is queued; a job queued there puts the frame back.
// Each job of a script sets its frame so when it begins, so none has to be taken away afterwards.
export default function (exports, _require, _module, internal) {
  const { control, OwnMap } = internal;
  const { apply } = Reflect;
  const { then } = Promise.prototype;
  const resolved = Promise.resolve();
  const nativeResolve = Promise.resolve;
  let marking = 0; // above 0: `constructor` is not asked for by an await

  // A private mark on any promise.
  class Base {
    constructor(object) {
      return object;
    }
  }
  class Made extends Base {
    #frame;
    #told;
    constructor(promise, frame, told) {
      super(promise);
      this.#frame = frame;
      this.#told = told;
    }
    static frame(promise) {
      return #frame in promise ? promise.#frame : undefined;
    }
    static told(promise) {
      return #frame in promise && promise.#told;
    }
  }
  const { frame: frameOf, told } = Made;

  function putBack(promise, frame) {
    const put = () => {
      internal.context = frame;
    };
    marking++;
    apply(then, promise, [put, put]);
    marking--;
  }

  let following = false;
  function follow() {
    if (following) return;
    following = true;
    control.follow((event, promise) => {
      if (event === 'init') new Made(promise, internal.context, marking === 0);
      else if (event === 'derived') new Made(promise, internal.context, false);
      else if (event === 'before') internal.context = frameOf(promise);
      else if (event === 'resolve' && told(promise)) putBack(resolved, frameOf(promise));
    });
    const methods = {
      then(onFulfilled, onRejected) {
        const frame = internal.context;
        const bound = (callback) =>
          typeof callback !== 'function'
            ? callback
            : (value) => {
                internal.context = frame;
                return callback(value);
              };
        marking++;
        try {
          return apply(then, this, [bound(onFulfilled), bound(onRejected)]);
        } finally {
          marking--;
        }
      },
      resolve(value) {
        marking++;
        try {
          return apply(nativeResolve, this, [value]);
        } finally {
          marking--;
        }
      },
    };
    Object.defineProperty(Promise.prototype, 'then', { value: methods.then, writable: true, enumerable: false, configurable: true });
    Object.defineProperty(Promise, 'resolve', { value: methods.resolve, writable: true, enumerable: false, configurable: true });
    const { Promise: Native } = globalThis;
    Object.defineProperty(Native.prototype, 'constructor', {
      get() {
        if (marking === 0 && this !== Native.prototype && this instanceof Native) putBack(this, internal.context);
        return Native;
      },
      set(value) {
        Object.defineProperty(this, 'constructor', { value, writable: true, enumerable: true, configurable: true });
      },
      enumerable: false,
      configurable: true,
    });
  }
  exports.follow = follow;

  // Runs with a frame, and leaves the present one behind.
  exports.within = function (frame, run, self, args) {
    const before = internal.context;
    internal.context = frame;
    try {
      return apply(run, self, args);
    } finally {
      internal.context = before;
    }
  };
  exports.changed = function (key, value) {
    const frame = new OwnMap();
    internal.context?.forEach((value, key) => frame.set(key, value));
    frame.set(key, value);
    return frame;
  };
}
