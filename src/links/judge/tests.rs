//! Every rule of `domain/max.md`, «Invitation links», by example and by property.

use crate::school::Platform;

use super::super::{LinkError, LinkRemark, Messenger, judge};

/// 43 characters, invented.
const CODE: &str = "A9BIx_q-7TzKdWmP3rVnYhLs5uEoGcFj2Qk8NwRtUaM";

#[track_caller]
fn check(text: &str, expected: Result<&str, LinkError>) {
    check_on(Platform::Max, text, expected);
}

#[track_caller]
fn check_on(platform: Platform, text: &str, expected: Result<&str, LinkError>) {
    let text = text.replace("CODE", CODE);
    let expected = expected.map(|url| url.replace("CODE", CODE));
    let judged = judge(&text, platform).map(|judged| judged.link.as_str().to_owned());
    assert_eq!(judged, expected, "{text:?}");
}

#[track_caller]
fn remarks(text: &str, expected: &[LinkRemark]) {
    let judged = judge(&text.replace("CODE", CODE), Platform::Max).expect("an invitation");
    assert_eq!(judged.link.as_str(), format!("https://max.ru/join/{CODE}"), "{text:?}");
    assert_eq!(judged.remarks, expected, "{text:?}");
}

#[track_caller]
fn refused(text: &str, expected: LinkError) {
    check(text, Err(expected));
}

#[test]
fn a_plain_invitation_stays_as_it_is() {
    assert_eq!(CODE.len(), 43);
    remarks("https://max.ru/join/CODE", &[]);
    remarks("  https://max.ru/join/CODE\n", &[]);
    remarks("\u{feff}https://max.ru/join/CODE\u{200b}", &[]);
}

#[test]
fn damage_is_mended_and_named() {
    remarks("https://max.ru/join/ CODE", &[LinkRemark::BlanksInside]);
    remarks("https://max.ru/\njoin/CODE", &[LinkRemark::BlanksInside]);
    remarks("https: // max.ru / join / CODE", &[LinkRemark::BlanksInside]);
    remarks("http://max.ru/join/CODE", &[LinkRemark::Scheme]);
    remarks("max.ru/join/CODE", &[LinkRemark::Scheme]);
    remarks("HTTPS://Max.RU/join/CODE", &[LinkRemark::Spelling]);
    remarks("https://www.max.ru/join/CODE", &[LinkRemark::Spelling]);
    remarks("https://max.ru/Join/CODE", &[LinkRemark::Spelling]);
    remarks("https://max.ru/join/CODE?utm_source=chat&clckid=7", &[LinkRemark::Tail]);
    remarks("https://max.ru/join/CODE#a", &[LinkRemark::Tail]);
    remarks("https://max.ru/join/CODE/", &[LinkRemark::Tail]);
    remarks("https://max.ru/join/CODE%20", &[LinkRemark::Tail]);
    remarks("https://max.ru/join/CODE.", &[LinkRemark::Punctuation]);
    remarks("https://max.ru/join/CODE, ", &[LinkRemark::Punctuation]);
    remarks("(https://max.ru/join/CODE)", &[LinkRemark::Punctuation]);
    remarks("https://max.ru/jo\u{ad}in/\u{200b}CODE", &[LinkRemark::InvisibleMarks]);
    remarks("Ссылка 7А: https://max.ru/join/CODE", &[LinkRemark::WordsAround]);
    remarks("https://max.ru/join/CODE чат родителей", &[LinkRemark::WordsAround]);
    remarks("https:/max.ru/join/CODE", &[LinkRemark::Scheme]);
    remarks("//max.ru/join/CODE", &[LinkRemark::Scheme]);
    remarks("https:\\\\max.ru\\join\\CODE", &[LinkRemark::Spelling]);
    remarks("https://max.ru//join//CODE", &[LinkRemark::Spelling]);
    remarks("Установите https://max.ru, затем https://max.ru/join/CODE", &[LinkRemark::WordsAround]);
    remarks("https://max.ru/join/CODE\nhttps://max.ru/join/CODE", &[LinkRemark::Repeated]);
    let both = [LinkRemark::WordsAround, LinkRemark::Scheme, LinkRemark::Punctuation];
    remarks("Вступайте: max.ru/join/CODE!", &both);
}

