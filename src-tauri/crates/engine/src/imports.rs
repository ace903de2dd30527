//! ES modules: what `import` names, and what stands for it in the engine.
//!
//! The engine keeps a module by its key: what stacks call the file (`functions/build/lib/x.mjs`, with the query that it was
//! imported with), or `node:esm/name` for a built-in. Built-ins and CommonJS files become modules of a few lines that hand on
//! names; what stands behind a name is asked for when the module is evaluated, so that CommonJS code runs in its turn.

use std::rc::Rc;

use rquickjs::loader::{ImportAttributes, Loader, Resolver};
use rquickjs::module::Declared;
use rquickjs::promise::PromiseState;
use rquickjs::{Ctx, Error, Function, JsLifetime, Module, Object, Result, Value};

use crate::bytecode;
use crate::host::Host;
use crate::lexer;
use crate::manifest::Packages;
use crate::ops::modules::{read, wrapped};
use crate::package::parent;
use crate::resolve::{Asked, Format, Question, Target, format, resolve};
use crate::value::Text;

/// The script side's functions for modules, where only native code finds them.
#[derive(JsLifetime)]
pub(crate) struct Hooks<'js>(Object<'js>);

/// Makes `hooks` (`importing`, `described`, `meta`, `unreadable`, `heard`, `unwrapped`) the script side of this module.
pub(crate) fn attach<'js>(ctx: &Ctx<'js>, hooks: Object<'js>) -> Result<()> {
    ctx.store_userdata(Hooks(hooks)).map_err(|_| Error::Unknown)?;
    Ok(())
}

fn hook<'js>(ctx: &Ctx<'js>, name: &str) -> Result<Function<'js>> {
    let hooks = ctx.userdata::<Hooks>().ok_or(Error::Unknown)?.0.clone();
    hooks.get(name)
}

/// Names of built-in code, which imports by key.
const INSIDE: &str = "node:";
/// Keys of built-ins as modules; their sources have names without this.
const BUILTIN: &str = "node:esm/";

pub(crate) struct Imports(pub(crate) Rc<Host>);

impl Resolver for Imports {
    fn resolve<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        base: &str,
        name: &str,
        attributes: Option<ImportAttributes<'js>>,
    ) -> Result<String> {
        if base.starts_with(INSIDE) {
            return Ok(name.to_owned());
        }
        let kind = attributes.map(|attributes| attributes.get_type()).transpose()?.flatten();
        let key: Text = hook(ctx, "importing")?.call((base, name, kind))?;
        self.0.imported(base, &key.0);
        Ok(key.0)
    }
}

impl Loader for Imports {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        key: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> Result<Module<'js, Declared>> {
        load(ctx, &self.0, key)
    }
}

fn load<'js>(ctx: &Ctx<'js>, host: &Host, key: &str) -> Result<Module<'js, Declared>> {
    if let Some(name) = key.strip_prefix(BUILTIN) {
        return handing_on(ctx, key, "builtin", name, Vec::new());
    }
    let path = host.path_of(key).ok_or_else(|| Error::new_loading(key))?;
    match format(host.packages(), path) {
        Format::Module => of_source(ctx, host, key, path),
        Format::Json => handing_on(ctx, key, "json", path, Vec::new()),
        Format::Unsaid if is_only_module(ctx, host, path)? => of_source(ctx, host, key, path),
        _ => {
            let names = names(host, path);
            handing_on(ctx, key, "commonjs", path, names)
        }
    }
}

fn of_source<'js>(
    ctx: &Ctx<'js>,
    host: &Host,
    key: &str,
    path: &str,
) -> Result<Module<'js, Declared>> {
    let content = read(ctx, host, path)?;
    hook(ctx, "unwrapped")?.call::<_, ()>((key,))?;
    let module = match bytecode::module(ctx, &host.memory, key, &content.hash, || content.text()) {
        Ok(module) => module,
        Err(error) => {
            let thrown = ctx.catch();
            let told: Value = hook(ctx, "unreadable")?.call((thrown,))?;
            return Err(if told.is_null() { error } else { ctx.throw(told) });
        }
    };
    if host.given().compile_only {
        // In place of the module one that does nothing.
        return Module::declare(ctx.clone(), "node:compiled", "export default {};");
    }
    hook(ctx, "meta")?.call::<_, ()>((module.meta()?, key, path))?;
    Ok(module)
}

