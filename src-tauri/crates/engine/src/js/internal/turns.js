// What runs when: the call itself, ticks, HTTP events, rejections.
export default function (exports, _require, _module, internal) {
  const { builtin, control, OwnMap } = internal;
  const { stringify, parse } = JSON;
  const { apply } = Reflect;
  const { then } = Promise.prototype;
  const promised = Promise.resolve.bind(Promise);

  // A chain, for a script may have put setters on Array.prototype, and a long queue must not be moved for each of its first.
  let firstTick;
  let lastTick;
  const rejections = new OwnMap();
  let rejected = 0; // how many wait in `rejections`
  // The call has failed. A script can have changed the language so much that its error cannot be told in full.
  function failed(error) {
    try {
      builtin('internal/failure').thrown(error);
    } catch {
      let message = 'an error that cannot be told';
      try {
        message = `${error}`;
      } catch {
        // Then without.
      }
      control.failed({ reason: 'thrown', message, stack: '', file: undefined, line: undefined, column: undefined });
    }
  }

  // Packages get WebAssembly parts ready that this call may never need, and let the promise go. Who awaits it is told all the same.
  const isAbsence = (reason) => reason instanceof ReferenceError && reason.message === 'WebAssembly is not defined';
  const absence = 'A package prepared to use WebAssembly, which functions do not have here; what needs it will fail.';

  // The package is loaded: the handler runs.
  function begin(exported, parameters) {
    let handler;
    try {
      handler = exported === undefined || exported === null ? undefined : exported.handler;
    } catch (error) {
      return failed(error);
    }
    if (typeof handler !== 'function') return builtin('internal/failure').noHandler(exported, handler);
    const settle = (value) => {
      if (value === undefined || value === null || typeof value === 'object' || typeof value === 'function') {
        let text;
        try {
          text = stringify(value);
        } catch (error) {
          return builtin('internal/failure').unserializable(value, error);
        }
        if (text === undefined) return builtin('internal/failure').unserializable(value, undefined);
        control.returned(text);
      } else if (typeof value === 'bigint' || typeof value === 'symbol') {
        builtin('internal/failure').unserializable(value, undefined);
      } else {
        control.returned(stringify(value));
      }
    };
    let result;
    try {
      result = handler(parse(parameters));
    } catch (error) {
      return failed(error);
    }
    if (result !== null && (typeof result === 'object' || typeof result === 'function') && typeof result.then === 'function') {
      apply(then, promised(result), [settle, failed]);
    } else {
      settle(result);
    }
  }

  // Each turn begins with a look at the clock, which timers set during the turn count from.
  const turn = (piece) =>
    function (...args) {
      internal.loopNow = control.now();
      internal.context = undefined;
      return piece(...args);
    };
  const hooks = {
    // Before the call: reads in what it is likely to ask for.
    prepare: builtin,
    start(parameters) {
      internal.loopNow = control.now();
      internal.prepared();
      const entry = internal.modules.entry();
      internal.entryName = internal.full(entry);
      if (internal.modules.format(entry) === 'module') {
        control.begin();
        apply(then, builtin('internal/imports').load(internal.modules.keyOf(entry)), [(names) => begin(names, parameters), failed]);
        return;
      }
      let exported;
      try {
        exported = internal.load(entry, undefined).exports;
      } catch (error) {
        return failed(error);
      }
      begin(exported, parameters);
    },
    ticks() {
      while (firstTick !== undefined) {
        const { callback, args, context } = firstTick;
        firstTick = firstTick.next;
        internal.context = context;
        try {
          apply(callback, undefined, args);
        } catch (error) {
          internal.uncaught(error);
        }
      }
    },
    http(id, kind, payload) {
      const heard = internal.requests.get(id);
      if (kind === 'end' || kind === 'failed') internal.requests.delete(id);
      if (heard === undefined) return;
      try {
        internal.context = heard.context;
        heard(kind, payload);
      } catch (error) {
        internal.uncaught(error);
      }
    },
    work(id, error, made) {
      const heard = internal.works.get(id);
      internal.works.delete(id);
      if (heard === undefined) return;
      try {
        internal.context = heard.context;
        heard(error ?? null, made);
      } catch (failure) {
        internal.uncaught(failure);
      }
    },
    rejected(promise, reason, handled) {
      if (handled) {
        if (rejections.delete(promise)) rejected--;
      } else {
        rejections.set(promise, reason);
        rejected++;
      }
    },
    unhandled() {
      if (rejected === 0) return false;
      let heard = false;
      rejections.forEach((reason, promise) => {
        rejections.delete(promise);
        rejected--;
        if (internal.process?.listenerCount('unhandledRejection') > 0) {
          heard = true;
          internal.process.emit('unhandledRejection', reason, promise);
        } else if (isAbsence(reason)) internal.group('console').write('note', absence, undefined, undefined, undefined);
        else failed(reason);
      });
      return heard;
    },
  };
  internal.hooks = hooks;
  internal.loopNow = 0;
  // What AsyncLocalStorage keeps, see internal/async_context. Whatever begins a job sets it.
  internal.context = undefined;
  // The callback of an HTTP request.
  internal.listen = (id, heard) => {
    heard.context = internal.context;
    internal.requests.set(id, heard);
  };
  internal.uncaught = (error) => {
    if (internal.process?.listenerCount('uncaughtException') > 0) internal.process.emit('uncaughtException', error, 'uncaughtException');
    else failed(error);
  };
  internal.nextTick = (callback, args) => {
    const tick = { __proto__: null, callback, args, context: internal.context, next: undefined };
    if (firstTick === undefined) {
      firstTick = tick;
      control.tick();
    } else lastTick.next = tick;
    lastTick = tick;
  };
  hooks.http = turn(hooks.http);
  hooks.work = turn(hooks.work);
}
