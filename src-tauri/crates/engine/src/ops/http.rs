//! HTTP requests of a function.

use std::rc::Rc;

use rquickjs::{Ctx, Object, Result};

use crate::host::Host;
use crate::report::HttpExchange;

/// The exchanges of a call.
#[derive(Debug, Default)]
pub(crate) struct Exchanges;

impl Exchanges {
    pub(crate) fn open(&self) -> usize {
        0
    }

    pub(crate) fn answering(&self) -> usize {
        0
    }

    pub(crate) fn finish(&mut self, _: &Host) -> Vec<HttpExchange> {
        Vec::new()
    }
}

/// What happened to a request.
#[derive(Debug)]
pub(crate) enum HttpEvent {}

pub(crate) fn bind<'js>(_: &Ctx<'js>, _: &Rc<Host>, _: &Object<'js>) -> Result<()> {
    Ok(())
}

pub(crate) fn deliver<'js>(
    _: &Ctx<'js>,
    _: &Rc<Host>,
    _: &Object<'js>,
    event: HttpEvent,
) -> Result<()> {
    match event {}
}

pub(crate) fn record(_: &Host, event: &HttpEvent) {
    match *event {}
}
