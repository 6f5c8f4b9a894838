//! Hostile values, every state, and what must never stand on a page.

use super::{
    BaseUrl, Page, PageState, Site, SiteError, SiteFile, SiteTemplates, TEMPLATES, Token, files, server_rules,
};
use crate::plan::sample::{Sample, regulation};
use crate::school::{
    Audience, ChatKind, ChatTitle, Hours, LinkUrl, PosterRule, Regulation, School, Template, WeekDays,
};

const LINK: &str = "https://max.ru/join/A9BIcdEFghIJklMNopQRstUVwxYZ0123456789-_abc";
const TOKENS: [&str; 4] = ["23456789abcd", "3456789abcde", "456789abcdef", "56789abcdefg"];
const HOSTILE: &str = r#"</h1><script>alert(1)</script> "7А" 'b' & <img src=x onerror=y> {{ 7*7 }} "#;

fn link(text: &str) -> LinkUrl {
    LinkUrl::judged(text.to_owned())
}

fn token(text: &str) -> Token {
    text.parse().expect("a token")
}

fn title(text: &str) -> ChatTitle {
    text.parse().expect("a title")
}

fn page(token_text: &str, state: PageState) -> Page {
    Page {
        token: token(token_text),
        state,
        title: title("7А Родители 2026/27"),
        kind: ChatKind::ClassParents,
        class: "7А".parse().ok(),
        audience: Audience::Parents,
    }
}

/// A page of each state.
fn every_state() -> Vec<Page> {
    let states = [PageState::Open(link(LINK)), PageState::Awaited, PageState::Renewing, PageState::Revoked];
    TOKENS.into_iter().zip(states).map(|(token, state)| page(token, state)).collect()
}

fn school() -> School {
    Sample::new().settings.school
}

fn act() -> Regulation {
    let rule = PosterRule { lead: "Коротко".to_owned(), text: "и <по> делу.".to_owned() };
    Regulation {
        hours: Hours::parse(WeekDays::Weekdays, "07:00-17:00").ok(),
        poster: [(Audience::Parents, vec![rule])].into(),
        other_channel: Some("электронный журнал".to_owned()),
        ..regulation()
    }
}

/// The files of a site with the built-in templates, or with one of them replaced.
fn made(pages: Vec<Page>, school: &School, own: Option<Template>) -> Result<Vec<SiteFile>, SiteError> {
    let base: BaseUrl = "https://go.school31.example".parse().expect("a base");
    let text_of = |known: Template| own.filter(|own| own.name == known.name).map_or(known.text, |own| own.text);
    files(&Site { school, regulation: &act(), base: &base, pages }, &SiteTemplates::read(text_of))
}

fn site(pages: Vec<Page>) -> Vec<SiteFile> {
    made(pages, &school(), None).expect("a site")
}

#[track_caller]
fn html<'a>(files: &'a [SiteFile], path: &str) -> &'a str {
    let file = files.iter().find(|file| file.path == path).expect("the file");
    std::str::from_utf8(&file.bytes).expect("UTF-8")
}

fn page_of(page: Page) -> String {
    let path = format!("{}/index.html", page.token.as_str());
    html(&site(vec![page]), &path).to_owned()
}

#[track_caller]
fn check(state: &PageState, said: &[&str]) {
    let text = page_of(page(TOKENS[0], state.clone()));
    for words in said {
        assert!(text.contains(words), "«{words}» in {text}");
    }
    assert_eq!(text.contains("class=\"button\""), matches!(state, PageState::Open(_)));
    assert_eq!(text.contains("/join/"), matches!(state, PageState::Open(_)));
    assert_eq!(text.matches("<h1>").count(), 1);
}

