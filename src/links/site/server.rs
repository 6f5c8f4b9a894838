//! Ready rules for web servers: what a page cannot say of itself.
//!
//! The files of the site are served as they are; the rules add the headers, keep addresses out of the journals and
//! caches, list no folder and know no `http`. They are for the person who runs the server and are not to be served.

use super::{BaseUrl, SiteFile};

/// The headers of every answer, that of a missing page included.
const HEADERS: [(&str, &str); 5] = [
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("X-Robots-Tag", "noindex, nofollow, noarchive"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
];

/// For a host of its own only: elsewhere it would speak for the whole site of the school. Half a year.
const HTTPS_ONLY: (&str, &str) = ("Strict-Transport-Security", "max-age=15552000");

/// The rules of one web server, for a host of its own and for a folder of the school's site.
struct Rules {
    name: &'static str,
    own_host: &'static str,
    shared_host: &'static str,
    folder: &'static str,
    /// A header, indented, with `@NAME@` and `@VALUE@`.
    header: &'static str,
}

const NGINX: Rules = Rules {
    name: "nginx.conf",
    own_host: include_str!("../../../templates/server/nginx-server.conf"),
    shared_host: include_str!("../../../templates/server/nginx-path.conf"),
    folder: include_str!("../../../templates/server/nginx-folder.conf"),
    header: "        add_header @NAME@ \"@VALUE@\" always;",
};

const APACHE: Rules = Rules {
    name: "apache.conf",
    own_host: include_str!("../../../templates/server/apache-server.conf"),
    shared_host: include_str!("../../../templates/server/apache-path.conf"),
    folder: include_str!("../../../templates/server/apache-folder.conf"),
    header: "        Header always set @NAME@ \"@VALUE@\"",
};

/// For a host whose settings are out of reach.
const HTACCESS: Rules = Rules {
    name: "apache.htaccess",
    own_host: include_str!("../../../templates/server/apache.htaccess"),
    shared_host: include_str!("../../../templates/server/apache.htaccess"),
    folder: "",
    header: "        Header always set @NAME@ \"@VALUE@\"",
};

const CADDY: Rules = Rules {
    name: "Caddyfile",
    own_host: include_str!("../../../templates/server/caddy-site"),
    shared_host: include_str!("../../../templates/server/caddy-path"),
    folder: include_str!("../../../templates/server/caddy-folder"),
    header: "            @NAME@ \"@VALUE@\"",
};

/// What Apache is told of the folder, in its own settings or in the folder.
const APACHE_DIRECTIVES: &str = include_str!("../../../templates/server/apache-directives.conf");

/// The rules for nginx, Apache (its settings, or a `.htaccess`) and Caddy. They hold no token.
pub fn server_rules(base: &BaseUrl) -> Vec<SiteFile> {
    [APACHE, HTACCESS, CADDY, NGINX].iter().map(|rules| rules.of(base)).collect()
}

impl Rules {
    fn of(&self, base: &BaseUrl) -> SiteFile {
        let shared = !base.path().is_empty();
        let own_headers = (!shared).then_some(HTTPS_ONLY);
        let header = |(name, value): (&str, &str)| self.header.replace("@NAME@", name).replace("@VALUE@", value);
        let headers: Vec<String> = HEADERS.into_iter().chain(own_headers).map(header).collect();
        let text = if shared { self.shared_host } else { self.own_host };
        // The widest first: each piece may hold the marks of those below.
        let text = text
            .replace("@FOLDER@", self.folder)
            .replace("@DIRECTIVES@", APACHE_DIRECTIVES)
            .replace("@HEADERS@", &headers.join("\n"))
            .replace("@HOST@", base.host())
            .replace("@PATTERN@", &base.path().replace('.', "\\."))
            .replace("@PATH@", base.path());
        SiteFile { path: self.name.to_owned(), bytes: without_blank_end(&text).into_bytes() }
    }
}

/// The text with one line break at its end.
fn without_blank_end(text: &str) -> String {
    format!("{}\n", text.trim_end())
}
