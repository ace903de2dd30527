//! The built-in modules: JavaScript sources, compiled on first use and kept as bytecode for the life of the process.
//!
//! Each file is an ES module whose default export is `(exports, require, module, internal) => { … }`; `require` finds built-ins only.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rquickjs::module::{Evaluated, WriteOptions};
use rquickjs::{Ctx, Error, Function, Module, Result};

macro_rules! sources {
    ($($name:literal => $file:literal),* $(,)?) => {
        /// Source of a built-in.
        fn source(name: &str) -> Option<(&'static str, &'static str)> {
            match name {
                $($name => Some(($name, include_str!(concat!("js/", $file)))),)*
                _ => None,
            }
        }

        /// Every built-in that has a source, internal ones included.
        #[cfg(test)]
        pub(crate) const ALL: &[&str] = &[$($name),*];
    };
}

sources! {
    "assert" => "assert.js",
    "async_hooks" => "async_hooks.js",
    "buffer" => "buffer.js",
    "crypto" => "crypto.js",
    "diagnostics_channel" => "diagnostics_channel.js",
    "dns" => "dns.js",
    "events" => "events.js",
    "fs" => "fs.js",
    "http" => "http.js",
    "https" => "https.js",
    "internal/abort" => "internal/abort.js",
    "internal/addresses" => "internal/addresses.js",
    "internal/async_context" => "internal/async_context.js",
    "internal/blob" => "internal/blob.js",
    "internal/body" => "internal/body.js",
    "internal/bootstrap" => "internal/bootstrap.js",
    "internal/buffer_numbers" => "internal/buffer_numbers.js",
    "internal/clone" => "internal/clone.js",
    "internal/columns" => "internal/columns.js",
    "internal/console" => "internal/console.js",
    "internal/constants" => "internal/constants.js",
    "internal/crypto_cipher" => "internal/crypto_cipher.js",
    "internal/crypto_common" => "internal/crypto_common.js",
    "internal/crypto_constants" => "internal/crypto_constants.js",
    "internal/crypto_dh" => "internal/crypto_dh.js",
    "internal/crypto_hash" => "internal/crypto_hash.js",
    "internal/crypto_kdf" => "internal/crypto_kdf.js",
    "internal/crypto_keygen" => "internal/crypto_keygen.js",
    "internal/crypto_keys" => "internal/crypto_keys.js",
    "internal/crypto_pem" => "internal/crypto_pem.js",
    "internal/crypto_random" => "internal/crypto_random.js",
    "internal/crypto_sign" => "internal/crypto_sign.js",
    "internal/crypto_x509" => "internal/crypto_x509.js",
    "internal/deepequal" => "internal/deepequal.js",
    "internal/encoding" => "internal/encoding.js",
    "internal/errors" => "internal/errors.js",
    "internal/errortext" => "internal/errortext.js",
    "internal/eventtarget" => "internal/eventtarget.js",
    "internal/failure" => "internal/failure.js",
    "internal/fetch" => "internal/fetch.js",
    "internal/formdata" => "internal/formdata.js",
    "internal/files" => "internal/files.js",
    "internal/frames" => "internal/frames.js",
    "internal/fs_ops" => "internal/fs_ops.js",
    "internal/fs_promises" => "internal/fs_promises.js",
    "internal/fs_stats" => "internal/fs_stats.js",
    "internal/fs_streams" => "internal/fs_streams.js",
    "internal/globals" => "internal/globals.js",
    "internal/headers" => "internal/headers.js",
    "internal/httpclient" => "internal/httpclient.js",
    "internal/httpstatus" => "internal/httpstatus.js",
    "internal/imports" => "internal/imports.js",
    "internal/inspect" => "internal/inspect.js",
    "internal/json" => "internal/json.js",
    "internal/intl" => "internal/intl.js",
    "internal/intl/base" => "internal/intl/base.js",
    "internal/intl/casing" => "internal/intl/casing.js",
    "internal/intl/collator" => "internal/intl/collator.js",
    "internal/intl/datetime" => "internal/intl/datetime.js",
    "internal/intl/displaynames" => "internal/intl/displaynames.js",
    "internal/intl/list" => "internal/intl/list.js",
    "internal/intl/locale" => "internal/intl/locale.js",
    "internal/intl/methods" => "internal/intl/methods.js",
    "internal/intl/number" => "internal/intl/number.js",
    "internal/intl/plural" => "internal/intl/plural.js",
    "internal/intl/relative" => "internal/intl/relative.js",
    "internal/intl/segmenter" => "internal/intl/segmenter.js",
    "internal/intl/values" => "internal/intl/values.js",
    "internal/jsonerrors" => "internal/jsonerrors.js",
    "internal/histogram" => "internal/histogram.js",
    "internal/performance" => "internal/performance.js",
    "internal/legacy" => "internal/legacy.js",
    "internal/listening" => "internal/listening.js",
    "internal/messages" => "internal/messages.js",
    "internal/nodetarget" => "internal/nodetarget.js",
    "internal/quoting" => "internal/quoting.js",
    "internal/refusing_names" => "internal/refusing_names.js",
    "internal/refusing" => "internal/refusing.js",
    "internal/registry" => "internal/registry.js",
    "internal/require" => "internal/require.js",
    "internal/shapes" => "internal/shapes.js",
    "internal/stacks" => "internal/stacks.js",
    "internal/stream_base" => "internal/stream_base.js",
    "internal/stream_duplex" => "internal/stream_duplex.js",
    "internal/stream_operators" => "internal/stream_operators.js",
    "internal/stream_pipeline" => "internal/stream_pipeline.js",
    "internal/stream_readable" => "internal/stream_readable.js",
    "internal/stream_web" => "internal/stream_web.js",
    "internal/stream_writable" => "internal/stream_writable.js",
    "internal/table" => "internal/table.js",
    "internal/console_class" => "internal/console_class.js",
    "internal/dotenv" => "internal/dotenv.js",
    "internal/mime" => "internal/mime.js",
    "internal/timers" => "internal/timers.js",
    "internal/turns" => "internal/turns.js",
    "internal/types" => "internal/types.js",
    "internal/url" => "internal/url.js",
    "internal/v8errors" => "internal/v8errors.js",
    "internal/webcrypto" => "internal/webcrypto.js",
    "internal/webcrypto_keys" => "internal/webcrypto_keys.js",
    "internal/webcrypto_ops" => "internal/webcrypto_ops.js",
    "internal/webstream" => "internal/webstream.js",
    "internal/webstream_parts" => "internal/webstream_parts.js",
    "internal/webstream_pipe" => "internal/webstream_pipe.js",
    "internal/webstream_readable" => "internal/webstream_readable.js",
    "internal/webstream_transform" => "internal/webstream_transform.js",
    "internal/webstream_writable" => "internal/webstream_writable.js",
    "internal/wire" => "internal/wire.js",
    "internal/zlib_constants" => "internal/zlib_constants.js",
    "module" => "module.js",
    "os" => "os.js",
    "path" => "path.js",
    "perf_hooks" => "perf_hooks.js",
    "process" => "process.js",
    "punycode" => "punycode.js",
    "querystring" => "querystring.js",
    "readline" => "readline.js",
    "stream" => "stream.js",
    "stream/consumers" => "stream_consumers.js",
    "stream/promises" => "stream_promises.js",
    "string_decoder" => "string_decoder.js",
    "timers" => "timers.js",
    "timers/promises" => "timers_promises.js",
    "url" => "url.js",
    "util" => "util.js",
    "v8" => "v8.js",
    "vm" => "vm.js",
    "zlib" => "zlib.js",
}

