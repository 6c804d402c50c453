//! The program: everything is in the library.

use std::process::ExitCode;

/// A question takes hundreds of small allocations on many threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    frontdesk::cli::main()
}
