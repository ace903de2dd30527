//! Source text run outside modules: in the call's own realm, or in realms of their own as `vm` makes them.

use std::ptr::NonNull;
use std::rc::Rc;

use rquickjs::context::EvalOptions;
use rquickjs::{Ctx, Error, Exception, Function, Object, Result, Value, qjs};

use super::define;
use crate::host::Host;
use crate::value::Text;

/// Realms of a call. They live as long as the script.
#[derive(Debug, Default)]
pub(crate) struct Realms(Vec<NonNull<qjs::JSContext>>);

/// The most realms that one call may make.
const MAX_REALMS: usize = 100;

impl Realms {
    /// Ends all realms. Must run before the runtime ends; what scripts still hold of them keeps them alive until then.
    #[expect(unsafe_code, reason = "rquickjs makes contexts only outside of a running script")]
    pub(crate) fn clear(&mut self) {
        for realm in self.0.drain(..) {
            // SAFETY: made by `create`, which keeps the one reference that is given back here.
            unsafe { qjs::JS_FreeContext(realm.as_ptr()) };
        }
    }

    #[expect(unsafe_code, reason = "rquickjs makes contexts only outside of a running script")]
    fn create(&mut self, ctx: &Ctx<'_>) -> Result<usize> {
        if self.0.len() >= MAX_REALMS {
            return Err(Exception::throw_message(
                ctx,
                &format!("Too many contexts: a function may make {MAX_REALMS}"),
            ));
        }
        // SAFETY: the context of a running script has a runtime, and this thread holds it.
        let made = unsafe { qjs::JS_NewContext(qjs::JS_GetRuntime(ctx.as_raw().as_ptr())) };
        self.0.push(NonNull::new(made).ok_or(Error::Allocation)?);
        Ok(self.0.len() - 1)
    }

    #[expect(unsafe_code, reason = "rquickjs makes contexts only outside of a running script")]
    fn get<'js>(&self, ctx: &Ctx<'js>, id: usize) -> Result<Ctx<'js>> {
        let Some(realm) = self.0.get(id) else {
            return Err(Exception::throw_message(ctx, "There is no such context"));
        };
        // SAFETY: the realm belongs to the runtime of `ctx` and lives until the script ends.
        Ok(unsafe { Ctx::from_raw(*realm) })
    }
}

pub(crate) fn bind<'js>(ctx: &Ctx<'js>, host: &Rc<Host>, object: &Object<'js>) -> Result<()> {
    let at = Rc::clone(host);
    define!(ctx, object, "create", move |ctx: Ctx<'js>| at.realms.borrow_mut().create(&ctx));

    let at = Rc::clone(host);
    define!(ctx, object, "globals", move |ctx: Ctx<'js>, id: usize| {
        at.realms.borrow().get(&ctx, id).map(|realm| realm.globals())
    });

    let at = Rc::clone(host);
    define!(ctx, object, "evaluate", move |ctx: Ctx<'js>, id: usize, code: Text, file: Text| {
        let realm = at.realms.borrow().get(&ctx, id)?;
        evaluate(&realm, code.0, file.0)
    });

    define!(ctx, object, "here", |ctx: Ctx<'js>, code: Text, file: Text| evaluate(
        &ctx, code.0, file.0
    ));

    // Throws if the source is not a script. Runs nothing.
    define!(ctx, object, "check", |ctx: Ctx<'js>, code: Text, file: Text| -> Result<()> {
        let mut options = EvalOptions::default();
        options.strict = false;
        options.filename = Some(file.0);
        // A function around it is made and not called; what is wrong inside is found all the same, but `return` passes.
        ctx.eval_with_options::<Function<'js>, _>(
            format!("(function () {{ {}\n}})", code.0),
            options,
        )?;
        Ok(())
    });
    Ok(())
}

fn evaluate<'js>(ctx: &Ctx<'js>, code: String, file: String) -> Result<Value<'js>> {
    let mut options = EvalOptions::default();
    options.strict = false;
    options.filename = Some(file);
    ctx.eval_with_options(code, options)
}
