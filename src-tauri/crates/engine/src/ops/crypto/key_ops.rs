//! Keys for the script, which holds them by a handle.

use std::rc::Rc;
use std::sync::Arc;

use rquickjs::class::Trace;
use rquickjs::function::Opt;
use rquickjs::{Class, Ctx, Object, Result, TypedArray, Value};
use rsa::traits::{PrivateKeyParts, PublicKeyParts};

use super::dh;
use super::key::{Curve, Key, Okp, Pss, trimmed};
use super::key_der as der;
use super::sign::{self, Way};
use crate::host::Host;
use crate::ops::define;
use crate::ops::work::{Made, Refusal, run};
use crate::value::{Bytes, Text, array};

/// A key, held by the script.
#[rquickjs::class]
pub(crate) struct Handle {
    pub(crate) key: Arc<Key>,
}

impl Handle {
    pub(crate) fn instance(ctx: Ctx<'_>, key: Arc<Key>) -> Result<Class<'_, Self>> {
        Class::instance(ctx, Self { key })
    }
}

impl<'js> Trace<'js> for Handle {
    fn trace<'a>(&self, _: rquickjs::class::Tracer<'a, 'js>) {}
}

#[expect(unsafe_code, reason = "states that the type holds no script value")]
// SAFETY: `Handle` has no lifetime and holds nothing of the script.
unsafe impl rquickjs::JsLifetime<'_> for Handle {
    type Changed<'to> = Handle;
}

type Given<'js> = Class<'js, Handle>;

fn key(handle: &Given<'_>) -> Arc<Key> {
    Arc::clone(&handle.borrow().key)
}

fn made<'js>(ctx: &Ctx<'js>, key: Option<Key>) -> Result<Option<Given<'js>>> {
    key.map(|key| Handle::instance(ctx.clone(), Arc::new(key))).transpose()
}

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, host: &Rc<Host>, object: &Object<'js>) -> Result<()> {
    bind_forms(ctx, object)?;
    bind_uses(ctx, host, object)?;
    let at = Rc::clone(host);
    // generate(kind, bits or curve, exponent, later): the private key.
    define!(ctx, object, "generate", move |ctx: Ctx<'js>,
                                           kind: Text,
                                           size: Text,
                                           exponent: Bytes,
                                           later: bool|
          -> Result<Value<'js>> {
        run(&ctx, &at, later, 1 << 16, move |stop| {
            let key = match kind.0.as_str() {
                "ec" => {
                    let curve = Curve::from_name(&size.0).ok_or_else(der::unsupported)?;
                    loop {
                        let mut scalar = vec![0; curve.size()];
                        random(&mut scalar)?;
                        if curve == Curve::P521 {
                            scalar[0] &= 1;
                        }
                        // A number beyond the curve's order is thrown again.
                        if let Some(key) = curve.private(&scalar) {
                            break key;
                        }
                    }
                }
                "ed25519" | "x25519" => {
                    let mut bytes = [0; 32];
                    random(&mut bytes)?;
                    let okp = if kind.0 == "ed25519" { Okp::Ed25519 } else { Okp::X25519 };
                    Key::OkpPrivate { okp, bytes }
                }
                _ => {
                    let bits = size.0.parse().map_err(|_| der::unsupported())?;
                    let key = dh::rsa_key(bits, &exponent.0, stop)?;
                    let pss = (kind.0 == "rsa-pss").then_some(Pss(None));
                    Key::RsaPrivate { key: Box::new(key), pss }
                }
            };
            Ok(Made::Key(Arc::new(key)))
        })
    });
    Ok(())
}

fn random(bytes: &mut [u8]) -> std::result::Result<(), Refusal> {
    getrandom::fill(bytes).map_err(|error| Refusal::new(error.to_string(), ""))
}

