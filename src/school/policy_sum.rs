//! The sum by which a content security policy names what a page may use.

use sha2::{Digest, Sha256};

/// The sum of a style or a script, as policies write it behind `sha256-`.
pub fn policy_sum(text: &str) -> String {
    base64(Sha256::digest(text).as_slice())
}

/// Base64 with padding, as policies write sums.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0_usize, |bits, at| bits << 8 | usize::from(chunk.get(at).copied().unwrap_or_default()));
        for at in 0..4 {
            let digit = DIGITS.get(bits >> (18 - 6 * at) & 63).filter(|_| at <= chunk.len());
            text.push(digit.map_or('=', |digit| char::from(*digit)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(base64(text.as_bytes()), expected);
    }

    #[test]
    fn the_samples_of_rfc_4648() {
        check("", "");
        check("f", "Zg==");
        check("fo", "Zm8=");
        check("foo", "Zm9v");
        check("foob", "Zm9vYg==");
        check("fooba", "Zm9vYmE=");
        check("foobar", "Zm9vYmFy");
    }
}
