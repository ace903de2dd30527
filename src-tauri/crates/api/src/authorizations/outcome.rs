//! What the browser's last page says: how the attempt ended, as far as that is known by then.

use std::time::Duration;

use gateway::PageText;

use super::Cell;
use crate::start::lock;

/// How long the page at the redirect URL waits for the token and the identity.
const PAGE_PATIENCE: Duration = Duration::from_secs(10);

/// What the page says about an attempt that is over.
fn page_of(cell: &Cell) -> Option<PageText> {
    let failure = lock(&cell.attempt).phase().failure;
    let outside = lock(&cell.outside);
    if let Some(saved) = &outside.credential {
        return Some(PageText {
            title: format!("Connected: {}", saved.display_id),
            text: "You can close this page and return to Stepsmith.".to_owned(),
            ok: true,
        });
    }
    let failure = failure.map(|failure| (failure.title, failure.description));
    let own = outside.failure.as_ref().map(|it| (it.title.clone(), it.description.clone()));
    failure.or(own).map(|(title, text)| PageText { title, text, ok: false })
}

/// What came of it, for the person at the browser; `None` = that takes longer than a page should.
pub async fn outcome(cell: &Cell) -> Option<PageText> {
    let over = async {
        loop {
            let changed = cell.changed.notified();
            tokio::pin!(changed);
            // From here on a change is noticed, also one between the look and the wait.
            changed.as_mut().enable();
            if let Some(page) = page_of(cell) {
                return page;
            }
            changed.await;
        }
    };
    tokio::time::timeout(PAGE_PATIENCE, over).await.ok()
}
