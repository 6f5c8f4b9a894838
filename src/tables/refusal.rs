//! Why a file is not read, and the sentence that says so.

use crate::school::{Issue, IssueKind, Place};

/// Why a file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No such file.
    Missing,
    /// The system does not let the program read it.
    Locked,
    /// Reading failed in another way.
    Unreadable,
    /// No bytes, or no occupied cell.
    Empty,
    /// A file of another kind.
    Stranger(Stranger),
    /// A table file, damaged.
    Corrupt,
    /// A table file with a password.
    Encrypted,
    /// An archive that unpacks to far more than a table needs.
    ZipBomb,
    /// More cells, rows, text or bytes than the program takes.
    TooLarge,
    /// The letters were replaced by question marks when the file was saved.
    EncodingLost,
}

/// What a file is that is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stranger {
    /// The mark that a spreadsheet program leaves beside an open file.
    LockFile,
    /// .xlsb.
    BinaryWorkbook,
    /// A word processor's document.
    Document,
    /// A presentation.
    Presentation,
    /// PDF.
    Pdf,
    /// A picture.
    Picture,
    /// An archive of other files.
    Archive,
    /// A web page without a table, or one that keeps its tables in other files.
    WebPage,
    /// Anything else.
    Other,
}

const SAVE_AS_XLSX: &str = "Откройте файл в Excel и сохраните как «Книга Excel (.xlsx)».";

impl Refusal {
    /// The issue for a file by its label.
    pub(super) fn issue(self, label: &str) -> Issue {
        let (kind, message, advice) = match self {
            Self::Missing => (IssueKind::Unreadable, "Файл не найден.", "Проверьте имя файла и папку."),
            Self::Locked => (
                IssueKind::Unreadable,
                "Файл не открывается: он занят другой программой или нет права его читать.",
                "Закройте файл в Excel и проверьте права доступа.",
            ),
            Self::Unreadable => {
                (IssueKind::Unreadable, "Файл не удалось прочитать с диска.", "Скопируйте файл заново и повторите.")
            }
            Self::Empty => (
                IssueKind::Empty,
                "Файл пуст: в нём нет ни одной заполненной ячейки.",
                "Положите вместо него заполненный файл или уберите его.",
            ),
            Self::Stranger(stranger) => stranger.words(),
            Self::Corrupt => (
                IssueKind::Corrupt,
                "Файл повреждён: прочитать его до конца не удалось.",
                "Откройте файл в Excel, согласитесь на восстановление и сохраните как «Книга Excel (.xlsx)», либо \
                 скачайте его заново.",
            ),
            Self::Encrypted => (
                IssueKind::Encrypted,
                "Файл закрыт паролем.",
                "Откройте файл в Excel, снимите пароль («Файл» → «Сведения» → «Защита книги») и сохраните.",
            ),
            Self::ZipBomb => (
                IssueKind::ZipBomb,
                "Файл распаковывается в объём, которого у таблицы не бывает; он не прочитан.",
                "Скопируйте нужные строки в новую книгу Excel и сохраните её.",
            ),
            Self::TooLarge => (
                IssueKind::TooLarge,
                "Файл слишком велик для таблицы школы, или в нём есть заполненные ячейки далеко за таблицей.",
                "Скопируйте нужные строки в новую книгу Excel и сохраните её.",
            ),
            Self::EncodingLost => (
                IssueKind::EncodingLost,
                "Вместо русских букв в файле вопросительные знаки: буквы пропали, когда файл сохраняли.",
                "Выгрузите таблицу заново и сохраните как «Книга Excel (.xlsx)» или «CSV UTF-8».",
            ),
        };
        Issue::new(kind, Place::file(label), message, advice)
    }
}

impl Stranger {
    fn words(self) -> (IssueKind, &'static str, &'static str) {
        let (message, advice) = match self {
            Self::LockFile => (
                "Это служебная пометка: сам файл сейчас открыт в Excel или LibreOffice.",
                "Сохраните и закройте открытый файл; пометка исчезнет сама.",
            ),
            Self::BinaryWorkbook => ("Это двоичная книга Excel (.xlsb): читать её надёжно нельзя.", SAVE_AS_XLSX),
            Self::Document => (
                "Это текстовый документ, а не таблица.",
                "Скопируйте таблицу из документа в Excel и сохраните как «Книга Excel (.xlsx)».",
            ),
            Self::Presentation => {
                ("Это презентация, а не таблица.", "Скопируйте таблицу в Excel и сохраните как «Книга Excel (.xlsx)».")
            }
            Self::Pdf => {
                ("Это документ PDF, а не таблица.", "Выгрузите таблицу в Excel и положите вместо него файл .xlsx.")
            }
            Self::Picture => {
                ("Это изображение, а не таблица.", "Выгрузите таблицу в Excel и положите вместо него файл .xlsx.")
            }
            Self::Archive => ("Это архив, а не таблица.", "Распакуйте архив и положите вместо него сами таблицы."),
            Self::WebPage => ("Это веб-страница, в которой нет таблицы.", SAVE_AS_XLSX),
            Self::Other => ("Это не таблица.", SAVE_AS_XLSX),
        };
        (IssueKind::NotASpreadsheet, message, advice)
    }
}
