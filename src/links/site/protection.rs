//! What each page forbids browsers and search engines to do, whatever the web server says.

use crate::school::policy_sum;

/// The elements of `<head>`: no index, no address told to other sites, nothing loaded and nothing run but this style.
pub(super) fn protection(style: &str) -> String {
    let sum = policy_sum(style);
    format!(
        r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{sum}'; base-uri 'none'; form-action 'none'">
<meta name="robots" content="noindex,nofollow">
<meta name="referrer" content="no-referrer">"#
    )
}

#[cfg(test)]
mod tests {
    use super::protection;

    #[test]
    fn a_style_is_named_by_its_sum() {
        assert!(protection("").contains("'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"));
    }
}
