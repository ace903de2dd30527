//! Finding, reading and compiling the modules of a function's package, and loading built-ins.

use std::rc::Rc;

use rquickjs::context::EvalOptions;
use rquickjs::{Ctx, Exception, Function, Module, Object, Result, Value};

use super::define;
use crate::builtins;
use crate::host::Host;
use crate::resolve::{Missing, ROOT, Resolved, is_module_scope, resolve};
use crate::value::{Text, throw_coded};

/// What stands before a module's source, on its first line.
pub(crate) const PREFIX: &str = "(function (exports, require, module, __filename, __dirname) { ";

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, host: &Rc<Host>, object: &Object<'js>) -> Result<()> {
    object.set("root", ROOT)?;
    object.set("prefixLength", PREFIX.len())?;

    define!(ctx, object, "builtin", |ctx: Ctx<'js>, name: Text| builtins::load(&ctx, &name.0));

    let at = Rc::clone(host);
    define!(ctx, object, "group", move |ctx: Ctx<'js>, name: Text| super::group(
        &ctx, &at, &name.0
    ));

    // Resolves to a path, or throws a sentence in `code` MODULE_NOT_FOUND; the caller adds the require stack.
    let at = Rc::clone(host);
    define!(ctx, object, "resolve", move |ctx: Ctx<'js>, specifier: Text, from: Text| {
        find(&ctx, &at, &specifier.0, &from.0)
    });

    let at = Rc::clone(host);
    define!(ctx, object, "read", move |ctx: Ctx<'js>, path: Text| -> Result<String> {
        let content = read(&ctx, &at, &path.0)?;
        Ok(decode(&content))
    });

    let at = Rc::clone(host);
    define!(ctx, object, "source", move |path: Text| -> Option<String> {
        at.files.read(&path.0).ok().map(|content| decode(&content))
    });

    let at = Rc::clone(host);
    define!(ctx, object, "compile", move |ctx: Ctx<'js>, path: Text| -> Result<Value<'js>> {
        let content = read(&ctx, &at, &path.0)?;
        compile(&ctx, &at, &path.0, &decode(&content))
    });

    // Throws if the source alone, read as an ES module, is not JavaScript. Runs nothing.
    let at = Rc::clone(host);
    define!(ctx, object, "check", move |ctx: Ctx<'js>, path: Text| -> Result<()> {
        let content = at.files.read(&path.0).unwrap_or_default();
        Module::declare(ctx, at.script_name(&path.0), decode(&content))?;
        Ok(())
    });

    let at = Rc::clone(host);
    define!(ctx, object, "isModule", move |path: Text| {
        path.0.ends_with(".mjs")
            || (path.0.ends_with(".js")
                && is_module_scope(&*at.files, crate::package::parent(&path.0)))
    });
    Ok(())
}

fn find<'js>(ctx: &Ctx<'js>, host: &Host, specifier: &str, from: &str) -> Result<String> {
    let name = |folder: &str| {
        if folder.is_empty() { ROOT.to_owned() } else { format!("{ROOT}/{folder}") }
    };
    match resolve(&*host.files, specifier, from) {
        Resolved::File(path) => Ok(path),
        Resolved::Missing(Missing::Absent) => {
            Err(throw_coded(ctx, &format!("Cannot find module '{specifier}'"), "MODULE_NOT_FOUND"))
        }
        Resolved::Missing(Missing::Outside) => Err(throw_coded(
            ctx,
            &format!(
                "Cannot find module '{specifier}': it lies outside the function's package, and only files of the package can be loaded"
            ),
            "MODULE_NOT_FOUND",
        )),
        Resolved::Missing(Missing::NotExported { package, subpath }) => {
            let message = if subpath == "." {
                format!("No \"exports\" main defined in {}/package.json", name(&package))
            } else {
                format!(
                    "Package subpath '{subpath}' is not defined by \"exports\" in {}/package.json",
                    name(&package)
                )
            };
            Err(throw_coded(ctx, &message, "ERR_PACKAGE_PATH_NOT_EXPORTED"))
        }
    }
}

fn read(ctx: &Ctx<'_>, host: &Host, path: &str) -> Result<Vec<u8>> {
    match host.files.read(path) {
        Ok(content) => {
            host.loaded(path, &content);
            Ok(content)
        }
        Err(why) => Err(Exception::throw_message(
            ctx,
            &format!("{} cannot be loaded: {why}", host.script_name(path)),
        )),
    }
}

fn decode(content: &[u8]) -> String {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    String::from_utf8_lossy(content).into_owned()
}

fn compile<'js>(ctx: &Ctx<'js>, host: &Host, path: &str, source: &str) -> Result<Value<'js>> {
    // A first line `#!…` is a comment for Node.
    let source = match source.strip_prefix("#!") {
        Some(rest) => format!("//{rest}"),
        None => source.to_owned(),
    };
    if source.contains('\0') {
        return Err(Exception::throw_syntax(ctx, "Invalid or unexpected token (a NUL character)"));
    }
    let mut options = EvalOptions::default();
    options.strict = false;
    options.filename = Some(host.script_name(path));
    let function: Function<'js> =
        ctx.eval_with_options(format!("{PREFIX}{source}\n}})"), options)?;
    if host.compile_only {
        return Ok(Function::new(ctx.clone(), || {})?.into_value());
    }
    Ok(function.into_value())
}
