//! Ending a call from outside.

use std::sync::Arc;

use tokio::sync::watch;

/// Ends the calls that it was given to. Clones belong together.
#[derive(Clone, Debug)]
pub struct CancelHandle {
    cancelled: Arc<watch::Sender<bool>>,
}

impl Default for CancelHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl CancelHandle {
    /// One that has not been used.
    pub fn new() -> Self {
        Self { cancelled: Arc::new(watch::Sender::new(false)) }
    }

    /// Ends the calls; those that begin later end at once.
    pub fn cancel(&self) {
        self.cancelled.send_replace(true);
    }

    /// Whether [`Self::cancel`] was called.
    pub fn is_cancelled(&self) -> bool {
        *self.cancelled.borrow()
    }

    /// Resolves when it is.
    pub(crate) async fn cancelled(&self) {
        let mut receiver = self.cancelled.subscribe();
        // The sender lives as long as `self`: the wait cannot fail.
        let _ = receiver.wait_for(|cancelled| *cancelled).await;
    }
}
