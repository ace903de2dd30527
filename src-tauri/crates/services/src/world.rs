//! What the sample services know: one lock around bounded maps.

use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use url::Url;
use uuid::Uuid;

use crate::StartError;
use crate::bounded::Bounded;
use crate::crm::CrmRecords;
use crate::envelope::{Delivery, Envelope, Webhook};
use crate::memory::MemoryFile;
use crate::oauth::{Code, Grant, Interaction, Token};
use crate::oauth1::{RequestToken, Token1};
use crate::survey::StoredFile;

/// How the services behave; the defaults are those of a typical provider.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Life of an access token. Default: 3600 s. Zero = expired at once.
    pub access_token_lifetime: Duration,
    /// Life of an authorization code. Default: 60 s. Zero = expired at once.
    pub code_lifetime: Duration,
    /// Time between a signature and the first delivery of its webhook. Default: 300 ms.
    pub webhook_delay: Duration,
    /// Wait before the first of three retries; doubles each time. Default: 500 ms.
    pub webhook_backoff: Duration,
    /// Where to remember accounts' tokens, envelopes and webhooks over a restart. Default: nowhere, a restart forgets all.
    pub memory: Option<PathBuf>,
    /// Requests that one access token or survey account may send in a minute before it gets 429. Default: 600.
    pub requests_per_minute: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            access_token_lifetime: Duration::from_secs(3600),
            code_lifetime: Duration::from_secs(60),
            webhook_delay: Duration::from_millis(300),
            webhook_backoff: Duration::from_millis(500),
            memory: None,
            requests_per_minute: 600,
        }
    }
}

/// The state behind the router; clones share it.
#[derive(Clone)]
pub struct World {
    shared: Arc<Shared>,
}

struct Shared {
    base: Url,
    settings: Settings,
    records: Mutex<Records>,
    client: reqwest::Client,
    deliveries: Semaphore,
    memory: MemoryFile,
    closed: AtomicBool,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The records hold tokens and what people signed.
        f.debug_struct("World").field("base", &self.shared.base.as_str()).finish_non_exhaustive()
    }
}

/// Everything that changes.
pub(crate) struct Records {
    pub(crate) interactions: Bounded<String, Interaction>,
    /// Session cookie → `sub` of the account that signed in.
    pub(crate) sessions: Bounded<String, &'static str>,
    pub(crate) codes: Bounded<String, Code>,
    pub(crate) grants: Bounded<String, Grant>,
    /// Tokens by their fingerprint.
    pub(crate) access_tokens: Bounded<String, Token>,
    pub(crate) refresh_tokens: Bounded<String, Token>,
    pub(crate) oauth1_request_tokens: Bounded<String, RequestToken>,
    pub(crate) oauth1_tokens: Bounded<String, Token1>,
    /// Consumer key, timestamp and nonce of requests that came already.
    pub(crate) oauth1_nonces: Bounded<String, ()>,
    pub(crate) envelopes: Bounded<String, Envelope>,
    /// `Idempotency-Key`, prefixed with the account → envelope id and the fingerprint of the body it came with.
    pub(crate) idempotency: Bounded<String, (String, String)>,
    /// Token of a signing link → envelope id and position of the signer.
    pub(crate) signing_links: Bounded<String, (String, usize)>,
    pub(crate) webhooks: Bounded<String, Webhook>,
    pub(crate) deliveries: Bounded<String, Delivery>,
    pub(crate) files: Bounded<String, StoredFile>,
    pub(crate) responses: Bounded<String, serde_json::Value>,
    pub(crate) crm: CrmRecords,
    /// Who sent how many requests since when (ms).
    pub(crate) rates: Bounded<String, (u64, u32)>,
}

impl World {
    /// A fresh world whose links start with `base`, the address under which the router will be reached.
    pub fn new(base: Url, settings: Settings) -> Result<Self, StartError> {
        // The workspace builds reqwest without a crypto provider of its own; a second install is refused and harmless.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(10))
            .build()
            .map_err(StartError::Client)?;
        let mut records = Records {
            interactions: Bounded::new(200),
            sessions: Bounded::new(200),
            codes: Bounded::new(200),
            grants: Bounded::new(500),
            access_tokens: Bounded::new(1000),
            refresh_tokens: Bounded::new(1000),
            oauth1_request_tokens: Bounded::new(200),
            oauth1_tokens: Bounded::new(500),
            oauth1_nonces: Bounded::new(5000),
            envelopes: Bounded::new(1000),
            idempotency: Bounded::new(1000),
            signing_links: Bounded::new(4000),
            webhooks: Bounded::new(200),
            files: Bounded::new(50),
            responses: Bounded::new(1000),
            crm: CrmRecords::new(),
            rates: Bounded::new(1000),
            deliveries: Bounded::new(1000),
        };
        let memory = MemoryFile::open(settings.memory.clone(), &mut records);
        let shared = Shared {
            base,
            settings,
            records: Mutex::new(records),
            client,
            deliveries: Semaphore::new(8),
            memory,
            closed: AtomicBool::new(false),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    /// For requests to webhook receivers.
    pub(crate) fn client(&self) -> &reqwest::Client {
        &self.shared.client
    }

    /// Bounds how many deliveries are under way at once.
    pub(crate) fn deliveries(&self) -> &Semaphore {
        &self.shared.deliveries
    }

    /// An address below the base; `path` starts with a slash.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.shared.base.as_str().trim_end_matches('/'))
    }

    /// The records. Never held across an await: the guard is not `Send`.
    pub(crate) fn records(&self) -> RecordsGuard<'_> {
        // A panic while the lock was held leaves at worst one record half written; sample data can bear that.
        let records = self.shared.records.lock().unwrap_or_else(PoisonError::into_inner);
        RecordsGuard { records, world: self, touched: false }
    }

    /// From now on nothing is remembered: others may have the memory file next.
    pub(crate) fn close(&self) {
        self.shared.closed.store(true, Ordering::SeqCst);
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.shared.closed.load(Ordering::SeqCst)
    }
}

/// The records, locked. What was changed is remembered before anyone else sees it.
pub(crate) struct RecordsGuard<'a> {
    records: MutexGuard<'a, Records>,
    world: &'a World,
    touched: bool,
}

impl Deref for RecordsGuard<'_> {
    type Target = Records;

    fn deref(&self) -> &Records {
        &self.records
    }
}

impl DerefMut for RecordsGuard<'_> {
    fn deref_mut(&mut self) -> &mut Records {
        self.touched = true;
        &mut self.records
    }
}

impl Drop for RecordsGuard<'_> {
    fn drop(&mut self) {
        if self.touched && !self.world.is_closed() {
            self.world.shared.memory.save(&self.records);
        }
    }
}

/// Milliseconds since 1970.
pub(crate) fn now() -> u64 {
    let since = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// A duration in whole milliseconds.
pub(crate) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// 244 random bits behind a prefix that tells what it is.
pub(crate) fn unguessable(prefix: &str) -> String {
    format!("{prefix}{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple())
}

/// SHA-256 in hex: what is kept of a token, which can be recognised by it and not used.
pub(crate) fn fingerprint(bytes: impl AsRef<[u8]>) -> String {
    hex::encode(Sha256::digest(bytes))
}
