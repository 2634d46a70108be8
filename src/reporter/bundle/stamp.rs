//! Time stamps (RFC 3161) over a manifest: the query, and the proof of the answer without asking anybody.

use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA384_ASN1, ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    UnparsedPublicKey, VerificationAlgorithm,
};
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::model::Token;

use super::der::{BIT_STRING, Element, FIRST, INTEGER, OCTET_STRING, OID, SEQUENCE, SET, element};
use super::sum;

const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
const SHA384: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02];
const SHA512: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03];
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
/// `id-kp-timeStamping`.
const FOR_STAMPS: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08];
/// Last byte of the signature algorithms' identifiers, RSA and ECDSA, with the digest that they imply.
const SIGNED_WITH: [(u8, &[u8]); 3] = [(11, SHA256), (12, SHA384), (13, SHA512)];
const ECDSA_WITH: [(u8, &[u8]); 3] = [(2, SHA256), (3, SHA384), (4, SHA512)];
const ECDSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03];

/// Why a stamp proves nothing.
#[derive(Debug, thiserror::Error)]
pub enum StampError {
    #[error("the authority refused (status {0}); ask its operator, or another one")]
    Refused(u8),
    #[error("it is no time stamp as RFC 3161 has it: {0}")]
    Malformed(&'static str),
    #[error(
        "it is of another manifest: the manifest was changed, or the token taken from elsewhere"
    )]
    OtherManifest,
    #[error("its signature does not hold")]
    Signature,
    #[error("it is signed in a way that is not known here")]
    Unknown,
    #[error("its signer's certificate is not for time stamps")]
    NotForStamps,
}

/// A query for a stamp of these bytes, with the authority's certificate; `nonce` makes it one of its kind.
#[must_use]
pub fn query(bytes: &[u8], nonce: u64) -> Vec<u8> {
    let algorithm = element(SEQUENCE, &[element(OID, SHA256), vec![0x05, 0x00]].concat());
    let hash = element(OCTET_STRING, &Sha256::digest(bytes));
    let imprint = element(SEQUENCE, &[algorithm, hash].concat());
    // A number is as short as can be, and its first bit is its sign: this one begins with neither a zero nor a one.
    let nonce = element(INTEGER, &(nonce >> 2 | 1 << 61).to_be_bytes());
    let wants_certificate = vec![0x01, 0x01, 0xff];
    element(SEQUENCE, &[element(INTEGER, &[1]), imprint, nonce, wants_certificate].concat())
}

/// The token in an authority's answer.
///
/// # Errors
/// Where the authority refused, or the answer is none.
pub fn token_of(answer: &[u8]) -> Result<Element<'_>, StampError> {
    let malformed = StampError::Malformed;
    let parts = Element::first(answer).and_then(|e| e.children()).ok_or(malformed("no DER"))?;
    let status = parts.first().and_then(|status| status.child(0)).ok_or(malformed("no status"))?;
    match status.value {
        [0 | 1] => parts.get(1).copied().ok_or(malformed("no token")),
        other => Err(StampError::Refused(other.first().copied().unwrap_or(u8::MAX))),
    }
}

/// What of a token is signed and by whom.
struct Signed<'a> {
    /// `TSTInfo`, as it was signed.
    content: &'a [u8],
    certificates: Vec<Element<'a>>,
    signer: Element<'a>,
}

impl<'a> Signed<'a> {
    fn read(answer: &'a [u8]) -> Result<Self, StampError> {
        let token = token_of(answer)?;
        let read = || {
            let data = token.child(1)?.child(0)?;
            let parts = data.children()?;
            let content = parts.get(2)?.child(1)?.child(0)?.value;
            let certificates = parts.iter().find(|part| part.tag == FIRST)?.children()?;
            let signer = parts.last().filter(|part| part.tag == SET)?.child(0)?;
            Some(Self { content, certificates, signer })
        };
        read().ok_or(StampError::Malformed("no signed data"))
    }

    /// The certificate that the signer names by issuer and number.
    fn certificate(&self) -> Option<Element<'a>> {
        let named = self.signer.child(1)?;
        let (issuer, serial) = (named.child(0)?.whole, named.child(1)?.value);
        self.certificates.iter().copied().find(|certificate| {
            Certificate::read(*certificate)
                .is_some_and(|known| known.issuer.whole == issuer && known.serial == serial)
        })
    }
}

/// What is needed of a certificate (RFC 5280).
struct Certificate<'a> {
    whole: &'a [u8],
    body: Element<'a>,
    serial: &'a [u8],
    issuer: Element<'a>,
    subject: Element<'a>,
    key: Element<'a>,
}

impl<'a> Certificate<'a> {
    fn read(certificate: Element<'a>) -> Option<Self> {
        let body = certificate.child(0)?;
        let mut parts = body.children()?.into_iter().peekable();
        parts.next_if(|part| part.tag == FIRST);
        let serial = parts.next()?.value;
        let issuer = parts.nth(1)?;
        let subject = parts.nth(1)?;
        let key = parts.next()?;
        Some(Self { whole: certificate.whole, body, serial, issuer, subject, key })
    }

    fn name(&self) -> String {
        let names = self.subject.children().unwrap_or_default();
        let common = names.iter().filter_map(|set| set.child(0)).find_map(|pair| {
            let parts = pair.children()?;
            let [name, value] = parts.as_slice() else { return None };
            (name.value == COMMON_NAME).then(|| String::from_utf8_lossy(value.value).into_owned())
        });
        common.unwrap_or_else(|| "an authority without a name".to_owned())
    }

