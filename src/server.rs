//! The edge: HTTP and sockets. Thin and bounded; what is asked for is done by `chat`.

mod address;
mod admission;
mod connection;
mod listen;
mod origin;
mod rates;
mod socket;
mod stop;
mod timing;

pub use self::{
    listen::{ListenError, bind},
    timing::Timing,
};
