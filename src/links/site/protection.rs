//! What each page forbids browsers and search engines to do, whatever the web server says.

use sha2::{Digest, Sha256};

/// The elements of `<head>`: no index, no address told to other sites, nothing loaded and nothing run but this style.
pub(super) fn protection(style: &str) -> String {
    let sum = base64(Sha256::digest(style).as_slice());
    format!(
        r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{sum}'; base-uri 'none'; form-action 'none'">
<meta name="robots" content="noindex,nofollow">
<meta name="referrer" content="no-referrer">"#
    )
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
    use super::{base64, protection};

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

    #[test]
    fn a_style_is_named_by_its_sum() {
        assert!(protection("").contains("'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"));
    }
}
