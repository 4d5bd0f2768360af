//! Reads the settings, serves, and explains failures on standard error.

use std::process::ExitCode;

use tickbox::config::CommandLine;

fn main() -> ExitCode {
    match tickbox::server::run(CommandLine::read()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            #[expect(clippy::print_stderr, reason = "the log may not have been started")]
            {
                eprintln!("tickbox: {failure}");
            }
            ExitCode::FAILURE
        }
    }
}