/// A module that hands on the names of something that is no ES module.
fn handing_on<'js>(
    ctx: &Ctx<'js>,
    key: &str,
    kind: &str,
    of: &str,
    names: Vec<String>,
) -> Result<Module<'js, Declared>> {
    let described: Object = hook(ctx, "described")?.call((key, kind, of, names))?;
    let names: Vec<Text> = described.get("names")?;
    let values: Function = described.get("values")?;
    let mut source = String::from("const $=import.meta.values();export default $[0];");
    for (index, Text(name)) in names.iter().enumerate() {
        let index = index + 1;
        let name = serde_json::Value::from(name.as_str());
        source.push_str(&format!("const ${index}=$[{index}];export{{${index} as {name}}};"));
    }
    let module = Module::declare(ctx.clone(), key, source)?;
    module.meta()?.set("values", values)?;
    Ok(module)
}

/// Whether a file of which no package.json says what it is can only be an ES module.
pub(crate) fn is_only_module(ctx: &Ctx<'_>, host: &Host, path: &str) -> Result<bool> {
    let content = read(ctx, host, path)?;
    let text = content.text();
    if !["import", "export", "await"].iter().any(|word| text.contains(word)) {
        return Ok(false);
    }
    if wrapped(ctx, host, path, &content).is_ok() {
        return Ok(false);
    }
    ctx.catch();
    let key = host.script_name(path);
    let is_module = bytecode::is_module(ctx, &key, text);
    if !is_module {
        ctx.catch();
    }
    Ok(is_module)
}

/// The names that a CommonJS file exports, with those that it passes on.
fn names(host: &Host, path: &str) -> Vec<String> {
    let mut names = std::collections::BTreeSet::new();
    let mut seen = std::collections::HashSet::new();
    let mut open = vec![path.to_owned()];
    while let Some(path) = open.pop() {
        if seen.len() >= 1000 || !seen.insert(path.clone()) {
            continue;
        }
        let Ok(content) = host.packages().read(&path) else { continue };
        let found = lexer::exports_of(&String::from_utf8_lossy(&content));
        names.extend(found.names);
        for specifier in found.reexports {
            let question = Question {
                packages: host.packages(),
                asked: Asked::ByRequire,
                from: parent(&path),
                importer: "",
                is_builtin: &|_| false,
            };
            if let Ok(Target::File(path)) = resolve(question, &specifier)
                && is_commonjs(host.packages(), &path)
            {
                open.push(path);
            }
        }
    }
    names.remove("default");
    names.into_iter().collect()
}

fn is_commonjs(packages: &Packages, path: &str) -> bool {
    matches!(format(packages, path), Format::CommonJs | Format::Unsaid)
}

/// Loads, links and evaluates an ES module at once. `None` = it waits for something, so its names are not there yet.
pub(crate) fn evaluate<'js>(
    ctx: &Ctx<'js>,
    host: &Host,
    key: &str,
    as_default: bool,
) -> Result<Option<Object<'js>>> {
    let key = serde_json::Value::from(key);
    let mut source = format!("export * as all from {key};");
    if as_default {
        // What a CommonJS file that was compiled from an ES module would look like.
        source = format!(
            "export * from {key};export {{default}} from {key};export const __esModule = true;"
        );
    }
    let name = format!("{INSIDE}internal/require/{}", host.next_number());
    let module = Module::declare(ctx.clone(), name, source)?;
    let (module, promise) = module.eval()?;
    if promise.state() != PromiseState::Resolved {
        hook(ctx, "heard")?.call::<_, ()>((promise.clone(),))?;
    }
    match promise.state() {
        PromiseState::Pending => Ok(None),
        PromiseState::Rejected => {
            promise.result::<()>().transpose()?;
            Ok(None)
        }
        PromiseState::Resolved if as_default => module.namespace().map(Some),
        PromiseState::Resolved => module.get("all").map(Some),
    }
}
