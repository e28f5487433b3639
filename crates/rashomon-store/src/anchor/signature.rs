//! Who signed a time stamp, and is the signature good? The token's own certificate is used; whether its holder is the
//! authority one trusts is not asked here, since a list of authorities ages and this must work for decades.
//!
//! Checked (RFC 5652, 5.4; RFC 3161, 2.4.2; RFC 5816): the digest of the stamped content is the one that was signed, the
//! attributes were signed by the key of the certificate the token names and carries, that certificate is the one the
//! signed attributes speak of, is made for time stamps, and was valid at the time stated. The arithmetic is ring's.

use super::{TST_INFO, element, info_bytes, take, time, want};
use crate::hex;
use ring::{digest, signature};

/// id-signedData, 1.2.840.113549.1.7.2, without its head.
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// Attribute contentType, 1.2.840.113549.1.9.3.
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03];
/// Attribute messageDigest, 1.2.840.113549.1.9.4.
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];
/// Attribute signingCertificate, 1.2.840.113549.1.9.16.2.12 (SHA-1 of the certificate).
const CERTIFICATE_1: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x0c];
/// Attribute signingCertificateV2, 1.2.840.113549.1.9.16.2.47.
const CERTIFICATE_2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x2f];
/// DER of the extended key usage timeStamping, 1.3.6.1.5.5.7.3.8.
const FOR_STAMPS: &[u8] = &[0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08];
/// SHA-256, SHA-384 and SHA-512 (2.16.840.1.101.3.4.2.x).
const DIGESTS: [(&[u8], &digest::Algorithm); 3] = [
    (&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01], &digest::SHA256),
    (&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02], &digest::SHA384),
    (&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03], &digest::SHA512),
];
/// Common name, 2.5.4.3, and organisation, 2.5.4.10.
const NAMES: [&[u8]; 2] = [&[0x55, 0x04, 0x03], &[0x55, 0x04, 0x0a]];

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Common name in the certificate, else its organisation; anybody can write any name there.
    pub name: String,
    /// SHA-256 of the certificate, in hexadecimal.
    pub certificate: String,
}

/// Why a signature is not known to be good.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsigned {
    /// It is not.
    #[error("{0}")]
    Bad(&'static str),
    /// This program cannot tell: another kind of signature, or no certificate in the token.
    #[error("{0}")]
    Unknown(&'static str),
}

/// An element that must be there.
fn must<T>(found: Option<T>) -> Result<T, Unsigned> {
    found.ok_or(Unsigned::Bad("it is no signed time stamp"))
}

/// The parts of a SignerInfo.
struct Info<'a> {
    issuer: &'a [u8],
    serial: &'a [u8],
    digest: &'static digest::Algorithm,
    attributes: &'a [u8],
    signature: &'a [u8],
}

/// Who signed a granted reply, if the signature is good.
///
/// # Errors
/// [`Unsigned`]: it is not, or that cannot be told here.
pub fn signer(reply: &[u8]) -> Result<Signer, Unsigned> {
    let (certificates, signers) = must(parts(reply))?;
    let signed = parse(signers)?;
    let content = must(info_bytes(reply))?;
    if attribute(signed.attributes, CONTENT_TYPE) != TST_INFO.get(2..).map(|oid| (6, oid))
        || attribute(signed.attributes, MESSAGE_DIGEST) != Some((4, digest::digest(signed.digest, content).as_ref()))
    {
        return Err(Unsigned::Bad("what was signed is not this time stamp"));
    }
    let certificate = own(certificates, &signed)
        .ok_or(Unsigned::Unknown("the token does not carry the certificate of who signed it"))?;
    let parsed = must(Certificate::read(certificate))?;
    if !names(signed.attributes, certificate) {
        return Err(Unsigned::Bad("what was signed speaks of another certificate"));
    }
    let message = element(0x31, signed.attributes);
    parsed.verify(signed.digest, &message, signed.signature)?;
    if !certificate.windows(FOR_STAMPS.len()).any(|window| window == FOR_STAMPS) {
        return Err(Unsigned::Bad("the certificate of who signed it is not made for time stamps"));
    }
    let at = must(time(reply))?;
    if at < parsed.from || at > parsed.until {
        return Err(Unsigned::Bad("the certificate of who signed it was not valid at the time stated"));
    }
    Ok(Signer { name: parsed.name, certificate: hex::sha256(certificate) })
}

