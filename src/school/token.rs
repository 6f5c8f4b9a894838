//! The last part of a short link: what stands behind the address of the school's own site.

use std::fmt;

/// Twelve characters that nobody guesses: 59 bits from the operating system's random source.
///
/// Like the link it leads to it is a secret: `Debug` hides it, and only papers, the store and the names of the site's
/// files hold it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(String);

/// A text is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("это не код короткой ссылки")]
pub struct TokenError;

/// The random source gave nothing, or nothing random.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("система не даёт случайных чисел, короткие ссылки не из чего сделать")]
pub struct NoRandomness;

impl Token {
    /// The number of characters.
    pub const LENGTH: usize = 12;
    /// The characters: small Latin letters and digits without those that look alike (0 and o, 1, i and l).
    pub const ALPHABET: &'static str = "23456789abcdefghjkmnpqrstuvwxyz";

    /// How often the source is asked before it is taken for broken; a good one is asked once.
    const ATTEMPTS: usize = 16;
    /// The greatest multiple of the size of the alphabet that a byte holds: bytes from here on are thrown away, so that
    /// every character is equally likely.
    const FAIR: u8 = 248;

    /// A new token from a source that fills a buffer with random bytes.
    ///
    /// # Errors
    /// When the source fails, or gives so many unusable bytes that it cannot be random.
    pub fn random<E>(mut source: impl FnMut(&mut [u8]) -> Result<(), E>) -> Result<Self, NoRandomness> {
        let letters = Self::ALPHABET.as_bytes();
        let mut token = String::with_capacity(Self::LENGTH);
        for _ in 0..Self::ATTEMPTS {
            let mut bytes = [0; 2 * Self::LENGTH];
            source(&mut bytes).map_err(|_| NoRandomness)?;
            let fair = bytes.iter().filter(|byte| **byte < Self::FAIR);
            let drawn = fair.filter_map(|byte| letters.get(usize::from(*byte) % letters.len()));
            let missing = Self::LENGTH - token.len();
            token.extend(drawn.take(missing).map(|letter| char::from(*letter)));
            if token.len() == Self::LENGTH {
                return Ok(Self(token));
            }
        }
        Err(NoRandomness)
    }

    /// The token, for papers, the store and the names of the site's files only.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl std::str::FromStr for Token {
    type Err = TokenError;

    /// Takes what a store kept, and nothing else: a token is never typed.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_token = text.len() == Self::LENGTH && text.chars().all(|letter| Self::ALPHABET.contains(letter));
        if is_token { Ok(Self(text.to_owned())) } else { Err(TokenError) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{NoRandomness, Token};

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(text.parse::<Token>().is_ok_and(|token| token.as_str() == text), expected, "{text:?}");
    }

    #[test]
    fn what_a_store_kept() {
        check("23456789abcd", true);
        check("zzzzzzzzzzzz", true);
        check("23456789abc", false);
        check("23456789abcde", false);
        check("23456789abcO", false);
        check("23456789abcl", false);
        check("23456789abcD", false);
        check(" 23456789abc", false);
        check("../456789abc", false);
        check("аааааа", false);
    }

    #[test]
    fn the_alphabet_has_no_look_alikes() {
        let letters: BTreeSet<char> = Token::ALPHABET.chars().collect();
        assert_eq!((letters.len(), Token::ALPHABET.len()), (31, 31));
        assert!(!Token::ALPHABET.contains(['0', 'o', '1', 'i', 'l']));
        assert!(31_f64.log2() * Token::LENGTH as f64 > 59.0);
    }

    #[test]
    fn every_character_is_equally_likely() {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut xorshift = |bytes: &mut [u8]| {
            for byte in bytes {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                *byte = (state >> 32) as u8;
            }
            Ok::<(), ()>(())
        };
        let mut count: BTreeMap<char, usize> = BTreeMap::new();
        for _ in 0..31_000 {
            let token = Token::random(&mut xorshift).expect("a token");
            for letter in token.as_str().chars() {
                *count.entry(letter).or_default() += 1;
            }
        }
        let (least, most) = (count.values().min().copied(), count.values().max().copied());
        assert_eq!(count.len(), 31);
        // 12,000 of each are expected, with a deviation of about 110; a plain remainder would give some an eighth more.
        assert!(most.zip(least).is_some_and(|(most, least)| most - least < 900), "{count:?}");
    }

    #[test]
    fn the_random_source_of_the_system_gives_tokens_that_differ() {
        let tokens: BTreeSet<Token> =
            (0..1000).map(|_| Token::random(getrandom::fill).expect("the system's source")).collect();
        assert_eq!(tokens.len(), 1000);
        assert!(tokens.iter().all(|token| token.as_str().parse::<Token>().as_ref() == Ok(token)));
    }

    #[test]
    fn a_source_that_fails_or_is_none() {
        assert_eq!(Token::random(|_: &mut [u8]| Err("нет")), Err(NoRandomness));
        let stuck = |bytes: &mut [u8]| {
            bytes.fill(255);
            Ok::<(), ()>(())
        };
        assert_eq!(Token::random(stuck), Err(NoRandomness));
    }

    #[test]
    fn nothing_shows_it() {
        assert_eq!(format!("{:?}", "23456789abcd".parse::<Token>()), "Ok(Token(…))");
    }
}
