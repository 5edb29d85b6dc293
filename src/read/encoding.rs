//! Bytes to text: UTF-8, UTF-16 with a byte-order mark, else Windows-1252 with a warning.

use std::borrow::Cow;

/// How the bytes of a file were understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, or UTF-16 with its mark.
    Unicode,
    /// Not UTF-8: read as Windows-1252 ("Western European"), which may be wrong. The line of the
    /// first byte that is not UTF-8.
    Guessed {
        /// Line counted from 1.
        line: u32,
    },
    /// Some characters could not be read at all, or the file is not text.
    Broken,
}

/// The text of a file.
pub fn text(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _, broken) = encoding.decode(bytes);
        let broken = broken || text.contains('\0');
        return (text, if broken { Encoding::Broken } else { Encoding::Unicode });
    }
    if bytes.iter().take(4096).any(|&byte| byte == 0) {
        return (Cow::Borrowed(""), Encoding::Broken);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), Encoding::Unicode),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or(bytes);
            let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count() as u32;
            let (text, _, _) = encoding_rs::WINDOWS_1252.decode(bytes);
            (text, Encoding::Guessed { line })
        }
    }
}
