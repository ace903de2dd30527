//! WHATWG URLs: the `url` crate behind the script's URL class.

use rquickjs::{Array, Ctx, Object, Result};
use url::{Url, quirks};

use super::define;
use crate::value::Text;

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, object: &Object<'js>) -> Result<()> {
    // [href, origin, protocol, username, password, host, hostname, port, pathname, search, hash], or null
    define!(ctx, object, "parse", |ctx: Ctx<'js>, text: Text, base: Option<Text>| {
        let base = match base {
            Some(base) => match Url::parse(&base.0) {
                Ok(base) => Some(base),
                Err(_) => return Ok(None),
            },
            None => None,
        };
        match Url::options().base_url(base.as_ref()).parse(&text.0) {
            Ok(url) => parts(&ctx, &url).map(Some),
            Err(_) => Ok(None),
        }
    });
    define!(ctx, object, "change", |ctx: Ctx<'js>, href: Text, part: Text, value: Text| {
        let Ok(mut url) = Url::parse(&href.0) else { return Ok(None) };
        let value = value.0.as_str();
        // A part that cannot be set so leaves the URL as it was.
        let _ = match part.0.as_str() {
            "href" => {
                return match Url::parse(value) {
                    Ok(url) => parts(&ctx, &url).map(Some),
                    Err(_) => Ok(None),
                };
            }
            "protocol" => quirks::set_protocol(&mut url, value),
            "username" => quirks::set_username(&mut url, value),
            "password" => quirks::set_password(&mut url, value),
            "host" => quirks::set_host(&mut url, value),
            "hostname" => quirks::set_hostname(&mut url, value),
            "port" => quirks::set_port(&mut url, value),
            "pathname" => {
                quirks::set_pathname(&mut url, value);
                Ok(())
            }
            "search" => {
                quirks::set_search(&mut url, value);
                Ok(())
            }
            _ => {
                quirks::set_hash(&mut url, value);
                Ok(())
            }
        };
        parts(&ctx, &url).map(Some)
    });
    // Pairs of an application/x-www-form-urlencoded text, flat.
    define!(ctx, object, "query", |text: Text| -> Vec<String> {
        url::form_urlencoded::parse(text.0.as_bytes())
            .flat_map(|(name, value)| [name.into_owned(), value.into_owned()])
            .collect()
    });
    define!(ctx, object, "form", |pairs: Vec<Text>| -> String {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        for pair in pairs.chunks_exact(2) {
            form.append_pair(&pair[0].0, &pair[1].0);
        }
        form.finish()
    });
    Ok(())
}

fn parts<'js>(ctx: &Ctx<'js>, url: &Url) -> Result<Array<'js>> {
    let parts = Array::new(ctx.clone())?;
    let origin = quirks::origin(url);
    for (index, part) in [
        quirks::href(url),
        origin.as_str(),
        quirks::protocol(url),
        quirks::username(url),
        quirks::password(url),
        quirks::host(url),
        quirks::hostname(url),
        quirks::port(url),
        quirks::pathname(url),
        quirks::search(url),
        quirks::hash(url),
    ]
    .into_iter()
    .enumerate()
    {
        parts.set(index, part)?;
    }
    Ok(parts)
}
