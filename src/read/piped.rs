//! What is piped in: `-` stands for it wherever one file may be named.

use std::borrow::Cow;
use std::io::{self, Read};
use std::path::Path;
use std::sync::OnceLock;

/// How the input is named on the command line.
const PIPED: &str = "-";
/// Larger inputs are not read: as much as the largest file.
const LARGEST: u64 = 1 << 30;

/// Whether a path stands for the input of the process.
pub fn is_piped(path: &Path) -> bool {
    path.as_os_str() == PIPED
}

/// Whether there is something of this name to read.
pub fn exists(path: &Path) -> bool {
    is_piped(path) || path.exists()
}

/// All bytes of a file, or of the input of the process for `-`. The input is read once and kept,
/// since a command may look at it more than once.
///
/// # Errors
/// When the system refuses, or the input is larger than 1 GiB.
pub fn bytes(path: &Path) -> io::Result<Cow<'static, [u8]>> {
    static INPUT: OnceLock<Result<Vec<u8>, (io::ErrorKind, String)>> = OnceLock::new();
    if !is_piped(path) {
        return std::fs::read(path).map(Cow::Owned);
    }
    let input = INPUT.get_or_init(|| {
        let mut bytes = Vec::new();
        match io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes) {
            Ok(read) if read as u64 > LARGEST => {
                Err((io::ErrorKind::FileTooLarge, "more than 1 GiB was piped in".to_owned()))
            }
            Ok(_) => Ok(bytes),
            Err(error) => Err((error.kind(), error.to_string())),
        }
    });
    match input {
        Ok(bytes) => Ok(Cow::Borrowed(bytes)),
        Err((kind, why)) => Err(io::Error::new(*kind, why.clone())),
    }
}

/// Whether a name in a message is that of the input.
pub fn is_shown(name: &str) -> bool {
    matches!(name, "stdin.json" | "stdin.csv")
}

/// How a file is called in messages; the input is called after what it seems to hold.
pub fn shown(path: &Path, bytes: &[u8]) -> String {
    match is_piped(path) {
        false => path.display().to_string(),
        true if is_json(bytes) => "stdin.json".to_owned(),
        true => "stdin.csv".to_owned(),
    }
}

/// Whether bytes seem to be JSON.
pub fn is_json(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}
