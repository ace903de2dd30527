//! Native operations, one file a group. A script reaches them only through built-in modules.

pub(crate) mod console;
pub(crate) mod control;
mod crypto;
mod files;
pub(crate) mod http;
mod inspect;
mod intl;
pub(crate) mod modules;
pub(crate) mod realms;
mod text;
mod url;
pub(crate) mod work;
mod zlib;

use std::rc::Rc;

use rquickjs::{Ctx, Error, Object, Result};

use crate::host::Host;

/// The operations of a group as an object of functions.
pub(crate) fn group<'js>(ctx: &Ctx<'js>, host: &Rc<Host>, name: &str) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    match name {
        "console" => console::bind(ctx, host, &object)?,
        "control" => control::bind(ctx, host, &object)?,
        "cipher" => crypto::bind_ciphers(ctx, &object)?,
        "crypto" => crypto::bind(ctx, &object)?,
        "files" => files::bind(ctx, host, &object)?,
        "kdf" => crypto::bind_kdf(ctx, host, &object)?,
        "dh" => crypto::bind_dh(ctx, host, &object)?,
        "http" => http::bind(ctx, host, &object)?,
        "inspect" => inspect::bind(ctx, &object)?,
        "keys" => crypto::bind_keys(ctx, host, &object)?,
        "intl" => intl::bind(ctx, &object)?,
        "modules" => modules::bind(ctx, host, &object)?,
        "realms" => realms::bind(ctx, host, &object)?,
        "text" => text::bind(ctx, &object)?,
        "url" => url::bind(ctx, &object)?,
        "x509" => crypto::bind_x509(ctx, &object)?,
        "zlib" => zlib::bind(ctx, host, &object)?,
        _ => return Err(Error::new_loading(name)),
    }
    Ok(object)
}

/// Adds a function to a group.
macro_rules! define {
    ($ctx:expr, $object:expr, $name:literal, $function:expr) => {
        $object.set($name, rquickjs::Function::new($ctx.clone(), $function)?)?
    };
}
pub(crate) use define;
