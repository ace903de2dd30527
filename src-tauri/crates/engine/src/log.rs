//! The log of one call, bounded.

use crate::report::{LogLevel, LogLine};

/// Lines kept up to a number of bytes; the rest is counted.
#[derive(Debug)]
pub(crate) struct Log {
    lines: Vec<LogLine>,
    used: usize,
    limit: usize,
    dropped_lines: u64,
    dropped_bytes: u64,
    cut_at: Option<usize>,
}

/// What a line costs beyond its text.
const LINE_COST: usize = 32;

impl Log {
    pub(crate) fn new(limit: usize) -> Self {
        Self { lines: Vec::new(), used: 0, limit, dropped_lines: 0, dropped_bytes: 0, cut_at: None }
    }

    /// Keeps the line or counts it; returns what was written.
    pub(crate) fn push(&mut self, mut line: LogLine) -> Vec<LogLine> {
        if self.cut_at.is_some() {
            self.dropped_lines += 1;
            self.dropped_bytes += line.text.len() as u64;
            return Vec::new();
        }
        let room = self.limit.saturating_sub(self.used);
        if line.text.len() + LINE_COST <= room {
            self.used += line.text.len() + LINE_COST;
            self.lines.push(line.clone());
            return vec![line];
        }
        let mut written = Vec::new();
        let mut end = room.saturating_sub(LINE_COST).min(line.text.len());
        while !line.text.is_char_boundary(end) {
            end -= 1;
        }
        self.dropped_bytes = (line.text.len() - end) as u64;
        let at_ms = line.at_ms;
        if end > 0 {
            line.text.truncate(end);
            self.lines.push(line.clone());
            written.push(line);
        } else {
            self.dropped_lines = 1;
        }
        let note = LogLine {
            at_ms,
            level: LogLevel::Note,
            text: format!("The log is over {} and was cut here.", size(self.limit as u64)),
            file: None,
            line: None,
            column: None,
        };
        self.cut_at = Some(self.lines.len());
        self.lines.push(note.clone());
        written.push(note);
        written
    }

    /// The lines, the note completed by what was left out.
    pub(crate) fn finish(&mut self) -> Vec<LogLine> {
        let mut lines = std::mem::take(&mut self.lines);
        if let Some(note) = self.cut_at.and_then(|at| lines.get_mut(at)) {
            note.text = format!(
                "The log is over {} and was cut here; {} more line{} with {} followed.",
                size(self.limit as u64),
                self.dropped_lines,
                if self.dropped_lines == 1 { "" } else { "s" },
                size(self.dropped_bytes),
            );
        }
        lines
    }
}

/// A number of bytes for people.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{} MB", bytes / 1_048_576),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> LogLine {
        LogLine {
            at_ms: 0.0,
            level: LogLevel::Log,
            text: text.to_owned(),
            file: None,
            line: None,
            column: None,
        }
    }

    #[test]
    fn cuts_once_and_counts_the_rest() {
        let mut log = Log::new(LINE_COST * 2 + 6);
        assert_eq!(log.push(line("1234")).len(), 1);
        let written = log.push(line("äöü"));
        assert_eq!(written[0].text, "ä");
        assert_eq!(written[1].level, LogLevel::Note);
        assert!(log.push(line("more")).is_empty());
        let lines = log.finish();
        assert_eq!(lines.len(), 3);
        assert!(lines[2].text.contains("1 more line with 8 bytes"), "{}", lines[2].text);
    }
}