/// Bytecode by name, made once in a process.
static COMPILED: Mutex<Option<Compiled>> = Mutex::new(None);

type Compiled = HashMap<&'static str, Arc<[u8]>>;

/// The name of a built-in that has a source.
pub(crate) fn known(name: &str) -> Option<&'static str> {
    source(name).map(|(name, _)| name)
}

/// The function that makes a built-in's exports, and its name.
pub(crate) fn load<'js>(ctx: &Ctx<'js>, name: &str) -> Result<(&'static str, Function<'js>)> {
    let Some((name, text)) = source(name) else {
        return Err(Error::new_loading(name));
    };
    let known = COMPILED
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .as_ref()
        .and_then(|compiled| compiled.get(name).cloned());
    let module = match known {
        Some(bytecode) => read(ctx, &bytecode)?,
        None => {
            let module = Module::declare(ctx.clone(), format!("node:{name}"), text)?;
            let bytecode = module.write(WriteOptions::default())?;
            COMPILED
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .get_or_insert_default()
                .insert(name, bytecode.into());
            module
        }
    };
    let (module, promise): (Module<'js, Evaluated>, _) = module.eval()?;
    if let Some(result) = promise.result::<()>() {
        result?;
    }
    Ok((name, module.get("default")?))
}

#[expect(unsafe_code, reason = "the engine reads its own bytecode")]
fn read<'js>(ctx: &Ctx<'js>, bytecode: &[u8]) -> Result<Module<'js>> {
    // SAFETY: the bytes were written by the same engine in this process and never left it.
    unsafe { Module::load(ctx.clone(), bytecode) }
}

#[cfg(test)]
mod tests {
    use rquickjs::{Context, Runtime};

    use super::*;

    #[test]
    fn every_source_compiles_and_comes_back_from_bytecode() {
        for _ in 0..2 {
            let runtime = Runtime::new().unwrap();
            let context = Context::full(&runtime).unwrap();
            context.with(|ctx| {
                for name in ALL {
                    assert!(load(&ctx, name).is_ok(), "{name}: {:?}", ctx.catch());
                }
                assert!(load(&ctx, "nothing").is_err());
            });
        }
    }
}
