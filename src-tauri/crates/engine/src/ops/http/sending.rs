//! What is sent as a request's body: all of it at once, or piece by piece as the script makes it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::HttpEvent;
use crate::host::Event;

/// A request's body.
pub(crate) enum Outgoing {
    None,
    Whole(Option<Bytes>),
    Streamed(Streamed),
}

/// A piece of a body from the script, or its end.
pub(crate) enum Piece {
    Data(Bytes),
    End,
}

/// A body that comes piece by piece. The script hears of each piece that the connection takes, so that it makes the next
/// one only then.
pub(crate) struct Streamed {
    pieces: UnboundedReceiver<Piece>,
    events: UnboundedSender<Event>,
    id: usize,
    ended: bool,
}

/// A streamed body and the way into it.
pub(crate) fn streamed(
    id: usize,
    events: UnboundedSender<Event>,
) -> (UnboundedSender<Piece>, Streamed) {
    let (sender, pieces) = unbounded_channel();
    (sender, Streamed { pieces, events, id, ended: false })
}

impl Drop for Streamed {
    fn drop(&mut self) {
        // Whoever waits for a piece to be taken waits no more: the server has answered without it, or is gone.
        self.pieces.close();
        while let Ok(piece) = self.pieces.try_recv() {
            if matches!(piece, Piece::Data(_)) {
                let _ = self.events.send(HttpEvent::Taken { id: self.id }.into());
            }
        }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match self.get_mut() {
            Self::None => Poll::Ready(None),
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Streamed(body) if body.ended => Poll::Ready(None),
            Self::Streamed(body) => Poll::Ready(match ready!(body.pieces.poll_recv(context)) {
                Some(Piece::Data(bytes)) => {
                    let _ = body.events.send(HttpEvent::Taken { id: body.id }.into());
                    Some(Ok(Frame::data(bytes)))
                }
                Some(Piece::End) => {
                    body.ended = true;
                    None
                }
                // Given up before its end: the server must not take what came for the whole.
                None => Some(Err(io::Error::other("the request was given up"))),
            }),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::None => true,
            Self::Whole(bytes) => bytes.as_ref().is_none_or(Bytes::is_empty),
            Self::Streamed(body) => body.ended,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::None => SizeHint::with_exact(0),
            Self::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Self::Streamed(_) => SizeHint::default(),
        }
    }
}