/// Reading and writing keys.
fn bind_forms<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    // parse(form, der, password?)
    define!(ctx, object, "parse", |ctx: Ctx<'js>,
                                   form: Text,
                                   bytes: Bytes,
                                   password: Opt<Option<Bytes>>|
     -> Result<Given<'js>> {
        let parsed = match form.0.as_str() {
            "spki" => der::spki(&bytes.0),
            "pkcs1-public" => der::pkcs1_public(&bytes.0),
            "pkcs1" => der::pkcs1_private(&bytes.0),
            "sec1" => der::sec1_private(&bytes.0, None),
            "encrypted" => {
                let password = password.0.flatten().map(|bytes| bytes.0).unwrap_or_default();
                match der::pkcs8_encrypted(&bytes.0, &password) {
                    Ok(Some(key)) => Ok(key),
                    Ok(None) => {
                        let refusal =
                            Refusal::openssl(0x1C80_0064, "Provider routines", "bad decrypt");
                        return Err(refusal.throw(&ctx));
                    }
                    Err(fault) => Err(fault),
                }
            }
            _ => der::pkcs8(&bytes.0),
        };
        match parsed {
            Ok(key) => Handle::instance(ctx, Arc::new(key)),
            Err(fault) => Err(Refusal::from(fault).throw(&ctx)),
        }
    });
    // From numbers: n, e and, for a private key, d, p, q.
    define!(ctx, object, "rsa", |ctx: Ctx<'js>, numbers: Vec<Bytes>| {
        let key = match &numbers[..] {
            [n, e] => Key::rsa_public(&n.0, &e.0),
            [n, e, d, p, q] => Key::rsa_private(&n.0, &e.0, &d.0, &[&p.0, &q.0]),
            _ => None,
        };
        made(&ctx, key)
    });
    // From a point or, for a private key, a number; the point then has to be its own.
    define!(ctx, object, "ec", |ctx: Ctx<'js>,
                                curve: Text,
                                point: Option<Bytes>,
                                scalar: Opt<Option<Bytes>>| {
        let key = Curve::from_name(&curve.0).and_then(|curve| match (point, scalar.0.flatten()) {
            (point, Some(scalar)) => {
                let key = curve.private(&scalar.0)?;
                let given = point.map(|point| curve.point(&point.0));
                let own = matches!(&key, Key::EcPrivate { point, .. }
                    if given.as_ref().is_none_or(|given| given.as_ref() == Some(point)));
                own.then_some(key)
            }
            (Some(point), None) => curve.public(&point.0),
            (None, None) => None,
        });
        made(&ctx, key)
    });
    define!(ctx, object, "okp", |ctx: Ctx<'js>, name: Text, bytes: Bytes, private: bool| {
        let okp = match name.0.as_str() {
            "Ed25519" => Some(Okp::Ed25519),
            "X25519" => Some(Okp::X25519),
            _ => None,
        };
        let key = okp.and_then(|okp| {
            let bytes = bytes.0.try_into().ok()?;
            Some(if private {
                Key::OkpPrivate { okp, bytes }
            } else {
                Key::OkpPublic { okp, bytes }
            })
        });
        made(&ctx, key)
    });
    define!(ctx, object, "public", |ctx: Ctx<'js>, handle: Given<'js>| {
        Handle::instance(ctx, Arc::new(key(&handle).public()))
    });
    // {kind, private, modulusLength?, publicExponent?, namedCurve?, pss?}
    define!(ctx, object, "details", |ctx: Ctx<'js>, handle: Given<'js>| -> Result<Object<'js>> {
        let key = key(&handle);
        let object = Object::new(ctx.clone())?;
        object.set("kind", key.kind())?;
        object.set("private", key.is_private())?;
        if let Some((bits, exponent)) = key.rsa_details() {
            object.set("modulusLength", bits)?;
            object.set("publicExponent", array(&ctx, &exponent)?)?;
        }
        if let Key::EcPublic { curve, .. } | Key::EcPrivate { curve, .. } = &*key {
            object.set("namedCurve", curve.name())?;
        }
        Ok(object)
    });
    define!(ctx, object, "same", |one: Given<'js>, other: Given<'js>| {
        key(&one).same(&key(&other))
    });
    // der(key, form, cipher?, password?); null = not in this form.
    define!(ctx, object, "der", |ctx: Ctx<'js>,
                                 handle: Given<'js>,
                                 form: Text,
                                 cipher: Opt<Option<Text>>,
                                 password: Opt<Option<Bytes>>|
     -> Result<Option<TypedArray<'js, u8>>> {
        let key = key(&handle);
        let bytes = match (form.0.as_str(), cipher.0.flatten(), password.0.flatten()) {
            ("pkcs8", Some(cipher), Some(password)) => {
                der::to_pkcs8_encrypted(&key, &cipher.0, &password.0)
            }
            ("pkcs8", ..) => der::to_pkcs8(&key),
            ("spki", ..) => der::to_spki(&key),
            ("sec1", ..) => der::to_sec1(&key, true),
            (..) => der::to_pkcs1(&key, key.is_private()),
        };
        bytes.map(|bytes| array(&ctx, &bytes)).transpose()
    });
    // The parts of a key by their names in JWK.
    define!(ctx, object, "fields", |ctx: Ctx<'js>, handle: Given<'js>| -> Result<Object<'js>> {
        let object = Object::new(ctx.clone())?;
        for (name, bytes) in fields(&key(&handle)) {
            object.set(name, array(&ctx, &bytes)?)?;
        }
        Ok(object)
    });
    // Another form of a point of a curve; null = not on the curve.
    define!(ctx, object, "point", |ctx: Ctx<'js>,
                                   curve: Text,
                                   point: Bytes,
                                   compressed: bool|
     -> Result<Option<TypedArray<'js, u8>>> {
        let point = Curve::from_name(&curve.0).and_then(|curve| {
            if compressed { curve.compress(&point.0) } else { curve.point(&point.0) }
        });
        point.map(|point| array(&ctx, &point)).transpose()
    });
    define!(ctx, object, "curve", |name: Text| {
        Curve::from_name(&name.0).map(|curve| vec![curve.name(), curve.jwk_name()])
    });
    Ok(())
}

