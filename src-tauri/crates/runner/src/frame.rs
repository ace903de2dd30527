//! What goes over the pipes between pool and worker.
//!
//! A frame is: length of the rest (u32, little endian) · length of the head (u32, little endian) · head (JSON, one of
//! [`ToWorker`] and [`FromWorker`]) · payload (JSON, may be empty). Parameters and return values travel as payload: they
//! are the authors' values, as deep and as large as their own limits allow, and nesting them in the head would count the
//! envelope against the depth that the JSON reader accepts.

use std::io::{self, Read};
use std::path::PathBuf;

use bytes::{Buf, BytesMut};
use engine::{CallReport, Limits, Observation};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::confine::Confinement;

/// Bytes of the largest frame that either side accepts.
pub(crate) const MAX_FRAME: usize = 128 << 20;

/// Both sides come from one program file; this guards against a file that was replaced while the program ran.
pub(crate) const PROTOCOL: u32 = 2;

/// Heads of frames to the worker.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum ToWorker {
    /// Run this. Payload: the parameters.
    Call { id: u64, package: PathBuf, label: String, limits: Limits },
    /// Say whether this is JavaScript. Payload: the code, as text, not as JSON.
    Compile {
        id: u64,
        label: String,
        /// The text of the package.json beside it.
        manifest: Option<String>,
        limits: Limits,
    },
}

/// Heads of frames from the worker.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum FromWorker {
    /// The first frame.
    Hello {
        protocol: u32,
        #[serde(default)]
        confinement: Confinement,
    },
    /// The call is about to run: from here on it may have effects in the world.
    Started {
        id: u64,
        /// The walls that stand now. With a package that is there, they include its own.
        #[serde(default)]
        confinement: Confinement,
    },
    /// Something happened in the call.
    Observed { id: u64, observation: Observation },
    /// The call ended. A returned value stands in the payload, not in the report.
    Report { id: u64, report: CallReport },
}

/// Why a frame cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FrameError {
    #[error("a message of {0} bytes is larger than the {MAX_FRAME} bytes allowed")]
    TooLarge(usize),
    #[error("a message that is none ({0})")]
    Garbage(String),
    #[error("the pipe broke ({0})")]
    Io(#[from] io::Error),
}

/// A frame as bytes.
pub(crate) fn encode(head: &impl Serialize, payload: &[u8]) -> Result<Vec<u8>, FrameError> {
    let mut out = vec![0; 8];
    serde_json::to_writer(&mut out, head).map_err(|e| FrameError::Garbage(e.to_string()))?;
    let head_length = out.len() - 8;
    out.extend_from_slice(payload);
    let length = out.len() - 4;
    if length > MAX_FRAME {
        return Err(FrameError::TooLarge(length));
    }
    // Both fit: MAX_FRAME is far below u32::MAX.
    out[..4].copy_from_slice(&(length as u32).to_le_bytes());
    out[4..8].copy_from_slice(&(head_length as u32).to_le_bytes());
    Ok(out)
}

/// Head and payload of a frame whose own length prefix is already gone.
pub(crate) fn decode<H: for<'a> Deserialize<'a>>(frame: &[u8]) -> Result<(H, &[u8]), FrameError> {
    let garbage = |what: &str| FrameError::Garbage(what.to_owned());
    let (length, rest) = frame.split_first_chunk::<4>().ok_or_else(|| garbage("too short"))?;
    let length = u32::from_le_bytes(*length) as usize;
    let (head, payload) =
        rest.split_at_checked(length).ok_or_else(|| garbage("head longer than the message"))?;
    let head = serde_json::from_slice(head).map_err(|e| FrameError::Garbage(e.to_string()))?;
    Ok((head, payload))
}

/// The length prefix, checked.
fn length(prefix: [u8; 4]) -> Result<usize, FrameError> {
    let length = u32::from_le_bytes(prefix) as usize;
    if length > MAX_FRAME { Err(FrameError::TooLarge(length)) } else { Ok(length) }
}

/// Whether something can be read at once, the end included; `false` where the system does not say.
pub(crate) fn waits(from: &std::fs::File) -> bool {
    #[cfg(unix)]
    {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let now = Timespec { tv_sec: 0, tv_nsec: 0 };
        poll(&mut [PollFd::new(from, PollFlags::IN)], Some(&now)).is_ok_and(|ready| ready > 0)
    }
    #[cfg(not(unix))]
    {
        let _ = from;
        false
    }
}