#[test]
fn a_torn_code_is_put_together_only_to_the_usual_length() {
    let (head, tail) = CODE.split_at(20);
    remarks(&format!("https://max.ru/join/{head}\n{tail}"), &[LinkRemark::BlanksInside]);
    remarks(
        &format!("https://max.ru/join/{head} {} {}.", &tail[..5], &tail[5..]),
        &[LinkRemark::BlanksInside, LinkRemark::Punctuation],
    );
    refused(&format!("https://max.ru/join/{head} {}", &tail[1..]), LinkError::Torn);
    refused(&format!("https://max.ru/join/{CODE}x chat"), LinkError::Torn);
}

#[test]
fn other_lengths_are_a_remark_and_far_ones_are_refused() {
    let of =
        |length: usize| format!("https://max.ru/join/{}", "aB3_".repeat(20).chars().take(length).collect::<String>());
    for length in [20, 42, 44, 64] {
        let judged = judge(&of(length), Platform::Max).expect("taken");
        assert_eq!(judged.link.as_str(), of(length));
        assert_eq!(judged.remarks, [LinkRemark::Length(length)]);
    }
    for length in [1, 19, 65, 80] {
        refused(&of(length), LinkError::CodeLength(length));
    }
    refused("https://max.ru/join/", LinkError::NoCode);
    refused("https://max.ru/join", LinkError::NoCode);
    refused("https://max.ru/join/ чат 7А", LinkError::NoCode);
    refused(&format!("https://max.ru/join/{}…", &CODE[..30]), LinkError::Shortened);
    refused(&format!("https://max.ru/join/{}...", &CODE[..30]), LinkError::Shortened);
}

#[test]
fn what_is_no_invitation_is_refused_with_its_reason() {
    refused("", LinkError::Empty);
    refused(" \u{200b}\n", LinkError::Empty);
    refused(&format!("https://max.ru/u/{CODE}0123456789abcdef"), LinkError::Profile);
    refused("https://max.ru/joincall/CODE", LinkError::Call);
    refused("https://max.ru/school31", LinkError::PublicChannel);
    refused("max.ru/school31.", LinkError::PublicChannel);
    refused("https://max.ru/id7700000000_bot?start=CODE", LinkError::Bot);
    refused("https://max.ru/helper_bot", LinkError::Bot);
    refused("https://max.ru/school31?start=a", LinkError::Bot);
    refused("https://max.ru/", LinkError::Site);
    refused("max.ru", LinkError::Site);
    refused("https://web.max.ru/-70000000", LinkError::Site);
    refused("https://business.max.ru/join/CODE", LinkError::Site);
    refused("https://example.org/join/CODE", LinkError::OtherSite);
    refused("чат ещё не создан", LinkError::NotALink);
    refused("+7 944 000-00-00", LinkError::NotALink);
    refused("petrova@example.org", LinkError::NotALink);
    refused(CODE, LinkError::NotALink);
}

#[test]
fn foreign_messengers_are_named() {
    let foreign = |text: &str, messenger| refused(text, LinkError::Foreign(messenger));
    foreign("https://chat.whatsapp.com/CODE", Messenger::WhatsApp);
    foreign("https://wa.me/79440000000", Messenger::WhatsApp);
    foreign("https://t.me/+CODE", Messenger::Telegram);
    foreign("t.me/joinchat/CODE", Messenger::Telegram);
    foreign("https://telegram.me/CODE", Messenger::Telegram);
    foreign("tg://join?invite=CODE", Messenger::Telegram);
    foreign("https://invite.viber.com/?g2=CODE", Messenger::Viber);
    foreign("viber://chat?number=1", Messenger::Viber);
    foreign("https://discord.gg/CODE", Messenger::Discord);
    foreign("https://signal.group/#CODE", Messenger::Signal);
    foreign("https://join.skype.com/CODE", Messenger::Skype);
    foreign("https://teams.microsoft.com/l/team/CODE", Messenger::Teams);
    foreign("https://us.teams.live.com/meet/CODE", Messenger::Teams);
    foreign("https://u.wechat.com/CODE", Messenger::WeChat);
    foreign("https://www.snapchat.com/add/CODE", Messenger::Snapchat);
    foreign("https://threema.id/CODE", Messenger::Threema);
}

