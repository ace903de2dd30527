//! Cryptography: hashes and random bytes here, ciphers, key derivation and keys in groups of their own.

mod aead;
pub(super) mod cipher;
mod cipher_ops;
mod dh;
mod dh_ops;
mod hash;
mod kdf;
mod kdf_ops;
mod key;
mod key_der;
mod key_ops;
mod sign;
mod x509;

pub(super) use cipher_ops::bind as bind_ciphers;
pub(super) use dh_ops::bind as bind_dh;
pub(super) use kdf_ops::bind as bind_kdf;
pub(super) use key::Key;
pub(super) use key_ops::{Handle, bind as bind_keys};
pub(super) use x509::bind as bind_x509;

use std::cell::RefCell;

use rquickjs::class::Trace;
use rquickjs::{Class, Ctx, Exception, Object, Result, TypedArray};

use self::hash::State;
use super::define;
use crate::value::{Bytes, Text, array, with_bytes};

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    define!(ctx, object, "random", |ctx: Ctx<'js>, count: usize| -> Result<TypedArray<'js, u8>> {
        if count > 64 << 20 {
            return Err(Exception::throw_range(&ctx, "too many random bytes at once"));
        }
        let mut bytes = vec![0; count];
        getrandom::fill(&mut bytes).map_err(|error| {
            Exception::throw_message(&ctx, &format!("no random bytes: {error}"))
        })?;
        array(&ctx, &bytes)
    });
    define!(ctx, object, "uuid", || uuid::Uuid::new_v4().to_string());
    define!(ctx, object, "equal", |one: TypedArray<'js, u8>, other: TypedArray<'js, u8>| -> bool {
        with_bytes(&one, |one| with_bytes(&other, |other| cipher::same(one, other)))
    });
    // The canonical name of a hash, or null.
    define!(ctx, object, "hashName", |name: Text| hash::canonical(&name.0));
    // [bytes it gives, whether it gives as much as one asks for] of a canonical name, or null.
    define!(ctx, object, "hashSize", |name: Text| {
        hash::hash(&name.0)
            .map(|state| vec![state.size() as f64, f64::from(u8::from(state.any_length()))])
    });
    define!(ctx, object, "hash", |ctx: Ctx<'js>,
                                  name: Text|
     -> Result<Option<Class<'js, Hasher>>> {
        hash::hash(&name.0).map(|state| Hasher::instance(ctx, state)).transpose()
    });
    define!(ctx, object, "hmac", |ctx: Ctx<'js>,
                                  name: Text,
                                  key: Bytes|
     -> Result<Option<Class<'js, Hasher>>> {
        hash::hmac(&name.0, &key.0).map(|state| Hasher::instance(ctx, state)).transpose()
    });
    define!(ctx, object, "update", |hasher: Class<'js, Hasher>, bytes: TypedArray<'js, u8>| {
        with_bytes(&bytes, |bytes| hasher.borrow().state.borrow_mut().update(bytes));
    });
    define!(ctx, object, "copy", |ctx: Ctx<'js>, hasher: Class<'js, Hasher>| {
        let state = hasher.borrow().state.borrow().copy();
        Hasher::instance(ctx, state)
    });
    define!(ctx, object, "digest", |ctx: Ctx<'js>,
                                    hasher: Class<'js, Hasher>,
                                    length: usize|
     -> Result<TypedArray<'js, u8>> {
        if length > 64 << 20 {
            return Err(Exception::throw_range(&ctx, "too long a digest"));
        }
        let digest = hasher.borrow().state.borrow().copy().finish(length);
        array(&ctx, &digest)
    });
    Ok(())
}

/// A hash or HMAC under way, held by the script.
#[rquickjs::class]
pub(crate) struct Hasher {
    state: RefCell<Box<dyn State>>,
}

impl Hasher {
    fn instance(ctx: Ctx<'_>, state: Box<dyn State>) -> Result<Class<'_, Self>> {
        Class::instance(ctx, Self { state: RefCell::new(state) })
    }
}

impl<'js> Trace<'js> for Hasher {
    fn trace<'a>(&self, _: rquickjs::class::Tracer<'a, 'js>) {}
}

#[expect(unsafe_code, reason = "states that the type holds no script value")]
// SAFETY: `Hasher` has no lifetime and holds nothing of the script.
unsafe impl rquickjs::JsLifetime<'_> for Hasher {
    type Changed<'to> = Hasher;
}
