//! Key derivation for the script. Hashes are named canonically; the last argument says whether to work beside the script.

use std::rc::Rc;

use rquickjs::{Ctx, Object, Result, Value};

use super::kdf::{Cost, hkdf, pbkdf2, scrypt};
use crate::host::Host;
use crate::ops::define;
use crate::ops::work::{Made, Refusal, run};
use crate::value::{Bytes, Text};

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, host: &Rc<Host>, object: &Object<'js>) -> Result<()> {
    let at = Rc::clone(host);
    define!(ctx, object, "pbkdf2", move |ctx: Ctx<'js>,
                                         hash: Text,
                                         password: Bytes,
                                         salt: Bytes,
                                         rounds: u32,
                                         length: usize,
                                         later: bool|
          -> Result<Value<'js>> {
        let held = password.0.len() + salt.0.len() + length;
        run(&ctx, &at, later, held, move |stop| {
            pbkdf2(&hash.0, &password.0, &salt.0, rounds, length, stop)
                .map(Made::Bytes)
                .ok_or_else(Refusal::stopped)
        })
    });
    let at = Rc::clone(host);
    define!(ctx, object, "hkdf", move |ctx: Ctx<'js>,
                                       hash: Text,
                                       key: Bytes,
                                       salt: Bytes,
                                       info: Bytes,
                                       length: usize,
                                       later: bool|
          -> Result<Value<'js>> {
        let held = key.0.len() + salt.0.len() + info.0.len() + length.min(1 << 20);
        run(&ctx, &at, later, held, move |_| {
            hkdf(&hash.0, &key.0, &salt.0, &info.0, length)
                .map(Made::Bytes)
                .ok_or_else(|| Refusal::new("Invalid key length", "ERR_CRYPTO_INVALID_KEYLEN"))
        })
    });
    let at = Rc::clone(host);
    define!(ctx, object, "scrypt", move |ctx: Ctx<'js>,
                                         password: Bytes,
                                         salt: Bytes,
                                         cost: Vec<f64>,
                                         length: usize,
                                         later: bool|
          -> Result<Value<'js>> {
        let cost = match cost[..] {
            [n, r, p] => Cost { n: n as u64, r: r as u32, p: p as u32 },
            _ => return Err(rquickjs::Error::new_from_js("Array", "a cost")),
        };
        let held = password.0.len() + salt.0.len() + length;
        let held = held.saturating_add(usize::try_from(cost.memory()).unwrap_or(usize::MAX));
        run(&ctx, &at, later, held, move |stop| {
            scrypt(&password.0, &salt.0, cost, length, stop)
                .map(Made::Bytes)
                .ok_or_else(Refusal::stopped)
        })
    });
    Ok(())
}
