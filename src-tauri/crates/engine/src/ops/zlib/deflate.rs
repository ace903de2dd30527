//! Deflate with its three wrappings (RFC 1950, 1951, 1952).

use zlib_rs::{
    Deflate, DeflateConfig, DeflateFlush, Inflate, InflateError, InflateFlush, Status, Strategy,
};

use super::{Coder, Fault, Step};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Raw,
    Zlib,
    Gzip,
    /// Gzip or zlib, whichever the first bytes say.
    Either,
}

/// Bytes that the two directions hold with the largest window.
const DEFLATE_MEMORY: usize = 400 << 10;
const INFLATE_MEMORY: usize = 48 << 10;

const GZIP: [u8; 2] = [0x1f, 0x8b];

pub(super) struct Deflater {
    inner: Deflate,
    config: DeflateConfig,
    dictionary: Option<Vec<u8>>,
}

impl Deflater {
    /// `None` = the dictionary does not fit the format.
    pub(super) fn new(
        format: Format,
        window_bits: u8,
        level: i32,
        mem_level: i32,
        strategy: u8,
        dictionary: Option<Vec<u8>>,
    ) -> Option<Self> {
        let window_bits = i32::from(window_bits.clamp(9, 15));
        let config = DeflateConfig {
            level: level.clamp(-1, 9),
            window_bits: match format {
                Format::Raw => -window_bits,
                Format::Zlib | Format::Either => window_bits,
                Format::Gzip => window_bits + 16,
            },
            mem_level: mem_level.clamp(1, 9),
            strategy: match strategy {
                1 => Strategy::Filtered,
                2 => Strategy::HuffmanOnly,
                3 => Strategy::Rle,
                4 => Strategy::Fixed,
                _ => Strategy::Default,
            },
            ..DeflateConfig::default()
        };
        // Node does not hand a dictionary to gzip.
        let dictionary = dictionary.filter(|_| format != Format::Gzip);
        let mut made = Self { inner: Deflate::new_with_config(config), config, dictionary };
        made.prepare().then_some(made)
    }

    fn prepare(&mut self) -> bool {
        match &self.dictionary {
            Some(dictionary) => self.inner.set_dictionary(dictionary).is_ok(),
            None => true,
        }
    }
}

impl Coder for Deflater {
    fn step(&mut self, flush: u8, input: &[u8], output: &mut [u8]) -> Step {
        let (read, written) = (self.inner.total_in(), self.inner.total_out());
        let flush = DeflateFlush::try_from(i32::from(flush)).unwrap_or_default();
        let status = self.inner.compress(input, output, flush);
        let mut step = Step {
            read: (self.inner.total_in() - read) as usize,
            written: (self.inner.total_out() - written) as usize,
            fault: None,
        };
        match status {
            Ok(Status::StreamEnd) => {}
            Ok(Status::Ok | Status::BufError) => {
                if flush == DeflateFlush::Finish && step.written < output.len() {
                    step.fault = Some(Fault::cut());
                }
            }
            Err(_) => step.fault = Some(Fault::new("Zlib error", -2, "Z_STREAM_ERROR")),
        }
        step
    }

    fn reset(&mut self) {
        self.inner = Deflate::new_with_config(self.config);
        self.prepare();
    }

    fn tune(&mut self, level: i32, _strategy: u8) -> bool {
        self.config.level = level.clamp(-1, 9);
        // The compressor changes only between levels of one method; from any other level on, the old one stays, which costs size and
        // nothing else.
        self.inner.set_level(self.config.level).is_ok()
    }

    fn memory(&self) -> usize {
        DEFLATE_MEMORY + self.dictionary.as_ref().map_or(0, Vec::len)
    }
}

pub(super) struct Inflater {
    inner: Option<Inflate>,
    format: Format,
    window_bits: u8,
    dictionary: Option<Vec<u8>>,
    /// The first bytes, while they do not tell yet what follows.
    waiting: Vec<u8>,
    ended: bool,
}

impl Inflater {
    pub(super) fn new(format: Format, window_bits: u8, dictionary: Option<Vec<u8>>) -> Self {
        let mut made = Self {
            inner: None,
            format,
            window_bits: if window_bits == 0 { 0 } else { window_bits.clamp(8, 15) },
            dictionary,
            waiting: Vec::new(),
            ended: false,
        };
        made.reset();
        made
    }

    fn open(&self, format: Format) -> Inflate {
        match format {
            Format::Raw => {
                let mut inner = Inflate::new(false, self.window_bits.max(8));
                if let Some(dictionary) = &self.dictionary {
                    // A raw stream does not ask for its dictionary.
                    let _ = inner.set_dictionary(dictionary);
                }
                inner
            }
            Format::Gzip => Inflate::new(true, self.window_bits + 16),
            Format::Zlib | Format::Either => Inflate::new(true, self.window_bits),
        }
    }

