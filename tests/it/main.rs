//! The program from outside: one module a theme.

#[cfg(test)]
mod store;