#[test]
fn cyrillic_letters_are_found_by_their_position() {
    let damaged =
        |index: usize, letter: &str| format!("https://max.ru/join/{}{letter}{}", &CODE[..index], &CODE[index + 1..]);
    refused(&damaged(0, "А"), LinkError::CyrillicLetter { position: 1 });
    refused(&damaged(20, "е"), LinkError::CyrillicLetter { position: 21 });
    refused(&damaged(42, "М"), LinkError::CyrillicLetter { position: 43 });
    refused(&damaged(9, "é"), LinkError::ForeignCharacter { position: 10 });
    refused(&damaged(9, "*"), LinkError::ForeignCharacter { position: 10 });
    refused(&damaged(9, "/"), LinkError::ForeignCharacter { position: 10 });
    refused("https://max.ru/join/%D0%B0CODE", LinkError::ForeignCharacter { position: 1 });
    refused("https://mах.ru/join/CODE", LinkError::CyrillicAddress);
    refused("МАХ.ru/join/CODE", LinkError::CyrillicAddress);
    refused("https://max.ru/jоin/CODE", LinkError::CyrillicAddress);
}

#[test]
fn capitals_that_took_the_code_along_are_noticed() {
    check(&format!("HTTPS://MAX.RU/JOIN/{}", CODE.to_uppercase()), Err(LinkError::CaseLost));
    let capitals = format!("https://max.ru/join/{}", CODE.to_uppercase());
    check(&capitals, Ok(&capitals));
}

#[test]
fn one_cell_holds_one_link() {
    let other = CODE.replace('A', "B");
    refused(&format!("https://max.ru/join/CODE https://max.ru/join/{other}"), LinkError::Several);
    refused(&format!("https://max.ru/join/CODEhttps://max.ru/join/{other}"), LinkError::Several);
    refused(&format!("max.ru/join/CODE, max.ru/join/{other}"), LinkError::Several);
    refused("https://max.ru/join/CODE\nhttps://t.me/+CODE", LinkError::Several);
}

#[test]
fn an_invitation_inside_another_address_is_not_taken() {
    refused("https://example.org/?to=https://max.ru/join/CODE", LinkError::OtherSite);
    refused("https://max.ru.example.org/join/CODE", LinkError::OtherSite);
    refused("https://max.ru@example.org/join/CODE", LinkError::OtherSite);
    refused("https://max.ru:8443/join/CODE", LinkError::OtherSite);
    refused("https://climax.ru/join/CODE", LinkError::OtherSite);
    refused("https://example.org/max.ru/join/CODE", LinkError::OtherSite);
    refused("example.org//max.ru/join/CODE", LinkError::NotALink);
    refused("javascript:alert(1)", LinkError::NotALink);
}

