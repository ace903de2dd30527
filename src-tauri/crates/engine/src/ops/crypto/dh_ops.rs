//! Diffie-Hellman and primes for the script.

use std::cmp::Ordering;
use std::rc::Rc;

use num_bigint::BigUint;
use rquickjs::{Ctx, Object, Result, TypedArray, Value};

use super::dh::{self, Wish};
use crate::host::Host;
use crate::ops::define;
use crate::ops::work::{Made, Refusal, run};
use crate::value::{Bytes, Text, array};

/// Bits of a prime at most: a larger one would not be found within a call.
const MAX_PRIME: u32 = 1 << 14;

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, host: &Rc<Host>, object: &Object<'js>) -> Result<()> {
    define!(ctx, object, "power", |ctx: Ctx<'js>,
                                   base: Bytes,
                                   exponent: Bytes,
                                   modulus: Bytes|
     -> Result<Option<TypedArray<'js, u8>>> {
        dh::power(&base.0, &exponent.0, &modulus.0).map(|bytes| array(&ctx, &bytes)).transpose()
    });
    define!(ctx, object, "secret", |ctx: Ctx<'js>,
                                    modulus: Bytes|
     -> Result<Option<TypedArray<'js, u8>>> {
        dh::secret(&modulus.0).map(|bytes| array(&ctx, &bytes)).transpose()
    });
    define!(ctx, object, "judge", |public: Bytes, modulus: Bytes| -> i32 {
        match dh::judge(&public.0, &modulus.0) {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        }
    });
    define!(ctx, object, "group", |ctx: Ctx<'js>,
                                   name: Text|
     -> Result<Option<TypedArray<'js, u8>>> {
        dh::group(&name.0).map(|bytes| array(&ctx, &bytes)).transpose()
    });
    let at = Rc::clone(host);
    define!(ctx, object, "isPrime", move |ctx: Ctx<'js>,
                                          number: Bytes,
                                          later: bool|
          -> Result<Value<'js>> {
        run(&ctx, &at, later, number.0.len(), move |stop| {
            dh::is_prime(&BigUint::from_bytes_be(&number.0), stop)
                .map(Made::Yes)
                .ok_or_else(Refusal::stopped)
        })
    });
    let at = Rc::clone(host);
    define!(ctx, object, "prime", move |ctx: Ctx<'js>,
                                        bits: u32,
                                        safe: bool,
                                        add: Option<Bytes>,
                                        rem: Option<Bytes>,
                                        later: bool|
          -> Result<Value<'js>> {
        let wish = Wish {
            bits: bits.clamp(2, MAX_PRIME),
            safe,
            add: add.map(|bytes| bytes.0),
            rem: rem.map(|bytes| bytes.0),
        };
        run(&ctx, &at, later, 1 << 16, move |stop| dh::prime(&wish, stop).map(Made::Bytes))
    });
    Ok(())
}