/// Reads one frame; `None` = the other side closed the pipe between two frames.
pub(crate) fn read(from: &mut impl Read) -> Result<Option<Vec<u8>>, FrameError> {
    let mut prefix = [0; 4];
    match from.read_exact(&mut prefix) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error.into()),
    }
    let length = length(prefix)?;
    let mut frame = Vec::new();
    from.take(length as u64).read_to_end(&mut frame)?;
    if frame.len() < length {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
    }
    Ok(Some(frame))
}

/// Frames out of an asynchronous pipe. Waiting for one may be given up and taken up again without losing a byte.
#[derive(Debug)]
pub(crate) struct FrameReader<R> {
    from: R,
    buffer: BytesMut,
}

impl<R: AsyncRead + Unpin> FrameReader<R> {
    pub(crate) fn new(from: R) -> Self {
        Self { from, buffer: BytesMut::with_capacity(16 << 10) }
    }

    /// The next frame without its length prefix; `None` = end of the pipe, in the middle of a frame or not.
    pub(crate) async fn next(&mut self) -> Result<Option<BytesMut>, FrameError> {
        loop {
            if let Some(prefix) = self.buffer.first_chunk::<4>() {
                let length = length(*prefix)?;
                if self.buffer.len() >= 4 + length {
                    self.buffer.advance(4);
                    return Ok(Some(self.buffer.split_to(length)));
                }
            }
            // Room grows with what has come, not with what was announced.
            self.buffer.reserve((16 << 10).max(self.buffer.len() / 2));
            if self.from.read_buf(&mut self.buffer).await? == 0 {
                return Ok(None);
            }
        }
    }

    /// Whether something lies here that nobody asked for.
    pub(crate) fn has_rest(&self) -> bool {
        !self.buffer.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hello() -> Vec<u8> {
        encode(&FromWorker::Hello { protocol: 7, confinement: Confinement::default() }, b"[1]")
            .unwrap()
    }

    #[test]
    fn frames_survive_the_way() {
        let bytes = [hello(), hello()].concat();
        let mut from = bytes.as_slice();
        for _ in 0..2 {
            let frame = read(&mut from).unwrap().unwrap();
            let (head, payload) = decode::<FromWorker>(&frame).unwrap();
            assert!(matches!(head, FromWorker::Hello { protocol: 7, .. }));
            assert_eq!(payload, b"[1]");
        }
        assert!(read(&mut from).unwrap().is_none());
    }

    #[tokio::test]
    async fn frames_arrive_in_any_pieces() {
        let bytes = [hello(), hello()].concat();
        for piece in 1..bytes.len() {
            let (mut writer, reader) = tokio::io::duplex(piece);
            let sent = bytes.clone();
            let sending = tokio::spawn(async move {
                tokio::io::AsyncWriteExt::write_all(&mut writer, &sent).await
            });
            let mut reader = FrameReader::new(reader);
            for _ in 0..2 {
                let frame = reader.next().await.unwrap().unwrap();
                assert!(matches!(
                    decode::<FromWorker>(&frame).unwrap().0,
                    FromWorker::Hello { protocol: 7, .. }
                ));
            }
            assert!(reader.next().await.unwrap().is_none());
            sending.await.unwrap().unwrap();
        }
    }

    #[tokio::test]
    async fn lengths_and_heads_are_checked() {
        let huge = u32::MAX.to_le_bytes();
        assert!(matches!(read(&mut huge.as_slice()), Err(FrameError::TooLarge(_))));
        assert!(matches!(
            FrameReader::new(huge.as_slice()).next().await,
            Err(FrameError::TooLarge(_))
        ));
        let cut = &hello()[..10];
        assert!(matches!(read(&mut &cut[..]), Err(FrameError::Io(_))));
        assert!(FrameReader::new(cut).next().await.unwrap().is_none());
        for bad in [
            &b""[..],
            b"abc",
            b"\xff\xff\xff\xff{}",
            b"\x02\0\0\0{}",
            b"\x04\0\0\0null",
            b"\x03\0\0\0{]}x",
        ] {
            assert!(matches!(decode::<FromWorker>(bad), Err(FrameError::Garbage(_))), "{bad:?}");
        }
    }
}