/// Certificates and signers of a granted reply.
fn parts(reply: &[u8]) -> Option<(&[u8], &[u8])> {
    let (response, _) = want(0x30, reply)?;
    let (_, token) = want(0x30, response)?;
    let (content, _) = want(0x30, token)?;
    let (kind, rest) = want(0x06, content)?;
    let (tagged, _) = want(0xa0, rest).filter(|_| kind == SIGNED_DATA)?;
    let (data, _) = want(0x30, tagged)?;
    let (_, rest) = want(0x02, data)?; // version
    let (_, rest) = want(0x31, rest)?; // digest algorithms
    let (_, rest) = want(0x30, rest)?; // the content
    let (certificates, rest) = want(0xa0, rest).unwrap_or((&[], rest));
    let rest = want(0xa1, rest).map_or(rest, |(_, rest)| rest); // revocation lists
    want(0x31, rest).map(|(signers, _)| (certificates, signers))
}

/// The first signer.
fn parse(signers: &[u8]) -> Result<Info<'_>, Unsigned> {
    let (info, _) = must(want(0x30, signers))?;
    let (_, rest) = must(want(0x02, info))?;
    let Some((id, rest)) = want(0x30, rest) else {
        return Err(Unsigned::Unknown("who signed it is named by a key and not by a certificate"));
    };
    // the issuer with its head, as the certificate has it
    let (_, after) = must(want(0x30, id))?;
    let issuer = must(id.get(..id.len() - after.len()))?;
    let (serial, _) = must(want(0x02, after))?;
    let (algorithm, rest) = must(want(0x30, rest))?;
    let (object, _) = must(want(0x06, algorithm))?;
    let known = DIGESTS.iter().find(|(oid, _)| *oid == object);
    let digest = known.ok_or(Unsigned::Unknown("it was signed over a digest other than SHA-2"))?.1;
    let (attributes, rest) = must(want(0xa0, rest))?;
    let (_, rest) = must(want(0x30, rest))?; // how it was signed: by the certificate's key
    let (signature, _) = must(want(0x04, rest))?;
    Ok(Info { issuer, serial, digest, attributes, signature })
}

/// The first value of an attribute: tag and content.
fn attribute<'a>(mut attributes: &'a [u8], object: &[u8]) -> Option<(u8, &'a [u8])> {
    while let Some((attribute, rest)) = want(0x30, attributes) {
        if let Some((found, values)) = want(0x06, attribute)
            && found == object
        {
            return want(0x31, values).and_then(|(values, _)| take(values)).map(|(tag, content, _)| (tag, content));
        }
        attributes = rest;
    }
    None
}

/// The certificate with the signer's issuer and number.
fn own<'a>(mut certificates: &'a [u8], signed: &Info<'_>) -> Option<&'a [u8]> {
    while let Some((_, _, rest)) = take(certificates) {
        let whole = certificates.get(..certificates.len() - rest.len())?;
        let fits = Certificate::read(whole).is_some_and(|c| c.issuer == signed.issuer && c.serial == signed.serial);
        if fits {
            return Some(whole);
        }
        certificates = rest;
    }
    None
}

/// Whether the signed attributes speak of this certificate (RFC 5816 for the newer form).
fn names(attributes: &[u8], certificate: &[u8]) -> bool {
    let first = |object: &[u8]| -> Option<Vec<u8>> {
        let (_, signing) = attribute(attributes, object)?;
        let (list, _) = want(0x30, signing)?;
        let (id, _) = want(0x30, list)?;
        Some(id.to_vec())
    };
    if let Some(id) = first(CERTIFICATE_2) {
        let (algorithm, rest) = match want(0x30, &id) {
            // the default, SHA-256, is left out
            None => (Some(&digest::SHA256), id.as_slice()),
            Some((algorithm, rest)) => {
                let object = want(0x06, algorithm).map(|(object, _)| object);
                (DIGESTS.iter().find(|(oid, _)| Some(*oid) == object).map(|(_, digest)| *digest), rest)
            }
        };
        return algorithm.is_some_and(|algorithm| {
            want(0x04, rest).is_some_and(|(hash, _)| hash == digest::digest(algorithm, certificate).as_ref())
        });
    }
    first(CERTIFICATE_1).is_some_and(|id| {
        let hash = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, certificate);
        want(0x04, &id).is_some_and(|(found, _)| found == hash.as_ref())
    })
}

