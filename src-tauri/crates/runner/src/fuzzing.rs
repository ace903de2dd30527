//! What is fuzzed here: called by a short random test and by the targets in `fuzz/`.

use crate::frame::{FromWorker, ToWorker, decode, encode, read};

/// Reads bytes as frames in both directions. Nothing may panic, no frame may be read past its length, and what was
/// understood must say the same when it is written again.
pub fn frames(input: &[u8]) {
    let mut rest = input;
    while let Ok(Some(frame)) = read(&mut rest) {
        if let Ok((head, payload)) = decode::<ToWorker>(&frame) {
            again(&head, payload);
        }
        if let Ok((head, payload)) = decode::<FromWorker>(&frame) {
            again(&head, payload);
        }
    }
}

fn again<H: serde::Serialize + for<'a> serde::Deserialize<'a>>(head: &H, payload: &[u8]) {
    let Ok(bytes) = encode(head, payload) else { return };
    let told = decode::<H>(&bytes[4..]).ok().and_then(|(head, kept)| {
        (kept == payload).then(|| serde_json::to_string(&head).ok()).flatten()
    });
    assert_eq!(told, serde_json::to_string(head).ok(), "a frame changed on its way");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::confine::Confinement;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            frames(&bytes);
        }

        /// Real frames with some bytes changed, cut, or put together.
        #[test]
        fn damaged_frames_are_read_or_refused(
            id: u64,
            label in ".{0,20}",
            payload in proptest::collection::vec(any::<u8>(), 0..40),
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
            cut: prop::sample::Index,
        ) {
            let compile = ToWorker::Compile { id, label, manifest: None, limits: engine::Limits::default() };
            let started = FromWorker::Started { id, confinement: Confinement::default() };
            let mut bytes = encode(&compile, &payload).unwrap();
            bytes.extend(encode(&started, &payload).unwrap());
            frames(&bytes);
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(cut.index(bytes.len()) + 1);
            frames(&bytes);
        }
    }
}