#[test]
fn every_state_says_what_it_is() {
    let button = format!(r#"<a class="button" href="{LINK}" rel="noreferrer noopener">Вступить в чат</a>"#);
    check(
        &PageState::Open(link(LINK)),
        &[
            &button,
            "7\u{a0}«А»\u{a0}класс, для родителей (законных представителей)",
            "<h1><bdi>7А Родители 2026&#x2f;27</bdi></h1>",
            "телефоном родителя",
            "вступать или нет, решаете вы",
            "иначе: электронный журнал.",
            "<strong>Пишем</strong> по будням <span class=\"hours\">7:00–17:00</span>.",
            "<strong>Коротко</strong> и &lt;по&gt; делу.",
            r#"<a href="https://max.ru" rel="noreferrer noopener">max.ru</a>"#,
            "Телефон школы: 8 (800) 000-00-00",
        ],
    );
    check(&PageState::Awaited, &["Чат ещё создаётся", "спросите классного руководителя", "Загляните сюда позже"]);
    check(&PageState::Renewing, &["Ссылка обновляется", "спросите классного руководителя", "останутся прежними"]);
    check(&PageState::Revoked, &["Ссылка отозвана", "спросите классного руководителя"]);
}

#[test]
fn a_channel_is_called_one_and_other_readers_get_their_own_words() {
    let open = PageState::Open(link(LINK));
    let channel = Page {
        kind: ChatKind::SchoolChannel,
        audience: Audience::Everyone,
        class: None,
        ..page(TOKENS[0], open.clone())
    };
    let text = page_of(channel);
    assert!(text.contains(">Открыть канал</a>") && !text.contains("Вступить в чат") && !text.contains("Пишем"));
    let students =
        Page { kind: ChatKind::ClassStudents, audience: Audience::Students, ..page(TOKENS[0], open.clone()) };
    let text = page_of(students);
    assert!(text.contains("для обучающихся") && text.contains("своим телефоном") && !text.contains("родителя"));
    let staff = Page { kind: ChatKind::StaffRoom, audience: Audience::Staff, class: None, ..page(TOKENS[0], open) };
    let text = page_of(staff);
    assert!(text.contains("Для сотрудников школы") && text.contains("спросите администратора чатов школы"));
}

#[test]
fn the_older_links_of_sferum_lead_there() {
    let text = page_of(page(TOKENS[0], PageState::Open(link("https://sferum.ru/?p=start&a=b"))));
    assert!(text.contains(r#"href="https://sferum.ru/?p=start&amp;a=b""#) && text.contains("Установите «Сферум»"));
}

#[test]
fn values_of_tables_stay_text() {
    let bidi = "\u{202e}шкода\u{2066} \u{0}\u{7}7А";
    let name = format!("{HOSTILE}\nшкола");
    let hostile = School { short_name: name.clone(), city: name.clone(), phone: name, ..school() };
    for text in [HOSTILE, bidi] {
        let open = PageState::Open(link(LINK));
        let files = made(vec![Page { title: title(text), ..page(TOKENS[0], open) }], &hostile, None).expect("a site");
        for file in &files {
            let text = String::from_utf8_lossy(&file.bytes);
            for bad in ["<script", "<img", "</h1><", "49", "\u{0}", "\u{7}"] {
                assert!(!text.contains(bad), "{bad:?} in {text}");
            }
        }
        let page = html(&files, "23456789abcd/index.html");
        let shown = text.trim().replace(['\u{0}', '\u{7}'], "");
        assert!(page.contains(&format!("<h1><bdi>{}</bdi></h1>", escaped(&shown))), "{page}");
    }
}

fn escaped(text: &str) -> String {
    let pairs = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#x27;"), ("/", "&#x2f;")];
    pairs.into_iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[test]
fn a_token_stands_in_the_path_of_its_page_and_nowhere_else() {
    let files = site(every_state());
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let pages = TOKENS.map(|token| format!("{token}/index.html"));
    assert_eq!(paths, [&pages[0], &pages[1], "404.html", &pages[2], &pages[3], "index.html", "robots.txt"]);
    for file in &files {
        let text = String::from_utf8_lossy(&file.bytes);
        assert!(TOKENS.iter().all(|token| !text.contains(token)));
        assert_eq!(text.contains("/join/"), file.path == pages[0]);
        assert!(!text.contains("http:") && !text.contains("<script") && !text.contains("src="));
        assert!(!text.contains("url(") && !text.contains("@import") && !text.contains("<link"));
        assert!(TOKENS.iter().all(|token| !format!("{file:?}").contains(token)));
    }
}

#[test]
fn each_page_protects_itself() {
    for file in site(every_state()).iter().filter(|file| file.path != "robots.txt") {
        let text = String::from_utf8_lossy(&file.bytes);
        for words in [
            r#"<html lang="ru">"#,
            r#"<meta charset="utf-8">"#,
            r#"<meta name="robots" content="noindex,nofollow">"#,
            r#"<meta name="referrer" content="no-referrer">"#,
            "content=\"default-src 'none'; style-src 'sha256-",
            "<main>",
        ] {
            assert_eq!(text.matches(words).count(), 1, "{words} in {}", file.path);
        }
    }
    assert_eq!(html(&site(Vec::new()), "robots.txt"), "User-agent: *\nDisallow: /\n");
}

#[test]
fn the_same_pages_in_another_order_give_the_same_bytes() {
    let backwards = every_state().into_iter().rev().collect();
    assert_eq!(site(every_state()), site(backwards));
}

#[test]
fn no_person_is_named_and_nobody_is_pressed() {
    for file in site(every_state()) {
        let text = String::from_utf8_lossy(&file.bytes).to_lowercase();
        for word in ["ветрова", "лунин", "яшина", "обязан", "обязательн", "должн", "необходимо", "требуется", "@"]
        {
            let style = text.find("<style>").zip(text.find("</style>"));
            let plain = style.map_or(text.clone(), |(from, to)| text[..from].to_owned() + &text[to..]);
            assert!(!plain.contains(word), "{word}");
        }
    }
}

#[track_caller]
fn check_link(text: &str, stands: bool) {
    let made = made(vec![page(TOKENS[0], PageState::Open(link(text)))], &school(), None);
    let refused = Err(SiteError::Link { chat: title("7А Родители 2026/27") });
    if stands { assert!(made.is_ok(), "{text}") } else { assert_eq!(made, refused, "{text}") }
}

#[test]
fn only_https_leads_on() {
    check_link(LINK, true);
    check_link("https://vk.me/join/AJQ1d-a_b=", true);
    check_link("http://max.ru/join/a", false);
    check_link("javascript:alert(1)", false);
    check_link("HTTPS://max.ru/join/a", false);
    check_link("https://", false);
    check_link("https:///join/a", false);
    check_link("https://max.ru@evil.example/join/a", false);
    check_link("https://max.ru/join/a\" onclick=\"b", false);
    check_link("https://max.ru/join/a b", false);
    check_link("https://max.ru/join/а", false);
    check_link("https://go.school31.example/23456789abcd", false);
    check_link("https://go.school31.example.evil.example/a", true);
}

#[test]
fn two_chats_never_share_an_address_and_the_error_does_not_tell_it() {
    let other = Page { title: title("7Б Родители"), ..page(TOKENS[0], PageState::Awaited) };
    let error = made(vec![page(TOKENS[0], PageState::Awaited), other], &school(), None).expect_err("one token");
    let said = "у чатов «7А Родители 2026/27» и «7Б Родители» одна и та же короткая ссылка";
    assert_eq!(error.to_string(), said);
    assert!(!format!("{error:?}").contains(TOKENS[0]));
}

#[track_caller]
fn check_template(name: &'static str, text: &'static str, expected: Result<(), &str>) {
    let made = made(every_state(), &school(), Some(Template { name, text })).map(|_| ());
    assert_eq!(made.map_err(|error| error.to_string()), expected.map_err(str::to_owned));
}

#[test]
fn templates_of_the_school() {
    check_template("site/page.html", "<head>{{ protection }}</head><body>{{ link }}", Ok(()));
    let unprotected = "шаблон site/page.html: в <head> нет строки {{ protection }}, без неё страница не защищена";
    check_template("site/page.html", "<head></head><body>{{ protection }}", Err(unprotected));
    check_template("site/404.html", "{{ protection }<body>", Err("шаблон site/404.html: строка 1: ошибка в записи"));
    let unknown = "шаблон site/index.html: строка 2: такого слова у страницы нет";
    check_template("site/index.html", "{{ protection }}\n{{ token }}<body>", Err(unknown));
    let style = "шаблон site/style.css: в стиле не бывает знаков «</»";
    check_template("site/style.css", "p {} </style><script>", Err(style));
    check_template("site/style.css", "p { margin: 0 }\r\n", Ok(()));
    assert!(TEMPLATES.iter().all(|template| template.name.starts_with("site/")));
}

#[track_caller]
fn rules(base: &str, name: &str) -> String {
    let rules = server_rules(&base.parse().expect("a base"));
    let names: Vec<&str> = rules.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(names, ["apache.conf", "apache.htaccess", "Caddyfile", "nginx.conf"]);
    html(&rules, name).to_owned()
}

#[test]
fn rules_for_web_servers() {
    for base in ["https://чат.school31.example", "https://school31.example/m.2/chat"] {
        for name in ["apache.conf", "apache.htaccess", "Caddyfile", "nginx.conf"] {
            let text = rules(base, name);
            for header in ["X-Robots-Tag", "Referrer-Policy", "no-store", "default-src 'none'", "404.html"] {
                assert!(text.contains(header), "{header} in {name}");
            }
            let marks =
                text.split('@').skip(1).filter(|rest| rest.starts_with(|letter: char| letter.is_ascii_uppercase()));
            assert_eq!(marks.count(), 0, "{text}");
            assert_eq!(text.contains("Strict-Transport-Security"), base.contains("чат"), "{name}");
        }
    }
    assert!(rules("https://чат.school31.example", "nginx.conf").contains("server_name xn--80a0bn.school31.example;"));
    let apache = rules("https://school31.example/m.2/chat", "apache.conf");
    assert!(apache.contains(r#"SetEnvIf Request_URI "^/m\.2/chat(/|$)" zavuch"#), "{apache}");
    assert!(apache.contains(r#"<Directory "/var/www/zavuch/m.2/chat">"#));
}
