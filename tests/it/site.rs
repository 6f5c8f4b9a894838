//! The site of short links as a school gets it, with the acts of the samples and titles that mean harm.
//!
//! The files are left in `target/tmp/site/` for other judges: `tests/check_site.py` opens them in a browser,
//! `tests/check_servers.py` has web servers serve them by the rules.

use std::fs;
use std::path::Path;

use zavuch::links::site::{BaseUrl, Page, PageState, Site, SiteFile, SiteTemplates, Token, files, server_rules};
use zavuch::school::{Audience, ChatKind, LinkUrl, Settings};
use zavuch::workspace::{Templates, read_settings};

const LINK: &str = "https://max.ru/join/A9BIcdEFghIJklMNopQRstUVwxYZ0123456789-_abc";

const HOSTILE: [&str; 4] = [
    r#"</h1><script>document.title="взлом"</script><img src=x onerror="document.title='взлом'">"#,
    "7А \u{202e}йишах «Родители» \u{2066}\u{2067} &amp; <b>\"жирно\"</b> 'и' так",
    "{{ 7*7 }} {% raw %} ${7*7} javascript:alert(1)",
    "ОченьДлинноеНазваниеБезПробеловОченьДлинноеНазваниеБезПробеловОченьДлинноеНазваниеБезПробеловОченьДлинноеНазвание\
     БезПробелов",
];

fn settings(sample: &str) -> Settings {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample).join("zavuch.toml");
    let text = fs::read_to_string(path).expect("the settings of the sample");
    read_settings(&text, "zavuch.toml", &Templates::default()).value.expect("right settings")
}

fn open() -> PageState {
    PageState::Open(LinkUrl::judged(LINK.to_owned()))
}

/// The n-th token of a site.
fn token(number: usize) -> Token {
    let letter = char::from(Token::ALPHABET.as_bytes()[number]);
    letter.to_string().repeat(Token::LENGTH).parse().expect("a token")
}

fn pages() -> Vec<Page> {
    let parents = |title: &str, state: PageState| Page {
        token: token(0),
        state,
        title: title.parse().expect("a title"),
        kind: ChatKind::ClassParents,
        class: "7А".parse().ok(),
        audience: Audience::Parents,
    };
    let mut pages = vec![
        parents("7А Родители", open()),
        parents("7А Родители", PageState::Awaited),
        parents("7А Родители", PageState::Renewing),
        parents("7А Родители", PageState::Revoked),
    ];
    pages.extend(HOSTILE.map(|title| parents(title, open())));
    for (kind, audience, title, in_class) in [
        (ChatKind::ClassStudents, Audience::Students, "7А Ученики", true),
        (ChatKind::ClassTeachers, Audience::Staff, "7А Учителя", true),
        (ChatKind::StaffRoom, Audience::Staff, "Учительская", false),
        (ChatKind::SchoolChannel, Audience::Everyone, "Общешкольный канал", false),
    ] {
        let class = if in_class { "7А".parse().ok() } else { None };
        pages.push(Page { kind, audience, class, ..parents(title, open()) });
    }
    for (number, page) in pages.iter_mut().enumerate() {
        page.token = token(number);
    }
    pages
}

fn put(folder: &Path, files: &[SiteFile]) {
    for file in files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(path, &file.bytes).expect("the file is written");
    }
}

/// What a browser should find on each page.
fn expected(pages: &[Page]) -> String {
    let page = |page: &Page| {
        let (state, link) = match &page.state {
            PageState::Open(link) => ("open", Some(link.as_str())),
            PageState::Awaited => ("awaited", None),
            PageState::Renewing => ("renewing", None),
            PageState::Revoked => ("revoked", None),
        };
        serde_json::json!({
            "path": page.token.as_str(), "title": page.title.as_str(), "state": state, "link": link,
        })
    };
    serde_json::Value::from(pages.iter().map(page).collect::<Vec<_>>()).to_string()
}

#[test]
fn the_sites_of_all_samples() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site");
    if root.exists() {
        fs::remove_dir_all(&root).expect("the sites of the last time are removed");
    }
    let templates = SiteTemplates::read(|template| template.text);
    for (sample, base) in [
        ("school-31", "https://go.school31.example"),
        ("school-50", "https://go.school50.example"),
        ("school-62", "https://school62.example/chat"),
        ("school-65", "https://чат.school65.example"),
        ("belomorsk", "https://belomorsk.example/m.2/chat"),
    ] {
        let (settings, pages) = (settings(sample), pages());
        let base: BaseUrl = base.parse().expect("a base");
        let (school, regulation) = (&settings.school, &settings.regulation);
        let site = Site { school, regulation, base: &base, pages: pages.clone() };
        let made = files(&site, &templates).expect("a site");
        assert_eq!(made.len(), pages.len() + 3);
        for file in &made {
            let text = String::from_utf8_lossy(&file.bytes);
            assert!(!text.contains("<script") && !text.contains("http:") && !text.contains('\u{fffd}'));
            assert!(pages.iter().all(|page| !text.contains(page.token.as_str())));
            for person in [&school.director, &school.curator, &school.administrator] {
                assert!(!text.contains(&person.name.to_string()), "{sample} names a person");
            }
            assert!(file.bytes.len() < 16_384, "{sample}: {} bytes", file.bytes.len());
        }
        let folder = root.join(sample);
        put(&folder.join(format!("served{}", base.path())), &made);
        put(&folder.join("rules"), &server_rules(&base));
        fs::write(folder.join("expected.json"), expected(&pages)).expect("what is expected is written");
        let at = serde_json::json!({ "host": base.host(), "path": base.path() }).to_string();
        fs::write(folder.join("base.json"), at).expect("the address is written");
    }
}
