//! The built desktop app in a real window, driven through WebDriver by what a person sees: roles, labels, texts.
//!
//! Each test has its own data folder, display and driver. When one fails, what was in the window stands in
//! `test-output/NAME.png`. `cargo xtask shots` runs the tour, which only takes pictures; with
//! `WINDOW_PICTURES` set, some other tests take them on their way.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod accounts;
mod author;
mod authorization;
mod browser;
mod built;
mod diagram;
mod elements;
mod esign;
mod history;
mod killed;
mod kinds;
mod memory;
mod names;
mod new_app;
mod oidc;
mod programs;
mod publishing;
mod stage;
mod start;
mod survey;
mod tour;
mod trouble;
mod walk;
mod window;
