//! Hashes, message authentication and random bytes.

use std::cell::RefCell;

use hmac::{Hmac, KeyInit, Mac};
use rquickjs::class::Trace;
use rquickjs::{Class, Ctx, Exception, Object, Result, TypedArray};
use sha2::Digest;

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
        with_bytes(&one, |one| {
            with_bytes(&other, |other| {
                // Looks at every byte whatever it finds.
                one.len() == other.len()
                    && std::hint::black_box(
                        one.iter().zip(other).fold(0u8, |seen, (one, other)| seen | (one ^ other)),
                    ) == 0
            })
        })
    });
    define!(ctx, object, "hash", |ctx: Ctx<'js>,
                                  algorithm: Text|
     -> Result<Option<Class<'js, Hasher>>> {
        hasher(&algorithm.0, None).map(|hasher| Class::instance(ctx, hasher)).transpose()
    });
    define!(ctx, object, "hmac", |ctx: Ctx<'js>,
                                  algorithm: Text,
                                  key: Bytes|
     -> Result<Option<Class<'js, Hasher>>> {
        hasher(&algorithm.0, Some(&key.0)).map(|hasher| Class::instance(ctx, hasher)).transpose()
    });
    define!(ctx, object, "update", |hasher: Class<'js, Hasher>, bytes: TypedArray<'js, u8>| {
        with_bytes(&bytes, |bytes| hasher.borrow().state.borrow_mut().update(bytes));
    });
    define!(ctx, object, "copy", |ctx: Ctx<'js>, hasher: Class<'js, Hasher>| {
        let state = hasher.borrow().state.borrow().copy();
        Class::instance(ctx, Hasher { state: RefCell::new(state) })
    });
    define!(ctx, object, "digest", |ctx: Ctx<'js>, hasher: Class<'js, Hasher>| {
        let digest = hasher.borrow().state.borrow().copy().finish();
        array(&ctx, &digest)
    });
    Ok(())
}

/// A hash or HMAC under way, held by the script.
#[rquickjs::class]
pub(crate) struct Hasher {
    state: RefCell<Box<dyn State>>,
}

impl<'js> Trace<'js> for Hasher {
    fn trace<'a>(&self, _: rquickjs::class::Tracer<'a, 'js>) {}
}

#[expect(unsafe_code, reason = "states that the type holds no script value")]
// SAFETY: `Hasher` has no lifetime and holds nothing of the script.
unsafe impl rquickjs::JsLifetime<'_> for Hasher {
    type Changed<'to> = Hasher;
}

trait State {
    fn update(&mut self, bytes: &[u8]);
    fn copy(&self) -> Box<dyn State>;
    fn finish(self: Box<Self>) -> Vec<u8>;
}

#[derive(Clone)]
struct Plain<D>(D);

impl<D: Digest + Clone + 'static> State for Plain<D> {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
    fn copy(&self) -> Box<dyn State> {
        Box::new(self.clone())
    }
    fn finish(self: Box<Self>) -> Vec<u8> {
        self.0.finalize().to_vec()
    }
}

#[derive(Clone)]
struct Keyed<M>(M);

impl<M: Mac + Clone + 'static> State for Keyed<M> {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
    fn copy(&self) -> Box<dyn State> {
        Box::new(self.clone())
    }
    fn finish(self: Box<Self>) -> Vec<u8> {
        self.0.finalize().into_bytes().to_vec()
    }
}

/// The hash of that name, or the HMAC when there is a key; `None` = unknown.
fn hasher(name: &str, key: Option<&[u8]>) -> Option<Hasher> {
    macro_rules! choose {
        ($($pattern:pat => $hash:ty),*) => {
            match name {
                $($pattern => Some(match key {
                    None => Box::new(Plain(<$hash>::new())) as Box<dyn State>,
                    Some(key) => Box::new(Keyed(Hmac::<$hash>::new_from_slice(key).ok()?)),
                }),)*
                _ => None,
            }
        };
    }
    let state = choose! {
        "md5" => md5::Md5,
        "sha1" => sha1::Sha1,
        "sha224" => sha2::Sha224,
        "sha256" => sha2::Sha256,
        "sha384" => sha2::Sha384,
        "sha512" => sha2::Sha512,
        "sha512-224" => sha2::Sha512_224,
        "sha512-256" => sha2::Sha512_256
    };
    state.map(|state| Hasher { state: RefCell::new(state) })
}
