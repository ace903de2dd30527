// Modules that packages import and functions cannot use here: present, and refusing when something is done with them.
export default function (exports, require) {
  const offline = 'functions reach other systems over HTTP only (fetch, http, https)';
  const alone = 'a function runs alone in its worker';
  const modules = {
    child_process: [alone, 'exec execFile execFileSync execSync fork spawn spawnSync', 'ChildProcess'],
    cluster: [alone, 'fork setupPrimary setupMaster disconnect', 'Worker'],
    dgram: [offline, 'createSocket', 'Socket'],
    dns: [offline, 'lookup lookupService resolve resolve4 resolve6 resolveMx resolveTxt resolveSrv resolveNs resolveCname reverse setServers getServers', 'Resolver'],
    fs: ['files cannot be read or written by functions; `require` loads .js and .json files of the package', 'access accessSync appendFile appendFileSync chmod chmodSync chown chownSync close closeSync copyFile copyFileSync cp cpSync createReadStream createWriteStream existsSync fchmod fchmodSync fchown fdatasync fstat fstatSync fsync ftruncate futimes lchown link linkSync lstat lstatSync mkdir mkdirSync mkdtemp mkdtempSync open openSync opendir opendirSync read readSync readFile readFileSync readdir readdirSync readlink readlinkSync realpath realpathSync rename renameSync rm rmSync rmdir rmdirSync stat statSync statfs symlink symlinkSync truncate truncateSync unlink unlinkSync utimes utimesSync watch watchFile unwatchFile write writeSync writeFile writeFileSync writev readv', 'Stats Dirent Dir ReadStream WriteStream FSWatcher'],
    http2: [offline, 'connect createServer createSecureServer', 'Http2Session'],
    inspector: ['there is no inspector', 'open close url waitForDebugger', 'Session'],
    net: [offline, 'connect createConnection createServer', 'Socket Server Stream BlockList SocketAddress'],
    readline: ['there is no terminal', 'createInterface clearLine clearScreenDown cursorTo emitKeypressEvents moveCursor', 'Interface'],
    repl: ['there is no terminal', 'start', 'REPLServer'],
    tls: [offline, 'connect createServer createSecureContext checkServerIdentity getCiphers', 'TLSSocket Server'],
    tty: ['there is no terminal', '', 'ReadStream WriteStream'],
    v8: ['the engine is not V8', 'serialize deserialize getHeapSnapshot writeHeapSnapshot getHeapStatistics getHeapSpaceStatistics setFlagsFromString takeCoverage', 'Serializer Deserializer'],
    vm: ['code of other realms cannot be run', 'createContext runInContext runInNewContext runInThisContext compileFunction isContext', 'Script SourceTextModule'],
    wasi: ['WebAssembly does not exist here', '', 'WASI'],
    worker_threads: [alone, 'postMessageToThread receiveMessageOnPort moveMessagePortToContext setEnvironmentData getEnvironmentData', 'Worker MessageChannel MessagePort BroadcastChannel'],
    zlib: ['this runtime does not have it yet; fetch undoes gzip, deflate and br by itself', 'gzip gzipSync gunzip gunzipSync deflate deflateSync inflate inflateSync deflateRaw deflateRawSync inflateRaw inflateRawSync unzip unzipSync brotliCompress brotliCompressSync brotliDecompress brotliDecompressSync createGzip createGunzip createDeflate createInflate createDeflateRaw createInflateRaw createUnzip createBrotliCompress createBrotliDecompress', 'Gzip Gunzip Deflate Inflate DeflateRaw InflateRaw Unzip BrotliCompress BrotliDecompress'],
    trace_events: ['there is nothing to trace', 'createTracing getEnabledCategories', ''],
  };
  exports.names = Object.keys(modules);

  function refuser(title, why, codeOf) {
    return function refused() {
      const error = require('internal/errors').refused(title, why);
      if (codeOf !== undefined) error.code = codeOf;
      throw error;
    };
  }

  exports.build = function (name, target) {
    const [why, functions, classes] = modules[name];
    for (const one of functions.split(' ').filter(Boolean)) {
      target[one] = refuser(`${name}.${one}()`, why, name === 'fs' ? 'EACCES' : undefined);
      Object.defineProperty(target[one], 'name', { value: one });
    }
    for (const one of classes.split(' ').filter(Boolean)) {
      target[one] = refuser(`new ${name}.${one}()`, why);
      Object.defineProperty(target[one], 'name', { value: one });
    }
    extras[name]?.(target);
  };

  const extras = {
    fs(fs) {
      fs.constants = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_EXCL: 128, O_TRUNC: 512, O_APPEND: 1024 };
      Object.assign(fs, { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 });
      fs.promises = { constants: fs.constants };
      for (const one of ['access', 'appendFile', 'chmod', 'copyFile', 'cp', 'lstat', 'mkdir', 'mkdtemp', 'open', 'opendir', 'readFile', 'readdir', 'readlink', 'realpath', 'rename', 'rm', 'rmdir', 'stat', 'symlink', 'truncate', 'unlink', 'utimes', 'writeFile']) {
        const refuse = refuser(`fs.promises.${one}()`, modules.fs[0], 'EACCES');
        fs.promises[one] = async () => refuse();
      }
      fs.existsSync = () => false;
      fs.realpath.native = fs.realpath;
      fs.realpathSync.native = fs.realpathSync;
    },
    net(net) {
      const v4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
      net.isIPv4 = (text) => v4.test(`${text}`);
      net.isIPv6 = (text) => `${text}`.includes(':') && require('internal/url').URL.canParse(`http://[${`${text}`.replace(/%.*$/, '')}]`);
      net.isIP = (text) => (net.isIPv4(text) ? 4 : net.isIPv6(text) ? 6 : 0);
      net.getDefaultAutoSelectFamily = () => true;
      net.setDefaultAutoSelectFamily = () => {};
    },
    tls(tls) {
      Object.assign(tls, { rootCertificates: [], DEFAULT_MIN_VERSION: 'TLSv1.2', DEFAULT_MAX_VERSION: 'TLSv1.3', DEFAULT_ECDH_CURVE: 'auto', DEFAULT_CIPHERS: '' });
    },
    tty(tty) {
      tty.isatty = () => false;
    },
    dns(dns) {
      dns.promises = {};
      for (const one of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveMx', 'resolveTxt', 'resolveSrv']) {
        const refuse = refuser(`dns.promises.${one}()`, offline);
        dns.promises[one] = async () => refuse();
      }
      dns.getDefaultResultOrder = () => 'verbatim';
      dns.setDefaultResultOrder = () => {};
    },
    worker_threads(threads) {
      Object.assign(threads, { isMainThread: true, parentPort: null, workerData: null, threadId: 0, resourceLimits: {}, SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'), markAsUntransferable: () => {} });
    },
    cluster(cluster) {
      Object.assign(cluster, { isMaster: true, isPrimary: true, isWorker: false, workers: {}, settings: {} });
    },
    http2(http2) {
      http2.constants = { HTTP2_HEADER_METHOD: ':method', HTTP2_HEADER_PATH: ':path', HTTP2_HEADER_STATUS: ':status', HTTP2_HEADER_AUTHORITY: ':authority', HTTP2_HEADER_SCHEME: ':scheme', NGHTTP2_CANCEL: 8 };
      http2.sensitiveHeaders = Symbol('nodejs.http2.sensitiveHeaders');
    },
    zlib(zlib) {
      zlib.constants = { Z_NO_FLUSH: 0, Z_PARTIAL_FLUSH: 1, Z_SYNC_FLUSH: 2, Z_FULL_FLUSH: 3, Z_FINISH: 4, Z_DEFAULT_COMPRESSION: -1, BROTLI_OPERATION_PROCESS: 0, BROTLI_OPERATION_FLUSH: 1, BROTLI_OPERATION_FINISH: 2 };
      zlib.codes = {};
    },
    v8(v8) {
      v8.getHeapStatistics = () => ({ total_heap_size: 0, used_heap_size: 0, heap_size_limit: 256 << 20 });
    },
  };
}
