//! The site of short links: values → files, ready to be put on a web server.
//!
//! A printed code holds the school's own address, `https://<base>/<token>`; the page under it leads to the link of the
//! chat as it is today, or says why there is none. There is no list of the pages anywhere, no script, nothing from
//! another site, and no person is named. The same values give the same bytes.
//!
//! It opens no file, asks for no time and knows nothing of the store: who publishes hands it the pages.
//!
//! | file | idea |
//! | --- | --- |
//! | `page` | one page: which chat, and what became of its link |
//! | `pages` | all values → all files, or why not |
//! | `wording` | the templates → HTML |
//! | `protection` | what each page forbids browsers to do |
//! | `server` | ready rules for web servers |

mod error;
mod page;
mod pages;
mod protection;
mod server;
#[cfg(test)]
mod tests;
mod wording;

pub use crate::school::{BaseUrl, Token};
pub use error::SiteError;
pub use page::{Page, PageState};
pub use pages::{Site, SiteFile, files};
pub use server::server_rules;
pub use wording::{SiteTemplates, TEMPLATES};