fn fields(key: &Key) -> Vec<(&'static str, Vec<u8>)> {
    match key {
        Key::RsaPublic { key, .. } => {
            vec![("n", trimmed(key.n().as_ref())), ("e", trimmed(key.e()))]
        }
        Key::RsaPrivate { key, .. } => {
            let mut fields = vec![
                ("n", trimmed(key.n().as_ref())),
                ("e", trimmed(key.e())),
                ("d", trimmed(key.d())),
            ];
            for (name, prime) in ["p", "q"].into_iter().zip(key.primes()) {
                fields.push((name, trimmed(prime.as_ref())));
            }
            fields.extend(key.dp().map(|number| ("dp", trimmed(number))));
            fields.extend(key.dq().map(|number| ("dq", trimmed(number))));
            fields.extend(key.crt_coefficient().map(|number| ("qi", trimmed(&number))));
            fields
        }
        Key::EcPublic { curve, point } => {
            let size = curve.size();
            vec![("x", point[1..=size].to_vec()), ("y", point[1 + size..].to_vec())]
        }
        Key::EcPrivate { curve, scalar, point } => {
            let size = curve.size();
            vec![
                ("x", point[1..=size].to_vec()),
                ("y", point[1 + size..].to_vec()),
                ("d", scalar.clone()),
            ]
        }
        Key::OkpPublic { bytes, .. } => vec![("x", bytes.to_vec())],
        Key::OkpPrivate { okp, bytes } => {
            vec![("d", bytes.to_vec()), ("x", okp.public_of(bytes).to_vec())]
        }
    }
}

/// {hash?, padding?, salt?, fixed}, and whether the data is a hash already.
fn way(object: &Object<'_>) -> Result<(Way, bool)> {
    let way = Way {
        hash: object.get::<_, Option<Text>>("hash")?.map(|text| text.0),
        padding: object.get("padding")?,
        salt: object.get("salt")?,
        fixed: object.get::<_, Option<bool>>("fixed")?.unwrap_or_default(),
    };
    Ok((way, object.get::<_, Option<bool>>("hashed")?.unwrap_or_default()))
}

/// Signing, encrypting, agreeing.
fn bind_uses<'js>(ctx: &Ctx<'js>, host: &Rc<Host>, object: &Object<'js>) -> Result<()> {
    let at = Rc::clone(host);
    define!(ctx, object, "sign", move |ctx: Ctx<'js>,
                                       handle: Given<'js>,
                                       data: Bytes,
                                       how: Object<'js>,
                                       later: bool|
          -> Result<Value<'js>> {
        let (key, (way, hashed)) = (key(&handle), way(&how)?);
        run(&ctx, &at, later, data.0.len(), move |_| {
            sign::sign(&key, &data.0, hashed, &way).map(Made::Bytes)
        })
    });
    let at = Rc::clone(host);
    define!(ctx, object, "verify", move |ctx: Ctx<'js>,
                                         handle: Given<'js>,
                                         data: Bytes,
                                         signature: Bytes,
                                         how: Object<'js>,
                                         later: bool|
          -> Result<Value<'js>> {
        let (key, (way, hashed)) = (key(&handle), way(&how)?);
        run(&ctx, &at, later, data.0.len() + signature.0.len(), move |_| {
            sign::verify(&key, &data.0, hashed, &signature.0, &way).map(Made::Yes)
        })
    });
    // crypt(what, key, data, padding, hash, label, later)
    let at = Rc::clone(host);
    define!(ctx, object, "crypt", move |ctx: Ctx<'js>,
                                        what: Text,
                                        handle: Given<'js>,
                                        data: Bytes,
                                        padding: u32,
                                        hash: Text,
                                        label: Bytes|
          -> Result<Value<'js>> {
        let key = key(&handle);
        run(&ctx, &at, false, data.0.len(), move |_| {
            match what.0.as_str() {
                "encrypt" => sign::encrypt(&key, &data.0, padding, &hash.0, &label.0),
                "decrypt" => sign::decrypt(&key, &data.0, padding, &hash.0, &label.0),
                "seal" => sign::seal(&key, &data.0, padding),
                _ => sign::open(&key, &data.0, padding),
            }
            .map(Made::Bytes)
        })
    });
    // The secret that two keys of one kind share; null = they do not fit together.
    define!(ctx, object, "agree", |ctx: Ctx<'js>,
                                   private: Given<'js>,
                                   public: Given<'js>|
     -> Result<Option<TypedArray<'js, u8>>> {
        let secret = match (&*key(&private), &key(&public).public()) {
            (Key::EcPrivate { curve, scalar, .. }, Key::EcPublic { curve: other, point })
                if curve == other =>
            {
                curve.agree(scalar, point)
            }
            (
                Key::OkpPrivate { okp: Okp::X25519, bytes },
                Key::OkpPublic { okp: Okp::X25519, bytes: public },
            ) => {
                let secret = x25519_dalek::StaticSecret::from(*bytes);
                let shared = secret.diffie_hellman(&x25519_dalek::PublicKey::from(*public));
                shared.was_contributory().then(|| shared.to_bytes().to_vec())
            }
            _ => None,
        };
        secret.map(|secret| array(&ctx, &secret)).transpose()
    });
    Ok(())
}
