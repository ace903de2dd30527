// Lines of a stream, and the escapes that move a cursor.
export default function (exports, require, _module, internal) {
  const EventEmitter = require('events');
  const { StringDecoder } = require('string_decoder');
  const { coded, typeError, callable } = require('internal/errors');
  const { abortError } = require('internal/abort');

  function Interface(input, output) {
    if (!(this instanceof Interface)) return new Interface(input, output);
    EventEmitter.call(this);
    const options = input?.input === undefined ? { input, output } : input;
    if (options.input === undefined || typeof options.input.on !== 'function') throw typeError('input', 'an instance of Stream', options.input);
    this.input = options.input;
    this.output = options.output;
    this.terminal = Boolean(options.terminal);
    this.line = '';
    this.cursor = 0;
    this.closed = false;
    this.paused = false;
    this.history = [];
    this.crlfDelay = Math.max(100, options.crlfDelay ?? 100);
    Object.defineProperty(this, 'state', { value: { prompt: options.prompt ?? '> ', decoder: new StringDecoder('utf8'), rest: '', returned: 0, asked: [], escapeCodeTimeout: options.escapeCodeTimeout } });
    this.input.on('error', (error) => this.emit('error', error));
    this.input.on('data', (chunk) => this.feed(chunk));
    this.input.on('end', () => this.finish());
    if (options.signal) {
      if (options.signal.aborted) internal.nextTick(() => this.close(), []);
      else options.signal.addEventListener('abort', () => this.close(), { once: true });
    }
    this.input.resume();
  }
  Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
  Object.setPrototypeOf(Interface, EventEmitter);
  const hidden = {
    feed(chunk) {
      const { state } = this;
      let text = state.rest + (typeof chunk === 'string' ? chunk : state.decoder.write(chunk));
      // A line end of two characters may come in two pieces.
      if (state.returned > 0 && text.startsWith('\n') && Date.now() - state.returned <= this.crlfDelay) text = text.slice(1);
      state.returned = 0;
      const lines = text.split(/\r\n|\n|\r(?!$)|\u2028|\u2029/);
      let last = lines.pop();
      if (last.endsWith('\r')) {
        lines.push(last.slice(0, -1));
        last = '';
        state.returned = Date.now();
      }
      state.rest = last;
      for (const line of lines) this.told(line);
    },
    told(line) {
      if (this.closed) return;
      const asked = this.state.asked.shift();
      if (asked !== undefined) asked(line);
      else this.emit('line', line);
    },
    finish() {
      const { state } = this;
      const last = state.rest + state.decoder.end();
      state.rest = '';
      if (last !== '') this.told(last);
      this.close();
    },
  };
  for (const name of Object.keys(hidden)) Object.defineProperty(Interface.prototype, name, { value: hidden[name], writable: true, configurable: true });
  const methods = {
    getPrompt() {
      return this.state.prompt;
    },
    setPrompt(prompt) {
      this.state.prompt = prompt;
    },
    prompt() {
      if (this.closed) throw coded(Error, 'ERR_USE_AFTER_CLOSE', 'readline was closed');
      this.output?.write(this.state.prompt);
    },
    question(query, options, done) {
      if (typeof options === 'function') done = options;
      if (this.closed) throw coded(Error, 'ERR_USE_AFTER_CLOSE', 'readline was closed');
      callable(done, 'cb');
      this.output?.write(query);
      this.state.asked.push(done);
      options?.signal?.addEventListener('abort', () => {
        this.state.asked = this.state.asked.filter((one) => one !== done);
      }, { once: true });
    },
    write(data) {
      if (this.closed) throw coded(Error, 'ERR_USE_AFTER_CLOSE', 'readline was closed');
      if (data !== undefined && data !== null) this.feed(data);
    },
    pause() {
      if (this.paused) return this;
      this.paused = true;
      this.input.pause();
      this.emit('pause');
      return this;
    },
    resume() {
      if (!this.paused) return this;
      this.paused = false;
      this.input.resume();
      this.emit('resume');
      return this;
    },
    close() {
      if (this.closed) return;
      this.pause();
      this.closed = true;
      this.emit('close');
    },
    getCursorPos: () => ({ cols: 0, rows: 0 }),
    [Symbol.asyncIterator]() {
      const ready = [];
      let wake;
      this.on('line', (line) => {
        ready.push(line);
        wake?.();
      });
      this.on('close', () => wake?.());
      let failure;
      this.on('error', (error) => {
        failure = { error };
        wake?.();
      });
      const self = this;
      return (async function* () {
        try {
          for (;;) {
            if (ready.length > 0) yield ready.shift();
            else if (failure !== undefined) throw failure.error;
            else if (self.closed) return;
            else {
              await new Promise((done) => {
                wake = done;
              });
              wake = undefined;
            }
          }
        } finally {
          self.close();
        }
      })();
    },
  };
  for (const name of Reflect.ownKeys(methods)) Object.defineProperty(Interface.prototype, name, { value: methods[name], writable: true, enumerable: typeof name === 'string', configurable: true });
  Object.defineProperty(Interface.prototype.question, Symbol.for('nodejs.util.promisify.custom'), {
    value(query, options) {
      return new Promise((resolve, reject) => {
        const { signal } = options ?? {};
        if (signal?.aborted) return reject(abortError(signal));
        signal?.addEventListener('abort', () => reject(abortError(signal)), { once: true });
        this.question(query, options ?? {}, resolve);
      });
    },
  });

  // The escapes.
  const write = (stream, text, done) => {
    if (done !== undefined) callable(done, 'callback');
    if (text === '' || stream === null || stream === undefined) {
      if (done) internal.nextTick(done, [null]);
      return true;
    }
    return stream.write(text, done);
  };
  const move = (dx, dy) => (dx < 0 ? `\u001b[${-dx}D` : dx > 0 ? `\u001b[${dx}C` : '') + (dy < 0 ? `\u001b[${-dy}A` : dy > 0 ? `\u001b[${dy}B` : '');
  const line = (direction) => (direction < 0 ? '\u001b[1K' : direction > 0 ? '\u001b[0K' : '\u001b[2K');
  const cursor = (x, y) => {
    if (typeof x !== 'number') throw typeError('x', 'of type number', x);
    return typeof y === 'number' ? `\u001b[${y + 1};${x + 1}H` : `\u001b[${x + 1}G`;
  };
  Object.assign(exports, {
    Interface,
    createInterface: (input, output) => new Interface(input, output),
    clearLine: (stream, direction, done) => write(stream, line(direction), done),
    clearScreenDown: (stream, done) => write(stream, '\u001b[0J', done),
    cursorTo(stream, x, y, done) {
      if (typeof y === 'function') [done, y] = [y, undefined];
      return write(stream, cursor(x, y), done);
    },
    moveCursor: (stream, dx, dy, done) => write(stream, move(dx, dy), done),
    emitKeypressEvents() {},
  });

  class Promised extends Interface {
    question(query, options = {}) {
      return new Promise((resolve, reject) => {
        const { signal } = options;
        if (signal?.aborted) return reject(abortError(signal));
        signal?.addEventListener('abort', () => reject(abortError(signal)), { once: true });
        Interface.prototype.question.call(this, query, options, resolve);
      });
    }
  }
  Object.defineProperty(Promised, 'name', { value: 'Interface' });
  class Readline {
    #stream;
    #auto;
    #waiting = [];
    constructor(stream, options) {
      this.#stream = stream;
      this.#auto = Boolean(options?.autoCommit);
    }
    #put(text) {
      if (this.#auto) internal.nextTick(() => this.#stream.write(text), []);
      else this.#waiting.push(text);
      return this;
    }
    clearLine(direction) {
      return this.#put(line(direction));
    }
    clearScreenDown() {
      return this.#put('\u001b[0J');
    }
    cursorTo(x, y) {
      return this.#put(cursor(x, y));
    }
    moveCursor(dx, dy) {
      return this.#put(move(dx, dy));
    }
    commit() {
      return new Promise((done) => this.#stream.write(this.#waiting.splice(0).join(''), done));
    }
    rollback() {
      this.#waiting = [];
      return this;
    }
  }
  exports.promises = { Interface: Promised, Readline, createInterface: (input, output) => new Promised(input, output) };
}
