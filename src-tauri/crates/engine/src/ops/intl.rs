//! `Intl`: what its JavaScript side (js/internal/intl) computes with.
//!
//! The locale data is CLDR's, of the version that Node 20 has; it is unpacked when asked for. Formats are kept for the life of the
//! process: they hold nothing of a call.

mod affix;
mod bind_dates;
mod bind_numbers;
mod bind_text;
mod calendar;
mod data;
mod dateformat;
mod dateparts;
mod daterange;
mod digits;
mod locale;
mod notation;
mod numberformat;
mod numberparts;
mod numberrange;
mod pattern;
mod plural;
mod rounding;
mod skeleton;
mod zonenames;
mod zones;

use rquickjs::{Ctx, Object, Result};

use super::define;
use crate::value::Text;

pub(super) fn bind<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    define!(ctx, object, "canonicalize", |tag: Text| locale::canonicalize(&tag.0));
    define!(ctx, object, "available", |tag: Text| locale::best_available(&tag.0));
    define!(ctx, object, "maximize", |tag: Text| locale::maximize(&tag.0));
    define!(ctx, object, "minimize", |tag: Text| locale::minimize(&tag.0));
    define!(ctx, object, "region", |tag: Text| locale::region(&tag.0));
    define!(ctx, object, "rightToLeft", |tag: Text| locale::right_to_left(&tag.0));
    define!(ctx, object, "numberingSystems", locale::numbering_systems);
    define!(ctx, object, "numbering", |tag: Text| locale::numbering(&tag.0));
    define!(ctx, object, "calendar", |tag: Text| locale::calendar(&tag.0));
    define!(ctx, object, "localeCalendars", |tag: Text| locale::calendars(&tag.0));
    define!(ctx, object, "hourCycle", |tag: Text| {
        dateformat::cycle_name(dateformat::default_hour(&tag.0))
    });
    define!(ctx, object, "week", |tag: Text| locale::week(&tag.0));
    bind_text::bind(ctx, object)?;
    bind_numbers::bind(ctx, object)?;
    bind_dates::bind(ctx, object)
}