    fn fault(&self, error: InflateError) -> Fault {
        match error {
            InflateError::NeedDict { .. } if self.dictionary.is_none() => {
                Fault::new("Missing dictionary", 2, "Z_NEED_DICT")
            }
            InflateError::NeedDict { .. } => Fault::new("Bad dictionary", 2, "Z_NEED_DICT"),
            InflateError::StreamError => Fault::new("Zlib error", -2, "Z_STREAM_ERROR"),
            InflateError::MemError => Fault::new("Zlib error", -4, "Z_MEM_ERROR"),
            InflateError::DataError => {
                let message = self.inner.as_ref().and_then(Inflate::error_message);
                Fault::new(message.unwrap_or("Zlib error"), -3, "Z_DATA_ERROR")
            }
        }
    }

    /// One call of the decoder, with the dictionary where it asks for one.
    fn decode(
        &mut self,
        flush: InflateFlush,
        input: &[u8],
        output: &mut [u8],
    ) -> (usize, usize, Result<Status, InflateError>) {
        let Some(inner) = self.inner.as_mut() else {
            return (0, 0, Ok(Status::BufError));
        };
        let (read, written) = (inner.total_in(), inner.total_out());
        let mut status = inner.decompress(input, output, flush);
        if let (Err(InflateError::NeedDict { .. }), Some(dictionary)) = (status, &self.dictionary)
            && inner.set_dictionary(dictionary).is_ok()
        {
            let (read, written) =
                ((inner.total_in() - read) as usize, (inner.total_out() - written) as usize);
            status = inner.decompress(&input[read..], &mut output[written..], flush);
        }
        ((inner.total_in() - read) as usize, (inner.total_out() - written) as usize, status)
    }

    fn run(&mut self, finish: bool, flush: InflateFlush, input: &[u8], output: &mut [u8]) -> Step {
        let mut step = Step::default();
        loop {
            if self.ended {
                // Members of a gzip file follow each other; what begins with a zero is padding.
                let next = input.get(step.read).copied();
                if self.format != Format::Gzip || next.is_none_or(|byte| byte == 0) {
                    return step;
                }
                self.inner = Some(self.open(Format::Gzip));
                self.ended = false;
            }
            let (read, written, status) =
                self.decode(flush, &input[step.read..], &mut output[step.written..]);
            step.read += read;
            step.written += written;
            match status {
                Ok(Status::StreamEnd) => self.ended = true,
                Ok(Status::Ok | Status::BufError) => {
                    if finish && step.written < output.len() {
                        step.fault = Some(Fault::cut());
                    }
                    return step;
                }
                Err(error) => {
                    step.fault = Some(self.fault(error));
                    return step;
                }
            }
        }
    }
}

impl Coder for Inflater {
    fn step(&mut self, flush: u8, input: &[u8], output: &mut [u8]) -> Step {
        let finish = flush == 4;
        let flush = match flush {
            0 => InflateFlush::NoFlush,
            4 => InflateFlush::Finish,
            5 => InflateFlush::Block,
            _ => InflateFlush::SyncFlush,
        };
        if self.inner.is_some() {
            return self.run(finish, flush, input, output);
        }
        // Gzip or zlib: two bytes tell.
        let held = self.waiting.len();
        let mut head = std::mem::take(&mut self.waiting);
        head.extend_from_slice(&input[..input.len().min(GZIP.len() - held)]);
        let taken = head.len() - held;
        if head.len() < GZIP.len() && GZIP.starts_with(&head) {
            let fault = (finish && !output.is_empty()).then(Fault::cut);
            self.waiting = head;
            return Step { read: taken, written: 0, fault };
        }
        if head == GZIP {
            self.format = Format::Gzip;
        } else {
            self.format = Format::Zlib;
        }
        self.inner = Some(self.open(self.format));
        if held == 0 {
            return self.run(finish, flush, input, output);
        }
        // The bytes that were held back come first.
        let first = self.run(false, InflateFlush::NoFlush, &head[..held], output);
        if first.fault.is_some() {
            return Step { read: 0, ..first };
        }
        self.run(finish, flush, input, output)
    }

    fn reset(&mut self) {
        self.ended = false;
        self.waiting.clear();
        self.inner = (self.format != Format::Either).then(|| self.open(self.format));
    }

    fn memory(&self) -> usize {
        INFLATE_MEMORY + self.dictionary.as_ref().map_or(0, Vec::len)
    }
}
