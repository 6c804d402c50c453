//! Builds the browser parts with npm into `OUT_DIR/web`, when they are missing or older than their sources.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::SystemTime,
};

const PARTS: [&str; 3] = ["web-shared", "web-widget", "agent-console"];
const ROOT_FILES: [&str; 3] = ["package.json", "package-lock.json", "tsconfig.base.json"];
/// What lies in a part's folder and is not what it is made of.
const NOT_SOURCES: [&str; 3] = ["node_modules", "dist", "test"];
/// Written last, so that a build that broke off is done again.
const STAMP: &str = ".built";
const ADVICE: &str = "install Node 20 and npm to build the web parts, or build without them: --no-default-features";

fn main() -> ExitCode {
    if env::var_os("CARGO_FEATURE_WEB").is_none() {
        println!("cargo::rerun-if-changed=build.rs");
        return ExitCode::SUCCESS;
    }
    match build_web() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("cargo::error={message}");
            ExitCode::FAILURE
        }
    }
}

fn build_web() -> Result<(), String> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo sets CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?).join("web");
    let sources = sources(&root);
    for source in &sources {
        println!("cargo::rerun-if-changed={}", source.display());
    }
    fs::create_dir_all(&out).map_err(|error| format!("cannot make {}: {error}", out.display()))?;
    let _lock = lock(&root)?;
    let newest = sources.iter().filter_map(|source| newest_in(source)).max();
    if newest.is_some_and(|newest| modified(&out.join(STAMP)).is_some_and(|built| built > newest)) {
        return Ok(());
    }
    install(&root)?;
    npm(&root, &["run", "build"], Some(&out))?;
    fs::write(out.join(STAMP), "").map_err(|error| format!("cannot write to {}: {error}", out.display()))
}

/// Two cargo processes may build for the same tree, and `npm ci` begins by deleting what is there.
fn lock(root: &Path) -> Result<fs::File, String> {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let path = target.join("web-build.lock");
    let locked = fs::create_dir_all(&target).and_then(|()| fs::File::create(&path)).and_then(|file| {
        file.lock()?;
        Ok(file)
    });
    locked.map_err(|error| format!("cannot lock {}: {error}", path.display()))
}

/// The folders and files that the web parts are made of.
fn sources(root: &Path) -> Vec<PathBuf> {
    let files = ROOT_FILES.iter().map(|file| root.join(file));
    let parts = PARTS.iter().flat_map(|part| entries(&root.join(part)));
    let is_source = |path: &PathBuf| path.file_name().is_none_or(|name| NOT_SOURCES.iter().all(|other| name != *other));
    let mut sources: Vec<_> = files.chain(parts).filter(is_source).collect();
    sources.push(root.join("build.rs"));
    sources
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

fn newest_in(path: &Path) -> Option<SystemTime> {
    let inside = entries(path).into_iter().filter_map(|entry| newest_in(&entry)).max();
    inside.max(modified(path))
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

/// Installs what the lock file names, unless that is what is installed.
fn install(root: &Path) -> Result<(), String> {
    let installed = modified(&root.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(&root.join("package-lock.json")) {
        return Ok(());
    }
    npm(root, &["ci", "--include=dev", "--no-audit", "--no-fund"], None)
}

fn npm(root: &Path, arguments: &[&str], out: Option<&Path>) -> Result<(), String> {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(root).args(arguments);
    if let Some(out) = out {
        command.env("FRONTDESK_WEB_OUT", out);
    }
    let what = format!("npm {}", arguments.join(" "));
    let output = command.output().map_err(|error| format!("{what} cannot be run ({error}): {ADVICE}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    for line in String::from_utf8_lossy(&said).lines().filter(|line| !line.trim().is_empty()) {
        println!("cargo::warning={line}");
    }
    Err(format!("{what} failed: see the lines above, or {ADVICE}"))
}
