//! Randomness, digests, and the key that signs identity tokens.

use std::sync::OnceLock;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::{SystemRandom, fill};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// What precedes the modulus in the DER of a public key of 2048 bits: a sequence of 266 bytes, a number of 257 that starts
/// with a zero. RFC 8017, appendix A.1.1.
const BEFORE_MODULUS: [u8; 9] = [0x30, 0x82, 0x01, 0x0A, 0x02, 0x82, 0x01, 0x01, 0x00];
/// The bytes of such a modulus.
const MODULUS: usize = 256;

/// The library that signs said no; it says no more than that.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the cryptographic library failed")]
pub struct CryptoError;

/// One key for every tenant of the process, made when it is first asked for: that takes a noticeable part of a second.
static KEY: OnceLock<Result<Key, CryptoError>> = OnceLock::new();

/// An RSA key of 2048 bits.
struct Key {
    pair: KeyPair,
    id: String,
    modulus: String,
    exponent: String,
}

impl Key {
    fn generate() -> Result<Key, CryptoError> {
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| CryptoError)?;
        let der = pair.public_key().as_ref();
        let rest = der.strip_prefix(&BEFORE_MODULUS).ok_or(CryptoError)?;
        let (modulus, rest) = rest.split_at_checked(MODULUS).ok_or(CryptoError)?;
        let exponent = rest.get(2..).ok_or(CryptoError)?;
        Ok(Key {
            id: thumbprint(der),
            modulus: URL_SAFE_NO_PAD.encode(modulus),
            exponent: URL_SAFE_NO_PAD.encode(exponent),
            pair,
        })
    }

    fn get() -> Result<&'static Key, CryptoError> {
        KEY.get_or_init(Key::generate).as_ref().map_err(|why| *why)
    }
}

/// The set of keys that a client checks identity tokens with. RFC 7517.
pub fn key_set(issuer: &str) -> Result<Value, CryptoError> {
    let key = Key::get()?;
    Ok(json!({"keys": [{
        "kty": "RSA",
        "use": "sig",
        "alg": "RS256",
        "kid": key.id,
        "n": key.modulus,
        "e": key.exponent,
        "issuer": issuer,
    }]}))
}

/// A signed token of these claims. RFC 7515, compact.
pub fn signed(claims: &Value) -> Result<String, CryptoError> {
    let key = Key::get()?;
    let header = json!({"typ": "JWT", "alg": "RS256", "kid": key.id});
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(&header), part(claims));
    let mut signature = vec![0; key.pair.public_modulus_len()];
    key.pair
        .sign(
            &RSA_PKCS1_SHA256,
            &SystemRandom::new(),
            message.as_bytes(),
            &mut signature,
        )
        .map_err(|_| CryptoError)?;
    Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// SHA-256 in base64url, as PKCE has it (RFC 7636, section 4.2).
pub fn thumbprint(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, bytes))
}

/// Bytes that nobody can guess.
pub fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], CryptoError> {
    let mut bytes = [0; LENGTH];
    fill(&mut bytes).map_err(|_| CryptoError)?;
    Ok(bytes)
}

/// A secret that looks as Entra's do: a version, a dot, and base64url.
pub fn secret() -> Result<String, CryptoError> {
    Ok(format!("1.{}", URL_SAFE_NO_PAD.encode(random::<96>()?)))
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

    use super::*;

    #[test]
    fn a_signed_token_is_verified_with_the_key_that_is_shown() {
        let keys = key_set("http://x").unwrap();
        let shown = &keys["keys"][0];
        let bytes = |name: &str| URL_SAFE_NO_PAD.decode(shown[name].as_str().unwrap()).unwrap();
        let der = [
            BEFORE_MODULUS.as_slice(),
            &bytes("n"),
            &[0x02, u8::try_from(bytes("e").len()).unwrap()],
            &bytes("e"),
        ]
        .concat();
        let token = signed(&json!({"name": "山田 花子"})).unwrap();
        let (message, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der);
        key.verify(message.as_bytes(), &signature).unwrap();
        assert!(key.verify(b"another message", &signature).is_err());
    }

    #[test]
    fn a_challenge_is_that_of_the_rfc() {
        // RFC 7636, appendix B.
        assert_eq!(
            thumbprint(b"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
        assert_ne!(secret().unwrap(), secret().unwrap());
    }
}
