//! Brotli (RFC 7932).

use std::io::Write;

use brotli::CompressorWriter;
use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};

use super::{Coder, Fault, Step};

const FLUSH: u8 = 1;
const FINISH: u8 = 2;

pub(super) struct BrotliEncoder {
    params: BrotliEncoderParams,
    inner: Option<Box<CompressorWriter<Vec<u8>>>>,
    /// Output that waits for room, and how much of it is gone.
    ready: Vec<u8>,
    gone: usize,
    read: usize,
    unflushed: bool,
}

impl BrotliEncoder {
    /// `None` = a value that the format does not know.
    pub(super) fn new(parameters: &[Vec<u32>]) -> Option<Self> {
        let mut params = BrotliEncoderParams::default();
        for pair in parameters {
            let [parameter, value] = pair[..] else { return None };
            let number = i32::try_from(value).ok()?;
            match parameter {
                0 => {
                    params.mode = match value {
                        0 => BrotliEncoderMode::BROTLI_MODE_GENERIC,
                        1 => BrotliEncoderMode::BROTLI_MODE_TEXT,
                        2 => BrotliEncoderMode::BROTLI_MODE_FONT,
                        _ => return None,
                    }
                }
                1 => params.quality = number.min(11),
                2 => params.lgwin = number.clamp(10, 24),
                3 => params.lgblock = if number == 0 { 0 } else { number.clamp(16, 24) },
                4 => params.disable_literal_context_modeling = (value != 0).into(),
                5 => params.size_hint = value as usize,
                // Windows larger than the standard's, and the coding of distances: only the size of the output depends on them.
                6..=8 => {}
                _ => return None,
            }
        }
        let mut made =
            Self { params, inner: None, ready: Vec::new(), gone: 0, read: 0, unflushed: false };
        made.reset();
        Some(made)
    }
}

impl Coder for BrotliEncoder {
    fn step(&mut self, flush: u8, input: &[u8], output: &mut [u8]) -> Step {
        let mut read = 0;
        // New input only when the old output has left.
        if self.gone == self.ready.len() {
            self.ready.clear();
            self.gone = 0;
            if let Some(inner) = self.inner.as_mut() {
                // Writing to memory does not fail.
                let _ = inner.write_all(input);
                read = input.len();
                self.read += read;
                self.unflushed |= read > 0;
                if flush == FLUSH && self.unflushed {
                    let _ = inner.flush();
                    self.unflushed = false;
                }
                self.ready = std::mem::take(inner.get_mut());
            }
            if flush == FINISH
                && let Some(inner) = self.inner.take()
            {
                self.ready.extend(inner.into_inner());
            }
        }
        let waiting = &self.ready[self.gone..];
        let written = waiting.len().min(output.len());
        output[..written].copy_from_slice(&waiting[..written]);
        self.gone += written;
        Step { read, written, fault: None }
    }

    fn reset(&mut self) {
        self.inner = Some(Box::new(CompressorWriter::with_params(Vec::new(), 4096, &self.params)));
        self.ready.clear();
        self.gone = 0;
        self.read = 0;
        self.unflushed = false;
    }

    fn memory(&self) -> usize {
        // The window and its hash table are filled as input comes.
        (1 << 20) + self.ready.capacity() + (10 * self.read).min(12 << self.params.lgwin)
    }
}

type State = BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>;

pub(super) struct BrotliDecoder {
    inner: Box<State>,
    written: usize,
    ended: bool,
}

impl BrotliDecoder {
    pub(super) fn new() -> Self {
        Self { inner: Box::new(state()), written: 0, ended: false }
    }
}

fn state() -> State {
    let mut state =
        State::new(StandardAlloc::default(), StandardAlloc::default(), StandardAlloc::default());
    state.large_window = false;
    state
}

impl Coder for BrotliDecoder {
    fn step(&mut self, flush: u8, input: &[u8], output: &mut [u8]) -> Step {
        let mut step = Step::default();
        if self.ended {
            return step;
        }
        let (mut left, mut room) = (input.len(), output.len());
        let result = BrotliDecompressStream(
            &mut left,
            &mut step.read,
            input,
            &mut room,
            &mut step.written,
            output,
            &mut self.written,
            &mut self.inner,
        );
        match result {
            BrotliResult::ResultSuccess => self.ended = true,
            BrotliResult::NeedsMoreOutput => {}
            BrotliResult::NeedsMoreInput => {
                if flush == FINISH && step.written < output.len() {
                    step.fault = Some(Fault::cut());
                }
            }
            BrotliResult::ResultFailure => {
                let error = self.inner.error_code;
                let name = format!("{error:?}");
                let name = name.strip_prefix("BROTLI_DECODER").unwrap_or(&name);
                step.fault =
                    Some(Fault::new("Decompression failed", error as i32, &format!("ERR_{name}")));
            }
        }
        step
    }

    fn reset(&mut self) {
        *self = Self::new();
    }

    fn memory(&self) -> usize {
        (64 << 10) + self.written.min(32 << 20)
    }
}
