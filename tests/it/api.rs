//! The REST API: who may do what, what is refused, and what is found.

mod access;
mod gaps;
mod archive;
mod audit;
mod kept;
mod labels;
mod numbers;
mod packet;
