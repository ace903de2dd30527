//! The attempts that are known, and which of them a redirect belongs to.

use std::sync::Arc;

use definition::NameValue;

use super::{Attempts, Cell};
use crate::ApiError;
use crate::start::lock;

/// Attempts that are over are kept for the window to read, up to this many.
const KEPT: usize = 50;

impl Attempts {
    /// Gives the id of an attempt that had to make room.
    pub(super) fn insert(&self, cell: Arc<Cell>) -> Option<String> {
        let mut all = lock(&self.0);
        let mut gone = None;
        if all.len() >= KEPT {
            let over = all
                .values()
                .filter(|cell| lock(&cell.attempt).phase().over)
                .min_by_key(|cell| cell.started_at);
            if let Some(id) = over.map(|cell| cell.id.clone()) {
                all.remove(&id);
                gone = Some(id);
            }
        }
        all.insert(cell.id.clone(), cell);
        gone
    }

    pub(super) fn get(&self, id: &str) -> Result<Arc<Cell>, ApiError> {
        lock(&self.0).get(id).cloned().ok_or_else(|| ApiError::not_found("this authorization"))
    }

    /// The attempt that a redirect belongs to: by `state` or OAuth1's request token, or the only one that waits.
    pub(super) fn for_redirect(&self, queries: &[NameValue]) -> Option<Arc<Cell>> {
        let all = lock(&self.0);
        if let Some(cell) = all.values().find(|cell| lock(&cell.attempt).is_meant(queries)) {
            return Some(cell.clone());
        }
        // Its own check then says what is wrong, in its own words.
        let mut waiting = all
            .values()
            .filter(|cell| !lock(&cell.attempt).phase().over && lock(&cell.outside).url.is_some());
        let only = waiting.next().cloned();
        if waiting.next().is_some() { None } else { only }
    }
}
