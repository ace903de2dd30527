//! Ciphers for the script.

use std::cell::RefCell;

use rquickjs::class::Trace;
use rquickjs::{Class, Ctx, Object, Result, TypedArray};

use super::cipher::{ALIASES, CIPHERS, Cipher, Mode, info};
use crate::ops::define;
use crate::value::{Bytes, Text, array, with_bytes};

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    define!(ctx, object, "names", || -> Vec<&'static str> {
        CIPHERS.iter().map(|cipher| cipher.0).chain(ALIASES.iter().map(|alias| alias.0)).collect()
    });
    // {name, nid, mode, keyLength, ivLength} of a cipher by name or number, or null.
    define!(ctx, object, "info", |ctx: Ctx<'js>, name: Text| -> Result<Option<Object<'js>>> {
        let by_number = name.0.parse().ok().and_then(|nid: u32| {
            CIPHERS.iter().find(|cipher| cipher.1 == nid).map(|cipher| cipher.0)
        });
        let Some(info) = info(by_number.unwrap_or(&name.0)) else { return Ok(None) };
        let object = Object::new(ctx)?;
        object.set("name", info.name)?;
        object.set("nid", info.nid)?;
        object.set("mode", word(info.mode))?;
        object.set("keyLength", info.key)?;
        object.set("ivLength", info.iv)?;
        Ok(Some(object))
    });
    // Lengths have been checked; null = they do not fit all the same.
    define!(ctx, object, "open", |ctx: Ctx<'js>,
                                  name: Text,
                                  key: Bytes,
                                  iv: Bytes,
                                  encrypt: bool,
                                  tag: usize|
     -> Result<Option<Class<'js, Running>>> {
        info(&name.0)
            .and_then(|info| Cipher::new(&info, &key.0, &iv.0, encrypt, tag))
            .map(|cipher| Class::instance(ctx, Running { cipher: RefCell::new(cipher) }))
            .transpose()
    });
    define!(ctx, object, "update", |ctx: Ctx<'js>,
                                    cipher: Class<'js, Running>,
                                    bytes: TypedArray<'js, u8>|
     -> Result<TypedArray<'js, u8>> {
        match with_bytes(&bytes, |bytes| cipher.borrow().cipher.borrow_mut().update(bytes)) {
            Ok(out) => array(&ctx, &out),
            Err(refusal) => Err(refusal.throw(&ctx)),
        }
    });
    define!(ctx, object, "finish", |ctx: Ctx<'js>,
                                    cipher: Class<'js, Running>|
     -> Result<TypedArray<'js, u8>> {
        match cipher.borrow().cipher.borrow_mut().finish() {
            Ok(out) => array(&ctx, &out),
            Err(refusal) => Err(refusal.throw(&ctx)),
        }
    });
    define!(ctx, object, "padding", |cipher: Class<'js, Running>, on: bool| {
        cipher.borrow().cipher.borrow_mut().set_padding(on);
    });
    define!(ctx, object, "authenticate", |cipher: Class<'js, Running>, bytes: Bytes| {
        cipher.borrow().cipher.borrow_mut().authenticate(&bytes.0);
    });
    define!(ctx, object, "expect", |cipher: Class<'js, Running>, tag: Bytes| {
        cipher.borrow().cipher.borrow_mut().expect(&tag.0);
    });
    define!(ctx, object, "tag", |ctx: Ctx<'js>,
                                 cipher: Class<'js, Running>|
     -> Result<Option<TypedArray<'js, u8>>> {
        cipher.borrow().cipher.borrow().tag().map(|tag| array(&ctx, tag)).transpose()
    });
    Ok(())
}

fn word(mode: Mode) -> &'static str {
    match mode {
        Mode::Ecb => "ecb",
        Mode::Cbc => "cbc",
        Mode::Ctr => "ctr",
        Mode::Cfb | Mode::Cfb8 => "cfb",
        Mode::Ofb => "ofb",
        Mode::Gcm => "gcm",
        Mode::Ccm => "ccm",
        Mode::Wrap => "wrap",
        Mode::ChaCha | Mode::ChaChaPoly => "stream",
    }
}

/// A cipher under way, held by the script.
#[rquickjs::class]
pub(crate) struct Running {
    cipher: RefCell<Cipher>,
}

impl<'js> Trace<'js> for Running {
    fn trace<'a>(&self, _: rquickjs::class::Tracer<'a, 'js>) {}
}

#[expect(unsafe_code, reason = "states that the type holds no script value")]
// SAFETY: `Running` has no lifetime and holds nothing of the script.
unsafe impl rquickjs::JsLifetime<'_> for Running {
    type Changed<'to> = Running;
}