    /// Whether this key made a signature over `message` with a digest.
    fn signed(&self, message: &[u8], signature: &[u8], digest: &[u8]) -> Result<(), StampError> {
        let read = || {
            let algorithm = self.key.child(0)?.children()?;
            let curve = algorithm.get(1).map_or(&[][..], |curve| curve.value);
            let kind = algorithm.first()?.value;
            let bits = self.key.child(1).filter(|bits| bits.tag == BIT_STRING)?;
            Some((kind, curve, bits.value.get(1..)?))
        };
        let (kind, curve, key) = read().ok_or(StampError::Malformed("no key"))?;
        let algorithm = algorithm(kind, curve, digest).ok_or(StampError::Unknown)?;
        let key = UnparsedPublicKey::new(algorithm, key);
        key.verify(message, signature).map_err(|_| StampError::Signature)
    }
}

fn algorithm(
    kind: &[u8],
    curve: &[u8],
    digest: &[u8],
) -> Option<&'static dyn VerificationAlgorithm> {
    Some(match (kind == RSA, curve, digest) {
        (true, _, SHA256) => &RSA_PKCS1_2048_8192_SHA256,
        (true, _, SHA384) => &RSA_PKCS1_2048_8192_SHA384,
        (true, _, SHA512) => &RSA_PKCS1_2048_8192_SHA512,
        (_, P256, SHA256) => &ECDSA_P256_SHA256_ASN1,
        (_, P256, SHA384) => &ECDSA_P256_SHA384_ASN1,
        (_, P384, SHA256) => &ECDSA_P384_SHA256_ASN1,
        (_, P384, SHA384) => &ECDSA_P384_SHA384_ASN1,
        _ => return None,
    })
}

fn digest_of(algorithm: &[u8], bytes: &[u8]) -> Result<Vec<u8>, StampError> {
    Ok(match algorithm {
        SHA256 => Sha256::digest(bytes).to_vec(),
        SHA384 => Sha384::digest(bytes).to_vec(),
        SHA512 => Sha512::digest(bytes).to_vec(),
        _ => return Err(StampError::Unknown),
    })
}

/// Proves that an authority saw exactly these bytes; `given` is its certificate, or its issuer's, in DER, where the
/// user has it.
///
/// # Errors
/// Where the stamp is none, is of other bytes, or its signature does not hold.
pub fn check(answer: &[u8], bytes: &[u8], given: Option<&[u8]>) -> Result<Token, StampError> {
    let signed = Signed::read(answer)?;
    let info = Element::first(signed.content).ok_or(StampError::Malformed("no content"))?;
    let parts = info.children().ok_or(StampError::Malformed("no content"))?;
    let imprint = parts.get(2).and_then(Element::children);
    let (algorithm, hash) = match imprint.as_deref() {
        Some([algorithm, hash]) => (algorithm.child(0), hash.value),
        _ => return Err(StampError::Malformed("no imprint")),
    };
    let algorithm = algorithm.ok_or(StampError::Malformed("no imprint"))?;
    if digest_of(algorithm.value, bytes)? != hash {
        return Err(StampError::OtherManifest);
    }
    let certificate = signed.certificate().and_then(Certificate::read);
    let certificate = certificate.ok_or(StampError::Malformed("no certificate of its signer"))?;
    prove(&signed, &certificate)?;
    if !certificate.whole.windows(FOR_STAMPS.len()).any(|window| window == FOR_STAMPS) {
        return Err(StampError::NotForStamps);
    }
    let time = parts.get(4).ok_or(StampError::Malformed("no time"))?;
    Ok(Token {
        time: rfc_3339(time.value),
        by: certificate.name(),
        certificate: sum(certificate.whole),
        pinned: given.map(|given| is_of(&certificate, given)),
    })
}

/// The signature over the attributes, and the attributes over the content (RFC 5652, 5.4).
fn prove(signed: &Signed<'_>, certificate: &Certificate<'_>) -> Result<(), StampError> {
    let read = || {
        let parts = signed.signer.children()?;
        let digest = parts.get(2)?.child(0)?.value;
        let attributes = *parts.get(3).filter(|part| part.tag == FIRST)?;
        Some((digest, attributes, parts.get(5)?.value))
    };
    let (digest, attributes, signature) = read().ok_or(StampError::Malformed("no signer"))?;
    let stated = attributes.children().and_then(|all| {
        let found = all
            .into_iter()
            .find(|attribute| attribute.child(0).is_some_and(|name| name.value == MESSAGE_DIGEST));
        Some(found?.child(1)?.child(0)?.value)
    });
    if stated != Some(&digest_of(digest, signed.content)?[..]) {
        return Err(StampError::Signature);
    }
    certificate.signed(&element(SET, attributes.value), signature, digest)
}

/// Whether a certificate is the given one or was issued by it.
fn is_of(certificate: &Certificate<'_>, given: &[u8]) -> bool {
    if certificate.whole == given {
        return true;
    }
    let Some(issuer) = Element::first(given).and_then(Certificate::read) else { return false };
    let signature_holds = || {
        let whole = Element::first(certificate.whole)?;
        let algorithm = whole.child(1)?.child(0)?.value;
        let (last, start) = algorithm.split_last()?;
        let table = if start == ECDSA { ECDSA_WITH } else { SIGNED_WITH };
        let (_, digest) = table.into_iter().find(|(number, _)| number == last)?;
        let signature = whole.child(2)?.value.get(1..)?;
        Some(issuer.signed(certificate.body.whole, signature, digest).is_ok())
    };
    issuer.subject.whole == certificate.issuer.whole && signature_holds().unwrap_or(false)
}

/// `20251124133000Z` as `2025-11-24T13:30:00Z`.
fn rfc_3339(time: &[u8]) -> String {
    let text = String::from_utf8_lossy(time).into_owned();
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or("00");
    format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4),
        part(4, 6),
        part(6, 8),
        part(8, 10),
        part(10, 12),
        part(12, 14)
    )
}
