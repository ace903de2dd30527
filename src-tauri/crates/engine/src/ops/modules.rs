//! Finding, reading and compiling the modules of a function's package, and loading built-ins.

use std::rc::Rc;

use rquickjs::{Ctx, Exception, Function, IntoJs, Module, Object, Result, Value};

use super::define;
use crate::builtins;
use crate::bytecode;
use crate::host::Host;
use crate::imports;
use crate::names;
use crate::resolve::{
    Asked, Format, Question, ROOT, Refusal, Target, format, lookup_folders, resolve,
};
use crate::value::{Text, throw_coded};

/// What stands before a module's source, on its first line.
pub(crate) const PREFIX: &str = "(function (exports, require, module, __filename, __dirname) { ";

/// A file as it was read.
pub(crate) struct Content {
    bytes: Vec<u8>,
    pub(crate) hash: [u8; 32],
}

impl Content {
    /// The text, without a byte order mark.
    pub(crate) fn text(&self) -> String {
        decode(&self.bytes)
    }
}

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, host: &Rc<Host>, object: &Object<'js>) -> Result<()> {
    object.set("root", ROOT)?;
    object.set("prefixLength", PREFIX.len())?;

    let at = Rc::clone(host);
    define!(ctx, object, "entry", move || at.given().entry.clone());

    let at = Rc::clone(host);
    define!(ctx, object, "builtin", move |ctx: Ctx<'js>, name: Text| {
        let (name, made) = builtins::load(&ctx, &name.0)?;
        at.builtins.borrow_mut().push(name);
        Ok::<_, rquickjs::Error>(made)
    });

    // A built-in that was loaded before the call began.
    let at = Rc::clone(host);
    define!(ctx, object, "asked", move |name: Text| {
        at.builtins.borrow_mut().extend(builtins::known(&name.0));
    });

    let at = Rc::clone(host);
    define!(ctx, object, "group", move |ctx: Ctx<'js>, name: Text| super::group(
        &ctx, &at, &name.0
    ));

    define!(ctx, object, "groupOfName", |name: Text| names::group(&name.0));
    define!(ctx, object, "isBare", |name: Text| names::is_bare(&name.0));
    define!(ctx, object, "names", names::all);

    // Gives a path, a built-in as `node:name`, or an object that says what error to throw.
    let at = Rc::clone(host);
    define!(ctx, object, "resolve", move |ctx: Ctx<'js>,
                                          specifier: Text,
                                          from: Text,
                                          importer: Text,
                                          by_import: bool| {
        find(&ctx, &at, &specifier.0, &from.0, &importer.0, by_import)
    });

    define!(ctx, object, "lookupFolders", move |from: Text| lookup_folders(&from.0));

    let at = Rc::clone(host);
    define!(ctx, object, "read", move |ctx: Ctx<'js>, path: Text| -> Result<String> {
        Ok(read(&ctx, &at, &path.0)?.text())
    });

    // For what is said of a file, not for what is run: not part of the hash of the code.
    let at = Rc::clone(host);
    define!(ctx, object, "source", move |path: Text| -> Option<String> {
        at.packages().read(&path.0).ok().map(|content| decode(&content))
    });

    let at = Rc::clone(host);
    define!(ctx, object, "compile", move |ctx: Ctx<'js>, path: Text| -> Result<Value<'js>> {
        let content = read(&ctx, &at, &path.0)?;
        wrapped(&ctx, &at, &path.0, &content)
    });

    // A text that a script hands over as the source of a file.
    let at = Rc::clone(host);
    define!(ctx, object, "compileText", move |ctx: Ctx<'js>,
                                              source: Text,
                                              path: Text|
          -> Result<Value<'js>> {
        let source = wrap(&source.0);
        bytecode::compiled(&ctx, &at.script_name(&path.0), source)
    });

    // Throws if the source alone, read as an ES module, is not JavaScript. Runs nothing.
    let at = Rc::clone(host);
    define!(ctx, object, "check", move |ctx: Ctx<'js>, path: Text| -> Result<()> {
        let content = at.packages().read(&path.0).unwrap_or_default();
        Module::declare(ctx, at.script_name(&path.0), decode(&content))?;
        Ok(())
    });

    // How a file is to be loaded: `commonjs`, `module`, `json`, `addon`, `unsaid`, `unknown`.
    let at = Rc::clone(host);
    define!(ctx, object, "format", move |path: Text| {
        match format(at.packages(), &path.0) {
            Format::CommonJs => "commonjs",
            Format::Module => "module",
            Format::Json => "json",
            Format::Addon => "addon",
            Format::Unsaid => "unsaid",
            Format::Unknown => "unknown",
        }
    });

    let at = Rc::clone(host);
    define!(ctx, object, "isOnlyModule", move |ctx: Ctx<'js>, path: Text| {
        imports::is_only_module(&ctx, &at, &path.0)
    });

    let at = Rc::clone(host);
    define!(ctx, object, "keyOf", move |path: Text| at.script_name(&path.0));
    let at = Rc::clone(host);
    define!(ctx, object, "pathOf", move |key: Text| at.path_of(&key.0).map(str::to_owned));

    // The names of an ES module, evaluated at once; undefined = it waits for something.
    let at = Rc::clone(host);
    define!(ctx, object, "evaluate", move |ctx: Ctx<'js>, key: Text, as_default: bool| {
        imports::evaluate(&ctx, &at, &key.0, as_default)
    });

    // Whether `from` imports `to`, by way of others or not, or is it.
    let at = Rc::clone(host);
    define!(ctx, object, "reaches", move |from: Text, to: Text| at.reaches(&from.0, &to.0));

    define!(ctx, object, "attach", |ctx: Ctx<'js>, hooks: Object<'js>| {
        imports::attach(&ctx, hooks)
    });
    Ok(())
}

