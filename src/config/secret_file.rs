//! The generated secret: 32 random bytes in a file that only its owner can read.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use aws_lc_rs::rand;
use base64::Engine as _;

use super::ConfigError;

/// The secret in the file at `path`, made if there is none yet.
pub(super) fn read_or_make(path: &Path) -> Result<Vec<u8>, ConfigError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text.trim().as_bytes().to_vec()),
        Err(error) if error.kind() == ErrorKind::NotFound => make(path).map_err(|error| {
            let remedy = format!("cannot write {}: {error}", path.display());
            ConfigError::new("TICKBOX_DATA_DIR", remedy)
        }),
        Err(error) => {
            let remedy = format!("cannot read {}: {error}", path.display());
            Err(ConfigError::new("TICKBOX_DATA_DIR", remedy))
        }
    }
}

fn make(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut random = [0_u8; 32];
    rand::fill(&mut random)
        .map_err(|_unspecified| std::io::Error::other("no random bytes to be had"))?;
    let text = base64::engine::general_purpose::STANDARD.encode(random);

    // Written beside and renamed, so that a crash leaves no half a secret.
    let beside = path.with_extension("new");
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    Ok(text.into_bytes())
}
