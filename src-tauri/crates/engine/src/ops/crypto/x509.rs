//! Certificates (RFC 5280), read for the script.

use std::sync::Arc;

use pkcs8::der::asn1::{Ia5StringRef, PrintableStringRef, TeletexStringRef, Utf8StringRef};
use pkcs8::der::{Decode, Encode, Tag, Tagged};
use rquickjs::{Class, Ctx, Object, Result};
use x509_cert::certificate::{CertificateInner, Raw};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityInfoAccessSyntax, BasicConstraints, ExtendedKeyUsage, SubjectAltName,
};
use x509_cert::name::Name;

use super::key_der::{self, Fault};
use super::key_ops::Handle;
use super::sign::{self, Way};
use crate::ops::define;
use crate::ops::work::Refusal;
use crate::value::{Bytes, array};

type Certificate = CertificateInner<Raw>;

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    define!(ctx, object, "publicKey", |ctx: Ctx<'js>, der: Bytes| -> Result<Class<'js, Handle>> {
        let key = Certificate::from_der(&der.0)
            .map_err(Fault::from)
            .and_then(|certificate| key_of(&certificate));
        match key {
            Ok(key) => Handle::instance(ctx, Arc::new(key)),
            Err(fault) => Err(Refusal::from(fault).throw(&ctx)),
        }
    });
    define!(ctx, object, "read", |ctx: Ctx<'js>, der: Bytes| -> Result<Object<'js>> {
        match Certificate::from_der(&der.0) {
            Ok(certificate) => tell(&ctx, &certificate),
            Err(error) => Err(Refusal::from(Fault::from(error)).throw(&ctx)),
        }
    });
    define!(ctx, object, "verify", |der: Bytes, key: Class<'js, Handle>| -> Result<bool> {
        let certificate = Certificate::from_der(&der.0);
        let key = Arc::clone(&key.borrow().key);
        Ok(certificate.is_ok_and(|certificate| {
            let signed = certificate.tbs_certificate().to_der().unwrap_or_default();
            let signature = certificate.signature().raw_bytes();
            let Some(way) = way(&certificate.signature_algorithm().oid.to_string()) else {
                return false;
            };
            sign::verify(&key.public(), &signed, false, signature, &way).unwrap_or(false)
        }))
    });
    Ok(())
}

fn key_of(certificate: &Certificate) -> std::result::Result<super::Key, Fault> {
    let der = certificate.tbs_certificate().subject_public_key_info().to_der()?;
    key_der::spki(&der)
}

/// How a certificate is signed, by the name of its algorithm.
fn way(oid: &str) -> Option<Way> {
    let hash = match oid {
        "1.2.840.113549.1.1.4" => "md5",
        "1.2.840.113549.1.1.5" | "1.2.840.10045.4.1" => "sha1",
        "1.2.840.113549.1.1.14" | "1.2.840.10045.4.3.1" => "sha224",
        "1.2.840.113549.1.1.11" | "1.2.840.10045.4.3.2" => "sha256",
        "1.2.840.113549.1.1.12" | "1.2.840.10045.4.3.3" => "sha384",
        "1.2.840.113549.1.1.13" | "1.2.840.10045.4.3.4" => "sha512",
        "1.3.101.112" => return Some(Way::default()),
        _ => return None,
    };
    Some(Way { hash: Some(hash.to_owned()), ..Way::default() })
}

/// [name of the attribute, its text] in the order of the certificate.
fn names(name: &Name) -> Vec<Vec<String>> {
    name.iter()
        .map(|attribute| {
            let value = &attribute.value;
            let text = match value.tag() {
                Tag::PrintableString => {
                    value.decode_as::<PrintableStringRef<'_>>().ok().map(|text| text.to_string())
                }
                Tag::Utf8String => {
                    value.decode_as::<Utf8StringRef<'_>>().ok().map(|text| text.to_string())
                }
                Tag::Ia5String => {
                    value.decode_as::<Ia5StringRef<'_>>().ok().map(|text| text.to_string())
                }
                Tag::TeletexString => {
                    value.decode_as::<TeletexStringRef<'_>>().ok().map(|text| text.to_string())
                }
                Tag::BmpString => {
                    let units: Vec<u16> = value
                        .value()
                        .chunks_exact(2)
                        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                        .collect();
                    Some(String::from_utf16_lossy(&units))
                }
                _ => None,
            };
            vec![attribute.oid.to_string(), text.unwrap_or_default()]
        })
        .collect()
}

/// [kind, value] as OpenSSL shows it.
fn general(name: &GeneralName) -> Vec<String> {
    let (kind, value) = match name {
        GeneralName::DnsName(text) => ("DNS", text.to_string()),
        GeneralName::Rfc822Name(text) => ("email", text.to_string()),
        GeneralName::UniformResourceIdentifier(text) => ("URI", text.to_string()),
        GeneralName::IpAddress(bytes) => {
            let value = match bytes.as_bytes() {
                [a, b, c, d] => format!("{a}.{b}.{c}.{d}"),
                bytes if bytes.len() == 16 => bytes
                    .chunks_exact(2)
                    .map(|pair| format!("{:X}", u16::from_be_bytes([pair[0], pair[1]])))
                    .collect::<Vec<_>>()
                    .join(":"),
                _ => "<invalid>".to_owned(),
            };
            ("IP Address", value)
        }
        GeneralName::RegisteredId(oid) => ("Registered ID", oid.to_string()),
        GeneralName::DirectoryName(name) => ("DirName", name.to_string()),
        GeneralName::OtherName(_) => ("othername", "<unsupported>".to_owned()),
        GeneralName::EdiPartyName(_) => ("EdiPartyName", "<unsupported>".to_owned()),
    };
    vec![kind.to_owned(), value]
}

fn tell<'js>(ctx: &Ctx<'js>, certificate: &Certificate) -> Result<Object<'js>> {
    let inner = certificate.tbs_certificate();
    let object = Object::new(ctx.clone())?;
    object.set("subject", names(inner.subject()))?;
    object.set("issuer", names(inner.issuer()))?;
    let der = |name: &Name| name.to_der().unwrap_or_default();
    object.set("subjectDer", array(ctx, &der(inner.subject()))?)?;
    object.set("issuerDer", array(ctx, &der(inner.issuer()))?)?;
    object.set("from", inner.validity().not_before.to_unix_duration().as_secs() as f64)?;
    object.set("to", inner.validity().not_after.to_unix_duration().as_secs() as f64)?;
    object.set("serial", hex::encode_upper(inner.serial_number().as_bytes()))?;
    if let Ok(Some((_, names))) = inner.get_extension::<SubjectAltName>() {
        object.set("altNames", names.0.iter().map(general).collect::<Vec<_>>())?;
    }
    if let Ok(Some((_, access))) = inner.get_extension::<AuthorityInfoAccessSyntax>() {
        let list: Vec<Vec<String>> = access
            .0
            .iter()
            .map(|access| {
                let mut row = vec![access.access_method.to_string()];
                row.extend(general(&access.access_location));
                row
            })
            .collect();
        object.set("access", list)?;
    }
    if let Ok(Some((_, usage))) = inner.get_extension::<ExtendedKeyUsage>() {
        object.set("usages", usage.0.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    }
    let ca = matches!(inner.get_extension::<BasicConstraints>(), Ok(Some((_, rule))) if rule.ca);
    object.set("ca", ca)?;
    if let Ok(key) = key_of(certificate) {
        object.set("key", Handle::instance(ctx.clone(), Arc::new(key))?)?;
    }
    object.set("der", array(ctx, &certificate.to_der().unwrap_or_default())?)?;
    Ok(object)
}