fn find<'js>(
    ctx: &Ctx<'js>,
    host: &Host,
    specifier: &str,
    from: &str,
    importer: &str,
    by_import: bool,
) -> Result<Value<'js>> {
    let question = Question {
        packages: host.packages(),
        asked: if by_import { Asked::ByImport } else { Asked::ByRequire },
        from,
        importer,
        is_builtin: &names::is_bare,
    };
    match resolve(question, specifier) {
        Ok(Target::File(path)) => path.into_js(ctx),
        Ok(Target::Builtin(name)) => format!("node:{name}").into_js(ctx),
        Err(refusal) => refused(ctx, refusal).map(Object::into_value),
    }
}

fn refused<'js>(ctx: &Ctx<'js>, refusal: Refusal) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("code", refusal.code)?;
    object.set("isTypeError", refusal.is_type_error)?;
    object.set("message", refusal.message)?;
    object.set("tellsStack", refusal.tells_stack)?;
    let properties = Object::new(ctx.clone())?;
    for (name, value) in refusal.properties {
        properties.set(name, value)?;
    }
    object.set("properties", properties)?;
    object.set("broken", refusal.broken)?;
    Ok(object)
}

/// Reads a file that is about to be run.
pub(crate) fn read(ctx: &Ctx<'_>, host: &Host, path: &str) -> Result<Content> {
    match host.packages().read(path) {
        Ok(bytes) => {
            let hash = host.loaded(path, &bytes);
            Ok(Content { bytes, hash })
        }
        Err(why) => Err(throw_coded(
            ctx,
            &format!("{} cannot be loaded: {why}", host.script_name(path)),
            "MODULE_NOT_FOUND",
        )),
    }
}

fn decode(content: &[u8]) -> String {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    String::from_utf8_lossy(content).into_owned()
}

/// The function that CommonJS makes of a file.
pub(crate) fn wrapped<'js>(
    ctx: &Ctx<'js>,
    host: &Host,
    path: &str,
    content: &Content,
) -> Result<Value<'js>> {
    if content.bytes.contains(&0) {
        return Err(Exception::throw_syntax(ctx, "Invalid or unexpected token (a NUL character)"));
    }
    let name = host.script_name(path);
    if host.given().compile_only {
        bytecode::check(ctx, &name, wrap(&content.text()))?;
        return Ok(Function::new(ctx.clone(), || {})?.into_value());
    }
    bytecode::script(ctx, &host.memory, &name, &content.hash, || wrap(&content.text()))
}

fn wrap(source: &str) -> String {
    match source.strip_prefix("#!") {
        // A first line `#!…` is a comment for Node.
        Some(rest) => format!("{PREFIX}//{rest}\n}})"),
        None => format!("{PREFIX}{source}\n}})"),
    }
}
