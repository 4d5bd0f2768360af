//! Embeds the static files, compressed once, with a hash of their content in their names; turns the
//! catalogues of words into methods; and packs the binary's relocations where the C library can read
//! them so.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use std::hash::{DefaultHasher, Hasher as _};

#[path = "build/catalogue/mod.rs"]
mod catalogue;

/// File, and its media type.
const FILES: [(&str, &str); 4] = [
    ("tickbox.css", "text/css; charset=utf-8"),
    ("icons.svg", "image/svg+xml"),
    ("favicon.svg", "image/svg+xml"),
    (
        "speculation-rules.json",
        "application/speculationrules+json",
    ),
];

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script everything this way"
)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed=static");
    println!("cargo::rerun-if-changed=migrations");
    let mut table = String::from("static FILES: &[StaticFile] = &[\n");
    for (name, media_type) in FILES {
        let plain = fs::read(Path::new("static").join(name))?;
        let (stem, extension) = name
            .rsplit_once('.')
            .ok_or("a static file has no extension")?;
        let hashed = format!("{stem}.{}.{extension}", hash(&plain));
        let write = |suffix: &str, bytes: &[u8]| -> std::io::Result<String> {
            let path = out.join(format!("{name}{suffix}"));
            fs::write(&path, bytes)?;
            Ok(path.display().to_string())
        };
        writeln!(
            table,
            "    StaticFile {{ source: {name:?}, path: \"/static/{hashed}\", media_type: \
             {media_type:?}, plain: include_bytes!({:?}), gzip: include_bytes!({:?}), brotli: \
             include_bytes!({:?}) }},",
            write("", &plain)?,
            write(".gz", &gzip(&plain)?)?,
            write(".br", &brotli(&plain)?)?,
        )?;
    }
    table.push_str("];\n");
    fs::write(out.join("static_files.rs"), table)?;
    let document = fs::read("static/openapi.json")?;
    fs::write(out.join("openapi.json.gz"), gzip(&document)?)?;
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=build");
    fs::write(
        out.join("catalogue.rs"),
        catalogue::generate(Path::new("locales"))?,
    )?;
    if knows_packed_relocations().unwrap_or(false) {
        // Two megabytes become thirty kilobytes.
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    Ok(())
}

/// Whether the C library here, which will be the one that the binary runs with, is at least glibc
/// 2.36, the first that reads `DT_RELR`.
#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script everything this way"
)]
fn knows_packed_relocations() -> Option<bool> {
    let is_native = env::var("TARGET").ok()? == env::var("HOST").ok()?;
    if !is_native || env::var("CARGO_CFG_TARGET_ENV").ok()? != "gnu" {
        return Some(false);
    }
    let asked = Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let answer = String::from_utf8(asked.ok()?.stdout).ok()?;
    let (major, minor) = answer.trim().rsplit_once(' ')?.1.split_once('.')?;
    let version: (u32, u32) = (major.parse().ok()?, minor.parse().ok()?);
    Some(version >= (2, 36))
}

fn hash(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("{:016x}", hasher.finish())
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut compressed, 4096, 11, 22);
    encoder.write_all(bytes)?;
    drop(encoder);
    Ok(compressed)
}
