//! Calls the binary and keeps what it answered.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The day on which every test takes place.
pub(crate) const DATE: &str = "2026-09-01";

/// A scratch copy of a sample.
pub(crate) struct School {
    folder: TempDir,
}

/// What a call answered.
pub(crate) struct Answer {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `zavuch` in a folder, with nothing of the caller's environment.
pub(crate) fn call(folder: &Path, arguments: &[&str]) -> Answer {
    let output = Command::new(env!("CARGO_BIN_EXE_zavuch"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .expect("the binary starts");
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    Answer {
        status: output.status.code().expect("the program was not killed"),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

impl School {
    /// A copy of a sample without what a run has left there.
    pub(crate) fn sample(name: &str) -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
        copy(&sample, &folder.path().join("школа"));
        Self { folder }
    }

    /// The workspace.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("школа")
    }

    /// Runs a command on the workspace, which is called «школа» then.
    pub(crate) fn call(&self, arguments: &[&str]) -> Answer {
        call(self.folder.path(), arguments)
    }

    /// Runs the main job at the fixed date.
    pub(crate) fn run(&self) -> Answer {
        self.call(&["run", "школа", "--date", DATE])
    }

    /// Writes a file of the workspace.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path().join(name), bytes).expect("the file is written");
    }

    /// Every file under a folder of the workspace, by its path in it.
    pub(crate) fn files(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let mut found = Vec::new();
        let root = self.path().join(folder);
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
                    found.push((name, fs::read(&path).expect("a file")));
                }
            }
        }
        found.sort();
        found
    }
}

impl Answer {
    /// Status, standard output and standard error together, as a test compares them.
    pub(crate) fn shown(&self) -> String {
        let mut text = format!("status {}\n", self.status);
        for (name, stream) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !stream.is_empty() {
                let _ = write!(text, "--- {name}\n{}", stream.replace('\u{a0}', " "));
            }
        }
        text
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a sample") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        if name == "выдача" || name == ".zavuch.lock" {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).expect("a copy");
        }
    }
}
