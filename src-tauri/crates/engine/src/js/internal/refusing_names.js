// What the refusing modules export: functions, and classes with their parent and members. Written as Node 20 has them.
export default function (exports) {
  exports.names = {
    child_process: 'exec execFile execFileSync execSync fork spawn spawnSync ChildProcess<events>=kill,ref,spawn,unref',
    cluster: 'disconnect fork setupMaster setupPrimary Worker<events>=destroy,disconnect,isConnected,isDead,kill,send',
    dgram:
      'createSocket Socket<events>=addMembership,addSourceSpecificMembership,address,bind,close,connect,disconnect,dropMembership,dropSourceSpecificMembership,getRecvBufferSize,getSendBufferSize,getSendQueueCount,getSendQueueSize,ref,remoteAddress,send,sendto,setBroadcast,setMulticastInterface,setMulticastLoopback,setMulticastTTL,setRecvBufferSize,setSendBufferSize,setTTL,unref',
    domain: 'create createDomain Domain<events>=add,bind,enter,exit,intercept,members,remove,run',
    http2:
      'connect createSecureServer createServer getDefaultSettings getPackedSettings getUnpackedSettings performServerHandshake Http2ServerRequest<stream/Readable>=aborted,authority,complete,connection,headers,httpVersion,httpVersionMajor,httpVersionMinor,method,rawHeaders,rawTrailers,scheme,setTimeout,socket,stream,trailers,url Http2ServerResponse<stream>=addTrailers,appendHeader,connection,cork,createPushResponse,destroy,end,finished,flushHeaders,getHeader,getHeaderNames,getHeaders,hasHeader,headersSent,removeHeader,sendDate,setHeader,setTimeout,setTrailer,socket,statusCode,statusMessage,stream,uncork,writableCorked,writableEnded,writableFinished,writableHighWaterMark,writableLength,write,writeContinue,writeEarlyHints,writeHead',
    inspector: 'close open url waitForDebugger Session<events>=connect,connectToMainThread,disconnect,post',
    'inspector/promises': 'close open url waitForDebugger Session<events>=connect,connectToMainThread,disconnect,post',
    net: 'connect createConnection Socket<stream/Duplex>=address,bufferSize,bytesRead,bytesWritten,connect,destroySoon,end,localAddress,localFamily,localPort,pause,pending,read,readyState,ref,remoteAddress,remoteFamily,remotePort,resetAndDestroy,resume,setKeepAlive,setNoDelay,setTimeout,unref',
    repl: 'isValidSyntax start writer Recoverable<error> REPLServer<readline/Interface>=clearBufferedCommand,close,complete,completeOnEditorMode,createContext,defineCommand,displayPrompt,resetContext,setPrompt,setupHistory',
    test: 'after afterEach before beforeEach describe it only run skip suite todo',
    tls: 'connect createSecureContext createSecurePair createServer SecureContext Server<net/Server>=addContext,getTicketKeys,setOptions,setSecureContext,setTicketKeys TLSSocket<net/Socket>=disableRenegotiation,enableTrace,exportKeyingMaterial,getCertificate,getCipher,getEphemeralKeyInfo,getFinished,getPeerCertificate,getPeerFinished,getPeerX509Certificate,getProtocol,getSession,getSharedSigalgs,getTLSTicket,getX509Certificate,isSessionReused,renegotiate,setKeyCert,setMaxSendFragment,setServername,setSession',
    trace_events: 'createTracing',
    tty: 'ReadStream<net/Socket>=setRawMode WriteStream<net/Socket>=clearLine,clearScreenDown,cursorTo,getColorDepth,getWindowSize,hasColors,isTTY,moveCursor',
    wasi: 'WASI=getImportObject,initialize,start',
    worker_threads:
      'moveMessagePortToContext postMessageToThread Worker<events>=getHeapSnapshot,postMessage,ref,resourceLimits,stderr,stdin,stdout,terminate,threadId,unref',
  };
}