/// What is needed of a certificate (RFC 5280, 4.1).
struct Certificate<'a> {
    serial: &'a [u8],
    /// With its head.
    issuer: &'a [u8],
    from: String,
    until: String,
    name: String,
    /// Algorithm, its parameter's object, and the key.
    key: (&'a [u8], Option<&'a [u8]>, &'a [u8]),
}

impl<'a> Certificate<'a> {
    fn read(whole: &'a [u8]) -> Option<Self> {
        let (outer, _) = want(0x30, whole)?;
        let (inner, _) = want(0x30, outer)?;
        let rest = want(0xa0, inner).map_or(inner, |(_, rest)| rest); // version
        let (serial, rest) = want(0x02, rest)?;
        let (_, rest) = want(0x30, rest)?; // how the certificate is signed
        let (_, after) = want(0x30, rest)?;
        let issuer = rest.get(..rest.len() - after.len())?;
        let (validity, rest) = want(0x30, after)?;
        let (from, later) = moment(validity)?;
        let (until, _) = moment(later)?;
        let (subject, rest) = want(0x30, rest)?;
        let (key, _) = want(0x30, rest)?;
        let (algorithm, bits) = want(0x30, key)?;
        let (object, parameter) = want(0x06, algorithm)?;
        let (bits, _) = want(0x03, bits)?;
        let key = (object, want(0x06, parameter).map(|(object, _)| object), bits.strip_prefix(&[0])?);
        Some(Self { serial, issuer, from, until, name: called(subject), key })
    }

    /// Checks a signature by the certificate's key.
    fn verify(&self, digest: &digest::Algorithm, message: &[u8], signed: &[u8]) -> Result<(), Unsigned> {
        const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
        const CURVE: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
        const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
        const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
        const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
        let (algorithm, parameter, key) = self.key;
        let (sha256, sha384) = (*digest == digest::SHA256, *digest == digest::SHA384);
        let by: &dyn signature::VerificationAlgorithm = match (algorithm, parameter) {
            (RSA, _) if sha256 => &signature::RSA_PKCS1_2048_8192_SHA256,
            (RSA, _) if sha384 => &signature::RSA_PKCS1_2048_8192_SHA384,
            (RSA, _) => &signature::RSA_PKCS1_2048_8192_SHA512,
            (CURVE, Some(P256)) if sha256 => &signature::ECDSA_P256_SHA256_ASN1,
            (CURVE, Some(P256)) if sha384 => &signature::ECDSA_P256_SHA384_ASN1,
            (CURVE, Some(P384)) if sha256 => &signature::ECDSA_P384_SHA256_ASN1,
            (CURVE, Some(P384)) if sha384 => &signature::ECDSA_P384_SHA384_ASN1,
            (ED25519, _) => &signature::ED25519,
            _ => return Err(Unsigned::Unknown("it was signed with a key of a kind that is not known here")),
        };
        let good = signature::UnparsedPublicKey::new(by, key).verify(message, signed);
        good.map_err(|_| Unsigned::Bad("its signature is not by the key of the certificate it names"))
    }
}

/// A UTCTime or GeneralizedTime as RFC 3339, and what follows it.
fn moment(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (tag, content, rest) = take(bytes)?;
    let text = std::str::from_utf8(content).ok()?;
    let text = match tag {
        // RFC 5280, 4.1.2.5.1: two digits below 50 are of this century
        0x17 if text.get(..2)? < "50" => format!("20{text}"),
        0x17 => format!("19{text}"),
        0x18 => text.to_owned(),
        _ => return None,
    };
    super::moment(&text).map(|moment| (moment, rest))
}

/// Common name of a subject, else its organisation.
fn called(subject: &[u8]) -> String {
    NAMES
        .iter()
        .find_map(|object| {
            let mut rest = subject;
            while let Some((set, after)) = want(0x31, rest) {
                if let Some((pair, _)) = want(0x30, set)
                    && let Some((found, value)) = want(0x06, pair)
                    && found == *object
                {
                    return take(value).map(|(_, text, _)| String::from_utf8_lossy(text).into_owned());
                }
                rest = after;
            }
            None
        })
        .unwrap_or_else(|| "no name".to_owned())
}
