//! Writing to the call's log.

use std::rc::Rc;

use rquickjs::{Ctx, Object, Result};

use super::define;
use crate::host::Host;
use crate::report::LogLevel;
use crate::value::Text;

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, host: &Rc<Host>, object: &Object<'js>) -> Result<()> {
    let writer = Rc::clone(host);
    define!(ctx, object, "write", move |level: Text,
                                        text: Text,
                                        file: Option<Text>,
                                        line: Option<u32>,
                                        column: Option<u32>| {
        let level = match level.0.as_str() {
            "debug" => LogLevel::Debug,
            "info" => LogLevel::Info,
            "warn" => LogLevel::Warn,
            "error" => LogLevel::Error,
            "note" => LogLevel::Note,
            _ => LogLevel::Log,
        };
        writer.write(level, text.0, file.map(|file| file.0), line, column);
    });
    Ok(())
}