#[test]
fn older_links_are_for_schools_of_sferum_only() {
    for text in ["https://vk.me/join/CODE", "https://vk.com/join/CODE", "https://sferum.ru/?p=CODE", "vk.me/join/a="] {
        refused(text, LinkError::OlderSferum);
    }
    let sferum = |text: &str, expected| check_on(Platform::Sferum, text, expected);
    sferum("https://vk.me/join/AJQ1d/q+CODE=", Ok("https://vk.me/join/AJQ1d/q+CODE="));
    sferum("http://VK.me/join/CODE?utm_source=a.", Ok("https://vk.me/join/CODE"));
    sferum("https://vk.com/school31_7a", Ok("https://vk.com/school31_7a"));
    sferum("https://sferum.ru/?p=CODE&utm_source=a", Ok("https://sferum.ru/?p=CODE"));
    sferum("https://sferum.ru/?p=messages&join=CODE&ysclid=1", Ok("https://sferum.ru/?p=messages&join=CODE"));
    sferum("https://sferum.ru/?p=messages", Err(LinkError::NoCode));
    sferum("https://sferum.ru/?utm_source=a", Err(LinkError::OtherSite));
    sferum("https://max.ru/join/CODE", Ok("https://max.ru/join/CODE"));
    sferum("https://vk.com/id700", Err(LinkError::Profile));
    sferum("https://vk.me/petrova", Err(LinkError::Profile));
    sferum("https://vk.com/call/join/CODE", Err(LinkError::Call));
    sferum("https://vk.com/away.php?to=https%3A%2F%2Fmax.ru", Err(LinkError::OtherSite));
    sferum("https://vk.me/join/", Err(LinkError::NoCode));
    sferum("https://vk.me/join/CODE abc", Err(LinkError::Torn));
    sferum("https://sferum.ru/", Err(LinkError::OtherSite));
    sferum("https://t.me/+CODE", Err(LinkError::Foreign(Messenger::Telegram)));
}

/// A small generator of texts; the same numbers on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn code(&mut self, length: usize) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
        (0..length).map(|_| char::from(LETTERS[self.below(LETTERS.len())])).collect()
    }
}

#[test]
fn every_damaged_copy_gives_the_same_link() {
    let mut dice = Dice(7);
    for _ in 0..5000 {
        let code = dice.code(43);
        let cut = dice.below(44);
        let blank = dice.pick(&["", " ", "\n", "\r\n  ", "\u{a0}", "\u{200b}"]);
        let text = format!(
            "{}{}{}/{}join/{}{blank}{}{}",
            dice.pick(&["", "Чат: ", "«", "7А — ", "\u{feff}"]),
            dice.pick(&["", "http://", "https://", "HTTPS://", "https:// "]),
            dice.pick(&["max.ru", "MAX.RU", "Max.ru"]),
            dice.pick(&["", "\u{200d}", " "]),
            &code[..cut],
            &code[cut..],
            dice.pick(&["", ".", ",", "/", "?utm_source=x", "?clckid=0a/", ")", "»", " чат", "\n"]),
        );
        let judged = judge(&text, Platform::Max).map(|judged| judged.link.as_str().to_owned());
        assert_eq!(judged, Ok(format!("https://max.ru/join/{code}")), "{text:?}");
    }
}

#[test]
fn what_is_judged_is_judged_the_same_again_without_remarks() {
    let mut dice = Dice(31);
    for _ in 0..2000 {
        let length = 20 + dice.below(45);
        let code = dice.code(length);
        let first = judge(&format!("max.ru/join/{code}"), Platform::Max).expect("taken");
        let again = judge(first.link.as_str(), Platform::Max).expect("taken");
        assert_eq!(first.link, again.link);
        assert!(again.remarks.iter().all(|remark| remark.is_doubt()), "{code}");
    }
}

#[test]
fn any_text_is_survived_and_no_error_repeats_it() {
    let mut dice = Dice(65);
    let parts = [
        "https://",
        "max.ru",
        "/join/",
        "/u/",
        "t.me/",
        "vk.me/join/",
        " ",
        "\n",
        "А",
        "é",
        "…",
        "?p=",
        "%",
        "@",
        "😀",
    ];
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..dice.below(8) {
            text.push_str(dice.pick(&parts));
            if dice.below(3) == 0 {
                let length = dice.below(50);
                text.push_str(&dice.code(length));
            }
        }
        for platform in [Platform::Max, Platform::Sferum] {
            match judge(&text, platform) {
                Ok(judged) => assert!(judged.link.as_str().is_ascii(), "{text:?}"),
                Err(error) => {
                    let message = format!("{error} {} {error:?}", error.advice());
                    let repeated = text.split_whitespace().any(|word| word.len() > 30 && message.contains(word));
                    assert!(!repeated, "{text:?}");
                }
            }
        }
    }
}
