//! Values on their way between script and native code.

use rquickjs::{Ctx, Error, Exception, FromJs, Object, Result, TypedArray, Value};

/// A string of the script; lone surrogates become U+FFFD.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text(pub(crate) String);

impl<'js> FromJs<'js> for Text {
    fn from_js(_: &Ctx<'js>, value: Value<'js>) -> Result<Self> {
        let kind = value.type_name();
        let text = value.into_string().ok_or(Error::new_from_js(kind, "string"))?;
        Ok(Self(match text.to_string() {
            Ok(text) => text,
            Err(Error::Utf8(_)) => {
                let text = rquickjs::CString::from_string(text)?;
                well_formed(AsRef::<[u8]>::as_ref(&text))
            }
            Err(error) => return Err(error),
        }))
    }
}

/// The engine writes a lone surrogate as three bytes, ED A0–BF xx, which UTF-8 does not know.
fn well_formed(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == 0xed && bytes.get(at + 1).is_some_and(|next| *next >= 0xa0) {
            out.extend_from_slice("\u{fffd}".as_bytes());
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Bytes of a `Uint8Array` (or a subclass), copied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl<'js> FromJs<'js> for Bytes {
    fn from_js(_: &Ctx<'js>, value: Value<'js>) -> Result<Self> {
        let kind = value.type_name();
        let array = value
            .as_object()
            .and_then(Object::as_typed_array::<u8>)
            .ok_or(Error::new_from_js(kind, "Uint8Array"))?;
        Ok(Self(with_bytes(array, <[u8]>::to_vec)))
    }
}

/// Looks at the bytes of an array without copying.
#[expect(unsafe_code, reason = "the engine's buffers can only be read so")]
pub(crate) fn with_bytes<R>(array: &TypedArray<'_, u8>, look: impl FnOnce(&[u8]) -> R) -> R {
    // SAFETY: `look` gets no access to the engine, so no script runs that could detach or resize the buffer.
    look(unsafe { array.as_bytes() }.unwrap_or(&[]))
}

/// A new `Uint8Array`, in memory that the engine counts.
pub(crate) fn array<'js>(ctx: &Ctx<'js>, bytes: &[u8]) -> Result<TypedArray<'js, u8>> {
    TypedArray::new_copy(ctx.clone(), bytes)
}

/// Throws an Error with a `code`, as Node's own errors have.
pub(crate) fn throw_coded<'js>(ctx: &Ctx<'js>, message: &str, code: &str) -> Error {
    match Exception::from_message(ctx.clone(), message) {
        Ok(exception) => {
            let object = exception.into_object();
            match object.set("code", code) {
                Ok(()) => ctx.throw(object.into_value()),
                Err(error) => error,
            }
        }
        Err(error) => error,
    }
}
