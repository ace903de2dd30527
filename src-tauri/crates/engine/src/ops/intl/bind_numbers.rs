//! The operations for numbers and plurals.

use std::rc::Rc;

use rquickjs::{Array, Ctx, Exception, Function, Object, Result};

use super::super::define;
use super::bind_dates::flat;
use super::rounding::{Rounding, decimal};
use super::{data, locale, numberformat, plural};
use crate::value::Text;

pub(super) fn bind<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    define!(ctx, object, "numberFormat", |ctx: Ctx<'js>, settings: Text| number_format(
        &ctx,
        &settings.0
    ));
    // The digits after the point that a currency has.
    define!(ctx, object, "currencyDigits", |currency: Text| -> u32 {
        data::supplement("fractions")[&currency.0].as_u64().unwrap_or(2) as u32
    });
    define!(ctx, object, "pluralCategories", |locale: Text, ordinal: bool| {
        plural::categories(&locale.0, ordinal)
    });
    define!(ctx, object, "plural", |locale: Text, ordinal: bool, number: Text, rounding: Text| {
        category(&locale.0, ordinal, &number.0, &rounding.0)
    });
    define!(ctx, object, "pluralRange", |locale: Text, start: Text, end: Text| {
        plural::range(&locale.0, &start.0, &end.0)
    });
    define!(ctx, object, "currencies", || -> Vec<String> {
        let codes = data::supplement("currencies");
        let codes = codes.as_array().into_iter().flatten();
        codes.filter_map(|code| code.as_str()).map(str::to_owned).collect()
    });
    define!(ctx, object, "currencyName", |tag: Text, currency: Text, display: Text| {
        numberformat::currency_text(&locale::data_locale(&tag.0), &currency.0, &display.0)
    });
    // A locale's table of lists, of relative times or of names, as JSON.
    define!(ctx, object, "table", |section: Text, tag: Text| -> Option<String> {
        let name = ["lists", "relative", "names"].into_iter().find(|name| *name == section.0)?;
        serde_json::to_string(&*data::section(name, &locale::data_locale(&tag.0))).ok()
    });
    Ok(())
}

fn category(locale: &str, ordinal: bool, number: &str, rounding: &str) -> &'static str {
    let Ok(rounding) = serde_json::from_str::<Rounding>(rounding) else { return "other" };
    match decimal(number) {
        Some(mut number) => {
            rounding.apply(&mut number);
            plural::category(locale, &number, ordinal)
        }
        None => "other",
    }
}

/// `{format(number), parts(number), range(start, end)}`: numbers as decimal text, parts lie flat, kind before text.
fn number_format<'js>(ctx: &Ctx<'js>, settings: &str) -> Result<Object<'js>> {
    let format =
        numberformat::format(settings).map_err(|error| Exception::throw_type(ctx, &error))?;
    let object = Object::new(ctx.clone())?;
    let own = Rc::clone(&format);
    object.set(
        "format",
        Function::new(ctx.clone(), move |number: Text| -> String {
            own.parts(&number.0).into_iter().map(|(_, text)| text).collect()
        })?,
    )?;
    let own = Rc::clone(&format);
    object.set(
        "parts",
        Function::new(ctx.clone(), move |ctx: Ctx<'js>, number: Text| -> Result<Array<'js>> {
            flat(&ctx, own.parts(&number.0).iter().map(|(kind, text)| [*kind, text.as_str()]))
        })?,
    )?;
    object.set(
        "range",
        Function::new(
            ctx.clone(),
            move |ctx: Ctx<'js>, start: Text, end: Text| -> Result<Array<'js>> {
                let parts = format.range(&start.0, &end.0);
                flat(&ctx, parts.iter().map(|(kind, text, source)| [*kind, text.as_str(), *source]))
            },
        )?,
    )?;
    Ok(object)
}
