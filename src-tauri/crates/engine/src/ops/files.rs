//! Reading the function's package as files. What may be written lives in the script's own memory.

use std::rc::Rc;

use rquickjs::{Array, Ctx, Exception, Object, Result, TypedArray};

use super::define;
use crate::host::Host;
use crate::package::Entry;
use crate::value::{Text, array};

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, host: &Rc<Host>, object: &Object<'js>) -> Result<()> {
    // ["file" | "folder" | "outside" | "absent", virtual path after symbolic links]
    let at = Rc::clone(host);
    define!(ctx, object, "entry", move |ctx: Ctx<'js>, path: Text| -> Result<Array<'js>> {
        let (kind, real) = match at.packages().entry(&path.0) {
            Entry::File(real) => ("file", real),
            Entry::Folder(real) => ("folder", real),
            Entry::Outside => ("outside", String::new()),
            Entry::Absent => ("absent", String::new()),
        };
        let found = Array::new(ctx)?;
        found.set(0, kind)?;
        found.set(1, real)?;
        Ok(found)
    });

    let at = Rc::clone(host);
    define!(ctx, object, "size", move |path: Text| at.packages().size(&path.0) as f64);

    let at = Rc::clone(host);
    define!(ctx, object, "list", move |path: Text| at.packages().list(&path.0));

    let at = Rc::clone(host);
    define!(ctx, object, "read", move |ctx: Ctx<'js>, path: Text| -> Result<TypedArray<'js, u8>> {
        match at.packages().read(&path.0) {
            Ok(content) => array(&ctx, &content),
            Err(why) => Err(Exception::throw_message(&ctx, &why)),
        }
    });
    Ok(())
}
