//! The operations for dates.

use std::rc::Rc;

use rquickjs::{Array, Ctx, Exception, Function, Object, Result};

use super::super::define;
use super::{calendar, data, dateformat, locale, zones};
use crate::value::Text;

pub(super) fn bind<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    define!(ctx, object, "zone", |name: Text| zones::canonical(&name.0));
    define!(ctx, object, "defaultZone", zones::default_zone);
    define!(ctx, object, "zones", zones::all);
    define!(ctx, object, "regionZones", |region: Text| zones::of_region(&region.0));
    // The name of a field in a width, or as it is generally.
    define!(ctx, object, "fieldName", |tag: Text, field: Text, general: Text| -> Option<String> {
        let dates = data::section("dates", &locale::data_locale(&tag.0));
        let names = &dates["names"];
        let name = names[&field.0].as_str().or_else(|| names[&general.0].as_str());
        name.map(str::to_owned)
    });
    define!(ctx, object, "calendars", || calendar::CALENDARS.to_vec());
    define!(ctx, object, "dateFormat", |ctx: Ctx<'js>, settings: Text| date_format(
        &ctx,
        &settings.0
    ));
    Ok(())
}

/// `{hourCycle, shown, format(ms), parts(ms), range(start, end)}`: parts lie flat, kind after text.
fn date_format<'js>(ctx: &Ctx<'js>, settings: &str) -> Result<Object<'js>> {
    let format = dateformat::format(settings).map_err(|what| {
        Exception::throw_range(ctx, &format!("Invalid time zone specified: {what}"))
    })?;
    let object = Object::new(ctx.clone())?;
    object.set("hourCycle", format.hour_cycle)?;
    object.set("shown", format.shown())?;
    let own = Rc::clone(&format);
    object.set("format", Function::new(ctx.clone(), move |ms: f64| own.format(ms))?)?;
    let own = Rc::clone(&format);
    object.set(
        "parts",
        Function::new(ctx.clone(), move |ctx: Ctx<'js>, ms: f64| -> Result<Array<'js>> {
            flat(
                &ctx,
                own.parts(&own.pattern, ms).iter().map(|(kind, text)| [*kind, text.as_str()]),
            )
        })?,
    )?;
    let own = format;
    object.set(
        "range",
        Function::new(
            ctx.clone(),
            move |ctx: Ctx<'js>, start: f64, end: f64| -> Result<Array<'js>> {
                let parts = own.range(start, end);
                flat(&ctx, parts.iter().map(|(kind, text, source)| [*kind, text.as_str(), *source]))
            },
        )?,
    )?;
    Ok(object)
}

/// Rows of texts, one after the other.
pub(super) fn flat<'js, 'a, const N: usize>(
    ctx: &Ctx<'js>,
    rows: impl Iterator<Item = [&'a str; N]>,
) -> Result<Array<'js>> {
    let array = Array::new(ctx.clone())?;
    for (index, text) in rows.flatten().enumerate() {
        array.set(index, text)?;
    }
    Ok(array)
}
