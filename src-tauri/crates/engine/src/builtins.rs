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
    "internal/bootstrap" => "internal/bootstrap.js",
    "internal/failure" => "internal/failure.js",
    "internal/inspect" => "internal/inspect.js",
    "internal/console" => "internal/console.js",
}

/// Bytecode by name, made once in a process.
static COMPILED: Mutex<Option<HashMap<&'static str, Arc<[u8]>>>> = Mutex::new(None);

/// Whether a script may `require` the name (without `node:`).
pub(crate) fn exists(name: &str) -> bool {
    source(name).is_some()
}

/// The function that makes a built-in's exports.
pub(crate) fn load<'js>(ctx: &Ctx<'js>, name: &str) -> Result<Function<'js>> {
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
    module.get("default")
}

#[expect(unsafe_code, reason = "the engine reads its own bytecode")]
fn read<'js>(ctx: &Ctx<'js>, bytecode: &[u8]) -> Result<Module<'js>> {
    // SAFETY: the bytes were written by the same engine in this process and never left it.
    unsafe { Module::load(ctx.clone(), bytecode) }
}
