//! The least that the same call can cost with the same engine: a runtime, a context, compile, call, and one HTTP exchange.
//!
//! `console` and `fetch` are native functions that do no more than this script needs: no inspection, no trace, no limits,
//! no source positions, no headers or bodies as objects.

use std::cell::RefCell;
use std::rc::Rc;

use reqwest::Client;
use rquickjs::function::Rest;
use rquickjs::prelude::Coerced;
use rquickjs::{
    CatchResultExt, Context, Ctx, Function, Object, Persistent, Promise, Runtime, Value,
};

type Waiting = Rc<RefCell<Vec<(String, String, Persistent<Function<'static>>)>>>;

/// What lasts from call to call, as in a worker.
pub struct Bare {
    client: Client,
}

/// The engine after a call.
pub struct Remains {
    _context: Context,
    _runtime: Runtime,
}

impl Bare {
    pub fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { client: Client::builder().no_proxy().build().unwrap() }
    }

    /// One call; the value as JSON, and what is left to be taken down.
    pub async fn call(&self, source: &str, parameters: &str) -> (String, Remains) {
        let runtime = Runtime::new().unwrap();
        let context = Context::full(&runtime).unwrap();
        let waiting = Waiting::default();
        let log = Rc::new(RefCell::new(Vec::<String>::new()));
        let promise = context
            .with(|ctx| begin(&ctx, source, parameters, &waiting, &log).catch(&ctx).unwrap());
        loop {
            let value = context.with(|ctx| {
                while ctx.execute_pending_job() {}
                let promise = promise.clone().restore(&ctx).unwrap();
                promise.result::<Value<'_>>().map(|value| {
                    let text = ctx.json_stringify(value.catch(&ctx).unwrap()).unwrap();
                    text.unwrap().to_string().unwrap()
                })
            });
            if let Some(value) = value {
                // Handles go before the runtime does.
                drop(promise);
                waiting.borrow_mut().clear();
                return (value, Remains { _context: context, _runtime: runtime });
            }
            let (url, token, resolve) = waiting.borrow_mut().pop().unwrap();
            let response =
                self.client.get(url).header("authorization", token).send().await.unwrap();
            let status = response.status();
            let text = response.text().await.unwrap();
            context.with(|ctx| {
                let answer = answer(&ctx, status.as_u16(), text).unwrap();
                resolve.restore(&ctx).unwrap().call::<_, ()>((answer,)).unwrap();
            });
        }
    }
}

fn begin<'js>(
    ctx: &Ctx<'js>,
    source: &str,
    parameters: &str,
    waiting: &Waiting,
    log: &Rc<RefCell<Vec<String>>>,
) -> rquickjs::Result<Persistent<Promise<'static>>> {
    let globals = ctx.globals();
    let console = Object::new(ctx.clone())?;
    for level in ["log", "error"] {
        let log = Rc::clone(log);
        let write = move |words: Rest<Coerced<String>>| {
            let words: Vec<String> = words.0.into_iter().map(|word| word.0).collect();
            log.borrow_mut().push(words.join(" "));
        };
        console.set(level, Function::new(ctx.clone(), write)?)?;
    }
    globals.set("console", console)?;
    let queue = Rc::clone(waiting);
    let fetch = move |ctx: Ctx<'js>, url: String, options: Object<'js>| -> rquickjs::Result<_> {
        let (promise, resolve, _) = ctx.promise()?;
        let token = options.get::<_, Object>("headers")?.get("Authorization")?;
        queue.borrow_mut().push((url, token, Persistent::save(&ctx, resolve)));
        Ok(promise)
    };
    globals.set("fetch", Function::new(ctx.clone(), fetch)?)?;
    let wrapper: Function =
        ctx.eval(format!("(function (exports, require, module) {{ {source}\n}})"))?;
    let exports = Object::new(ctx.clone())?;
    wrapper.call::<_, ()>((exports.clone(),))?;
    let handler: Function = exports.get("handler")?;
    let promise: Promise = handler.call((ctx.json_parse(parameters)?,))?;
    Ok(Persistent::save(ctx, promise))
}

fn answer<'js>(ctx: &Ctx<'js>, status: u16, text: String) -> rquickjs::Result<Object<'js>> {
    let answer = Object::new(ctx.clone())?;
    answer.set("status", status)?;
    answer.set("ok", status < 300)?;
    let json = move |ctx: Ctx<'js>| ctx.json_parse(text.as_str());
    answer.set("json", Function::new(ctx.clone(), json)?)?;
    Ok(answer)
}
