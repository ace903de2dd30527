//! The TypeScript side of the commands: types and one typed wrapper a command, written by `cargo xtask bindings`.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use ts_rs::{Config, TS, TypeVisitor};

use crate::limits::BOUNDS;
use crate::types::{Event, LimitBounds, LimitRange, Nothing};
use crate::{Api, ApiError};

/// A command as the generator sees it.
pub struct CommandInfo {
    /// Its name in the list.
    pub name: &'static str,
    request: Side,
    answer: Side,
}

struct Side {
    name: fn(&Config) -> String,
    collect: fn(&mut Declarations<'_>),
    is_nothing: bool,
}

fn side<T: TS + 'static>() -> Side {
    Side {
        name: T::name,
        collect: |declarations| declarations.visit::<T>(),
        is_nothing: TypeId::of::<T>() == TypeId::of::<Nothing>(),
    }
}

/// Reads a command's types off its function.
pub(crate) fn describe<Request, Answer, Function>(name: &'static str, _: Function) -> CommandInfo
where
    Request: TS + 'static,
    Answer: TS + 'static,
    Function: AsyncFn(&Api, Request) -> Result<Answer, ApiError>,
{
    CommandInfo { name, request: side::<Request>(), answer: side::<Answer>() }
}

struct Declarations<'a> {
    config: &'a Config,
    seen: HashSet<TypeId>,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Types of the standard library have no file of their own: they are written in place.
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            self.by_name
                .insert(T::ident(self.config), format!("{docs}export {}\n", T::decl(self.config)));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// The whole of `ui/src/generated/api.ts`.
pub fn typescript() -> String {
    let config = Config::new();
    let mut declarations =
        Declarations { config: &config, seen: HashSet::new(), by_name: BTreeMap::new() };
    let commands = crate::command::list();
    for command in &commands {
        (command.request.collect)(&mut declarations);
        (command.answer.collect)(&mut declarations);
    }
    declarations.visit::<ApiError>();
    declarations.visit::<Event>();
    declarations.visit::<LimitBounds>();

    let mut text = String::from(
        "// Written by `cargo xtask bindings` from the api crate. Do not edit.\nimport { invoke } from '../platform/invoke';\n\n",
    );
    for declaration in declarations.by_name.values() {
        text.push_str(declaration);
        text.push('\n');
    }
    text.push_str(
        "/** What each limit can be set to. */\nexport const limitBounds: LimitBounds = {\n",
    );
    for (name, LimitRange { least, most }) in BOUNDS.named() {
        let _ = writeln!(text, "  {name}: {{ least: {least}, most: {most} }},");
    }
    text.push_str("};\n\n");
    text.push_str("/** Every command of the program. */\nexport const commands = {\n");
    for command in &commands {
        let answer = (command.answer.name)(&config);
        // Writing to a String cannot fail.
        let _ = if command.request.is_nothing {
            writeln!(
                text,
                "  {}: () => invoke<{answer}>('{}', {{}}),",
                camel_case(command.name),
                command.name
            )
        } else {
            let request = (command.request.name)(&config);
            writeln!(
                text,
                "  {}: (request: {request}) => invoke<{answer}>('{}', request),",
                camel_case(command.name),
                command.name
            )
        };
    }
    text.push_str("} as const;\n");
    text
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut text = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        text.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        text.push_str(letters.as_str());
    }
    text
}
