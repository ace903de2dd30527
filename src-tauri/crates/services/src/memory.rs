//! What outlives the program: accounts' tokens, envelopes, webhooks and what is on its way to them, contacts and deals, in one
//! JSON file that is written whole after each change. Pages that people are on in the middle of signing in are not worth it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::crm::{Contact, Deal};
use crate::envelope::{Delivery, Envelope, Webhook};
use crate::oauth::{Grant, Token};
use crate::world::Records;

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Memory {
    grants: Vec<(String, Grant)>,
    access_tokens: Vec<(String, Token)>,
    refresh_tokens: Vec<(String, Token)>,
    /// Each with its owner, whom the service's own answers do not name.
    envelopes: Vec<(Envelope, String)>,
    signing_links: Vec<(String, (String, usize))>,
    idempotency: Vec<(String, (String, String))>,
    webhooks: Vec<Webhook>,
    deliveries: Vec<(String, Delivery)>,
    contacts: Vec<(String, Contact)>,
    deals: Vec<(String, Deal)>,
}

impl Memory {
    fn of(records: &Records) -> Self {
        fn all<V: Clone>(map: &crate::bounded::Bounded<String, V>) -> Vec<(String, V)> {
            map.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
        }
        let envelopes = records.envelopes.values();
        Self {
            grants: all(&records.grants),
            access_tokens: all(&records.access_tokens),
            refresh_tokens: all(&records.refresh_tokens),
            envelopes: envelopes
                .map(|envelope| (envelope.clone(), envelope.owner.clone()))
                .collect(),
            signing_links: all(&records.signing_links),
            idempotency: all(&records.idempotency),
            webhooks: records.webhooks.values().cloned().collect(),
            deliveries: all(&records.deliveries),
            contacts: all(&records.crm.contacts),
            deals: all(&records.crm.deals),
        }
    }

    fn put_into(self, records: &mut Records) {
        for (key, grant) in self.grants {
            records.grants.insert(key, grant);
        }
        for (key, token) in self.access_tokens {
            records.access_tokens.insert(key, token);
        }
        for (key, token) in self.refresh_tokens {
            records.refresh_tokens.insert(key, token);
        }
        for (envelope, owner) in self.envelopes {
            records.envelopes.insert(envelope.id.clone(), Envelope { owner, ..envelope });
        }
        for (key, link) in self.signing_links {
            records.signing_links.insert(key, link);
        }
        for (key, sent) in self.idempotency {
            records.idempotency.insert(key, sent);
        }
        for webhook in self.webhooks {
            records.webhooks.insert(webhook.id.clone(), webhook);
        }
        for (key, delivery) in self.deliveries {
            records.deliveries.insert(key, delivery);
        }
        for (key, contact) in self.contacts {
            records.crm.contacts.insert(key, contact);
        }
        for (key, deal) in self.deals {
            records.crm.deals.insert(key, deal);
        }
    }
}

/// The file, if there is one to be.
pub(crate) struct MemoryFile {
    path: Option<PathBuf>,
    /// What stands in it.
    written: Mutex<Vec<u8>>,
}

impl MemoryFile {
    /// Reads what the last instance remembered. A file that cannot be read is as good as none: it is sample data.
    pub(crate) fn open(path: Option<PathBuf>, records: &mut Records) -> Self {
        if let Some(path) = &path
            && let Ok(text) = fs::read(path)
        {
            match serde_json::from_slice::<Memory>(&text) {
                Ok(memory) => memory.put_into(records),
                Err(error) => {
                    tracing::warn!(path = %path.display(), %error, "the sample services begin anew: what they remembered cannot be read");
                }
            }
        }
        Self { path, written: Mutex::default() }
    }

    /// Writes the records, if they differ from what stands there.
    pub(crate) fn save(&self, records: &Records) {
        let Some(path) = &self.path else { return };
        let Ok(text) = serde_json::to_vec(&Memory::of(records)) else { return };
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if *written == text {
            return;
        }
        match write(path, &text) {
            Ok(()) => *written = text,
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "the sample services cannot remember this");
            }
        }
    }
}

/// Beside, then renamed: a reader finds the old whole or the new whole.
fn write(path: &Path, text: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&beside)?.write_all(text)?;
    fs::rename(&beside, path)
}

/// Scopes by their names, for `deserialize_with`.
pub(crate) fn scopes<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<&'static str>, D::Error> {
    let names = Vec::<String>::deserialize(deserializer)?;
    let known = |name: &String| {
        crate::oauth::SCOPES.iter().map(|(known, _)| *known).find(|known| known == name)
    };
    Ok(names.iter().filter_map(known).collect())
}

/// Accounts by their subject, for `with`.
pub(crate) mod account {
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::{Account, demo_clients};

    pub(crate) fn serialize<S: Serializer>(
        account: &&'static Account,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(account.sub)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<&'static Account, D::Error> {
        let sub = String::deserialize(deserializer)?;
        let found = demo_clients().accounts.iter().find(|account| account.sub == sub);
        found.ok_or_else(|| D::Error::custom(format!("there is no account {sub:?}")))
    }
}
