//! The life of an authorization, of build time and of run time (contract chapters 1, 3 and 5 to 10) as pure state machines.
//!
//! Pure: no I/O, no clock, no randomness. Time comes in as `now` (ms since 1970), random values come in with events, and what
//! is to be done comes out as a list of effects, in order. The caller carries them out and sends the answers as events.
//!
//! * [`authorization::Attempt`]: one attempt to get a credential (OAuth2 or custom form, then the identity function). Lives in
//!   memory only, because it holds secrets.
//! * [`run::FlowRun`]: one life of a step, from "Add app to workspace" to its end. The whole of it is a snapshot that can be stored
//!   after every event; it never holds a credential.
//! * [`timeline`]: the messages between the actors of the seed's diagrams, in the seed's words.
//! * [`template`], [`token`]: the requests of chapter 3 rendered, the answers to them read.

pub mod authorization;
mod returned;
pub mod run;
pub mod template;
pub mod timeline;
pub mod token;
